import assert from "node:assert/strict";
import { test } from "node:test";
import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import { databaseKinds } from "../../server/src/database/engines.ts";
import { oldestFor, productFor } from "../../server/src/engine/default-system.ts";
import { DryRun, type TryRequest } from "../../server/src/engine/try-operation.ts";
import { contentOf } from "../../server/src/host/file-content.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { dryRunFindings } from "../../server/src/report/dry-run-findings.ts";
import { renderDryRunSchema } from "../../server/src/report/json-schema.ts";
import { toJson } from "../../server/src/report/render-json.ts";
import { verdictText } from "../../server/src/report/verdict.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { schemaProblems } from "../support/json-schema.ts";
import { systemNamed } from "../support/system-named.ts";

/** A package with these elements, and a file; every file it lists has a line. */
function spec(elements: string, version = "2.0.0", frameworks = "<Framework>7.1.x</Framework>"): string {
  return `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
  <Name>Acme</Name>
  <Version>${version}</Version>
  <Vendor>Acme Inc.</Vendor>
  ${frameworks}
  ${elements}
  <Filelist><File Permission="660" Location="Kernel/System/Acme.pm"/></Filelist>
</otrs_package>
`;
}

function contentsOf(text: string): PackageContents {
  const line = contentOf(Buffer.from("1;\n"));
  return contentsOfSpec(SyntaxTree.parse(text), "znuny-7", "Acme.sopm", () => line);
}

function run(text: string, request: Partial<TryRequest> = {}): DryRun {
  return new DryRun({
    operation: "install",
    contents: contentsOf(text),
    specText: text,
    system: systemNamed("Znuny 7.1.3", "mysql"),
    isStandIn: true,
    assumeRequirements: true,
    language: "en",
    ...request,
  });
}

function said({ report }: DryRun): string[] {
  return report.assumptions.map(({ text, values }) => english(text, values));
}

test("a package goes into a system as it is delivered, and the report says that nobody named one", () => {
  const dryRun = run(spec(""));
  assert.equal(dryRun.plan.verdict, "success");
  assert.match(said(dryRun)[0]!, /^Znuny 7\.1\.3 as it is delivered/);
  assert.deepEqual(
    dryRun.plan.after.packages.map(({ name, version }) => `${name} ${version}`),
    ["Acme 2.0.0"],
  );
  assert.equal(dryRun.report, dryRun.report, "it is made once");
});

test("required packages are taken to be there, or are missing if the reader wants to know", () => {
  const text = spec('<PackageRequired Version="1.2.3">Base &amp; more</PackageRequired>');
  const assumed = run(text);
  assert.equal(assumed.plan.verdict, "success");
  assert.ok(
    said(assumed).includes(
      "Required packages are installed, with tables and modules that nobody knows: Base & more 1.2.3.",
    ),
  );
  assert.ok(!assumed.report.difference.packages.some(({ name }) => name.startsWith("Base")));
  const checked = run(text, { assumeRequirements: false });
  assert.equal(checked.plan.verdict, "refused");
  assert.equal(checked.plan.refusals[0]!.check, "required-packages");
});

test("tables of packages that are taken to be there may be there, the package's own are not before it makes them", () => {
  const sections = `<DatabaseInstall Type="post">
      <Insert Table="base_kind"><Data Key="id">1</Data></Insert>
      <Insert Table="acme"><Data Key="id">1</Data></Insert>
      ${table("acme")}
    </DatabaseInstall>`;
  const outcomes = (text: string) =>
    run(text).plan.steps.flatMap((step) => (step.kind === "statement" ? [step.outcome] : []));
  assert.deepEqual(outcomes(spec(sections)), ["fails", "fails", "runs"]);
  const requiring = spec(`<PackageRequired Version="1.2.3">Base</PackageRequired>${sections}`);
  assert.deepEqual(outcomes(requiring), ["runs", "fails", "runs"]);
});

test("modules of packages that are taken to be there may be loaded, and their rows are not left behind", () => {
  const code = `<CodeUninstall Type="pre">$Kernel::OM->Get('Kernel::System::Base')->Do();</CodeUninstall>`;
  const odd = (text: string) =>
    run(text, { operation: "uninstall" }).plan.steps.flatMap((step) =>
      step.kind === "code" ? step.quirks : [],
    );
  assert.deepEqual(odd(spec(code)), ["module-not-there"]);
  const requiring = spec(`<PackageRequired Version="1.2.3">Base</PackageRequired>${code}`);
  assert.deepEqual(odd(requiring), []);
  assert.equal(run(requiring, { operation: "uninstall" }).report.leftovers, undefined);
});

test("a requirement that no package can meet is refused all the same", () => {
  assert.equal(run(spec("<PackageRequired>Base</PackageRequired>")).plan.verdict, "refused");
});

test("what is reinstalled or uninstalled is taken to be installed", () => {
  for (const operation of ["reinstall", "uninstall"] as const) {
    const dryRun = run(spec(""), { operation });
    assert.equal(dryRun.plan.verdict, "success");
    assert.equal(dryRun.plan.installedVersion, "2.0.0");
    assert.ok(said(dryRun).some((text) => text.startsWith("The package is installed")));
  }
});

test("a package that cannot be installed on the framework can still be taken for installed", () => {
  const dryRun = run(spec("", "2.0.0", "<Framework>6.0.x</Framework>"), { operation: "uninstall" });
  assert.equal(dryRun.plan.verdict, "success");
  assert.equal(run(spec("", "2.0.0", "<Framework>6.0.x</Framework>")).plan.verdict, "refused");
});

test("an upgrade comes from an archive, or from a version alone", () => {
  const text = spec('<CodeUpgrade Type="post" Version="1.5.0">1;</CodeUpgrade>');
  const from = { kind: "archive", contents: contentsOf(spec("", "1.0.0")) } as const;
  const fromArchive = run(text, { operation: "upgrade", from });
  const fromVersion = run(text, { operation: "upgrade", from: { kind: "version", version: "1.0.0" } });
  const fromLater = run(text, { operation: "upgrade", from: { kind: "version", version: "1.6.0" } });
  const codeOf = ({ plan }: DryRun) => plan.steps.find(({ kind }) => kind === "code")?.outcome;
  assert.equal(fromArchive.plan.installedVersion, "1.0.0");
  assert.equal(codeOf(fromArchive), "runs");
  assert.equal(fromVersion.plan.installedVersion, "1.0.0");
  assert.equal(codeOf(fromVersion), "runs");
  assert.equal(codeOf(fromLater), "skipped");
  assert.ok(said(fromVersion).some((each) => /guessed/.test(each)));
});

test("a system that has the package is taken as it is, whatever was named", () => {
  const installed = run(spec("", "1.0.0")).plan.after;
  const dryRun = run(spec(""), {
    operation: "upgrade",
    system: installed,
    isStandIn: false,
    from: { kind: "version", version: "1.9.0" },
  });
  assert.equal(dryRun.plan.installedVersion, "1.0.0");
  assert.ok(said(dryRun).some((text) => /^The version that is installed counts/.test(text)));
});

test("files that are missing are told, because the build would fail", () => {
  const text = spec("");
  const contents = contentsOfSpec(SyntaxTree.parse(text), "znuny-7", "Acme.sopm", () => undefined);
  assert.ok(said(run(text, { contents })).some((each) => /missing.*1.*Kernel\/System\/Acme\.pm/.test(each)));
});

test("folders that an uninstall leaves are left behind, the package's files are not", () => {
  const text = spec("").replace("Kernel/System/Acme.pm", "var/acme/deep/File.pm");
  const { report } = run(text, { operation: "uninstall" });
  assert.deepEqual(
    report.leftovers?.files.map(({ path, change }) => `${change} ${path}`),
    ["added var/acme", "added var/acme/deep"],
  );
});

test("products by what people call them", () => {
  for (const product of ["Znuny 7.1.3", "OTOBO 11.0.5", "OTRS 6.0.30", "Znuny 6.5.1", "OTOBO 10.1.5"]) {
    const { framework } = systemNamed(product, "mysql");
    assert.equal(`${framework.product} ${framework.version}`, product);
  }
});

const unknownTable =
  '<DatabaseInstall Type="post"><Insert Table="acme_nowhere"><Data Key="id">1</Data></Insert></DatabaseInstall>';
for (const [product, framework] of [
  ["OTRS 4.0.1", "4.0.x"],
  ["OTRS 5.0.1", "5.0.x"],
  ["OTRS 6.0.1", "6.0.x"],
  ["OTRS 6.0.41", "6.0.x"],
  ["Znuny 6.0.1", "6.0.x"],
  ["Znuny 6.5.1", "6.5.x"],
  ["Znuny 7.0.1", "7.0.x"],
  ["Znuny 7.3.1", "7.3.x"],
  ["OTOBO 10.0.1", "10.0.x"],
  ["OTOBO 10.1.1", "10.1.x"],
  ["OTOBO 11.1.1", "11.1.x"],
] as const) {
  test(`a row for a table that ${product} does not have fails`, () => {
    const text = spec(unknownTable, "1.0.0", `<Framework>${framework}</Framework>`);
    const { report } = run(text, { system: systemNamed(product, "mysql") });
    assert.equal(report.counts.fails, 1);
    assert.equal(report.verdict.tone, "look");
  });
}

test("of a release that nobody knows no success is promised for tables and files of others", () => {
  const text = spec(unknownTable, "1.0.0", "<Framework>8.0.x</Framework>");
  const dryRun = run(text, { system: systemNamed("OTRS 8.0.1", "mysql") });
  const { report } = dryRun;
  assert.equal(report.verdict.tone, "look");
  assert.equal(
    verdictText(report.verdict, english),
    "OTRS 8.0.1 would do this, and no step is known to fail. OTRS 8.0.1 was neither run nor read as a whole: it is assumed to do what OTRS 6.0.41 does. Statements that could not be judged, because nothing is known of the tables of OTRS 8.0.1: 1.",
  );
  assert.ok(said(dryRun).some((line) => line.startsWith("The files of OTRS 8.0.1 are not known")));
});

test("of a release that nobody knows the package's own tables are known", () => {
  const own =
    '<DatabaseInstall Type="post"><TableCreate Name="acme_own"><Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/></TableCreate><Insert Table="acme_own"><Data Key="id">1</Data></Insert></DatabaseInstall>';
  const text = spec(own, "1.0.0", "<Framework>8.0.x</Framework>");
  const { report } = run(text, { system: systemNamed("OTRS 8.0.1", "mysql") });
  assert.equal(report.counts.unknown, 0);
  assert.equal(report.verdict.tone, "look", "what OTRS 8 does is assumed");
});

const productCases: [frameworks: string, product: string][] = [
  ["<Framework>7.1.x</Framework>", "Znuny 7.1.7"],
  ["<Framework>7.0.x</Framework>", "Znuny 7.0.9"],
  ['<Framework Minimum="6.5.4">6.5.x</Framework>', "Znuny 6.5.4"],
  ["<Framework>6.5.x</Framework>", "Znuny 6.5.4"],
  ["<Framework>11.0.x</Framework>", "OTOBO 11.0.6"],
  ["<Framework>10.1.x</Framework>", "OTOBO 10.1.11"],
  ["<Framework>5.0.x</Framework>", "OTRS 5.0.26"],
  ["<Framework>6.0.x</Framework>", "Znuny 6.0.36"],
  ["<Framework>7.3.x</Framework>", "Znuny 7.3.1"],
  ["<Framework>7.x</Framework>", "Znuny 7.3.1"],
  ["<Framework>7.1.x</Framework><Framework>9.9.x</Framework>", "Znuny 7.1.7"],
  ["<Framework>9.9.9</Framework>", "OTRS 8.0.1"],
  ["<Framework>8.0.x</Framework>", "OTRS 8.0.1"],
  ["<Framework>7.1.x</Framework><Framework>6.5.x</Framework>", "Znuny 7.1.7"],
  ["", "Znuny 7.1.7"],
];
for (const [frameworks, expected] of productCases) {
  test(`a package for ${frameworks || "nothing in particular"} is tried on ${expected}`, () => {
    const { product, version } = productFor(contentsOf(spec("", "1.0.0", frameworks)));
    assert.equal(`${product} ${version}`, expected);
  });
}

// The first release of a line is its oldest one, unless a bound says otherwise; Znuny 6.0 began with 6.0.31.
const oldestCases: [frameworks: string, oldest: string | undefined][] = [
  ["<Framework>7.1.x</Framework>", "Znuny 7.1.1"],
  ["<Framework>7.1.7</Framework>", undefined],
  ["<Framework>7.1.x</Framework><Framework>6.5.x</Framework>", "Znuny 6.5.1"],
  ["<Framework>6.0.x</Framework>", "Znuny 6.0.31"],
  ["<Framework>6.0.x</Framework><Framework>5.0.x</Framework>", "OTRS 5.0.1"],
  ['<Framework Minimum="6.3.2">6.3.x</Framework><Framework>6.5.x</Framework>', "Znuny 6.3.2"],
  ["<Framework>11.0.x</Framework><Framework>10.1.x</Framework>", "OTOBO 10.1.1"],
  ["<Framework>9.9.9</Framework>", undefined],
  ["", undefined],
];
for (const [frameworks, expected] of oldestCases) {
  test(`the oldest release for ${frameworks || "nothing in particular"} is ${expected ?? "no other"}`, () => {
    const contents = contentsOf(spec("", "1.0.0", frameworks));
    const oldest = oldestFor(contents, productFor(contents));
    assert.equal(oldest && `${oldest.product} ${oldest.version}`, expected);
  });
}

const table = (name: string) =>
  `<TableCreate Name="${name}"><Column Name="id" Type="INTEGER" Required="true" PrimaryKey="true"/></TableCreate>`;

test("an uninstall that drops no table leaves it behind, where the spec creates it", () => {
  const text = spec(`<DatabaseInstall Type="post">${table("acme_kept")}${table("acme_gone")}</DatabaseInstall>
    <DatabaseUninstall Type="pre"><TableDrop Name="acme_gone"/></DatabaseUninstall>`);
  const contents = contentsOf(text);
  const dryRun = run(text, { operation: "uninstall", contents });
  const left = ({ report }: DryRun) => report.leftovers?.database.added.map(({ name }) => name);
  assert.deepEqual(left(dryRun), ["acme_kept"]);
  const findings = dryRunFindings(dryRun.report, { start: 0, end: 1 }, contents.structure);
  assert.deepEqual(
    findings.map(({ id, span, arguments: values }) => [id, text.slice(span.start, span.end), values.table]),
    [["left-behind", '<TableCreate Name="acme_kept">', "acme_kept"]],
  );
  // The same in a system of which nobody knows what was there before the package.
  const system = run(text).plan.after;
  assert.deepEqual(left(run(text, { operation: "uninstall", system, isStandIn: false })), ["acme_kept"]);
});

test("what is left has the rows that are in it, made when the package was", () => {
  const text = spec(`<DatabaseInstall Type="post">
      <TableCreate Name="acme"><Column Name="made" Type="DATE" Required="true"/></TableCreate>
      <Insert Table="acme"><Data Key="made">current_timestamp</Data></Insert>
    </DatabaseInstall>`);
  const rows = ({ report }: DryRun) => report.leftovers?.database.added.map((left) => left.rows);
  const now = "2024-05-02 10:00:00";
  assert.deepEqual(rows(run(text, { operation: "uninstall", options: { now } })), [[[now]]]);
  const system = run(text, { options: { now: "2023-01-01 00:00:00" } }).plan.after;
  const later = run(text, { operation: "uninstall", system, isStandIn: false, options: { now } });
  assert.deepEqual(rows(later), [[["2023-01-01 00:00:00"]]]);
});

for (const database of databaseKinds) {
  test(`an upgrade from a version alone meets the tables as that version may have left them, ${database}`, () => {
    const text = spec(`<DatabaseInstall Type="post">
        <TableCreate Name="acme">
          <Column Name="id" Type="INTEGER" Required="true" PrimaryKey="true"/>
          <Column Name="title" Type="VARCHAR" Size="20" Required="false"/>
          <Column Name="added" Type="INTEGER" Required="false"/>
          <Index Name="acme_added"><IndexColumn Name="added"/></Index>
        </TableCreate>
        ${table("acme_new")}
        <Insert Table="acme_new"><Data Key="id">7</Data></Insert>
      </DatabaseInstall>
      <DatabaseUpgrade Type="post">
        <TableAlter Name="acme" Version="1.5.0">
          <ColumnAdd Name="added" Type="INTEGER" Required="false"/>
          <ColumnChange NameOld="name" NameNew="title" Type="VARCHAR" Size="20" Required="false"/>
          <ColumnDrop Name="obsolete"/>
          <IndexCreate Name="acme_added"><IndexColumn Name="added"/></IndexCreate>
          <IndexDrop Name="acme_old"/>
        </TableAlter>
        <TableCreate Name="acme_new" Version="1.6.0"><Column Name="id" Type="INTEGER" Required="true" PrimaryKey="true"/></TableCreate>
        <Insert Table="acme_new" Version="1.6.0"><Data Key="id">7</Data></Insert>
        <TableDrop Name="acme_obsolete" Version="1.7.0"/>
      </DatabaseUpgrade>`);
    const dryRun = run(text, {
      operation: "upgrade",
      from: { kind: "version", version: "1.0.0" },
      system: systemNamed("Znuny 7.1.3", database),
    });
    const failed = dryRun.plan.steps.filter(({ outcome }) => outcome === "fails");
    assert.deepEqual(
      failed.map(({ key, reason }) => [key, reason && english(reason.text, reason.values)]),
      [],
    );
    const fresh = run(text, { system: systemNamed("Znuny 7.1.3", database) }).plan.after;
    const columns = (system: typeof fresh, name: string) => {
      const found = system.database.table(name);
      return typeof found === "object" ? found.columns.map((column) => column.name).sort() : found;
    };
    for (const name of ["acme", "acme_new", "acme_obsolete"]) {
      assert.deepEqual(columns(dryRun.plan.after, name), columns(fresh, name), name);
    }
    const later = run(text, {
      operation: "upgrade",
      from: { kind: "version", version: "1.6.0" },
      system: systemNamed("Znuny 7.1.3", database),
    });
    const statements = later.plan.steps.filter(
      (step) => step.kind === "statement" && step.outcome === "runs",
    );
    assert.equal(statements.length > 0, true);
    assert.ok(
      statements.every((step) => step.kind === "statement" && /acme_obsolete/i.test(step.statement.sql)),
    );
  });
}

test("an upgrade from a version alone finds the unique constraint that it drops, and a column it renames to no end", () => {
  const text = spec(`<DatabaseInstall Type="post">
      <TableCreate Name="acme">
        <Column Name="id" Type="INTEGER" Required="true" PrimaryKey="true"/>
        <Column Name="login" Type="VARCHAR" Size="20" Required="false"/>
        <Column Name="mail" Type="VARCHAR" Size="20" Required="false"/>
        <Index Name="acme_mail"><IndexColumn Name="mail"/></Index>
      </TableCreate>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
      <TableAlter Name="acme" Version="1.5.0">
        <UniqueDrop Name="acme_id"/>
        <ColumnChange NameOld="name" NameNew="lgoin" Type="VARCHAR" Size="20" Required="false"/>
        <ColumnChange NameOld="address" NameNew="mail" Type="VARCHAR" Size="20" Required="false"/>
      </TableAlter>
    </DatabaseUpgrade>`);
  const dryRun = run(text, { operation: "upgrade", from: { kind: "version", version: "1.0.0" } });
  const failed = dryRun.plan.steps.filter(({ outcome }) => outcome === "fails");
  assert.deepEqual(
    failed.map(({ key }) => key),
    [],
  );
  const table = dryRun.plan.after.database.table("acme");
  assert.ok(typeof table === "object");
  const before = dryRun.plan.before.database.table("acme");
  assert.ok(typeof before === "object");
  const keys = ({ keys: all }: typeof table) =>
    all.map(({ name, columns }) => `${name} ${columns.map((column) => column.name).join()}`);
  assert.deepEqual(keys(before), ["acme_mail address", "acme_id id"]);
  assert.deepEqual(keys(table), ["acme_mail mail"]);
  assert.deepEqual(table.columns.map(({ name }) => name).sort(), ["id", "lgoin", "login", "mail"]);
});

test("an upgrade from a version alone misses the index that only a fresh install makes", () => {
  const text = (index: string) =>
    spec(`<DatabaseInstall Type="post">
      <TableCreate Name="acme">
        <Column Name="id" Type="INTEGER" Required="true" PrimaryKey="true"/>
        <Column Name="added" Type="INTEGER" Required="false"/>
        <Index Name="acme_added"><IndexColumn Name="added"/></Index>
      </TableCreate>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
      <TableAlter Name="acme" Version="1.5.0">
        <ColumnAdd Name="added" Type="INTEGER" Required="false"/>
        ${index}
      </TableAlter>
    </DatabaseUpgrade>`);
  const differs = (index: string) => {
    const from = { kind: "version", version: "1.0.0" } as const;
    const { plan } = run(text(index), { operation: "upgrade", from });
    return plan.steps.some(({ quirks }) => quirks.includes("schema-differs"));
  };
  assert.equal(differs(""), true);
  const index = '<IndexCreate Name="acme_added"><IndexColumn Name="added"/></IndexCreate>';
  assert.equal(differs(index), false);
});

test("an upgrade from a version alone does not find the row that it inserts, whenever it was made", () => {
  const row = (version: string) => `<Insert Table="ticket_history_type"${version}>
    <Data Key="name" Type="Quote">Acme</Data><Data Key="valid_id">1</Data>
    <Data Key="create_time">current_timestamp</Data><Data Key="create_by">1</Data>
    <Data Key="change_time">current_timestamp</Data><Data Key="change_by">1</Data></Insert>`;
  const text = spec(`<DatabaseInstall Type="post">${row("")}</DatabaseInstall>
    <DatabaseUpgrade Type="post">${row(' Version="1.5.0"')}</DatabaseUpgrade>`);
  const from = { kind: "version", version: "1.0.0" } as const;
  const { plan } = run(text, { operation: "upgrade", from, options: { now: "2024-05-02 10:00:00" } });
  const inserts = plan.steps.filter(({ kind }) => kind === "statement");
  assert.deepEqual(
    inserts.map(({ outcome }) => outcome),
    ["runs"],
  );
});

test("tables, columns, keys and rows are in the report as JSON as its schema has them", () => {
  const text = spec(`<DatabaseInstall Type="post">${table("acme")}
      <TableAlter Name="ticket"><ColumnAdd Name="acme" Type="INTEGER" Required="false"/></TableAlter>
      <Insert Table="acme"><Data Key="id">7</Data></Insert>
    </DatabaseInstall>`);
  const json = toJson(run(text).report, english);
  assert.deepEqual(schemaProblems(JSON.parse(JSON.stringify(json)), JSON.parse(renderDryRunSchema())), []);
  const tables = json.differences.tables.map(({ name, change, addedColumns, addedRows }) => ({
    name,
    change,
    columns: addedColumns.map((column) => column.name),
    rows: addedRows,
  }));
  assert.deepEqual(tables, [
    { name: "acme", change: "added", columns: ["id"], rows: [["7"]] },
    { name: "ticket", change: "changed", columns: ["acme"], rows: [] },
  ]);
});

test("an uninstall that leaves tables says so in its first sentence", () => {
  const sections = `<DatabaseInstall Type="post">${table("acme")}</DatabaseInstall>`;
  const { report } = run(spec(sections), { operation: "uninstall" });
  assert.equal(
    report.verdict.sentence.text,
    "{product} would do this and no step fails, but tables of the package stay.",
  );
  assert.equal(report.verdict.needsAttention, true);
  const tidy = `${sections}<DatabaseUninstall Type="post"><TableDrop Name="acme"/></DatabaseUninstall>`;
  const { verdict } = run(spec(tidy), { operation: "uninstall" }).report;
  assert.equal(verdict.sentence.text, "{product} would do this, and no step fails.");
});

test("an endless list of required packages ends the operation at one that nobody puts there", () => {
  const required = Array.from({ length: 600 }, (_, number) => {
    return `<PackageRequired Version="1.0.0">Required${number}</PackageRequired>`;
  });
  const { plan } = run(spec(required.join("")));
  assert.equal(plan.verdict, "refused");
  assert.equal(plan.refusals[0]!.values?.name, "Required500");
});

test("files that a package had in its last dry run are not taken for those it has now", () => {
  const system = systemNamed("Znuny 7.1.3", "mysql");
  const modeBefore = (permission: string, operation: "reinstall" | "uninstall") => {
    const text = spec("").replace('"660"', `"${permission}"`);
    const { plan } = run(text, { system, operation });
    const entry = plan.before.home.entry("Kernel/System/Acme.pm");
    return entry?.kind === "file" ? entry.mode : undefined;
  };
  assert.equal(modeBefore("660", "uninstall"), 0o660);
  assert.equal(modeBefore("644", "reinstall"), 0o644);
  assert.equal(modeBefore("660", "reinstall"), 0o660);
  assert.equal(system.home.entry("Kernel/System/Acme.pm"), undefined);
});

test("an operation on files that were put in place before finds and leaves the same as the first time", () => {
  const contents = contentsOf(spec("<CodeUninstall>1;</CodeUninstall>"));
  const [first, again] = [1, 2].map(() => {
    const { plan, report } = run("", { operation: "uninstall", contents, specText: undefined });
    return { steps: plan.steps, difference: report.difference, leftovers: report.leftovers };
  });
  assert.ok(first!.steps.some(({ kind, outcome }) => kind === "remove-file" && outcome === "runs"));
  assert.deepEqual(again, first);
});
