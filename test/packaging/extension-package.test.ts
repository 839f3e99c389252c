import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { listFiles } from "@vscode/vsce";

const root = join(import.meta.dirname, "../..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

interface ExtensionPage {
  readonly placeholder: string;
  extensionPage(readme: string, repository: string): string;
}
const page = pathToFileURL(join(root, "scripts/extension-page.mjs")).href;
const { placeholder, extensionPage } = (await import(page)) as ExtensionPage;

const readme = `# Title

![A picture](docs/images/a.png)

See [a
page](docs/a.md), [below](#below) and [elsewhere](https://example.org/).
`;

test("the extension's page leaves out what leads nowhere as long as nobody has said where the repository is", () => {
  assert.equal(
    extensionPage(readme, `git+https://github.com${placeholder}sopm.git`),
    "# Title\n\nSee a\npage, [below](#below) and [elsewhere](https://example.org/).\n",
  );
});

test("with a repository, pictures and links are left to the packer", () => {
  assert.equal(extensionPage(readme, "git+https://github.com/acme/sopm.git"), readme);
});

test("the addresses of the manifest are one place, and nobody else can own the placeholder", () => {
  const address = manifest.repository.url.replace(/^git\+|\.git$/g, "");
  assert.match(address, /^https:\/\/[^/]+\/[^/]+\/[^/]+$/);
  assert.equal(manifest.bugs.url, `${address}/issues`);
  assert.equal(manifest.homepage, `${address}#readme`);
  // Names of owners begin with a letter or a digit.
  assert.match(placeholder, /^\/-/);
});

test("the packed extension has every file that its manifest names, and nothing that only developers need", async () => {
  const files = new Set(await listFiles({ cwd: root }));
  for (const path of filesNamedIn(manifest)) assert.ok(files.has(path), path);
  for (const path of [
    "dist/server.js",
    "dist/engine.js",
    "dist/webview/report-view.js",
    "icons/report-dark.svg",
  ]) {
    assert.ok(files.has(path), path);
  }
  const strange = /^(test|server|scripts|examples|node_modules|docs\/(images|decisions))\/|\.cache$|\.map$/;
  assert.deepEqual(
    [...files].filter((path) => strange.test(path)),
    [],
  );
});

/** The relative paths in a manifest, but those for other programs than the editor. */
function filesNamedIn({ main, icon, contributes }: { main: string; icon: string; contributes: unknown }) {
  const paths = [...JSON.stringify(contributes).matchAll(/"\.\/([^"]+)"/g)].map(([, path]) => path!);
  return [main.replace("./", ""), icon, ...paths];
}
