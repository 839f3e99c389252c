import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PageNotes } from "../../client/src/views/page-notes.ts";
import type { MessageToAnyView } from "../../client/src/views/view-messages.ts";

let said: MessageToAnyView[] = [];
let notes: PageNotes;

beforeEach(() => {
  said = [];
  notes = new PageNotes((message) => said.push(message));
});

/** What a page hears that is loaded anew. */
function heardAnew(): readonly MessageToAnyView[] {
  said = [];
  notes.repeat();
  return said;
}

test("a page that is loaded anew hears again why there is nothing newer", () => {
  notes.object("The server has ended.");
  assert.deepEqual(heardAnew(), [
    { kind: "problem", message: "The server has ended." },
    { kind: "busy", isBusy: false },
  ]);
});

test("it hears that work goes on, and that what it shows is older", () => {
  notes.outdate();
  notes.setBusy(true);
  assert.deepEqual(heardAnew(), [{ kind: "outdated" }, { kind: "busy", isBusy: true }]);
});

test("what was said of something before is not said again", () => {
  notes.outdate();
  notes.object("The server has ended.");
  notes.settle();
  assert.deepEqual(heardAnew(), [{ kind: "busy", isBusy: false }]);
});

test("a page that is there hears everything at once", () => {
  notes.setBusy(true);
  notes.outdate();
  notes.object("No.");
  assert.deepEqual(
    said.map(({ kind }) => kind),
    ["busy", "outdated", "problem"],
  );
});
