import assert from "node:assert/strict";
import { test } from "node:test";
import {
  brokenPackages,
  contextOf,
  detailNodes,
  draggedPackages,
  installedNodes,
  operationNodes,
  problemNode,
  type SandboxNode,
  sandboxAround,
  sandboxIn,
  stateOf,
} from "../../client/src/views/explorer/sandbox-nodes.ts";
import type { CheckedFile } from "../../server/src/protocol/sandbox.ts";
import type { SandboxPackageDetails } from "../../server/src/protocol/sandbox-view.ts";

const box = { folder: "/box", sandbox: "Box" };

const facts = (name: string, isInstalled = true) => ({
  ...{ name, version: "1.0.0", vendor: "Acme Inc.", isInstalled },
  uri: `file:///box/archives/${name}.opm`,
});

const file = (state: CheckedFile["state"]): CheckedFile => ({ location: "a.pm", path: undefined, state });

const details = (more: Partial<SandboxPackageDetails> = {}): SandboxPackageDetails => ({
  ...{ name: "Acme", version: "1.0.0", isDeployed: true, files: [], isHidden: false, ...more },
});

test("a package is broken when a file was changed, and not deployed when all that is wrong is gone", () => {
  const states = [
    stateOf({ isInstalled: false }, undefined),
    stateOf({ isInstalled: true }, undefined),
    stateOf({ isInstalled: true }, details()),
    stateOf({ isInstalled: true }, details({ isDeployed: false, files: [file("missing")] })),
    stateOf(
      { isInstalled: true },
      details({ isDeployed: false, files: [file("missing"), file("different")] }),
    ),
  ];
  assert.deepEqual(states, ["left", "unknown", "sound", "missing", "broken"]);
});

/** Rows such as "upgrade 1.0.0 1.1.0", with what menus know of them. */
function rows(nodes: readonly SandboxNode[], chosen?: string): readonly string[] {
  return nodes.map((node) => {
    const context = contextOf(node, chosen);
    if (node.kind === "action") return `${context}: ${node.operation} ${node.before} ${node.after}`;
    if (node.kind === "installed") return `${context}: ${node.facts.name}`;
    return context;
  });
}

test("menus know what can be done with a package, as soon as it is known", () => {
  const packages = [facts("Acme"), facts("Other"), facts("Left", false)];
  assert.deepEqual(rows(installedNodes(box, packages, undefined)), [
    ...["installed unknown: Acme", "installed unknown: Other", "installed left: Left", "history"],
  ]);
  const from = { kind: "workspace", uri: "file:///ws/Acme.sopm" } as const;
  const update = { version: "1.1.0", from };
  const found = [
    details({ update, isDeployed: false, files: [file("different")] }),
    details({ name: "Other" }),
    details({ name: "Other", version: "0.9.0", isDeployed: false }),
  ];
  const nodes = installedNodes(box, packages, found);
  assert.deepEqual(rows(nodes, "/box"), [
    ...[
      "installed broken update chosen: Acme",
      "installed sound chosen: Other",
      "installed left chosen: Left",
    ],
    "history chosen",
  ]);
  const [acme, other] = nodes;
  assert.ok(acme?.kind === "installed" && other?.kind === "installed");
  assert.deepEqual(rows(detailNodes(acme)), [
    ...["action: upgrade 1.0.0 1.1.0", "action: reinstall 1.0.0 1.0.0", "file"],
  ]);
  const [upgrade, reinstall] = detailNodes(acme);
  assert.ok(upgrade?.kind === "action" && reinstall?.kind === "action");
  assert.deepEqual([upgrade.uri, reinstall.uri], [from.uri, facts("Acme").uri]);
  assert.deepEqual(detailNodes(other), []);
  assert.equal(brokenPackages(found), 2);
});

test("a sandbox can be brought back to all that is past", () => {
  const operation = (number: number, isPresent: boolean, canGoBackTo = true) => ({
    ...{ number, title: "Install", date: "", canGoBackTo, isPresent },
  });
  const nodes = operationNodes(box, [operation(2, true), operation(1, false), operation(0, false, false)]);
  assert.deepEqual(rows(nodes), ["operation", "operation past", "operation"]);
});

test("a file belongs to the sandbox whose folder it is in, and not to one whose name begins like it", () => {
  const folders = ["/ws/.sopm/Znuny", "/ws/.sopm/Znuny 2", "C:\\boxes\\Shop"];
  const around = (path: string) => sandboxAround(path, folders);
  assert.equal(around("/ws/.sopm/Znuny 2/home/Kernel/A.pm"), "/ws/.sopm/Znuny 2");
  assert.equal(around("/ws/.sopm/Znuny/sandbox.data"), "/ws/.sopm/Znuny");
  assert.equal(around("C:\\boxes\\Shop\\sandbox.data"), "C:\\boxes\\Shop");
  assert.equal(around("/ws/.sopm/Znuny 3/sandbox.data"), undefined);
});

test("commands find the sandbox in a path and in a row", () => {
  assert.deepEqual([{ folder: "/box" }, "/box", { folder: 1 }, null, undefined, 3].map(sandboxIn), [
    ...["/box", "/box", undefined, undefined, undefined, undefined],
  ]);
});

test("of what is dragged onto a sandbox only packages count", () => {
  const list = "# from elsewhere\r\nfile:///a/Acme.sopm\r\nfile:///a/B-1.0.OPM\nfile:///a/readme.md\r\n";
  assert.deepEqual(draggedPackages(list), ["file:///a/Acme.sopm", "file:///a/B-1.0.OPM"]);
  assert.deepEqual(draggedPackages(""), []);
});

test("a repair is offered for what is damaged, and for nothing else that cannot be used", () => {
  const facts = {
    folder: "/box",
    name: "Box",
    product: undefined,
    database: undefined,
    place: "storage",
  } as const;
  const contexts = [
    { problem: undefined, isDamaged: false },
    { problem: "“home” is missing.", isDamaged: true },
    { problem: "It was written by a newer version.", isDamaged: false },
  ].map((each) => contextOf({ kind: "sandbox", facts: { ...facts, ...each }, ...box }, "/box"));
  assert.deepEqual(contexts, ["sandbox chosen", "sandbox damaged chosen", "sandbox unusable chosen"]);
  const failed = { message: "It is damaged.", hint: "Run something." };
  assert.deepEqual(problemNode(box, { ...failed, damaged: "/box" }), {
    ...{ kind: "problem", message: "It is damaged.", isDamaged: true, ...box },
  });
  assert.deepEqual(problemNode(box, failed), {
    ...{ kind: "problem", message: "It is damaged. Run something.", isDamaged: false, ...box },
  });
});
