import assert from "node:assert/strict";
import { test } from "node:test";
import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import { deliveredSystem } from "../../server/src/engine/default-system.ts";
import { DryRun } from "../../server/src/engine/try-operation.ts";
import { contentOf, type FileContent } from "../../server/src/host/file-content.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import type { Plan, Step } from "../../server/src/lifecycle/plan.ts";
import { planOperation } from "../../server/src/lifecycle/plan-operation.ts";
import type { PlanOptions } from "../../server/src/lifecycle/plan-options.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { unlikePaths } from "../../server/src/system/home.ts";
import { readProductVersion } from "../../server/src/system/product-version.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";

const product = readProductVersion("Znuny 7.1.3")!;
const newSystem = () => deliveredSystem(product, "mysql", knowledgeFor(product.product, product.version));

const [one, other] = ["1;\n", "2;\n"].map((text) => contentOf(Buffer.from(text))) as [
  FileContent,
  FileContent,
];

/** A spec, what its first file holds, and what is assumed of it. */
interface Edition {
  readonly about: string;
  readonly text: string;
  readonly content?: FileContent;
  readonly assume?: NonNullable<PlanOptions["assume"]>;
}

const text = `<otrs_package version="1.1"><Name>A</Name><Version>1.0.0</Version><Vendor>V</Vendor>
<Framework>7.1.x</Framework><License>L</License><Description Lang="en">d</Description>
<CodeInstall Type="pre">1;</CodeInstall>
<Filelist>
<File Location="Kernel/System/Acme/One.pm" Permission="644"/>
<File Location="Kernel/System/Ticket.pm" Permission="644"/>
<File Location="Kernel/System/Acme/Two.pm" Permission="660"/>
<File Location="acme.txt"/>
</Filelist></otrs_package>`;

const editions: readonly Edition[] = [
  { about: "the same once more", text },
  { about: "files at other places of the spec", text: text.replace("<License>", "\n<License>") },
  { about: "steps with other numbers", text: text.replace(/<CodeInstall.*\n/, "") },
  { about: "another permission", text: text.replace("660", "600") },
  { about: "a file at another location", text: text.replace("Two.pm", "Three.pm") },
  { about: "a file fewer", text: text.replace(/.*Two.pm.*\n/, "") },
  { about: "a file twice", text: text.replace("Two.pm", "One.pm") },
  { about: "another content", text, content: other },
  {
    about: "a file that is assumed to fail",
    text,
    assume: new Map(
      ["write-file", "remove-file"].map((kind) => [`${kind} Kernel/System/Acme/One.pm`, "fails"]),
    ),
  },
];

function planned(
  operation: Operation,
  { text: spec, content = one, assume = new Map() }: Edition,
  system: SystemState,
) {
  const contents = contentsOfSpec(SyntaxTree.parse(spec), system.framework, "A.sopm", (location) =>
    location.endsWith("One.pm") ? content : one,
  );
  const { plan, report } = new DryRun({
    ...{ operation, contents, specText: spec, system, isStandIn: true, assumeRequirements: true },
    from: operation === "upgrade" ? { kind: "version", version: "0.0.1" } : undefined,
    options: { force: true, assume },
    language: "en",
  });
  const { files } = report.difference;
  // The digest of its row is another one whenever a spec is read.
  const steps = plan.steps.filter(({ kind }) => kind !== "package-table");
  return { verdict: plan.verdict, steps, files, leftovers: report.leftovers };
}

for (const operation of ["install", "upgrade", "reinstall", "uninstall"] as const) {
  for (const edition of editions) {
    test(`${operation}, ${edition.about}: it is planned as if nothing had been planned before`, () => {
      const system = newSystem();
      planned(operation, { about: "first", text }, system);
      assert.deepEqual(planned(operation, edition, system), planned(operation, edition, newSystem()));
      assert.deepEqual(
        planned(operation, { about: "back", text }, system),
        planned(operation, { about: "back", text }, newSystem()),
      );
    });
  }

  test(`${operation}: steps of files that are as they were are not made anew`, () => {
    const system = newSystem();
    const spec = text.replace('<File Location="acme.txt"/>', "");
    const plan = () => planned(operation, { about: "again", text: spec }, system);
    const filesIn = ({ steps }: ReturnType<typeof plan>) => steps.filter(({ lane }) => lane === "files");
    const first = filesIn(plan());
    const second = filesIn(plan());
    assert.ok(first.length >= 3);
    assert.ok(first.every((step, index) => step === second[index]));
  });
}

test("several packages that are put into one system in turn are planned as if each were alone", () => {
  const versions = [0, 1, 2].map((count) => ({
    about: String(count),
    text: text.replace("Two.pm", `Two${count}.pm`),
    content: count === 1 ? other : one,
  }));
  const system = newSystem();
  const plan = (edition: Edition) => planned("upgrade", edition, system);
  const first = versions.map(plan);
  for (const [index, edition] of versions.entries()) {
    assert.deepEqual(first[index], planned("upgrade", edition, newSystem()));
    assert.deepEqual(plan(edition), first[index]);
  }
});

for (const operation of ["install", "upgrade", "uninstall"] as const) {
  test(`${operation} without steps for files: those that do not run are left, and the files are the same`, () => {
    const system = newSystem();
    const read = (version: string) =>
      contentsOfSpec(
        SyntaxTree.parse(
          text
            .replace("1.0.0", version)
            .replace('<File Location="acme.txt"/>', '$&<File Location="bin" Permission="644"/>'),
        ),
        system.framework,
        "A.sopm",
        () => one,
      );
    const first = planOperation("install", read("1.0.0"), system, { force: true });
    const before = operation === "install" ? system : first.after;
    const contents = read("1.1.0");
    const planned = (withoutFileSteps: boolean) =>
      planOperation(operation, contents, before, { force: true, withoutFileSteps });
    const whole = planned(false);
    for (const each of [planned(true), planned(true)]) {
      const inFiles = ({ steps }: Plan) => steps.filter(({ lane }) => lane === "files");
      const keys = (steps: readonly Step[]) =>
        steps.map(({ key, outcome, reason }) => [key, outcome, reason]);
      const left = inFiles(whole).filter(({ outcome }) => outcome !== "runs");
      assert.ok(left.length > 0 && left.length < inFiles(whole).length);
      assert.deepEqual(keys(inFiles(each)), keys(left));
      assert.deepEqual(unlikePaths(each.after.home, whole.after.home), []);
    }
  });
}
