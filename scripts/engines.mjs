// The second extension: the optional parts, which would make the first one six times as large.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");

/** The packages that have the parts, and which of their files are read at run time. */
const parts = [
  { name: "@electric-sql/pglite", folder: "dist", files: /\.(?:js|wasm|data)$/ },
  { name: "@6over3/zeroperl-ts", folder: "dist/esm", files: /^(?:index\.js|zeroperl\.wasm)$/ },
];

/**
 * Puts together what is packed, in an empty folder.
 *
 * @returns whether there is something: optional packages may not be installed
 */
export async function stageEngines(folder) {
  const modules = join(root, "node_modules");
  if (!parts.every(({ name }) => existsSync(join(modules, name)))) return false;
  for (const part of parts) {
    const to = join(folder, "parts", part.name);
    mkdirSync(join(to, part.folder), { recursive: true });
    const from = join(modules, part.name);
    const names = readdirSync(join(from, part.folder)).filter((name) => part.files.test(name));
    for (const name of [...names.map((each) => join(part.folder, each)), "package.json"])
      copyFileSync(join(from, name), join(to, name));
  }
  const { licensesOf } = await import("./licenses.mjs");
  writeFileSync(
    join(folder, "LICENSES.txt"),
    licensesOf(parts.map(({ name }) => join(modules, name).replaceAll("\\", "/"))),
  );
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest(), undefined, 2)}\n`);
  for (const [from, to] of [
    ["scripts/engines/README.md", "README.md"],
    ["LICENSE", "LICENSE"],
    ["icons/sopm.png", "icons/sopm.png"],
  ]) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    copyFileSync(join(root, from), join(folder, to));
  }
  return true;
}

/** It runs nothing: the first extension reads it, where its server runs. */
function manifest() {
  const main = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { version, publisher, license, repository, bugs, homepage, icon, keywords, engines } = main;
  return {
    name: `${main.name}-engines`,
    displayName: "SOPM Engines",
    description:
      "A PostgreSQL and a Perl for the extension SOPM: they execute statements and compile code sections.",
    ...{ version, publisher, license, repository, bugs, homepage, icon },
    categories: ["Other"],
    keywords,
    engines: { vscode: engines.vscode },
    extensionKind: ["workspace"],
    files: ["icons/**", "parts/**", "LICENSE", "LICENSES.txt"],
    vsce: { dependencies: false },
  };
}
