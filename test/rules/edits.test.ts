import assert from "node:assert/strict";
import { test } from "node:test";
import {
  defaultLintSettings,
  type LintSettings,
  type LintSurroundings,
  lint,
  lintContext,
  lintInSteps,
} from "../../server/src/engine/lint.ts";
import type { FileFact, FolderFacts } from "../../server/src/host/folder-facts.ts";
import type { GitRules } from "../../server/src/host/git-rules.ts";
import { type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import type { RuleContext } from "../../server/src/rules/rule-context.ts";
import { rules } from "../../server/src/rules/rules.ts";
import { RuleSet, runRules } from "../../server/src/rules/run-rules.ts";
import { toTheEnd } from "../../server/src/rules/steps.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import type { TextEdit } from "../../server/src/text/edit.ts";
import { type Random, randomFrom } from "../support/random.ts";

const paths = Array.from({ length: 300 }, (_, number) => `Kernel/System/Acme/Part${number}.pm`);

const settingsFile = "Kernel/Config/Files/XML/Acme.xml";

/** Of the settings, code speaks of all but the last. */
const settingsText = `<?xml version="1.0" encoding="utf-8"?>
<otrs_config version="2.0" init="Application">
${["Part7", "Part70", "Unused"]
  .map(
    (name) => `    <Setting Name="Acme::${name}" Required="0" Valid="1">
        <Description Translatable="1">Says it.</Description>
        <Navigation>Core::Acme</Navigation>
        <Value><Item ValueType="String">1</Item></Value>
    </Setting>`,
  )
  .join("\n")}
</otrs_config>
`;

const spec = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
    <Name>Acme</Name>
    <Version>1.2.0</Version>
    <Framework>7.1.x</Framework>
    <ChangeLog Version="1.2.0" Date="2024-05-02 10:00:00">B</ChangeLog>
    <ChangeLog Version="1.0.0" Date="2024-01-02 10:00:00">A</ChangeLog>
    <PackageMerge Name="Old" TargetVersion="2.0.0">
        <DatabaseUpgrade Type="merge" Version="2.0.0"><TableDrop Name="old" Version="2.0.0"/></DatabaseUpgrade>
        <CodeUpgrade Type="merge" Version="1.0.0"><![CDATA[1;]]></CodeUpgrade>
    </PackageMerge>
    <Filelist>
${paths.map((path) => `        <File Permission="660" Location="${path}"/>`).join("\n")}
        <File Permission="660" Location="var/packagesetup/Acme.pm"/>
        <File Permission="660" Location="Kernel/Config/Files/XML/Acme.xml"/>
    </Filelist>
    <CodeInstall Type="post" IfPackage="Old"><![CDATA[
        $Kernel::OM->Get('var::packagesetup::Acme')->CodeInstall();
    ]]></CodeInstall>
    <CodeUninstall Type="pre"><![CDATA[$Kernel::OM->Get('var::packagesetup::' . $Param{Structure}->{Name}->{Content});]]></CodeUninstall>
    <DatabaseInstall Type="pre"><TableCreate Name="acme"/></DatabaseInstall>
    <DatabaseInstall><TableCreate Name="acme_b"/></DatabaseInstall>
    <DatabaseUpgrade Type="post"><TableAlter Name="acme" Version="1.1.0"/></DatabaseUpgrade>
    <DatabaseUpgrade><TableAlter Name="acme" Version="1.2.0"/></DatabaseUpgrade>
</otrs_package>
`;

for (const seed of [1, 2, 3]) {
  test(`what is kept from version to version is what a fresh look finds, edits ${seed}`, () => {
    const random = randomFrom(seed);
    const folder = folderOf([...paths, "var/packagesetup/Acme.pm", settingsFile, "bin/znuny.Acme.pl"]);
    let tree: SyntaxTree | undefined;
    let context: RuleContext | undefined;
    for (let step = 0; step < 120; step++) {
      // Begun anew now and then, or little would be left of the spec.
      if (step % 15 === 0 || !tree) tree = SyntaxTree.parse(spec);
      const edit = randomEdit(tree.source.toString(), random);
      tree = tree.edited(edit);
      context = begin(tree, settings, surroundings(folder), context, random.below(150));
      const result = lint(tree, settings, surroundings(folder), context);
      context = result.context;
      const text = tree.source.toString();
      const fresh = lint(SyntaxTree.parse(text), settings, surroundings(folder));
      assert.deepEqual(
        result.findings.map(plain),
        fresh.findings.map(plain),
        `after ${JSON.stringify(edit)}`,
      );
    }
  });
}

for (const id of ["file-vcs-ignored", "file-vcs-converted", "sysconfig-setting-unused"]) {
  test(`${id} looks at the files around an edit of the list alone`, () => {
    let asked = 0;
    const known = folderOf([...paths, "var/packagesetup/Acme.pm", settingsFile]);
    const folder: FolderFacts = {
      ...known,
      factOf: (path) => {
        asked++;
        return known.factOf(path);
      },
      textOf: (path) => {
        asked++;
        return known.textOf?.(path);
      },
    };
    const rule = rules.find((each) => each.id === id);
    assert.ok(rule?.scope === "package");
    const tree = SyntaxTree.parse(spec);
    const { context } = lintContext(specOf(tree), settings, surroundings(folder));
    const check = (version: SyntaxTree) => {
      const before = asked;
      const reports = [...rule.check(specOf(version), context)].filter((each) => each !== undefined);
      return { reports, asked: asked - before };
    };
    const first = check(tree);
    assert.ok(first.reports.length > 0);
    assert.ok(first.asked >= paths.length);
    const start = spec.indexOf('660" Location="Kernel/System/Acme/Part150.pm"');
    const second = check(tree.edited({ span: { start, end: start + 3 }, newText: "644" }));
    assert.equal(second.reports.length, first.reports.length);
    assert.ok(second.asked > 0 && second.asked < first.asked / 2);
  });
}

test("a rule of a profile that is not chosen is not asked, unless settings name it", () => {
  let asked: string[] = [];
  const facts = { severity: "hint", message: "It is told.", elements: "any" } as const;
  const ruleSet = new RuleSet([
    {
      ...{ ...facts, id: "column-pk-missing", scope: "package" },
      check() {
        asked.push("column-pk-missing");
        return [];
      },
    },
    {
      ...{ ...facts, id: "db-type-missing", scope: "element" },
      check() {
        asked.push("db-type-missing");
        return undefined;
      },
    },
  ]);
  const askedWith = (chosen: Partial<LintSettings>) => {
    asked = [];
    const document = specOf(SyntaxTree.parse("<otrs_package/>"));
    const { context } = lintContext(
      document,
      { ...defaultLintSettings, ...chosen },
      surroundings(folderOf([])),
    );
    toTheEnd(runRules(document, context, ruleSet));
    return asked;
  };
  assert.deepEqual(askedWith({ profile: "strict" }), ["column-pk-missing", "db-type-missing"]);
  assert.deepEqual(askedWith({ profile: "framework" }), []);
  assert.deepEqual(askedWith({ profile: "znuny-policy" }), []);
  assert.deepEqual(askedWith({ profile: "otobo-policy" }), []);
  assert.deepEqual(askedWith({ rules: { "column-pk-missing": "hint" } }), ["column-pk-missing"]);
  assert.deepEqual(askedWith({ profile: "strict", rules: { "column-pk-missing": "off" } }), [
    "db-type-missing",
  ]);
});

/** Begins to check and gives up after some steps, as the next edit would make it. */
function begin(
  tree: SyntaxTree,
  settings: LintSettings,
  surroundings: LintSurroundings,
  previous: RuleContext | undefined,
  steps: number,
): RuleContext {
  const document = specOf(tree);
  const chosen = lintContext(document, settings, surroundings, previous);
  const work = lintInSteps(document, settings, surroundings, chosen);
  for (let step = 0; step < steps && !work.next().done; step++);
  return chosen.context;
}

const settings = { ...defaultLintSettings, profile: "strict" } as const;

const knowledge: Knowledge = { ...noKnowledge, settingNames: () => ["Ticket::Hook"] };

function surroundings(folder: FolderFacts) {
  return {
    fileName: "Acme.sopm",
    kind: "spec",
    folder,
    knowledge: () => knowledge,
    today: "2024-05-02",
  } as const;
}

/** Findings of one place may come in any order. */
function plain({
  rule,
  span,
  message,
  severity,
  fixes,
  arguments: values,
}: ReturnType<typeof lint>["findings"][number]) {
  return { rule, span, message, severity, fixes: fixes ?? [], values: values ?? {} };
}

function folderOf(files: readonly string[]): FolderFacts {
  const known = new Map<string, FileFact>(
    files.map((path) => [path, { kind: "file", size: 100, leavesBase: false }]),
  );
  const texts = new Map(files.map((path) => [path, fileText(path)]));
  return {
    factOf: (path) => known.get(path) ?? { kind: "missing" },
    files: () => files,
    textOf: (path) => texts.get(path) ?? "",
    gitRules: () => gitRules,
  };
}

const gitRules: GitRules = {
  base: "",
  files: [
    { name: ".gitattributes", path: ".gitattributes", folder: "", text: "*1.pm text eol=crlf\n" },
    { name: ".gitignore", path: ".gitignore", folder: "", text: "Part2*.pm\n" },
  ],
};

/** What each file says, with the line ends of another system in some. */
function fileText(path: string): string {
  if (path === settingsFile) return settingsText;
  const name = /\w+(?=\.)/.exec(path)?.[0];
  return `# Acme::${name}\n1;\n`.replaceAll("\n", path.includes("3") ? "\r\n" : "\n");
}

/** Takes a line out, writes it twice, swaps it with another, or changes some letters somewhere. */
function randomEdit(text: string, random: Random): TextEdit {
  const lineBreaks = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
  const at = random.below(lineBreaks.length - 1);
  const start = lineBreaks[at]!;
  const end = lineBreaks[at + 1]!;
  const letter = random.below(text.length);
  switch (random.below(5)) {
    case 0:
      return { span: { start, end }, newText: "" };
    case 1:
      return { span: { start, end: start }, newText: text.slice(start, end) };
    case 2: {
      const source = random.below(lineBreaks.length - 1);
      return { span: { start, end }, newText: text.slice(lineBreaks[source]!, lineBreaks[source + 1]!) };
    }
    case 3:
      return {
        span: { start: letter, end: letter + 1 },
        newText: random.pick(["x", "1", "<", '"', "/", " "]),
      };
    default:
      return { span: { start: letter, end: letter }, newText: random.pick(["a", "2", ">", "&", "\n", "-"]) };
  }
}
