import assert from "node:assert/strict";
import { test } from "node:test";
import { changeNodes, versionNodes } from "../../client/src/views/versions/versions-nodes.ts";
import type { ListedVersion } from "../../server/src/protocol/versions.ts";

const listed: ListedVersion = {
  ...{ version: "1.0.0", source: "tag", places: ["tag v1.0.0"], date: "2024-01-02" },
  ...{ changes: ["+ file A.pm"], problem: "" },
};

test("versions stand in their order, with what was found out beside them behind", () => {
  const nodes = versionNodes("file:///A.sopm", {
    ...{ kind: "versions", name: "A", versions: [listed], notes: ["This clone is shallow."] },
  });
  assert.deepEqual(nodes, [
    { kind: "version", spec: "file:///A.sopm", listed },
    { kind: "line", icon: "info", text: "This clone is shallow." },
  ]);
});

test("a version has what it changed below it, or why it cannot be read", () => {
  assert.deepEqual(changeNodes(listed), [{ kind: "line", icon: "change", text: "+ file A.pm" }]);
  assert.deepEqual(changeNodes({ ...listed, changes: null, problem: "Gone." }), [
    { kind: "line", icon: "warning", text: "Gone." },
  ]);
});
