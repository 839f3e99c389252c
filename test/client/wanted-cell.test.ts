import assert from "node:assert/strict";
import { test } from "node:test";
import { cellOfPath, pathOfTrial } from "../../client/src/views/matrix/wanted-cell.ts";

const path = (start: string | null, isStepByStep = false) => ({ title: "", start, isStepByStep });
const matrix = {
  paths: [path("1.0.0"), path("1.0.0", true), path("1.1.0"), path(null)],
  systems: [
    { product: "Znuny 6.5.15", database: "mysql" },
    { product: "Znuny 7.1.7", database: "mysql" },
    { product: "Znuny 7.1.7", database: "postgresql" },
  ],
} as const;

test("the trial of an upgrade leads to its cell of the matrix", () => {
  const system = { kind: "product", product: "Znuny 7.1.7" } as const;
  const wanted = pathOfTrial({ operation: "upgrade", from: "1.1.0", system, database: "postgresql" })!;
  assert.deepEqual(cellOfPath(wanted, matrix), { row: 2, column: 2 });
  assert.deepEqual(cellOfPath({ ...wanted, start: "1.0.0" }, matrix), { row: 0, column: 2 }, "in one step");
  assert.deepEqual(cellOfPath({ ...wanted, database: "oracle" }, matrix), { row: 2, column: 1 });
  assert.equal(cellOfPath({ ...wanted, product: "OTOBO 10.1.9" }, matrix), undefined);
  assert.equal(cellOfPath({ ...wanted, start: "0.1.0" }, matrix), undefined);
  assert.equal(pathOfTrial({ operation: "install", system, database: "mysql" }), undefined);
});
