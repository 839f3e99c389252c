import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { engineParts } from "../../server/src/node/embedded-database.ts";
import type { VerifyResult } from "../../server/src/protocol/verify.ts";
import { mariadbServer, testPassword } from "../support/database-servers.ts";
import { LanguageClient } from "../support/language-client.ts";

const isInstalled = engineParts() !== undefined;
if (!isInstalled) console.log("left out: the embedded database, for which an optional part is not installed");

const row = '<Insert Table="acme"><Data Key="id">1</Data></Insert>';
const spec = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
  <Name>Acme</Name>
  <Version>1.0.0</Version>
  <Vendor>Acme Inc.</Vendor>
  <Framework>7.1.x</Framework>
  <DatabaseInstall Type="post">
    <TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/></TableCreate>
    ${row}
    ${row}
  </DatabaseInstall>
</otrs_package>
`;

describe("statements that are executed for an editor", async () => {
  const uri = "untitled:Acme.sopm";
  let client: LanguageClient;
  before(async () => {
    client = new LanguageClient();
    await client.initialize({ locale: "de" });
    await client.open(uri, spec);
  });
  after(() => client.stop());

  test("statements are executed, and what failed stands at its element", async () => {
    const result = await client.request<VerifyResult>("sopm/verify", { uri, operations: ["install"] });
    if (!isInstalled) {
      assert.ok(result.kind === "not-installed" && result.message.includes("nicht installiert"));
      return;
    }
    assert.ok(result.kind === "verified", JSON.stringify(result));
    assert.equal(result.verdict.kind, "bad");
    assert.deepEqual(result.findings[0]!.element, {
      start: { line: 9, character: 4 },
      end: { line: 9, character: 4 + row.length },
    });
    const start = spec.lastIndexOf(row);
    const place = `data-start="${start}" data-end="${start + row.length}"`;
    const failing = /<li class="step fails" data-attention="".*<\/li>/.exec(result.html)?.[0] ?? "";
    assert.ok(failing.includes(`<button type="button" class="place" ${place}>Zeile 10</button>`), failing);
    assert.match(failing, /<li class="reason">PostgreSQL .* duplicate key .* \(23505\)<\/li>/);
    assert.equal(result.html.match(/<li class="step runs"/g)?.length, 2);
    assert.match(result.html, /<p class="verdict bad">/);
    assert.match(result.text, /^Acme 1\.0\.0 für Znuny 7\.1\.\d+, ausgeführt auf PostgreSQL/);
    assert.deepEqual(
      result.findings.map(({ range, severity, code }) => [range.start.line, severity, code]),
      [[9, 1, "measured"]],
    );
    assert.match(
      result.findings[0]!.message,
      /^Install\S*: PostgreSQL .* meldet: duplicate key .* \(23505\)$/,
    );
  });

  test("each statement is told while it is executed", async () => {
    const told: string[] = [];
    const listener = client.connection.onNotification("$/progress", ({ token, value }) => {
      if (token === "mine") told.push(`${value.percentage} ${value.message}`);
    });
    const operations = ["install", "uninstall"];
    await client.request<VerifyResult>("sopm/verify", { uri, operations, workDoneToken: "mine" });
    listener.dispose();
    const expected = ["0 Installieren: Anweisung 1 von 3", "17 Installieren: Anweisung 2 von 3"];
    assert.deepEqual(told.slice(0, 2), isInstalled ? expected : []);
  });

  const server = await mariadbServer();
  const withServer = server ? test : () => {};
  withServer("a server of the settings executes them", async () => {
    const { name: _, at, ...others } = server!.settings;
    client.settings = {
      databases: { here: { ...others, ...at, secret: { editor: true } }, odd: { kind: "mysql" } },
    };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    client.connection.onRequest("sopm/databaseSecret", ({ name }) => (name === "here" ? testPassword : null));
    const verifyOn = (database: string) =>
      client.request<VerifyResult>("sopm/verify", { uri, operations: ["install"], database });
    const untrusted = await verifyOn("here");
    assert.ok(untrusted.kind === "failed");
    assert.match(untrusted.message, /nur aus einem vertrauenswürdigen Arbeitsbereich/);
    await client.connection.sendNotification("sopm/trust", {});
    const result = await verifyOn("here");
    assert.ok(result.kind === "verified", JSON.stringify(result));
    assert.match(result.text, /ausgeführt auf MariaDB/);
    assert.match(result.findings[0]!.message, /meldet: Duplicate entry .* \(1062\)$/);
    for (const [name, message] of [
      ["other", /nennt keine Datenbank „other“/],
      ["odd", /Die Datenbank „odd“ braucht/],
    ] as const) {
      const refused = await verifyOn(name);
      assert.ok(refused.kind === "failed");
      assert.match(refused.message, message);
    }
  });
});
