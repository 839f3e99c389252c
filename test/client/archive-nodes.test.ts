import assert from "node:assert/strict";
import { test } from "node:test";
import { type ArchiveNode, archiveNodes, plainPath } from "../../client/src/views/archive/archive-nodes.ts";

const file = (location: string) => ({ location, size: 1, permission: "644", notes: [] });

/** A line for each node, with its place in the list of files. */
function lines(nodes: readonly ArchiveNode[], indent = ""): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.kind === "folder") return [`${indent}${node.name}/`, ...lines(node.children, `${indent}  `)];
    return [`${indent}${node.name}${node.kind === "file" ? ` ${node.index}` : ""}`];
  });
}

test("the tree of an archive has the spec first, and folders before files", () => {
  const files = ["b.txt", "Kernel/System/B.pm", "Kernel/System/A.pm", "Kernel/Z.pm", "a.txt"].map(file);
  assert.deepEqual(lines(archiveNodes({ specName: "Acme.sopm", files, damage: [] })), [
    "Acme.sopm",
    ...["Kernel/", "  System/", "    A.pm 2", "    B.pm 1", "  Z.pm 3"],
    ...["a.txt 4", "b.txt 0"],
  ]);
});

test("the tree of an archive that is damaged begins with where it is, and has no spec", () => {
  const damage = ["broken in line 3", "a is left out"];
  const nodes = archiveNodes({ specName: null, files: [file("b")], damage });
  assert.deepEqual(lines(nodes), ["broken in line 3", "b 0"]);
  assert.deepEqual(nodes[0], { kind: "damage", name: "broken in line 3", texts: damage });
});

test("a file that is listed twice stands there twice, each with its own place", () => {
  assert.deepEqual(lines(archiveNodes({ specName: "s", files: [file("a"), file("a")], damage: [] })), [
    "s",
    "a 0",
    "a 1",
  ]);
});

test("locations that lead anywhere else stay in the tree, and none is too deep for it", () => {
  const files = ["../../x", "/etc/passwd", "", "a//b", "__proto__/c"].map(file);
  assert.deepEqual(lines(archiveNodes({ specName: "s", files, damage: [] })), [
    ...["s", "__proto__/", "  c 4", "a/", "  b 3", "etc/", "  passwd 1", " 2", "x 0"],
  ]);
  const deep = archiveNodes({ specName: "s", files: [file(`${"a/".repeat(100_000)}b`)], damage: [] });
  assert.equal(deep[1]!.kind, "folder");
});

test("the address of a file leads nowhere else", () => {
  assert.deepEqual(["../../etc/passwd", "//host/share", "a/./b/../c", "", ".."].map(plainPath), [
    "etc/passwd",
    "host/share",
    "a/b/c",
    "-",
    "-",
  ]);
});
