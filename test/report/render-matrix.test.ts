import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { english } from "../../server/src/l10n/translate.ts";
import type { MatrixReport } from "../../server/src/report/matrix-report.ts";
import { renderMatrixHtmlBody } from "../../server/src/report/render-matrix-html.ts";
import { renderMatrixJson } from "../../server/src/report/render-matrix-json.ts";
import { renderMatrixJunit } from "../../server/src/report/render-matrix-junit.ts";
import { renderMatrixMarkdown } from "../../server/src/report/render-matrix-markdown.ts";
import { renderMatrixText } from "../../server/src/report/render-matrix-text.ts";
import { schemaProblems } from "../support/json-schema.ts";
import { madeMatrix } from "../support/made-history.ts";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../schemas/matrix.schema.json"), "utf8"),
);

const id = '<Column Name="id" Type="BIGINT" Required="true" PrimaryKey="true" AutoIncrement="true"/>';
const note = '<Column Name="note" Type="VARCHAR" Size="200" Required="false"/>';

/** With a column that only a fresh install makes, and a statement that fails in upgrades. */
function drifting(): Promise<MatrixReport> {
  const sections = (columns: string, upgrade = "") =>
    `<DatabaseInstall Type="post"><TableCreate Name="acme">${id}${columns}</TableCreate></DatabaseInstall>${upgrade}`;
  const twice = `<DatabaseUpgrade Type="post"><TableCreate Name="acme" Version="2.0.0">${id}</TableCreate></DatabaseUpgrade>`;
  return madeMatrix([
    { version: "1.0.0", sections: sections("") },
    { version: "1.1.0", sections: sections("") },
    { version: "2.0.0", sections: sections(note, twice) },
  ]);
}

test("JSON: what is written is what the published schema describes", async () => {
  const report = await drifting();
  const json = JSON.parse(renderMatrixJson(report, english));
  assert.deepEqual(schemaProblems(json, schema), []);
  assert.ok(json.differences.length > 0 && json.failures.length > 0);
  const [alone] = [await madeMatrix([{ version: "1.0.0", sections: "" }])];
  assert.deepEqual(schemaProblems(JSON.parse(renderMatrixJson(alone!, english)), schema), []);
  assert.deepEqual(schemaProblems({ ...json, extra: 1 }, schema), ["$.extra: is not described"]);
});

test("tables that cannot be compared for one reason are told apart", async () => {
  const report = await drifting();
  const told = report.differences[0]!;
  const reason = { text: "Rows of acme are not known." };
  const open = ["acme_one", "acme_two"].map((subject) => ({
    ...told,
    thing: { kind: "step" as const, subject, reason },
  }));
  const text = renderMatrixText({ ...report, open }, { translate: english, width: 200, colors: false });
  for (const table of ["acme_one", "acme_two"])
    assert.equal(text.split(`The table ${table} cannot be compared.`).length, 2);
  assert.equal(text.split(reason.text).length, 3);
});

test("every form names the versions, the table and the column", async () => {
  const report = await drifting();
  const forms = [
    renderMatrixText(report, { translate: english, width: 200, colors: false }),
    renderMatrixMarkdown(report, english),
    renderMatrixJson(report, english),
    renderMatrixJunit(report, english),
    renderMatrixHtmlBody(report, english),
  ];
  for (const text of forms) {
    assert.match(text, /Upgraded systems have no column note in acme\./);
    for (const version of ["1.0.0", "1.1.0"]) assert.ok(text.includes(version));
    assert.ok(text.includes("TableCreate(acme)"));
  }
});
