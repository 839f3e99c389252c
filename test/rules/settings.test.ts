import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings, lint } from "../../server/src/engine/lint.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { findingText } from "../../server/src/rules/finding-text.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "../support/apply-edits.ts";

const path = "Kernel/Config/Files/XML/Acme.xml";

interface Package {
  readonly root?: "otrs" | "otobo";
  readonly framework: string;
  /** What is written in the settings file. */
  readonly text: string;
  /** Comments and the like in front of the file list. */
  readonly comment?: string;
}

function findingsIn({ root = "otrs", framework, text, comment = "" }: Package): readonly Finding[] {
  const spec = `<?xml version="1.0" encoding="utf-8" ?>
<${root}_package version="1.0">
    <Name>Acme</Name>
    <Version>1.0.0</Version>
    ${framework}
    ${comment}
    <Filelist>
        <File Permission="660" Location="${path}"/>
    </Filelist>
</${root}_package>
`;
  const { findings } = lint(SyntaxTree.parse(spec), defaultLintSettings, {
    fileName: "Acme.sopm",
    kind: "spec",
    folder: {
      factOf: () => ({ kind: "file", size: text.length, leavesBase: false }),
      files: () => [path],
      textOf: (asked) => (asked === path ? text : ""),
    },
    knowledge: () => noKnowledge,
    today: "2024-05-02",
  });
  return findings.filter(({ file }) => file);
}

function settings(root: string, attributes = ' version="2.0" init="Application"', name = 'Name="Acme::A"') {
  return `<?xml version="1.0" encoding="utf-8" ?>
<${root}${attributes}>
    <Setting ${name}><Value><Item ValueType="String">1</Item></Value></Setting>
</${root}>
`;
}

function only(findings: readonly Finding[], rule: string): Finding {
  assert.deepEqual(
    findings.map((finding) => finding.rule),
    [rule],
  );
  const [found] = findings as [Finding];
  assert.equal(found.file?.path, path);
  return found;
}

const otobo = { root: "otobo", framework: "<Framework>11.0.x</Framework>" } as const;
const znuny = { framework: "<Framework>7.1.x</Framework>" };

test("the root of the other product is an error in the settings file, which a fix renames", () => {
  const text = settings("otrs_config");
  const found = only(findingsIn({ ...otobo, text }), "settings-file-left-out");
  assert.equal(
    findingText(found, english),
    "The framework leaves this file out, because its root element is otrs_config and not otobo_config. Rename it. Lost settings: Acme::A.",
  );
  assert.equal(text.slice(found.span.start, found.span.end), "otrs_config");
  assert.equal(applyEdits(text, found.fixes![0]!.edits), settings("otobo_config"));
});

test("a settings file without init gets one by a fix", () => {
  const text = settings("otobo_config", ' version="2.0"');
  const found = only(findingsIn({ ...otobo, text }), "settings-file-left-out");
  assert.equal(applyEdits(text, found.fixes![0]!.edits), settings("otobo_config"));
});

test("an init in single quotes gets double ones", () => {
  const text = settings("otrs_config", ` version="2.0" init='Application'`);
  const found = only(findingsIn({ ...znuny, text }), "settings-file-left-out");
  assert.equal(applyEdits(text, found.fixes![0]!.edits), settings("otrs_config"));
});

test("what only a parser reads holds for the releases that read with patterns", () => {
  const text = settings("otobo_config", undefined, "Name='Acme::A'");
  assert.deepEqual(findingsIn({ ...otobo, text }), []);
  const framework = "<Framework>10.0.x</Framework><Framework>10.1.x</Framework>";
  const found = only(findingsIn({ root: "otobo", framework, text }), "setting-overlooked");
  assert.match(findingText(found, english), / This holds before OTOBO 10\.1\.$/);
});

test("a setting without value is told, and a good file is silent", () => {
  const text = settings("otrs_config").replace(/<Item.*<\/Item>/, "");
  only(findingsIn({ ...znuny, text }), "setting-not-stored");
  assert.deepEqual(findingsIn({ ...znuny, text: settings("otrs_config") }), []);
});

test("the default of an entity is told as what nothing checks", () => {
  const item = '<Item ValueType="Entity" ValueEntityType="Type">Unclassified</Item>';
  const text = settings("otrs_config").replace(/<Item.*<\/Item>/, item);
  const found = only(findingsIn({ ...znuny, text }), "setting-entity-default");
  assert.equal(found.severity, "warning");
  assert.equal(text.slice(found.span.start, found.span.end), "Unclassified");
});

test("a comment in the spec switches a rule off for the files that it names as well", () => {
  const text = settings("otobo_config");
  const comment = "<!-- sopm-disable-file settings-file-left-out -->";
  assert.deepEqual(findingsIn({ ...znuny, text, comment }), []);
});

test("a release that reads the old form alone has nothing to do with the new file", () => {
  const text = settings("otobo_config");
  assert.deepEqual(findingsIn({ framework: "<Framework>5.0.x</Framework>", text }), []);
});
