/**
 * Writes the files that are made from the tables in the code.
 * With `--check` nothing is written: the stale files are named and the exit code is 1.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generatedFiles } from "./generated-files.ts";

const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const onlyCheck = process.argv.includes("--check");

for (const { path, render } of generatedFiles) {
  const file = join(projectRoot, path);
  const text = render();
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  if (onlyCheck) {
    console.error(`${path} is not what the tables say; run npm run generate.`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(file), { recursive: true });
    const temporary = `${file}.tmp-${process.pid}`;
    writeFileSync(temporary, text);
    renameSync(temporary, file);
    console.log(`${path} written`);
  }
}
