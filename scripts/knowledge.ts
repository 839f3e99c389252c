/**
 * Writes the data of the frameworks' names and structure from the reference lists.
 * usage: node --import tsx scripts/knowledge.ts [FOLDER]
 * Without FOLDER the one beside the project is taken; the data is kept in the repository, so few ever need this.
 */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { sections } from "../server/src/knowledge/read-knowledge.ts";
import { releases } from "../server/src/knowledge/releases.ts";
import { sharedFolder } from "../test/support/shared.ts";
import { readReleaseFacts } from "./read-release-facts.ts";
import { renderKnowledge } from "./render-knowledge.ts";

const folder = process.argv[2] ?? sharedFolder("knowledge");
if (folder === undefined) process.exit(1);

const texts = renderKnowledge(releases.map(({ id }) => readReleaseFacts(folder, id)));
const target = fileURLToPath(new URL("../server/src/knowledge/data/", import.meta.url));
mkdirSync(target, { recursive: true });
for (const section of sections) {
  const file = join(target, `${section}.txt`);
  writeFileSync(`${file}.tmp-${process.pid}`, texts[section]);
  renameSync(`${file}.tmp-${process.pid}`, file);
  const kilobytes = (length: number) => `${(length / 1000).toFixed(1)} KB`;
  const bytes = Buffer.from(texts[section]);
  console.log(`${section}.txt: ${kilobytes(bytes.length)}, compressed ${kilobytes(gzipSync(bytes).length)}`);
}
