import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileContent } from "../../server/src/host/file-content.ts";
import { checkDeployment } from "../../server/src/lifecycle/deploy-check.ts";
import { planExport } from "../../server/src/lifecycle/export.ts";
import { modeOf, perlOctal } from "../../server/src/lifecycle/file-permission.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import type { HomeEntry } from "../../server/src/system/home.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { bytesOf } from "../support/known-system.ts";
import { archiveContents, memoryHome, memorySystem, textFile } from "../support/memory-system.ts";
import { otrs31, packageOf } from "../support/package-text.ts";
import { linesOf } from "./render-plan.ts";

const permissions: readonly (readonly [permission: string, mode: number | undefined])[] = [
  ["644", 0o644],
  ["0600", 0o600],
  ["4755", 0o4755],
  ["64", 0o064],
  ["888", 0],
  ["abc", 0],
  ["789", 0o7],
  ["00644", 0o644],
  ["100644", 0o644],
  ["0x1ff", 0x1ff],
  ["x1f", 0x1f],
  ["b11", 0b11],
  ["6_44", 0o644],
  ["", undefined],
  ["0", undefined],
];
for (const [permission, mode] of permissions) {
  test(`Permission "${permission}" is ${mode?.toString(8) ?? "left as it is"}`, () => {
    assert.equal(modeOf(permission), mode);
  });
}

test("a number longer than any mode still has its last digits", () => {
  assert.equal(perlOctal(`${"7".repeat(50)}644`) & 0o777, 0o644);
});

/** What is in the place, the Type of the file, and what becomes of both. */
interface Place {
  readonly about: string;
  readonly operation: Operation;
  readonly home: Readonly<Record<string, string | HomeEntry>>;
  readonly frameworkFiles?: readonly string[];
  readonly type?: string;
  readonly expected: Readonly<Record<string, string>>;
}

const places: readonly Place[] = [
  {
    about: "a file that belongs to nobody goes to .save",
    operation: "install",
    home: { "var/a.txt": "stray" },
    expected: { "var/a.txt": "new", "var/a.txt.save": "stray" },
  },
  {
    about: "a .save that is there is overwritten",
    operation: "install",
    home: { "var/a.txt": "stray", "var/a.txt.save": "older" },
    expected: { "var/a.txt": "new", "var/a.txt.save": "stray" },
  },
  {
    about: "Type replace takes .backup, whatever its letters",
    operation: "install",
    home: { "var/a.txt": "stray" },
    type: "RePlace",
    expected: { "var/a.txt": "new", "var/a.txt.backup": "stray" },
  },
  {
    about: "a reinstall writes over a local change",
    operation: "reinstall",
    home: { "var/a.txt": "edited" },
    expected: { "var/a.txt": "new" },
  },
  {
    about: "a reinstall keeps a changed file of the framework",
    operation: "reinstall",
    home: { "var/a.txt": "edited" },
    frameworkFiles: ["var/a.txt"],
    expected: { "var/a.txt": "new", "var/a.txt.save": "edited" },
  },
  {
    about: "a reinstall keeps the .save that is there",
    operation: "reinstall",
    home: { "var/a.txt": "edited", "var/a.txt.save": "original" },
    frameworkFiles: ["var/a.txt"],
    expected: { "var/a.txt": "new", "var/a.txt.save": "original" },
  },
  {
    about: "a reinstall of Type replace makes a .backup only when there is none",
    operation: "reinstall",
    home: { "var/a.txt": "edited", "var/a.txt.backup": "original" },
    type: "replace",
    expected: { "var/a.txt": "new", "var/a.txt.backup": "original" },
  },
  {
    about: "an uninstall brings .backup back rather than .save",
    operation: "uninstall",
    home: { "var/a.txt": "new", "var/a.txt.backup": "backup", "var/a.txt.save": "save" },
    expected: { "var/a.txt": "backup", "var/a.txt.save": "save" },
  },
  {
    about: "an uninstall copies a changed file and overwrites the copy of before",
    operation: "uninstall",
    home: { "var/a.txt": "edited", "var/a.txt.custom_backup": "older" },
    expected: { "var/a.txt.custom_backup": "edited" },
  },
  {
    about: "an uninstall keeps a file of the framework without .save, but copies it",
    operation: "uninstall",
    home: { "var/a.txt": "edited" },
    frameworkFiles: ["var/a.txt"],
    expected: { "var/a.txt": "edited", "var/a.txt.custom_backup": "edited" },
  },
  {
    about: "an uninstall removes a file that cannot be read, without a copy",
    operation: "uninstall",
    home: { "var/a.txt": { kind: "file", mode: 0o000, content: "unreadable" } },
    expected: {},
  },
];

for (const { about, operation, home, frameworkFiles = [], type, expected } of places) {
  test(about, () => {
    const attribute = type === undefined ? "" : ` Type="${type}"`;
    const contents = packageOf({
      body: `<Filelist><File Location="var/a.txt" Permission="644"${attribute} Encode="Base64">${btoa("new")}</File></Filelist>`,
    });
    const system = memorySystem({ dialect: "otobo-11", home: memoryHome(home, frameworkFiles) });
    const { after } = planOperation(operation, contents, system);
    const found = ["var/a.txt", "var/a.txt.backup", "var/a.txt.custom_backup", "var/a.txt.save"].flatMap(
      (path) => {
        const entry = after.home.entry(path);
        if (entry?.kind !== "file" || typeof entry.content === "string") return [];
        return [[path, bytesOf(entry.content).toString()] as const];
      },
    );
    assert.deepEqual(Object.fromEntries(found), expected);
  });
}

/** What a `File` has in it -> what is installed, and whether it counts as true in Perl; undefined for no content. */
const odd: readonly (readonly [file: string, installed: string | undefined, isTrue: boolean])[] = [
  ["", undefined, false],
  [' Encode="Base64">MA==', "0", false],
  [' Encode="Base64">====', "", false],
  [' Encode="Base64">0', "0", false],
  [">0", "0", false],
  ["><![CDATA[]]>", "", false],
  ["> ", " ", true],
  [' Encode="Base64">MAo=', "0\n", true],
  [">00", "00", true],
  [">0.0", "0.0", true],
];
for (const [file, installed, isTrue] of odd) {
  test(`a file that is <File${file || ">"}</File> is installed, and copied when it was changed, as Perl sees its content`, () => {
    const contents = packageOf({
      dialect: "otobo-11",
      body: `<Filelist><File Location="a.txt" Permission="644"${file || ">"}</File></Filelist>`,
    });
    const system = memorySystem({ dialect: "otobo-11" });
    const entry = planOperation("install", contents, system).after.home.entry("a.txt");
    const text = entry?.kind === "file" ? bytesOf(entry.content as FileContent).toString() : undefined;
    assert.equal(text, installed);
    const edited = { ...system, home: memoryHome({ "a.txt": "by hand" }) };
    const { after } = planOperation("uninstall", contents, edited);
    assert.equal(after.home.entry("a.txt"), undefined);
    assert.equal(after.home.entry("a.txt.custom_backup") !== undefined, isTrue);
    const home = memoryHome({ "a.txt": installed ?? "" });
    assert.equal(
      checkDeployment(contents, memorySystem({ home })).isDeployed,
      true,
      "what is missing is compared as an empty text",
    );
  });
}

test("without a list of its files the framework has none", () => {
  const contents = packageOf({ dialect: "otobo-11", files: { "Kernel/Core.pm": "x" } });
  const system = memorySystem({
    dialect: "otobo-11",
    home: memoryHome({ "Kernel/Core.pm": "x" }, undefined),
  });
  const { after } = planOperation("uninstall", contents, system);
  assert.equal(after.home.entry("Kernel/Core.pm"), undefined);
});

test("files and folders are made with the umask; a Permission that is empty leaves it at that", () => {
  const contents = packageOf({
    body: '<Filelist><File Location="a/b/c.txt" Permission="" Encode="Base64">eA==</File></Filelist>',
  });
  const { after } = planOperation("install", contents, memorySystem(), { environment: { umask: 0o022 } });
  assert.deepEqual(after.home.entry("a"), { kind: "folder", mode: 0o755 });
  assert.deepEqual(after.home.entry("a/b"), { kind: "folder", mode: 0o755 });
  const entry = after.home.entry("a/b/c.txt");
  assert.equal(entry?.kind === "file" && entry.mode, 0o644);
});

/** Locations that nobody means well with. OTRS 3.1 has no list of forbidden ones, so that all of them come through. */
const hostile: readonly (readonly [
  location: string,
  home: Record<string, string | HomeEntry>,
  reason: RegExp,
])[] = [
  ["../outside.txt", {}, /no place below/],
  ["a/../../outside.txt", {}, /no place below/],
  ["..", {}, /no place below/],
  [".", {}, /no place below/],
  ["link/a.txt", { link: { kind: "other", what: "link" } }, /link or a device/],
  ["deep/link/a.txt", { "deep/link": { kind: "other", what: "link" } }, /link or a device/],
  ["link", { link: { kind: "other", what: "link" } }, /link or a device/],
  ["a.txt", { "a.txt": "x", "a.txt.save": { kind: "other", what: "link" } }, /link or a device/],
  ["folder", { "folder/file.txt": "x" }, /is a folder\. The framework would move/],
  ["folder/", { "folder/file.txt": "x" }, /as that of a folder/],
  ["new/", {}, /as that of a folder/],
  ["file.txt/below.txt", { "file.txt": "x" }, /is a file/],
];

for (const [location, home, reason] of hostile) {
  test(`writing “${location}” fails and changes nothing there`, () => {
    const contents = packageOf({ dialect: otrs31, files: { [location]: "hostile" } });
    const system = memorySystem({ ...otrs31, home: memoryHome(home) });
    const plan = planOperation("install", contents, system);
    const step = plan.steps.find(({ kind }) => kind === "write-file");
    assert.equal(step?.outcome, "fails");
    assert.match(step.reason!.text, reason);
    assert.deepEqual(step.changes, []);
  });
}

test("an absolute location is below the home for a framework that does not forbid it", () => {
  const contents = packageOf({ dialect: otrs31, files: { "/etc/passwd": "x", "a//b.txt": "y" } });
  const plan = planOperation("install", contents, memorySystem(otrs31));
  assert.equal(plan.after.home.entry("etc/passwd")?.kind, "file");
  assert.equal(plan.after.home.entry("a/b.txt")?.kind, "file");
});

const hostileRemovals: readonly (readonly [location: string, home: Record<string, string | HomeEntry>])[] = [
  ["../outside.txt", {}],
  ["link", { link: { kind: "other", what: "link" } }],
  ["folder", { "folder/file.txt": "x" }],
  ["a.txt", { "a.txt": "edited", "a.txt.custom_backup": { kind: "other", what: "link" } }],
  ["link/a.txt", { link: { kind: "other", what: "link" } }],
  ["file/a.txt", { file: "x" }],
];

for (const [location, home] of hostileRemovals) {
  test(`removing “${location}” fails and changes nothing there`, () => {
    const contents = packageOf({ dialect: otrs31, files: { [location]: "hostile" } });
    const system = memorySystem({ ...otrs31, home: memoryHome(home) });
    const plan = planOperation("uninstall", contents, system);
    const step = plan.steps.find(({ kind }) => kind === "remove-file");
    assert.equal(step?.outcome, "fails");
    assert.deepEqual(step.changes, []);
  });
}

test("files without Location, content or Permission are not installed", () => {
  const contents = archiveContents(
    `<otrs_package><Name>A</Name><Version>1</Version><Vendor>V</Vendor><Filelist><File Permission="644">x</File><File Location="a" Permission="644"/><File Location="b">x</File></Filelist></otrs_package>`,
    "znuny-7",
  );
  const plan = planOperation("install", contents, memorySystem());
  const steps = plan.steps.filter(({ kind }) => kind === "write-file");
  assert.deepEqual(
    steps.map(({ outcome, log }) => [outcome, log[0]?.values?.attribute]),
    [
      ["fails", "Location"],
      ["fails", "Content"],
      ["fails", "Permission"],
    ],
  );
  assert.equal(plan.verdict, "success");
});

test("bits that change as whom a file is run are named, and stay in the plan", () => {
  for (const [permission, isNamed] of [
    ["4755", true],
    ["2755", true],
    ["1777", true],
    ["0777", false],
    ["755", false],
  ] as const) {
    const file = `<File Location="a.sh" Permission="${permission}" Encode="Base64">${btoa("x")}</File>`;
    const plan = planOperation(
      "install",
      packageOf({ body: `<Filelist>${file}</Filelist>` }),
      memorySystem(),
    );
    const [step] = plan.steps.filter(({ kind }) => kind === "write-file");
    assert.equal(step?.quirks.includes("special-permissions"), isNamed, permission);
    const entry = plan.after.home.entry("a.sh");
    assert.equal(entry?.kind === "file" && entry.mode, Number.parseInt(permission, 8));
  }
});

test("a location that is listed twice saves the first file and says so", () => {
  const file = (text: string) =>
    `<File Location="a.txt" Permission="644" Encode="Base64">${btoa(text)}</File>`;
  const contents = packageOf({ body: `<Filelist>${file("one")}${file("two")}</Filelist>` });
  const plan = planOperation("install", contents, memorySystem());
  assert.deepEqual(linesOf(plan, "write-file"), ["write a.txt", "write a.txt, old one to a.txt.save"]);
  assert.deepEqual(
    plan.steps.flatMap(({ kind, quirks }) => (kind === "write-file" ? [quirks] : [])),
    [[], ["file-twice"]],
    "the first file belongs to the package, so that it is no stray one",
  );
  assert.deepEqual(checkDeployment(contents, plan.after).files, [{ location: "a.txt", state: "different" }]);
});

/** What lies in the home in place of a file or of a folder around it, and what the deploy check calls it. */
const replaced: readonly (readonly [home: Record<string, string | HomeEntry>, state: string])[] = [
  [{}, "missing"],
  [{ "deep/a.txt": "other" }, "different"],
  [{ "deep/a.txt/inner": "x" }, "folder"],
  [{ "deep/a.txt": { kind: "other", what: "link" } }, "link"],
  [{ "deep/a.txt": { kind: "other", what: "special" } }, "special"],
  [{ deep: { kind: "other", what: "link" } }, "blocked by deep"],
  [{ deep: "a file" }, "blocked by deep"],
];

for (const [home, expected] of replaced) {
  test(`a file that is ${expected} is not deployed`, () => {
    const contents = packageOf({ files: { "deep/a.txt": "text" } });
    const { isDeployed, files, log } = checkDeployment(contents, memorySystem({ home: memoryHome(home) }));
    assert.equal(isDeployed, false);
    assert.equal(log.length, 1);
    const told = files.map(({ state, blocker }) => (blocker ? `${state} by ${blocker}` : state));
    assert.deepEqual(told, [expected]);
  });
}

test("an upgrade gives the framework its file back, and takes its place again or not", () => {
  const home = memoryHome({ "Kernel/A.pm": "original" }, ["Kernel/A.pm"]);
  const textOf = (path: string, state: SystemState) => {
    const entry = state.home.entry(path);
    return entry?.kind === "file" && typeof entry.content === "object"
      ? bytesOf(entry.content).toString()
      : undefined;
  };
  const both = (state: SystemState) => [textOf("Kernel/A.pm", state), textOf("Kernel/A.pm.save", state)];
  const first = planOperation(
    "install",
    packageOf({ files: { "Kernel/A.pm": "1" } }),
    memorySystem({ home }),
  );
  assert.deepEqual(both(first.after), ["1", "original"]);
  const next = packageOf({ version: "1.1.0", files: { "Kernel/A.pm": "2" } });
  const second = planOperation("upgrade", next, first.after);
  assert.deepEqual(both(second.after), ["2", "original"]);
  const without = packageOf({ version: "1.2.0", files: { "other.txt": "3" } });
  const third = planOperation("upgrade", without, second.after);
  assert.deepEqual(both(third.after), ["original", undefined]);
});

test("an export saves what is in the folder and knows no framework files", () => {
  const contents = packageOf({ files: { "a.txt": "new", "sub/b.txt": "b" } });
  const folder = memoryHome({ "a.txt": "old" });
  const { steps, after } = planExport(contents, memorySystem(), folder);
  assert.deepEqual(linesOf({ steps }, "write-file"), [
    "write a.txt, old one to a.txt.save",
    "write sub/b.txt",
  ]);
  const saved = after.entry("a.txt.save");
  assert.ok(saved?.kind === "file" && typeof saved.content === "object");
  assert.equal(bytesOf(saved.content).toString(), "old");
  assert.equal(folder.entry("sub/b.txt"), undefined, "planning changes nothing");
});

test("exporting a package without files does nothing", () => {
  assert.deepEqual(planExport(packageOf({}), memorySystem(), memoryHome()).steps, []);
});

test("the deployment check lists an unreadable file but does not count it", () => {
  const contents = packageOf({ files: { "a.txt": "a", "b.txt": "b" } });
  const home = memoryHome({ "a.txt": { kind: "file", mode: 0, content: "unreadable" }, "b.txt": "b" });
  assert.deepEqual(checkDeployment(contents, memorySystem({ home })), {
    isDeployed: true,
    files: [{ location: "a.txt", state: "unreadable" }],
    log: [
      {
        id: "file-not-read",
        priority: "error",
        text: "The file “{path}” cannot be read.",
        values: { path: "a.txt", name: "Acme", version: "1.0.0" },
      },
    ],
  });
});

test("permissions and further files do not matter to the deployment check", () => {
  const contents = packageOf({ files: { "a.txt": "a" } });
  const home = memoryHome({ "a.txt": textFile("a", 0o777), "more.txt": "x" });
  assert.equal(checkDeployment(contents, memorySystem({ home })).isDeployed, true);
  assert.equal(checkDeployment(packageOf({}), memorySystem()).isDeployed, true);
});

test("a folder that is listed as a file stays with everything in it, and belongs to nobody the less for it", () => {
  const contents = packageOf({ files: { "Kernel/Modules/": "x" } });
  const system = memorySystem({ home: memoryHome({ "Kernel/Modules/": { kind: "folder", mode: 0o755 } }) });
  const { steps, after } = planOperation("uninstall", contents, system);
  const removal = steps.find(({ kind }) => kind === "remove-file");
  assert.equal(removal?.outcome, "fails");
  assert.deepEqual(removal.remains, { text: "The folder stays with everything in it." });
  assert.equal(after.home.entry("Kernel/Modules")?.kind, "folder");
});
