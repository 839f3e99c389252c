import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type {
  ContentEntry,
  PackageContentsResult,
  PackagesResult,
} from "../../server/src/protocol/packages-view.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { fileUri, LanguageClient } from "../support/language-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const withName = (name: string, more = "") =>
  goodSpec
    .replace("<Name>Acme", `<Name>${name}`)
    .replace("<Vendor>", `${more}<Vendor>`)
    .replace("System/Acme.pm", `System/${name}.pm`);

/** Three packages, the last of which is required by the second, which lists a file that is not there. */
const files = {
  ...goodPackage,
  "b/Base.sopm": withName("Base"),
  "m/Acme2.sopm": withName(
    "Acme2",
    '<PackageRequired Version="1.0.0">Zoo</PackageRequired><PackageRequired Version="1.0.0">Other</PackageRequired>',
  ),
  "m/Kernel/System/Acme2.pm": goodPackage["Kernel/System/Acme.pm"].replace("Acme", "Acme2"),
  "z/Zoo.sopm": withName("Zoo"),
  "z/Kernel/System/Zoo.pm": goodPackage["Kernel/System/Acme.pm"].replace("Acme", "Zoo"),
};

async function editor(context: TestContext, folder: string) {
  const client = new LanguageClient();
  context.after(() => client.stop());
  const told: (() => void)[] = [];
  client.connection.onNotification("sopm/packagesChanged", () => {
    for (const each of told.splice(0)) each();
  });
  await client.initialize({ workspaceFolders: [{ uri: fileUri(folder), name: "ws" }] });
  const packages = async () => (await client.request<PackagesResult>("sopm/packages", {})).packages;
  /** What is told when it is as somebody waits for; it is asked again whenever something has changed. */
  const until = async (isDone: (found: PackagesResult["packages"]) => boolean) => {
    for (;;) {
      const changed = new Promise<void>((resolve) => told.push(resolve));
      const found = await packages();
      if (isDone(found)) return found;
      await changed;
    }
  };
  return { client, packages, until };
}

test("packages of the workspace are told in order of their requirements, with what is wrong with them", async (t) => {
  const folder = temporaryFolder(t, files);
  const { until } = await editor(t, folder);
  const found = await until((all) => all.length === 4 && all.every(({ findings }) => findings));
  assert.deepEqual(
    found.map(({ name, version, requires, uri }) => [name, version, requires, uri]),
    [
      ["Acme", "1.0.0", [], fileUri(join(folder, "Acme.sopm"))],
      ["Zoo", "1.0.0", [], fileUri(join(folder, "z/Zoo.sopm"))],
      ["Acme2", "1.0.0", ["Zoo"], fileUri(join(folder, "m/Acme2.sopm"))],
      ["Base", "1.0.0", [], fileUri(join(folder, "b/Base.sopm"))],
    ],
  );
  const counts = new Map(found.map(({ name, findings }) => [name, findings!]));
  assert.equal(counts.get("Zoo")?.errors, 0);
  assert.equal(counts.get("Base")?.errors, 1);
});

test("packages that are typed, built and deleted are told anew", async (t) => {
  const folder = temporaryFolder(t, files);
  const { client, until } = await editor(t, folder);
  const uri = fileUri(join(folder, "Acme.sopm"));
  await client.open(uri, goodSpec);
  const named = (name: string) => (all: PackagesResult["packages"]) => all.find((each) => each.name === name);
  await until((all) => named("Acme")(all)?.findings !== undefined);
  await client.change(uri, [{ text: goodSpec.replace("1.0.0</Version>", "1.1.0</Version>") }]);
  await until((all) => named("Acme")(all)?.version === "1.1.0");
  await client.request("sopm/build", { uri, force: true });
  const built = named("Acme")(await until((all) => named("Acme")(all)?.built !== undefined))?.built;
  // The archive is built from what is on disk, and from the text in the editor no version is taken for it.
  assert.deepEqual(built, { uri: fileUri(join(folder, "Acme-1.0.0.opm")), version: "1.0.0" });
  rmSync(join(folder, "z"), { recursive: true });
  const changes = [{ uri: fileUri(join(folder, "z")), type: 3 }];
  await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
  await until((all) => named("Zoo")(all) === undefined);
});

/** Rows such as "files: Kernel/System/Acme.pm". */
function rows({ sections }: PackageContentsResult): readonly string[] {
  const lines = ({ name, detail, entries }: ContentEntry, indent: string): string[] => [
    `${indent}${name}${detail === "" ? "" : ` (${detail})`}`,
    ...entries.flatMap((each) => lines(each, `${indent}  `)),
  ];
  return sections.flatMap(({ section, entries }) => [
    `${section}:`,
    ...entries.flatMap((each) => lines(each, "  ")),
  ]);
}

test("what a spec has in it is told by section, of one that is open as it is typed", async (t) => {
  const more = `<DatabaseInstall><TableCreate Name="acme"><Column Name="id" Type="INTEGER"/></TableCreate></DatabaseInstall>
    <CodeInstall Type="post"><![CDATA[1;]]></CodeInstall><IntroInstall Type="pre" Lang="en">Hello.</IntroInstall>`;
  const text = withName("Acme", '<PackageRequired Version="1.0.0">Zoo</PackageRequired>').replace(
    "</otrs_package>",
    `${more}</otrs_package>`,
  );
  const folder = temporaryFolder(t, { ...files, "Acme.sopm": text });
  const { client } = await editor(t, folder);
  const uri = fileUri(join(folder, "Acme.sopm"));
  const contents = () => client.request<PackageContentsResult | null>("sopm/packageContents", { uri });
  const expected = [
    ...["requirements:", "  Framework (7.1.x)", "  PackageRequired (Zoo · 1.0.0)"],
    ...["files:", "  Kernel/System/Acme.pm"],
    ...["database:", "  DatabaseInstall (post)", "    acme (TableCreate)"],
    ...["code:", "  CodeInstall (post · 1;)"],
    ...["texts:", "  ChangeLog (1.0.0 · 2024-05-02 10:00:00)", "  Description (Contracts. · en)"],
    "  IntroInstall (pre · en · Hello.)",
  ];
  assert.deepEqual(rows((await contents())!), expected);
  const [, { entries = [] } = {}] = (await contents())!.sections;
  const line = text.split("\n").findIndex((each) => each.includes("Kernel/System/Acme.pm"));
  assert.equal(entries[0]?.range.start.line, line);
  await client.open(uri, text.replace("Kernel/System/Acme.pm", "Kernel/Typed.pm"));
  assert.ok(rows((await contents())!).includes("  Kernel/Typed.pm"));
  for (const each of ["Gone.sopm", "."])
    assert.equal(
      await client.request("sopm/packageContents", { uri: fileUri(join(folder, each)) }),
      null,
      each,
    );
});
