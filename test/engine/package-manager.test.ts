import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { contentsOfArchive } from "../../server/src/builder/contents-of-archive.ts";
import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import { addPackage, removePackage } from "../../server/src/engine/package-manager/change-package-table.ts";
import { installDefaultPackages } from "../../server/src/engine/package-manager/default-packages.ts";
import {
  checkPackageDeployment,
  checkVersion,
  fileChecksums,
  frameworkRequirements,
  installedFiles,
  isPackageInstalled,
  packagesToMerge,
} from "../../server/src/engine/package-manager/package-facts.ts";
import {
  listPackages,
  listPackagesBriefly,
  storedPackage,
} from "../../server/src/engine/package-manager/package-list.ts";
import { contentOf } from "../../server/src/host/file-content.ts";
import { planExport } from "../../server/src/lifecycle/export.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { ChangedHome, type Home } from "../../server/src/system/home.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { bytesOf } from "../support/known-system.ts";
import { packageOf, systemOf, withRows } from "../support/test-system.ts";

function archive(name: string, version: string, more = ""): string {
  return `<otrs_package><Name>${name}</Name><Version>${version}</Version><Vendor>V</Vendor>${more}</otrs_package>`;
}

function fileList(...files: readonly (readonly [location: string, text: string])[]): string {
  const elements = files.map(
    ([location, text]) =>
      `<File Location="${location}" Permission="644" Encode="Base64">${Buffer.from(text).toString("base64")}</File>`,
  );
  return `<Filelist>${elements.join("")}</Filelist>`;
}

const empty = systemOf("znuny-7", "7.1.3");
const acme = packageOf(archive("Acme", "1.0.0", fileList(["Kernel/A.pm", "package A;"])));
const acmeNew = packageOf(archive("Acme", "1.1.0", fileList(["Kernel/A.pm", "package A; 1;"])));

function rows({ packages }: SystemState): string[] {
  return packages.map(({ name, version, status }) => `${name} ${version} ${status}`);
}

test("rows are listed by name, the oldest of one name first, whatever their status", async () => {
  const system = withRows(
    empty,
    packageOf(archive("beta", "1.0.0")),
    { contents: acmeNew, status: "not installed" },
    acme,
    packageOf(archive("Alpha", "1.0.0")),
  );
  assert.deepEqual(
    (await listPackages(system)).map(({ name, version, status }) => `${name} ${version} ${status}`),
    ["Acme 1.1.0 not installed", "Acme 1.0.0 installed", "Alpha 1.0.0 installed", "beta 1.0.0 installed"],
  );
  assert.equal((await listPackages(system))[0]?.contents, acmeNew);
});

test("the short list has the checksum of each archive, its line breaks made one character", async () => {
  const text = archive("Acme", "1.0.0", "\r\n\r<URL/>\r\n");
  const [listed] = await listPackagesBriefly(withRows(empty, packageOf(text)));
  const expected = createHash("md5").update(text.replaceAll("\r\n", "\n")).digest("hex");
  assert.equal(listed?.md5, expected);
});

test("a stored package is found by exactly its name and version", async () => {
  const system = withRows(empty, acme);
  assert.equal(await storedPackage(system, "Acme", "1.0.0"), acme);
  assert.equal(await storedPackage(system, "acme", "1.0.0"), undefined);
  assert.equal(await storedPackage(system, "Acme", "1.0"), undefined);
});

test("a package is registered without being installed, in place of the same version", () => {
  const outcome = addPackage(acme, withRows(empty, acme, acmeNew));
  assert.equal(outcome.kind, "changed");
  if (outcome.kind !== "changed") return;
  assert.deepEqual(rows(outcome.after), ["Acme 1.1.0 installed", "Acme 1.0.0 not installed"]);
  assert.equal(outcome.after.home.entry("Kernel/A.pm"), undefined);
});

test("a package that lacks what the table needs is not registered", () => {
  for (const text of [
    "",
    "<p/>",
    archive("", "1.0.0"),
    archive("A", ""),
    "<p><Name>A</Name><Version>1</Version></p>",
  ]) {
    assert.equal(addPackage(packageOf(text), empty).kind, "refused", text);
  }
});

test("rows are removed by name, or by name and version", () => {
  const system = withRows(empty, acme, acmeNew, packageOf(archive("Beta", "1.0.0")));
  const left = (name: string, version?: string) => {
    const outcome = removePackage(name, version, system);
    return outcome.kind === "changed" ? rows(outcome.after).length : outcome.kind;
  };
  assert.equal(left("Acme"), 1);
  assert.equal(left("Acme", "1.0.0"), 2);
  assert.equal(left("Gamma"), 3);
  assert.equal(left(""), "refused");
});

test("install, upgrade, reinstall and uninstall give plans and change nothing", () => {
  const installed = planOperation("install", acme, empty);
  assert.equal(installed.verdict, "success");
  assert.deepEqual(rows(installed.after), ["Acme 1.0.0 installed"]);
  assert.deepEqual(rows(empty), []);
  const upgraded = planOperation("upgrade", acmeNew, installed.after);
  assert.deepEqual(rows(upgraded.after), ["Acme 1.1.0 installed"]);
  assert.equal(planOperation("upgrade", acmeNew, upgraded.after).verdict, "refused");
  assert.equal(planOperation("reinstall", acmeNew, upgraded.after).verdict, "success");
  const uninstalled = planOperation("uninstall", acmeNew, upgraded.after);
  assert.deepEqual(rows(uninstalled.after), []);
  assert.equal(uninstalled.after.home.entry("Kernel/A.pm"), undefined);
});

test("a package counts as installed by its status, not by its row", () => {
  const system = withRows(
    empty,
    { contents: acme, status: "not installed" },
    packageOf(archive("Beta", "1.0.0")),
  );
  assert.equal(isPackageInstalled("Acme", system), false);
  assert.equal(isPackageInstalled(acme, system), false);
  assert.equal(isPackageInstalled("Beta", system), true);
  assert.equal(isPackageInstalled(packageOf(""), system), false);
});

test("the deploy check compares the stored archive with the disk", async () => {
  const { after } = planOperation("install", acme, empty);
  assert.deepEqual((await checkPackageDeployment("Acme", "1.0.0", after))?.files, []);
  const home = new ChangedHome(after.home);
  home.apply({ kind: "write", path: "Kernel/A.pm", content: contentOf(Buffer.from("x")), mode: 0o644 });
  const changed = await checkPackageDeployment("Acme", "1.0.0", { ...after, home });
  assert.equal(changed?.isDeployed, false);
  assert.deepEqual(changed?.files, [{ location: "Kernel/A.pm", state: "different" }]);
  assert.equal(await checkPackageDeployment("Acme", "9.9.9", after), undefined);
});

test("the deploy check tells of each file that is missing, different or unreadable", async () => {
  const list = fileList(["a", "1"], ["b", "2"], ["c", "3"], ["d", "4"]);
  const { after } = planOperation("install", packageOf(archive("Acme", "1.0.0", list)), empty);
  const home = new ChangedHome(after.home);
  home.apply({ kind: "delete", path: "a" });
  home.apply({ kind: "write", path: "b", content: contentOf(Buffer.from("x")), mode: 0o600 });
  const entry: Home["entry"] = (path) =>
    path === "c" ? { kind: "file", mode: 0, content: "unreadable" } : home.entry(path);
  const system = { ...after, home: { ...after.home, entry, list: () => [], isFrameworkFile: () => false } };
  const check = await checkPackageDeployment("Acme", "1.0.0", system);
  assert.deepEqual(check?.files, [
    { location: "a", state: "missing" },
    { location: "b", state: "different" },
    { location: "c", state: "unreadable" },
  ]);
  assert.equal(check?.isDeployed, false);
  assert.deepEqual(
    check?.log.map(({ id, values }) => `${id} ${values?.path}`),
    ["file-missing a", "file-differs b", "file-not-read c"],
  );
  home.apply({ kind: "write", path: "a", content: contentOf(Buffer.from("1")), mode: 0o600 });
  home.apply({ kind: "write", path: "b", content: contentOf(Buffer.from("2")), mode: 0o600 });
  assert.equal(
    (await checkPackageDeployment("Acme", "1.0.0", system))?.isDeployed,
    true,
    "unreadable is no fault",
  );
});

test("files have checksums by location", async () => {
  const contents = packageOf(
    archive("A", "1.0.0", `${fileList(["a", "one"], ["b", "two"], ["a", "three"], ["c", ""])}`),
  );
  const md5 = (text: string) => createHash("md5").update(text).digest("hex");
  assert.deepEqual(
    [...(await fileChecksums(contents))],
    [
      ["a", md5("three")],
      ["b", md5("two")],
    ],
  );
});

test("files of all packages are listed with their packages", async () => {
  const system = withRows(empty, packageOf(archive("Beta", "1.0.0", fileList(["b", "1"], ["c", "2"]))), acme);
  assert.deepEqual(installedFiles(await listPackages(system)), [
    { package: "Acme", location: "Kernel/A.pm" },
    { package: "Beta", location: "b" },
    { package: "Beta", location: "c" },
  ]);
});

test("the framework that a package asks for is told with the bound that is not kept", () => {
  const match = (frameworks: string) =>
    frameworkRequirements(packageOf(archive("A", "1.0.0", frameworks)), empty);
  assert.equal(match("<Framework>7.1.x</Framework>").fits, true);
  assert.deepEqual(match('<Framework Minimum="7.1.9">7.1.x</Framework>'), {
    fits: false,
    reportedPattern: "7.1.x",
    minimumNotMet: "7.1.9",
    maximumExceeded: undefined,
  });
  assert.equal(match("").fits, false);
});

test("versions are compared as the package manager does, which knows no third answer", () => {
  const both = (version: string | undefined, installed: string | undefined) => [
    checkVersion(version, installed, "installed-is-enough", empty),
    checkVersion(version, installed, "other-is-newer", empty),
  ];
  assert.deepEqual(both("1.1.0", "1.0.9"), [false, true]);
  assert.deepEqual(both("1.0", "1.0.0"), [true, false]);
  assert.deepEqual(both("1.1.9", "1.01.5"), [true, false]);
  assert.deepEqual(both(undefined, "1.0.0"), [false, false]);
  assert.deepEqual(both("1.0.0", undefined), [false, false]);
});

test("packages that would be merged are those that are installed", () => {
  const merges =
    '<PackageMerge Name="Acme" TargetVersion="2.0.0"/><PackageMerge Name="Gone" TargetVersion="1.0.0"/>';
  const contents = packageOf(archive("New", "1.0.0", merges));
  assert.deepEqual(packagesToMerge(contents, withRows(empty, acme)), [
    { name: "Acme", installed: "1.0.0", target: "2.0.0" },
  ]);
  assert.deepEqual(
    packagesToMerge(contents, withRows(empty, { contents: acme, status: "not installed" })),
    [],
  );
});

test("an absorbed package is gone when the one that absorbs it is installed", () => {
  const contents = packageOf(archive("New", "1.0.0", '<PackageMerge Name="Acme" TargetVersion="2.0.0"/>'));
  const { after } = planOperation("install", acme, empty);
  const merged = planOperation("install", contents, after).after;
  assert.deepEqual(rows(merged), ["New 1.0.0 installed"]);
  assert.equal(merged.home.entry("Kernel/A.pm"), undefined);
});

test("the archives that come with a framework are installed one after the other", async () => {
  const home = new ChangedHome(empty.home);
  const put = (path: string, text: string) =>
    home.apply({ kind: "write", path, content: contentOf(Buffer.from(text)), mode: 0o644 });
  put(
    "var/packages/Beta.opm",
    archive("Beta", "1.0.0", '<PackageRequired Version="1.0.0">Acme</PackageRequired>'),
  );
  put("var/packages/Acme.opm", archive("Acme", "1.0.0"));
  put("var/packages/Broken.opm", "<p");
  put("var/packages/.hidden.opm", archive("Hidden", "1.0.0"));
  put("var/packages/readme.txt", "no archive");
  put("var/packages/below/Deep.opm", archive("Deep", "1.0.0"));
  const { plans, after, unread } = await installDefaultPackages(
    { ...empty, home },
    async (content, fileName) => contentsOfArchive(await content.read(), fileName, "znuny-7", fileName),
  );
  assert.deepEqual(
    plans.map(({ path, plan }) => `${path} ${plan.verdict}`),
    ["var/packages/Acme.opm success", "var/packages/Beta.opm success", "var/packages/Broken.opm refused"],
  );
  assert.deepEqual(rows(after), ["Acme 1.0.0 installed", "Beta 1.0.0 installed"]);
  assert.deepEqual(unread, []);
});

test("a package is read from its archive, and from its spec as if it were built", () => {
  const text = archive("Acme", "1.0.0", "<License/><Description/><PackageIsVisible>0</PackageIsVisible>");
  assert.equal(packageOf(text).structure?.single.PackageIsVisible?.content, "0");
  const unbuilt = contentsOfSpec(SyntaxTree.parse(text), "znuny-7", undefined, () => undefined);
  // Building takes the text 0 away.
  assert.equal(unbuilt.structure?.single.PackageIsVisible?.content, undefined);
  assert.deepEqual(unbuilt.build?.refusals, []);
});

test("a package is exported into a folder", () => {
  const folder = new ChangedHome(empty.home);
  folder.apply({ kind: "write", path: "Kernel/A.pm", content: contentOf(Buffer.from("mine")), mode: 0o644 });
  const { after } = planExport(acme, empty, folder);
  const text = (path: string) => {
    const entry = after.entry(path);
    return entry?.kind === "file" && typeof entry.content === "object"
      ? bytesOf(entry.content).toString()
      : undefined;
  };
  assert.equal(text("Kernel/A.pm"), "package A;");
  assert.equal(text("Kernel/A.pm.save"), "mine");
});
