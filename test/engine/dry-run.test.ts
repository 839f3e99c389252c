import assert from "node:assert/strict";
import { test } from "node:test";
import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import { productFor, systemFor } from "../../server/src/engine/default-system.ts";
import { DryRun, type DryRunRequest } from "../../server/src/engine/dry-run.ts";
import { contentOf } from "../../server/src/host/file-content.ts";
import { knowledgeFor } from "../../server/src/host/node/knowledge.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

/** A package with these elements, and a file; every file it lists has a line. */
function spec(elements: string, version = "2.0.0", frameworks = "<Framework>7.1.x</Framework>"): string {
  return `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
  <Name>Acme</Name>
  <Version>${version}</Version>
  <Vendor>Acme Inc.</Vendor>
  ${frameworks}
  ${elements}
  <Filelist><File Permission="660" Location="Kernel/System/Acme.pm"/></Filelist>
</otrs_package>
`;
}

function contentsOf(text: string): PackageContents {
  const line = contentOf(Buffer.from("1;\n"));
  return contentsOfSpec(SyntaxTree.parse(text), "znuny-7", "Acme.sopm", () => line);
}

function run(text: string, request: Partial<DryRunRequest> = {}): DryRun {
  return new DryRun({
    operation: "install",
    contents: contentsOf(text),
    specText: text,
    system: systemFor("Znuny 7.1.3", "mysql", knowledgeFor)!,
    isStandIn: true,
    assumeRequirements: true,
    language: "en",
    ...request,
  });
}

function said({ report }: DryRun): string[] {
  return report.assumptions.map(({ text, values }) => english(text, values));
}

test("a package goes into a system as it is delivered, and the report says that nobody named one", () => {
  const dryRun = run(spec(""));
  assert.equal(dryRun.plan.verdict, "success");
  assert.match(said(dryRun)[0]!, /^Znuny 7\.1\.3 as it is delivered/);
  assert.deepEqual(
    dryRun.plan.after.packages.map(({ name, version }) => `${name} ${version}`),
    ["Acme 2.0.0"],
  );
  assert.equal(dryRun.report, dryRun.report, "it is made once");
});

test("required packages are taken to be there, or are missing if the reader wants to know", () => {
  const text = spec('<PackageRequired Version="1.2.3">Base &amp; more</PackageRequired>');
  const assumed = run(text);
  assert.equal(assumed.plan.verdict, "success");
  assert.ok(said(assumed).includes("Required packages are installed: Base & more 1.2.3."));
  assert.ok(!assumed.report.difference.packages.some(({ name }) => name.startsWith("Base")));
  const checked = run(text, { assumeRequirements: false });
  assert.equal(checked.plan.verdict, "refused");
  assert.equal(checked.plan.refusals[0]!.check, "required-packages");
});

test("a requirement that no package can meet is refused all the same", () => {
  assert.equal(run(spec("<PackageRequired>Base</PackageRequired>")).plan.verdict, "refused");
});

test("what is reinstalled or uninstalled is taken to be installed", () => {
  for (const operation of ["reinstall", "uninstall"] as const) {
    const dryRun = run(spec(""), { operation });
    assert.equal(dryRun.plan.verdict, "success");
    assert.equal(dryRun.plan.installedVersion, "2.0.0");
    assert.ok(said(dryRun).some((text) => text.startsWith("The package is installed")));
  }
});

test("a package that cannot be installed on the framework can still be taken for installed", () => {
  const dryRun = run(spec("", "2.0.0", "<Framework>6.0.x</Framework>"), { operation: "uninstall" });
  assert.equal(dryRun.plan.verdict, "success");
  assert.equal(run(spec("", "2.0.0", "<Framework>6.0.x</Framework>")).plan.verdict, "refused");
});

test("an upgrade comes from an archive, or from a version alone", () => {
  const text = spec('<CodeUpgrade Type="post" Version="1.5.0">1;</CodeUpgrade>');
  const from = { kind: "archive", contents: contentsOf(spec("", "1.0.0")) } as const;
  const fromArchive = run(text, { operation: "upgrade", from });
  const fromVersion = run(text, { operation: "upgrade", from: { kind: "version", version: "1.0.0" } });
  const fromLater = run(text, { operation: "upgrade", from: { kind: "version", version: "1.6.0" } });
  const codeOf = ({ plan }: DryRun) => plan.steps.find(({ kind }) => kind === "code")?.outcome;
  assert.equal(fromArchive.plan.installedVersion, "1.0.0");
  assert.equal(codeOf(fromArchive), "runs");
  assert.equal(fromVersion.plan.installedVersion, "1.0.0");
  assert.equal(codeOf(fromVersion), "runs");
  assert.equal(codeOf(fromLater), "skipped");
  assert.ok(said(fromVersion).some((each) => /guessed/.test(each)));
});

test("a system that has the package is taken as it is, whatever was named", () => {
  const installed = run(spec("", "1.0.0")).plan.after;
  const dryRun = run(spec(""), {
    operation: "upgrade",
    system: installed,
    isStandIn: false,
    from: { kind: "version", version: "1.9.0" },
  });
  assert.equal(dryRun.plan.installedVersion, "1.0.0");
  assert.ok(said(dryRun).some((text) => /^The version that is installed counts/.test(text)));
});

test("files that are missing are told, because the build would fail", () => {
  const text = spec("");
  const contents = contentsOfSpec(SyntaxTree.parse(text), "znuny-7", "Acme.sopm", () => undefined);
  assert.ok(said(run(text, { contents })).some((each) => /missing.*1.*Kernel\/System\/Acme\.pm/.test(each)));
});

test("folders that an uninstall leaves are left behind, the package's files are not", () => {
  const text = spec("").replace("Kernel/System/Acme.pm", "var/acme/deep/File.pm");
  const { report } = run(text, { operation: "uninstall" });
  assert.deepEqual(
    report.leftovers?.files.map(({ path, change }) => `${change} ${path}`),
    ["added var/acme", "added var/acme/deep"],
  );
});

test("products by what people call them", () => {
  for (const product of ["Znuny 7.1.3", "OTOBO 11.0.5", "OTRS 6.0.30", "Znuny 6.5.1", "OTOBO 10.1.5"]) {
    const { framework } = systemFor(product, "mysql", knowledgeFor)!;
    assert.equal(`${framework.product} ${framework.version}`, product);
  }
  assert.equal(systemFor("Windows 95", "mysql", knowledgeFor), undefined);
});

const productCases: [frameworks: string, product: string][] = [
  ["<Framework>7.1.x</Framework>", "Znuny 7.1.7"],
  ["<Framework>7.0.x</Framework>", "Znuny 7.0.1"],
  ['<Framework Minimum="6.5.4">6.5.x</Framework>', "Znuny 6.5.4"],
  ["<Framework>6.5.x</Framework>", "Znuny 6.5.1"],
  ["<Framework>11.0.x</Framework>", "OTOBO 11.0.1"],
  ["<Framework>10.1.x</Framework>", "OTOBO 10.1.1"],
  ["<Framework>5.0.x</Framework>", "OTRS 5.0.1"],
  ["<Framework>7.1.x</Framework><Framework>6.5.x</Framework>", "Znuny 7.1.7"],
  ["", "Znuny 7.1.7"],
];
for (const [frameworks, expected] of productCases) {
  test(`a package for ${frameworks || "nothing in particular"} is tried on ${expected}`, () => {
    const { product, version } = productFor(contentsOf(spec("", "1.0.0", frameworks)), knowledgeFor);
    assert.equal(`${product} ${version}`, expected);
  });
}
