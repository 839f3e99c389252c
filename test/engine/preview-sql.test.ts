import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import { type DatabaseKind, databaseKinds } from "../../server/src/database/engines.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { defaultSystem } from "../../server/src/engine/default-system.ts";
import {
  builtStructure,
  previewSql,
  type SqlRequest,
  sqlOf,
  sqlRuns,
} from "../../server/src/engine/preview-sql.ts";
import { DryRun } from "../../server/src/engine/try-operation.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { operations } from "../../server/src/lifecycle/operation.ts";
import type { PackageStructure } from "../../server/src/model/package-structure.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { type ProductVersion, readProductVersion } from "../../server/src/system/product-version.ts";
import { specWithSql } from "../support/spec-with-sql.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const now = "2024-05-02 10:00:00";

describe("the statements of an operation", () => {
  test("an install runs phase pre before post, and foreign keys behind everything else of their phase", () => {
    check({ operation: "install" }, [
      "pre main DROP TABLE acme_old",
      "post main CREATE TABLE acme",
      "post main INSERT INTO acme",
      "post post DO $$",
    ]);
  });

  test("an upgrade from a version runs what is newer, element by element", () => {
    check({ operation: "upgrade", from: "1.1.0" }, ["post main ALTER TABLE acme DROP note"]);
    check({ operation: "upgrade", from: "1.2.0" }, []);
  });

  test("an upgrade from nowhere lists every element with a version", () => {
    check({ operation: "upgrade" }, [
      "post main ALTER TABLE acme ADD flag",
      "post main ALTER TABLE acme DROP note",
    ]);
    const versions = sqlRuns(structureOf(specWithSql), request({ operation: "upgrade" })).map(
      (run) => run.version,
    );
    assert.deepEqual(versions, [undefined, "1.1.0", "1.2.0", undefined]);
  });

  test("a reinstall runs none", () => check({ operation: "reinstall" }, []));

  test("an uninstall looks at no conditions", () => {
    const spec = specWithSql.replace(
      '<DatabaseUninstall Type="pre">',
      '<DatabaseUninstall Type="pre" IfPackage="Other">',
    );
    check({ operation: "uninstall" }, ["pre main DROP TABLE acme"], spec);
  });

  test("OTRS up to 4 knows no conditions", () => {
    const inserts = sqlOf(
      structureOf(specWithSql),
      request({ operation: "install", product: productNamed("OTRS 3.1.1") }),
    )
      .map(({ statement }) => statement.sql)
      .filter((sql) => sql.startsWith("INSERT"));
    assert.equal(inserts.length, 2);
  });

  test("a condition inside a table leaves out a part of it", () => {
    const spec = specWithSql.replace(
      '<ForeignKey ForeignTable="users">',
      '<ForeignKey ForeignTable="users" IfPackage="Other">',
    );
    check(
      { operation: "install" },
      ["pre main DROP TABLE acme_old", "post main CREATE TABLE acme", "post main INSERT INTO acme"],
      spec,
    );
  });

  test("statements stand in the order of the archive, with the lines of the spec", () => {
    const spec = specWithSql.replace(
      "<DatabaseUninstall",
      '<DatabaseInstall><TableDrop Name="late"/></DatabaseInstall>\n<DatabaseUninstall',
    );
    const list = sqlOf(structureOf(spec), request({ operation: "install" }));
    // The section without Type comes behind the one of phase pre when it is read, and behind post when it is built.
    assert.deepEqual(
      list.map(({ phase, statement }) => [phase, lineOf(spec, statement.tag.element.start)]),
      [
        ["pre", lineOf(spec, spec.indexOf("<TableDrop"))],
        ["pre", lineOf(spec, spec.indexOf('<TableDrop Name="late"'))],
        ["post", lineOf(spec, spec.indexOf("<TableCreate"))],
        ["post", lineOf(spec, spec.indexOf('<Insert Table="acme">'))],
        ["post", lineOf(spec, spec.indexOf("<Reference"))],
      ],
    );
  });

  test("what does not run says why", () => {
    const reasons = (operation: SqlRequest["operation"]) =>
      sqlRuns(structureOf(specWithSql), request({ operation })).flatMap(({ reason }) =>
        reason ? [english(reason.text, reason.values)] : [],
      );
    assert.deepEqual(reasons("install"), ["IfPackage: the package never merges Other."]);
    assert.deepEqual(reasons("upgrade"), [
      "DatabaseUpgrade of phase pre is never run.",
      "The element has no Version, and those without are never run.",
    ]);
    assert.deepEqual(reasons("reinstall"), ["DatabaseReinstall is never run."]);
  });

  test("a phase that nobody knows is told", () => {
    const spec = specWithSql.replace('<DatabaseUninstall Type="pre">', '<DatabaseUninstall Type="Pre">');
    const [run] = sqlRuns(structureOf(spec), request({ operation: "uninstall" }));
    assert.deepEqual(run?.reason, {
      text: "{family} has no phase “{phase}”.",
      values: { family: "DatabaseUninstall", phase: "Pre" },
    });
    check({ operation: "uninstall" }, [], spec);
  });

  test("sections for a merge wait for one", () => {
    const merge =
      '<PackageMerge Name="Old" TargetVersion="2.0.0"><DatabaseUpgrade Type="merge"><TableAlter Name="old" Version="1.5.0"><ColumnDrop Name="x"/></TableAlter></DatabaseUpgrade></PackageMerge>';
    const runs = sqlRuns(
      structureOf(specWithSql.replace("<DatabaseReinstall", `${merge}<DatabaseReinstall`)),
      request({ operation: "upgrade" }),
    );
    const [first] = runs;
    assert.equal(first?.phase, "merge");
    assert.equal(first?.element?.name, "TableAlter");
    assert.equal(first?.reason?.text, "No older version of a merged package is installed.");
  });
});

test("the statements are those of the dry run of the operation, on every database", () => {
  const upgraded = specWithSql.replace("<Version>1.2.0", "<Version>1.3.0");
  const product = productNamed("OTOBO 11.0.6");
  for (const database of databaseKinds) {
    const system = defaultSystem(product, database, knowledgeFor);
    const contents = contentsOfSpec(SyntaxTree.parse(upgraded), product, "Acme.sopm", () => undefined);
    for (const operation of operations) {
      const dryRun = new DryRun({
        ...{ operation, contents, specText: upgraded, system, isStandIn: true, assumeRequirements: true },
        ...{ from: { kind: "version", version: "1.1.0" }, language: "en", options: { now } },
      });
      const planned = dryRun.plan.steps.flatMap((step) =>
        step.kind === "statement" ? [`${step.phase} ${step.list} ${step.statement.sql}`] : [],
      );
      const from = operation === "upgrade" ? "1.1.0" : undefined;
      const shown = sqlOf(contents.structure!, { operation, database, product, from, now }).map(
        ({ phase, list, statement }) => `${phase} ${list} ${statement.sql}`,
      );
      assert.deepEqual(shown, planned, `${operation} on ${database}`);
    }
  }
});

test("an install merges packages as well, and so shows the sections for it", () => {
  const merge =
    '<PackageMerge Name="Old"><DatabaseUpgrade Type="merge"><TableDrop Name="old" Version="1.0.0"/></DatabaseUpgrade></PackageMerge>';
  const structure = structureOf(specWithSql.replace("<DatabaseReinstall", `${merge}<DatabaseReinstall`));
  const [first] = sqlRuns(structure, request({ operation: "install" }));
  assert.deepEqual([first?.phase, first?.element?.name], ["merge", "TableDrop"]);
  const old = sqlRuns(structure, request({ operation: "install", product: productNamed("OTRS 3.1.1") }));
  assert.ok(
    old.every(({ phase }) => phase !== "merge"),
    "OTRS 3.1 merges nothing",
  );
});

test("very many elements that are left out cost little", () => {
  const count = 150_000;
  const insert = (attributes: string) => `<Insert Table="acme"${attributes}><Data Key="id">1</Data></Insert>`;
  const install = `<DatabaseInstall Type="pre">${insert(' IfPackage="Other"')}</DatabaseInstall><DatabaseInstall Type="post">${insert("")}</DatabaseInstall>`;
  const structure = structureOf(
    `<otobo_package><Name>Acme</Name><Version>1.0.0</Version>${install}</otobo_package>`,
  );
  const [begin, ...rest] = structure.database.DatabaseInstall.get("pre")!;
  const many = Array.from({ length: count }, () => rest.slice(0, -1).map((tag) => ({ ...tag }))).flat();
  const sections = new Map(structure.database.DatabaseInstall).set("pre", [begin!, ...many, rest.at(-1)!]);
  const large = { ...structure, database: { ...structure.database, DatabaseInstall: sections } };
  const runs = withoutHanging(() => sqlRuns(large, request({ operation: "install" })));
  assert.equal(runs.filter(({ reason }) => reason).length, count);
});

describe("the preview", () => {
  test("shows all operations, and as a comment what does not run", () => {
    assert.equal(
      preview(specWithSql).text,
      `-- Install, phase pre

DROP TABLE IF EXISTS acme_old;

-- Install, phase post

CREATE TABLE acme (
    owner INTEGER NOT NULL
);

INSERT INTO acme (owner)
    VALUES
    (1);

-- Foreign keys, behind everything else
SET @FKExists := (SELECT COUNT(*) FROM information_schema.table_constraints WHERE table_schema = DATABASE() AND table_name = 'acme' AND constraint_name = 'FK_acme_owner_id');
SET @FKSQLStatement := IF( @FKExists = 0, 'ALTER TABLE acme ADD CONSTRAINT FK_acme_owner_id FOREIGN KEY (owner) REFERENCES users (id)', 'SELECT ''INFO: Foreign key constraint FK_acme_owner_id does already exist, skipping.''' );
PREPARE FKStatement FROM @FKSQLStatement;
EXECUTE FKStatement;

-- Insert(acme) is left out: IfPackage: the package never merges Other.
-- INSERT INTO acme (owner)
--     VALUES
--     (2);

-- Upgrade, phase pre

-- TableDrop(dead) is left out: DatabaseUpgrade of phase pre is never run.
-- DROP TABLE IF EXISTS dead;

-- Upgrade, phase post

-- TableAlter(acme), when the installed version is older than 1.1.0
ALTER TABLE acme ADD flag SMALLINT NULL;

-- TableAlter(acme), when the installed version is older than 1.2.0
ALTER TABLE acme DROP note;

-- TableAlter(acme) is left out: The element has no Version, and those without are never run.
-- ALTER TABLE acme DROP lost;

-- Reinstall, phase post

-- TableDrop(dead) is left out: DatabaseReinstall is never run.
-- DROP TABLE IF EXISTS dead;

-- Uninstall, phase pre

DROP TABLE IF EXISTS acme;
`,
    );
  });

  test("knows where each part comes from", () => {
    const { text, parts } = preview(specWithSql);
    const sourceOf = (part: string) => {
      const start = text.indexOf(part);
      assert.ok(start >= 0, part);
      const around = parts.filter(({ span }) => span.start <= start && start < span.end);
      const innermost = around.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
      return innermost && specWithSql.slice(innermost.source.start, innermost.source.end);
    };
    assert.equal(sourceOf("owner INTEGER NOT NULL"), '<Column Name="owner" Required="true" Type="INTEGER"/>');
    assert.match(sourceOf("CREATE TABLE acme") ?? "", /^<TableCreate.*<\/TableCreate>$/s);
    assert.equal(sourceOf("EXECUTE FKStatement"), '<Reference Local="owner" Foreign="id"/>');
    assert.match(sourceOf("older than 1.2.0") ?? "", /^<TableAlter Name="acme" Version="1.2.0">/);
    assert.equal(sourceOf("-- ALTER TABLE acme DROP lost"), '<ColumnDrop Name="lost"/>');
  });

  test("parts never leave text or spec, and an element that runs is part of it", () => {
    for (const database of ["mysql", "postgresql", "oracle"] as const) {
      const { text, parts } = preview(specWithSql, database);
      for (const { span, source } of parts) {
        assert.ok(0 <= span.start && span.start < span.end && span.end <= text.length);
        assert.ok(specWithSql.slice(source.start, source.end).startsWith("<"));
      }
    }
  });

  test("says in front of a statement why no database takes it", () => {
    const { text } = preview(
      specWithSql.replace('Name="flag" Type="SMALLINT"', 'Name="flag" Type="VARCHAR"'),
    );
    assert.match(
      text,
      /older than 1\.1\.0\n-- .*“flag”.*Size\.\nALTER TABLE acme ADD flag VARCHAR \(\) NULL;/,
    );
  });

  test("says in front of a statement which columns the framework loses", () => {
    const counter =
      '<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>';
    const install = `<DatabaseInstall Type="post"><TableCreate Name="t"><Column Name="a" Type="DATE"/>${counter}</TableCreate></DatabaseInstall>`;
    const structure = structureOf(
      `<otrs_package><Name>Acme</Name><Version>1.0.0</Version>${install}</otrs_package>`,
    );
    const shown = (database: DatabaseKind, product: string) =>
      previewSql(structure, { database, product: productNamed(product), now }, english).text;
    assert.match(
      shown("postgresql", "Znuny 7.1.7"),
      /\n-- Columns are missing in the table: a\. .*\nCREATE TABLE t \(\n {4}id /,
    );
    assert.doesNotMatch(shown("mysql", "Znuny 7.1.7"), /missing/);
    assert.doesNotMatch(shown("postgresql", "OTOBO 11.0.6"), /missing/);
  });
  test("a name with a line break does not leave its comment", () => {
    const { text } = preview(
      specWithSql.replace('"acme" Version="1.1.0"', '"a&#10;DROP TABLE b" Version="1.1.0"'),
    );
    assert.ok(text.includes("-- TableAlter(a DROP TABLE b), when"));
  });

  test("of a section it has what that makes, each under the title of its phase", () => {
    const spec = `<otobo_package><Name>Acme</Name><Version>2.0.0</Version>
<DatabaseInstall Type="post"><TableDrop Name="one"/></DatabaseInstall>
<DatabaseInstall Type="post"><TableDrop Name="two"/></DatabaseInstall>
<DatabaseUpgrade Type="post"><TableDrop Name="three" Version="1.1.0"/><TableDrop Name="four"/></DatabaseUpgrade>
<DatabaseUninstall/></otobo_package>`;
    const structure = structureOf(spec);
    const sections = SyntaxTree.parse(spec).root!.elements.filter(({ name }) => name.startsWith("Database"));
    const shown = sections.map(
      ({ span }) =>
        previewSql(
          structure,
          { database: "mysql", product: productNamed("OTOBO 11.0.6"), now },
          english,
          span,
        ).text,
    );
    assert.deepEqual(shown.slice(0, 2), [
      "-- Install, phase post\n\nDROP TABLE IF EXISTS one;\n",
      "-- Install, phase post\n\nDROP TABLE IF EXISTS two;\n",
    ]);
    assert.match(shown[2]!, /^-- Upgrade, phase post\n.*DROP TABLE IF EXISTS three;\n.*four.* left out/s);
    assert.doesNotMatch(shown[2]!, /\b(one|two)\b/);
    assert.equal(shown[3], "-- This section makes no SQL.\n");
  });

  test("says that there is nothing, or that nothing can be read", () => {
    const nothing = preview("<otobo_package><Name>Acme</Name></otobo_package>");
    assert.deepEqual(nothing, {
      text: "-- The package has no database sections.\n",
      parts: [],
      isReadable: true,
    });
    const halfTyped = preview(specWithSql.replace("</Vendor>", "</Ven"));
    assert.equal(halfTyped.isReadable, false);
    assert.match(halfTyped.text, /^-- .*not well-formed/);
  });
});

function productNamed(text: string): ProductVersion {
  const product = readProductVersion(text);
  assert.ok(product);
  return product;
}

type Part = Partial<SqlRequest> & Pick<SqlRequest, "operation">;

function request(part: Part): SqlRequest {
  return { database: "postgresql", product: productNamed("OTOBO 11.0.6"), now, ...part };
}

function structureOf(spec: string, dialect: DialectId = "otobo-11"): PackageStructure {
  const structure = builtStructure(SyntaxTree.parse(spec), dialect);
  assert.ok(structure);
  return structure;
}

function listOf(structure: PackageStructure, part: Part): readonly string[] {
  return sqlOf(structure, request(part)).map(
    ({ phase, list, statement }) => `${phase} ${list} ${statement.sql.split("\n")[0]}`,
  );
}

/** Each statement as "phase list beginning of the text". */
function check(part: Part, beginnings: readonly string[], spec = specWithSql): void {
  const list = listOf(structureOf(spec), part);
  assert.equal(list.length, beginnings.length, list.join("\n"));
  beginnings.forEach((beginning, index) => {
    assert.ok(list[index]!.startsWith(beginning), `${list[index]} does not start with ${beginning}`);
  });
}

function preview(spec: string, database: SqlRequest["database"] = "mysql") {
  const structure = builtStructure(SyntaxTree.parse(spec), "otobo-11");
  return previewSql(structure, { database, product: productNamed("OTOBO 11.0.6"), now }, english);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
