import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type {
  ApplyOutcome,
  CreateSandboxResult,
  DropOutcome,
  SystemsResult,
  UndoOutcome,
} from "../../server/src/protocol/sandbox.ts";
import { postgresqlServer, testPassword } from "../support/database-servers.ts";
import { fileUri, LanguageClient } from "../support/language-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const spec = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
  <Name>Acme</Name>
  <Version>1.0.0</Version>
  <Vendor>Acme Inc.</Vendor>
  <Framework>7.1.x</Framework>
  <DatabaseInstall>
    <TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/></TableCreate>
    <Insert Table="acme"><Data Key="ID_2">1</Data></Insert>
  </DatabaseInstall>
</otrs_package>
`;

const server = await postgresqlServer();
const withServer = server ? test : () => {};

withServer("an editor makes a sandbox with a database, and hears what that says", async (context) => {
  const folder = temporaryFolder(context, { "Acme.sopm": spec });
  const client = new LanguageClient();
  context.after(() => client.stop());
  const { name: _, at, ...others } = server!.settings;
  const databases = { here: { ...others, ...at, secret: { editor: true } } };
  client.settings = { databases };
  await client.initialize({
    locale: "de",
    workspaceFolders: [{ uri: fileUri(folder), name: "ws" }],
    initializationOptions: { trusted: false, locale: "de", storageFolder: join(folder, "storage") },
  });
  client.connection.onRequest("sopm/databaseSecret", ({ name }) => (name === "here" ? testPassword : null));
  const make = (databaseServer: string) =>
    client.request<CreateSandboxResult>("sopm/createSandbox", {
      ...{ name: "Box", framework: { kind: "product", product: "Znuny 7.1.7" } },
      databaseServer,
    });
  const untrusted = await make("here");
  assert.ok(untrusted.kind === "failed");
  assert.match(untrusted.message, /nur aus einem vertrauenswürdigen Arbeitsbereich/);
  await client.connection.sendNotification("sopm/trust", {});
  const unnamed = await make("other");
  assert.ok(unnamed.kind === "failed");
  assert.match(unnamed.message, /nennt keine Datenbank „other“/);
  const made = await make("here");
  assert.ok(made.kind === "made", JSON.stringify(made));
  assert.equal(made.sandbox.database, "PostgreSQL, here");
  const systems = await client.request<SystemsResult>("sopm/systems", {});
  assert.deepEqual(
    systems.sandboxes.map(({ database }) => database),
    ["PostgreSQL, here"],
  );

  const box = made.sandbox.folder;
  const asked = { uri: fileUri(join(folder, "Acme.sopm")), operation: "install", folder: box };
  const applied = await client.request<ApplyOutcome>("sopm/applyToSandbox", asked);
  assert.ok(applied.kind === "applied", JSON.stringify(applied));
  assert.equal(applied.verdict.kind, "bad");
  assert.match(applied.notes.join("\n"), /^Ausgeführt auf PostgreSQL .*, dem Server „here“/m);
  assert.match(applied.notes.join("\n"), /^Insert\(acme\)\. PostgreSQL .* meldet: column .* \(42703\)$/m);
  const names = () =>
    server!.sql("SELECT datname FROM pg_database WHERE datname LIKE 'sopm_box%'").split("\n").filter(Boolean);
  assert.equal(names().length, 2);

  // What the settings do not name any more is left alone.
  client.settings = { databases: {} };
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  const undo = () => client.request<UndoOutcome>("sopm/undoInSandbox", { folder: box, to: 0 });
  const refused = await undo();
  assert.ok(refused.kind === "failed");
  assert.match(refused.message, /auf dem Server „here“, den keine Einstellung nennt/);
  client.settings = { databases };
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  assert.equal((await undo()).kind, "undone");
  assert.equal(names().length, 1);

  const dropped = await client.request<DropOutcome>("sopm/dropSandbox", { folder: box });
  assert.equal(dropped.kind, "dropped");
  assert.deepEqual(names(), []);
  assert.deepEqual((await client.request<SystemsResult>("sopm/systems", {})).sandboxes, []);
});
