import assert from "node:assert/strict";
import { test } from "node:test";
import { Matrix } from "../../server/src/engine/matrix.ts";
import type { MatrixReport } from "../../server/src/report/matrix-report.ts";
import { type MadeVersion, madeMatrix, madeWorld } from "../support/made-history.ts";

const sections = "";
const inFolder: MadeVersion = { version: "1.0.0", sections, files: { "var/acme/one.txt": "1\n" } };
const without: MadeVersion = { version: "1.1.0", sections, files: { "var/other.txt": "1\n" } };
const asFile: MadeVersion = { version: "1.2.0", sections, files: { "var/acme": "1\n" } };
const elsewhere: MadeVersion = { version: "1.2.0", sections, files: { "var/third.txt": "1\n" } };

function verdictsOf({ rows }: MatrixReport): readonly string[] {
  return rows.map(({ start, kind, cells }) => `${start} ${kind}: ${cells[0]!.verdict}`);
}

const wanted = { databases: ["mysql"] } as const;

test("a folder that an older version left is in the way of a file", async () => {
  const report = await madeMatrix([inFolder, without, asFile], wanted);
  assert.deepEqual(verdictsOf(report), [
    "undefined straight: same",
    "1.0.0 straight: fails",
    "1.0.0 step-by-step: fails",
    "1.1.0 straight: same",
  ]);
});

test("it is in the way as well when the file comes while the matrix is followed", async () => {
  const matrix = new Matrix(madeWorld);
  const before = await madeMatrix([inFolder, without, elsewhere], wanted, matrix);
  assert.deepEqual(
    verdictsOf(before).map((line) => line.split(": ")[1]),
    ["same", "same", "same", "same"],
  );
  const after = await madeMatrix([inFolder, without, asFile], wanted, matrix);
  assert.deepEqual(verdictsOf(after), verdictsOf(await madeMatrix([inFolder, without, asFile], wanted)));
});

test("a file of an older version is not written into the place of a folder that an even older one left", async () => {
  const report = await madeMatrix([inFolder, without, asFile, { ...elsewhere, version: "1.3.0" }], wanted);
  const from = ({ start, kind }: MatrixReport["rows"][number]) => `${start} ${kind}`;
  const failures = report.rows.map((row) => [from(row), row.cells[0]!.earlierFailures.length] as const);
  assert.deepEqual(failures, [
    ["undefined straight", 0],
    ["1.0.0 straight", 0],
    ["1.0.0 step-by-step", 1],
    ["1.1.0 straight", 0],
    ["1.1.0 step-by-step", 0],
    ["1.2.0 straight", 0],
  ]);
});

const title = '<Column Name="title" Required="true" Size="200" Type="VARCHAR"/>';
const note = '<Column Name="note" Required="false" Size="100" Type="VARCHAR"/>';
const addNote = `<DatabaseUpgrade Type="post"><TableAlter Name="acme" Version="1.2.0">${note.replace("Column", "ColumnAdd")}</TableAlter></DatabaseUpgrade>`;

/** Sections that make a table, and take it away. */
function tableOf(columns: string, more = ""): string {
  return `<DatabaseInstall Type="post"><TableCreate Name="acme">${columns}</TableCreate></DatabaseInstall>${more}<DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>`;
}

test("a way on which nothing failed is not told the failures of another one that came to the same system", async () => {
  const report = await madeMatrix(
    [
      { version: "1.0.0", sections: tableOf(title) },
      // Its installations have the column that the next version adds, and its upgrades do not.
      { version: "1.1.0", sections: tableOf(title + note) },
      { version: "1.2.0", sections: tableOf(title + note, addNote) },
      { version: "1.3.0", sections: tableOf(title + note, addNote) },
    ],
    wanted,
  );
  const stepByStep = report.rows.filter(({ kind }) => kind === "step-by-step");
  assert.deepEqual(
    stepByStep.map(({ start, cells }) => [start, cells[0]!.earlierFailures.length]),
    [
      ["1.0.0", 0],
      ["1.1.0", 1],
    ],
  );
});

test("what code of a version on the way may have mended is not told as a difference", async () => {
  const code = '<CodeInstall Type="post">Do(SQL => "ALTER TABLE acme ADD note VARCHAR(100)")</CodeInstall>';
  const report = await madeMatrix(
    [
      { version: "1.0.0", sections: tableOf(title) + code },
      { version: "1.1.0", sections: tableOf(title) },
      { version: "1.2.0", sections: tableOf(title + note) },
    ],
    wanted,
  );
  assert.deepEqual(verdictsOf(report), [
    "undefined straight: same",
    "1.0.0 straight: unknown",
    "1.0.0 step-by-step: unknown",
    "1.1.0 straight: differs",
  ]);
});
