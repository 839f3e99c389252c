import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How many files one process gets; more would make the command line too long somewhere. */
const batchSize = 400;

/** Tells whether libxml2's command-line tool is here; says so in one line where it is not. */
export function hasXmllint(what: string): boolean {
  if (spawnSync("xmllint", ["--version"]).status === 0) return true;
  console.log(`left out: ${what}, as there is no xmllint on this machine`);
  return false;
}

/**
 * What libxml2 thinks of documents: for each one the first thing that makes it ill-formed, undefined for those that
 * are well-formed. Namespaces are not looked at.
 */
export function libxmlComplaints(documents: readonly Uint8Array[]): (string | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), "sopm-xmllint-"));
  try {
    const complaints: (string | undefined)[] = new Array(documents.length).fill(undefined);
    for (let start = 0; start < documents.length; start += batchSize) {
      const batch = documents.slice(start, start + batchSize);
      batch.forEach((document, index) => {
        writeFileSync(join(folder, String(index)), document);
      });
      const names = batch.map((_, index) => String(index));
      const { stderr } = spawnSync("xmllint", ["--noout", "--nonet", ...names], {
        cwd: folder,
        encoding: "latin1",
        maxBuffer: 1 << 30,
      });
      for (const [, name, complaint] of stderr.matchAll(
        /^(\d+):\d+: ((?:parser|encoding|I\/O|internal) error .*)$/gm,
      )) {
        complaints[start + Number(name)] ??= complaint;
      }
    }
    return complaints;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
