import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { generatedFiles } from "../scripts/generated-files.ts";

const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

for (const { path, render } of generatedFiles) {
  test(`${path} is what the tables say`, () => {
    const onDisk = readFileSync(join(projectRoot, path), "utf8").replace(/\r\n/g, "\n");
    assert.equal(onDisk, render(), "run npm run generate");
  });
}
