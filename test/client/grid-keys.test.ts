import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAfterKey } from "../../client/src/webview/grid-keys.ts";

const last = { row: 3, column: 2 };

test("keys lead from cell to cell of a grid and stay inside", () => {
  const after = (row: number, column: number, key: string, ctrlKey = false) => {
    const cell = cellAfterKey({ row, column }, last, { key, ctrlKey });
    return cell && [cell.row, cell.column];
  };
  assert.deepEqual(after(1, 1, "ArrowUp"), [0, 1]);
  assert.deepEqual(after(0, 1, "ArrowUp"), [0, 1]);
  assert.deepEqual(after(3, 1, "ArrowDown"), [3, 1]);
  assert.deepEqual(after(1, 2, "ArrowRight"), [1, 2]);
  assert.deepEqual(after(1, 0, "ArrowLeft"), [1, 0]);
  assert.deepEqual(after(1, 1, "Home"), [1, 0]);
  assert.deepEqual(after(1, 1, "End"), [1, 2]);
  assert.deepEqual(after(1, 1, "Home", true), [0, 0]);
  assert.deepEqual(after(1, 1, "End", true), [3, 2]);
  assert.equal(after(1, 1, "a"), undefined);
});
