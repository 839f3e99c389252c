import assert from "node:assert/strict";
import { test } from "node:test";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import { DryRun } from "../../server/src/engine/try-operation.ts";
import type { FileContent } from "../../server/src/host/file-content.ts";
import { english } from "../../server/src/l10n/translate.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import { lookAhead } from "../../server/src/lifecycle/plan-when-known.ts";
import { toJson } from "../../server/src/report/render-json.ts";
import { ChangedHome, type HomeEntry } from "../../server/src/system/home.ts";
import { SystemFacts, whenKnown } from "../../server/src/system/system-facts.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { memoryHome, memorySystem, writeByHand } from "../support/memory-system.ts";
import { packageOf } from "../support/package-text.ts";

/** The same content, which has to be read. */
function far(content: FileContent): FileContent {
  return { size: content.size, read: () => content.read() };
}

function farEntry(entry: HomeEntry | undefined): HomeEntry | undefined {
  if (entry?.kind !== "file" || typeof entry.content === "string") return entry;
  return { ...entry, content: far(entry.content) };
}

function farPackage(contents: PackageContents): PackageContents {
  const files = contents.files.map((file) => ({ ...file, content: file.content && far(file.content) }));
  return { ...contents, files };
}

/** The same system, whose files and archives have to be looked for. */
function farSystem(state: SystemState): SystemState {
  const facts = new SystemFacts();
  const home = facts.home({
    lookAt: async (paths) => paths.map((path) => farEntry(state.home.entry(path))),
    list: async (folder) => state.home.list(folder),
    isFrameworkFile: (path) => state.home.isFrameworkFile(path),
  });
  const archives = facts.archives({ read: async (digest) => farPackage(state.archives.contents(digest)) });
  return { ...state, facts, home, archives };
}

const setting = (value: string) =>
  `<otrs_config version="2.0" init="Application"><Setting Name="Acme::${value}" Required="1" Valid="1"><Description>A</Description><Navigation>Acme</Navigation><Value><Item ValueType="String">${value}</Item></Value></Setting></otrs_config>`;

const setup = (name: string) =>
  `package var::packagesetup::${name};\nuse strict;\nsub new { }\nsub CodeInstall { }\nsub CodeUninstall { }\n1;`;

const code = ["CodeInstall", "CodeUninstall", "CodeUpgrade"]
  .map((family) => `<${family}>$Kernel::OM->Get('var::packagesetup::Acme')->${family}();</${family}>`)
  .join("");

function acme(version: string, more: Readonly<Record<string, string>> = {}): PackageContents {
  return packageOf({
    version,
    body: `<Framework>7.1.x</Framework>${code}`,
    files: {
      "Kernel/Config/Files/XML/Acme.xml": setting(version.replaceAll(".", "")),
      "Kernel/System/Acme.pm": `acme ${version}`,
      "Kernel/System/Core.pm": `core of acme ${version}`,
      "var/packagesetup/Acme.pm": setup("Acme"),
      "var/zero.txt": "0",
      ...more,
    },
  });
}

const other = packageOf({
  name: "Other",
  body: "<Framework>7.1.x</Framework>",
  files: { "Kernel/Config/Files/XML/Other.xml": setting("Other"), "Kernel/System/Other.pm": "other" },
});

/** What is done one after the other, with what somebody changes by hand before it. */
const story: readonly (readonly [
  operation: Operation,
  contents: PackageContents,
  edits: Readonly<Record<string, string>>,
])[] = [
  ["install", other, {}],
  ["install", acme("1.0.0"), {}],
  ["reinstall", acme("1.0.0"), {}],
  ["reinstall", acme("1.0.0"), { "Kernel/System/Acme.pm": "by hand", "var/zero.txt": "1" }],
  ["upgrade", acme("1.1.0", { "Kernel/New/File.pm": "new" }), { "Kernel/System/Core.pm": "by hand" }],
  ["uninstall", acme("1.1.0", { "Kernel/New/File.pm": "new" }), { "var/zero.txt": "1" }],
];

test("whatever is to be known for an operation is found out before it is planned, and it is planned once", async () => {
  const frameworkFiles = ["Kernel/System/Core.pm", "Kernel/Config/Files/XML/Framework.xml"];
  const home = memoryHome(
    {
      "Kernel/System/Core.pm": "core",
      "Kernel/Config/Files/XML/Framework.xml": setting("Framework"),
      "Kernel/Config/Files/XML/Local.xml": setting("Local"),
      "var/packagesetup/": "",
    },
    frameworkFiles,
  );
  let system = memorySystem({ home });
  for (const [operation, contents, edits] of story) {
    const edited = new ChangedHome(system.home);
    for (const [path, text] of Object.entries(edits)) writeByHand(edited, path, text);
    system = { ...system, home: edited };
    const request = {
      ...{ operation, specText: undefined, isStandIn: false, assumeRequirements: false, language: "en" },
    };
    const near = new DryRun({ ...request, contents, system }).report;
    const distant = farSystem(system);
    const contentsAfar = farPackage(contents);
    await lookAhead(operation, [contentsAfar], distant);
    let rounds = 0;
    const report = await whenKnown(distant.facts, () => {
      rounds++;
      return new DryRun({ ...request, contents: contentsAfar, system: distant }).report;
    });
    const where = `${operation} ${contents.structure?.single.Version?.content}`;
    assert.equal(near.verdict.kind, "success", where);
    assert.deepEqual(toJson(report, english), toJson(near, english), where);
    assert.equal(rounds, 1, where);
    system = planOperation(operation, contents, system).after;
  }
});
