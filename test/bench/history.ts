import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findVersions } from "../../server/src/engine/find-versions.ts";
import { changesBetween, type VersionFacts, versionFacts } from "../../server/src/engine/version-changes.ts";
import { nodeWorld } from "../../server/src/node/world.ts";

/**
 * Gives a function that finds the versions of a spec and what each changed, and tells the milliseconds. What one call has
 * read of the repository is there for the next.
 *
 * @param count how many versions there are
 */
export function historian(folder: string, count: number): () => Promise<{ find: number; changes: number }> {
  const world = nodeWorld();
  return async () => {
    const begin = performance.now();
    const versions = await findVersions(join(folder, "Acme.sopm"), world, { git: { untrustedFolders: [] } });
    const found = performance.now();
    if (versions.length !== count) throw new Error(`${versions.length} versions are found`);
    let before: VersionFacts | undefined;
    for (const { read } of versions) {
      const facts = await versionFacts(await read(undefined));
      if (before && (await changesBetween(before, facts)).length === 0)
        throw new Error("nothing has changed");
      before = facts;
    }
    return { find: found - begin, changes: performance.now() - found };
  };
}

/** Makes a repository in an empty folder, with 200 files and so many versions, every second one with a tag. */
export function makeRepository(folder: string, count: number): void {
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=Bench", "-c", "user.email=bench@bench.example", ...words], {
      cwd: folder,
      stdio: "pipe",
    });
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  mkdirSync(join(folder, "Kernel/System/Acme"), { recursive: true });
  for (let file = 0; file < 200; file++) write(pathOf(file), `package M${file};\n1;\n`.repeat(50));
  git("init", "-q");
  for (let version = 0; version < count; version++) {
    write("Acme.sopm", specAt(version));
    write(pathOf(version), `# ${version}\n1;\n`);
    git("add", "-A");
    git("commit", "-q", "-m", `Version ${version}`);
    if (version % 2 === 0) git("tag", `v1.${version}.0`);
  }
  write("Acme.sopm", specAt(count));
}

function pathOf(file: number): string {
  return `Kernel/System/Acme/M${file}.pm`;
}

function specAt(version: number): string {
  const files = Array.from(
    { length: 150 + version },
    (_, file) => `        <File Permission="660" Location="${pathOf(file)}"/>\n`,
  );
  const columns = Array.from(
    { length: 10 + version },
    (_, column) => `            <Column Name="c${column}" Required="false" Type="VARCHAR" Size="200"/>\n`,
  );
  return `<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package version="1.0">\n    <Name>Acme</Name>\n    <Version>1.${version}.0</Version>\n    <Framework>7.1.x</Framework>\n    <Filelist>\n${files.join("")}    </Filelist>\n    <DatabaseInstall Type="post">\n        <TableCreate Name="acme">\n${columns.join("")}        </TableCreate>\n    </DatabaseInstall>\n</otrs_package>\n`;
}
