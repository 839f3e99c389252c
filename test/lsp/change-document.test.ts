import assert from "node:assert/strict";
import { test } from "node:test";
import { changeDocument } from "../../server/src/lsp/change-document.ts";
import { OpenDocument } from "../../server/src/workspace/open-documents.ts";
import { memoryWorld } from "../support/memory-world.ts";

const range = (line: number, from: number, to: number) => ({
  start: { line, character: from },
  end: { line, character: to },
});

test("the changes of one message follow each other, a new text among them", () => {
  const document = new OpenDocument(memoryWorld(), "untitled:Acme.sopm", "spec", 1, "old");
  changeDocument(document, 5, [
    { range: range(0, 0, 3), text: "older\n" },
    { text: "<a>\n<b/>\n</a>" },
    { range: range(1, 0, 4), text: "<c>\n</c>" },
    // In the text that the change before has left.
    { range: range(2, 2, 3), text: "d" },
    { range: range(1, 1, 2), text: "d" },
  ]);
  assert.equal(document.tree.source.toString(), "<a>\n<d>\n</d>\n</a>");
  assert.equal(document.version, 5);
});
