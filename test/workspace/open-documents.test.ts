import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { defaultSettings } from "../../server/src/configuration/settings.ts";
import { toTheEnd } from "../../server/src/rules/steps.ts";
import { OpenDocument } from "../../server/src/workspace/open-documents.ts";
import { Workspace } from "../../server/src/workspace/workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { settingsOfEditor } from "../support/settings.ts";

const uri = pathToFileURL("/packages/Acme/Acme.sopm").href;

function open(workspace: Workspace): OpenDocument {
  const document = new OpenDocument(memoryWorld(), uri, "spec", 1, "<otrs_package/>");
  workspace.documents.open(document);
  return document;
}

test("a document that is closed while its settings are on their way keeps no folder alive", () => {
  const workspace = new Workspace(
    memoryWorld(),
    () => assert.fail("nothing is checked"),
    () => {},
  );
  const document = open(workspace);
  workspace.documents.close(uri);
  workspace.configure(document, defaultSettings);
  assert.equal(document.folder, undefined);
});

test("settings that were asked for before a document was closed do not reach the one opened after it", () => {
  const workspace = new Workspace(
    memoryWorld(),
    () => assert.fail("nothing is checked"),
    () => {},
  );
  const first = open(workspace);
  workspace.documents.close(uri);
  const second = open(workspace);
  workspace.configure(first, settingsOfEditor({ profile: "strict" }));
  assert.equal(first.settings, defaultSettings);
  assert.equal(second.settings, defaultSettings);
});

test("a file on a disk that this system has no path for is a document without a folder", () => {
  const workspace = new Workspace(
    memoryWorld(),
    () => assert.fail("nothing is checked"),
    () => {},
  );
  // A slash within a name is one that no system has a path for.
  const document = new OpenDocument(
    memoryWorld(),
    "file:///packages/Ac%2Fme.sopm",
    "spec",
    1,
    "<otrs_package/>",
  );
  workspace.documents.open(document);
  workspace.configure(document, defaultSettings);
  assert.equal(document.path, undefined);
  assert.equal(document.folder, undefined);
  toTheEnd(document.check());
  assert.ok(document.found?.findings.some(({ rule }) => rule === "name-missing"));
});
