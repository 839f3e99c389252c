import assert from "node:assert/strict";
import { after, test } from "node:test";
import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import type { SystemWorld } from "../../server/src/engine/system-world.ts";
import { type VerifyRequest, verifyPackage } from "../../server/src/engine/verify-package.ts";
import type { DatabaseServer } from "../../server/src/host/database-server.ts";
import { contentOf } from "../../server/src/host/file-content.ts";
import { english, messageText } from "../../server/src/l10n/translate.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { renderVerifyJson } from "../../server/src/report/render-verify-json.ts";
import { renderVerifyJunit } from "../../server/src/report/render-verify-junit.ts";
import { renderVerifyText } from "../../server/src/report/render-verify-text.ts";
import {
  isAllDone,
  type VerifiedStatement,
  type VerifyReport,
} from "../../server/src/report/verify-report.ts";
import { statementNotes } from "../../server/src/report/verify-words.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { embeddedForTests } from "../support/embedded-database.ts";

const embedded = await embeddedForTests();
const withEngine = embedded ? test : () => {};
after(() => embedded?.remove());

const world: SystemWorld = {
  ...nodeWorld(),
  openSandbox: () => Promise.reject(new Error("no sandbox is named")),
};

const spec = (elements: string, version = "2.0.0") => `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
  <Name>Acme</Name>
  <Version>${version}</Version>
  <Vendor>Acme Inc.</Vendor>
  <Framework>7.1.x</Framework>
  ${elements}
</otrs_package>
`;

function read(text: string) {
  const contents = contentsOfSpec(SyntaxTree.parse(text), "znuny-7", "Acme.sopm", () =>
    contentOf(Buffer.of()),
  );
  return async () => ({ contents, specText: text });
}

function verify(
  text: string,
  operations: VerifyRequest<Awaited<ReturnType<ReturnType<typeof read>>>>["operations"],
  from?: VerifyRequest<Awaited<ReturnType<ReturnType<typeof read>>>>["from"],
): Promise<VerifyReport> {
  return verifyPackage(
    {
      ...{ operations, from, server: embedded!.server, name: "embedded", read: read(text) },
      system: { kind: "fitting" },
      options: {},
    },
    world,
  );
}

const outcomes = (statements: readonly VerifiedStatement[]) =>
  statements.map(({ element, outcome }) => `${element} ${outcome}`);

const column = (name: string, more = 'Type="INTEGER"') => `<Column Name="${name}" Required="true" ${more}/>`;
const table = `<TableCreate Name="acme">${column("id", 'PrimaryKey="true" AutoIncrement="true" Type="BIGINT"')}${column("name", 'Size="20" Type="VARCHAR"')}${column("valid_id", 'Type="SMALLINT"')}<Index Name="acme_name"><IndexColumn Name="name"/></Index><Unique Name="acme_u"><UniqueColumn Name="name"/></Unique><ForeignKey ForeignTable="valid"><Reference Local="valid_id" Foreign="id"/></ForeignKey></TableCreate>`;
const row = (name: string, valid = "1") =>
  `<Insert Table="acme"><Data Key="name" Type="Quote">${name}</Data><Data Key="valid_id">${valid}</Data></Insert>`;

withEngine("statements are executed, and what the server says stands at their elements", async () => {
  const text = spec(
    `<DatabaseInstall Type="post">${table}${row("a")}\n${row("a")}<TableAlter Name="acme"><IndexCreate Name="acme_name"><IndexColumn Name="name"/></IndexCreate></TableAlter></DatabaseInstall><DatabaseUninstall><TableDrop Name="acme"/></DatabaseUninstall>`,
  );
  const report = await verify(text, ["install", "uninstall"]);
  const [install, uninstall] = report.operations;
  assert.deepEqual(outcomes(install!.statements), [
    "TableCreate(acme) done",
    "Index(acme_name) done",
    "Insert(acme) done",
    "Insert(acme) failed",
    "IndexCreate(acme_name) skipped",
    "Reference done",
  ]);
  const failed = install!.statements[3]!;
  assert.equal(report.placeOf(failed.span)?.line, 8);
  assert.deepEqual(failed.error, {
    code: "23505",
    message: 'duplicate key value violates unique constraint "acme_u"',
  });
  assert.deepEqual(install!.differences, [], "the simulation says the same");
  assert.deepEqual(outcomes(uninstall!.statements), ["TableDrop(acme) done"]);
  assert.deepEqual(uninstall!.differences, []);
  assert.equal(uninstall!.preparation.statements, 6, "it is installed before");
  assert.equal(isAllDone(report), false);

  const shown = renderVerifyText(report, { translate: english, width: undefined, colors: false });
  assert.match(shown, /^Acme 2\.0\.0 for Znuny 7\.1\.\d+, executed on PostgreSQL \d+\.\d+\n/);
  assert.match(shown, /\[failed\] INSERT INTO acme .* \(line 8\)\n +PostgreSQL .* says: duplicate key value/);
  assert.match(
    renderVerifyJunit(report, english),
    /<failure type="23505" message="PostgreSQL [^"]*duplicate/,
  );
  const json = JSON.parse(renderVerifyJson(report, english));
  assert.equal(json.measured, true);
  assert.equal(json.operations[0].statements[3].place.line, 8);
});

withEngine("an upgrade begins with what the earlier version has made", async () => {
  const earlier = spec(`<DatabaseInstall Type="post">${table}${row("a")}</DatabaseInstall>`, "1.0.0");
  const later = spec(
    `<DatabaseUpgrade Type="post"><TableAlter Name="acme" Version="2.0.0">${column("note", 'Size="9" Type="VARCHAR" Default="x"').replace("Column", "ColumnAdd")}</TableAlter></DatabaseUpgrade>`,
  );
  const report = await verify(later, ["upgrade"], {
    kind: "package",
    read: async () => (await read(earlier)()).contents,
  });
  const [upgrade] = report.operations;
  assert.equal(upgrade!.from, "1.0.0");
  assert.equal(upgrade!.preparation.statements, 4);
  assert.ok(upgrade!.statements.length > 1);
  assert.ok(upgrade!.statements.every(({ outcome }) => outcome === "done"));
  assert.deepEqual(upgrade!.differences, []);
  assert.equal(isAllDone(report), true);
});

withEngine("an upgrade from a version whose package nobody has is not executed", async () => {
  await assert.rejects(
    verify(spec(""), ["upgrade"], { kind: "version", version: "1.0.0" }),
    /name an archive or a spec of it/,
  );
});

withEngine("what depends on rows and tables that nobody knows is no failure", async () => {
  const text = spec(
    `<PackageRequired Version="1.0.0">Other</PackageRequired><DatabaseInstall Type="post"><Insert Table="valid"><Data Key="name" Type="Quote">1</Data><Data Key="create_time">current_timestamp</Data><Data Key="create_by">1</Data><Data Key="change_time">current_timestamp</Data><Data Key="change_by">1</Data></Insert><Insert Table="other"><Data Key="a">1</Data></Insert></DatabaseInstall>`,
  );
  const report = await verify(text, ["install"]);
  const [{ statements }] = report.operations as [VerifyReport["operations"][0]];
  assert.deepEqual(outcomes(statements), ["Insert(valid) open", "Insert(other) open"]);
  assert.match(
    messageText(statementNotes(statements[1]!, report)[1]!, english),
    /^The table other may be one of a required package/,
  );
  assert.equal(isAllDone(report), true);
});

withEngine("a package that the framework refuses sends nothing", async () => {
  const text = spec("<PackageRequired>Other</PackageRequired>");
  const report = await verify(text, ["install"]);
  assert.equal(report.operations[0]?.verdict, "refused");
  assert.equal(isAllDone(report), false);
  assert.match(
    renderVerifyText(report, { translate: english, width: 80, colors: true }),
    /The framework refuses this operation/,
  );
});

test("tables of the framework that a server does not take are told with what to look at, and it is let go", async () => {
  let isClosed = false;
  const server: DatabaseServer = {
    kind: "postgresql",
    open: async () => ({
      ...{ kind: "postgresql", version: "PostgreSQL 15.1" },
      execute: async () => ({ kind: "failed", milliseconds: 1, code: "58030", message: "No space left" }),
      catalogue: () => Promise.reject(new Error("nothing is made yet")),
      mark: () => Promise.reject(new Error("nothing is made yet")),
      restore: () => Promise.reject(new Error("nothing is made yet")),
      close: async () => {
        isClosed = true;
      },
    }),
  };
  const text = spec("");
  const request = { operations: ["install"], server, name: "full", read: read(text), options: {} } as const;
  await assert.rejects(
    verifyPackage({ ...request, system: { kind: "fitting" } }, world),
    /^DatabaseUnavailable: The tables of Znuny 7\.1\.\d+ cannot be made on this server: No space left \(58030\)\. Look at what the server says/,
  );
  assert.ok(isClosed);
});
