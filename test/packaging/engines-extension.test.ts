import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { listFiles } from "@vscode/vsce";
import { engineParts } from "../../server/src/node/embedded-database.ts";
import { perlParts } from "../../server/src/node/perl-checker.ts";
import { enginesExtension, enginesParts, enginesTitle } from "../../server/src/protocol/engines.ts";
import type { InitializationOptions } from "../../server/src/protocol/session.ts";
import type { VerifyResult } from "../../server/src/protocol/verify.ts";
import { LanguageClient } from "../support/language-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const root = join(import.meta.dirname, "../..");
const script = pathToFileURL(join(root, "scripts/engines.mjs")).href;
const { stageEngines } = (await import(script)) as { stageEngines(folder: string): Promise<boolean> };

const isInstalled = engineParts() !== undefined && perlParts() !== undefined;
if (!isInstalled) console.log("left out: the second extension, for which optional parts are not installed");

const spec = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
  <Name>Acme</Name>
  <Version>1.0.0</Version>
  <Vendor>Acme Inc.</Vendor>
  <Framework>7.1.x</Framework>
  <CodeInstall Type="post"><![CDATA[my $Count = 1 +;]]></CodeInstall>
  <DatabaseInstall Type="post">
    <TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/></TableCreate>
  </DatabaseInstall>
</otrs_package>
`;
const uri = "untitled:Acme.sopm";

test("the second extension has the parts and their licences, and is called as the first one asks for it", async (t) => {
  const folder = temporaryFolder(t);
  assert.equal(await stageEngines(folder), isInstalled);
  if (!isInstalled) return;
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const main = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.equal(`${manifest.publisher}.${manifest.name}`, enginesExtension);
  assert.equal(manifest.displayName, enginesTitle);
  assert.equal(manifest.version, main.version);
  assert.equal(manifest.main, undefined);
  const files = await listFiles({ cwd: folder });
  for (const path of ["README.md", "LICENSE", "LICENSES.txt", manifest.icon])
    assert.ok(files.includes(path), path);
  const licenses = readFileSync(join(folder, "LICENSES.txt"), "utf8");
  for (const text of ["@electric-sql/pglite", "@6over3/zeroperl-ts", "Apache License"]) {
    assert.ok(licenses.includes(text), text);
  }
  assert.deepEqual(
    (await listFiles({ cwd: root })).filter((path) => /pglite|zeroperl|engines/.test(path)),
    [],
  );
});

test("an installed SOPM finds the parts in the folder of the second extension, and does without them otherwise", async (t) => {
  const home = temporaryFolder(t);
  cpSync(join(root, "dist"), join(home, "dist"), { recursive: true });
  cpSync(join(root, "package.json"), join(home, "package.json"));
  assert.equal((await verified(await clientOf(t, home, {}))).kind, "not-installed");
  if (!isInstalled) return;
  const engines = temporaryFolder(t);
  await stageEngines(engines);
  const partsFolder = join(engines, enginesParts);
  const client = await clientOf(t, home, { partsFolder });
  const compiled = client.diagnostics(
    ({ diagnostics }) => diagnostics.some(({ code }) => code === "code-perl-syntax"),
    60,
  );
  const result = await verified(client);
  assert.ok(result.kind === "verified", JSON.stringify(result));
  assert.equal(result.verdict.kind, "good");
  await compiled;
  assert.ok(!existsSync(join(home, "node_modules")));
});

async function clientOf(t: TestContext, home: string, options: Partial<InitializationOptions>) {
  const client = new LanguageClient(join(home, "dist/server.js"));
  t.after(() => client.stop());
  await client.initialize({ initializationOptions: { trusted: true, locale: "en", ...options } });
  return client;
}

async function verified(client: LanguageClient): Promise<VerifyResult> {
  await client.open(uri, spec);
  return client.request<VerifyResult>("sopm/verify", { uri, operations: ["install"] });
}
