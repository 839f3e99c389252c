import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings, lint } from "../../server/src/engine/lint.ts";
import { type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
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
  /** Other files that are listed. */
  readonly files?: readonly string[];
  readonly knowledge?: Partial<Knowledge>;
}

function allFindings({
  root = "otrs",
  framework,
  text,
  comment = "",
  files = [],
  knowledge,
}: Package): readonly Finding[] {
  const spec = `<?xml version="1.0" encoding="utf-8" ?>
<${root}_package version="1.0">
    <Name>Acme</Name>
    <Version>1.0.0</Version>
    ${framework}
    ${comment}
    <Filelist>
        <File Permission="660" Location="${path}"/>
        ${files.map((each) => `<File Permission="660" Location="${each}"/>`).join("\n        ")}
    </Filelist>
</${root}_package>
`;
  const { findings } = lint(SyntaxTree.parse(spec), defaultLintSettings, {
    fileName: "Acme.sopm",
    kind: "spec",
    folder: {
      factOf: (asked) =>
        asked === path || files.includes(asked)
          ? { kind: "file", size: text.length, leavesBase: false }
          : { kind: "missing" },
      files: () => [path],
      textOf: (asked) => (asked === path ? text : ""),
    },
    knowledge: () => ({ ...noKnowledge, ...knowledge }),
    today: "2024-05-02",
  });
  return findings;
}

/** What is found in the settings file itself. */
function findingsIn(given: Package): readonly Finding[] {
  return allFindings(given).filter(({ file }) => file);
}

/** Everything in a list that is found in the settings file, with the text that it stands at. */
function told(given: Package): readonly string[] {
  return findingsIn(given).map(({ rule, span }) => `${rule} ${given.text.slice(span.start, span.end)}`);
}

function settings(root: string, attributes = ' version="2.0" init="Application"', name = 'Name="Acme::A"') {
  return `<?xml version="1.0" encoding="utf-8" ?>
<${root}${attributes}>
    <Setting ${name} Required="1" Valid="1">
        <Description Translatable="1">How many there are.</Description>
        <Navigation>Core::Acme</Navigation>
        <Value><Item ValueType="String">1</Item></Value>
    </Setting>
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
  const found = only(findingsIn({ ...otobo, text }), "sysconfig-root");
  assert.equal(
    findingText(found, english),
    "The framework leaves this file out, because its root element is otrs_config and not otobo_config. Rename it. Lost settings: Acme::A.",
  );
  assert.equal(text.slice(found.span.start, found.span.end), "otrs_config");
  assert.equal(applyEdits(text, found.fixes![0]!.edits), settings("otobo_config"));
});

test("a settings file without init gets one by a fix", () => {
  const text = settings("otobo_config", ' version="2.0"');
  const found = only(findingsIn({ ...otobo, text }), "sysconfig-init");
  assert.equal(applyEdits(text, found.fixes![0]!.edits), settings("otobo_config"));
});

test("an init in single quotes gets double ones", () => {
  const text = settings("otrs_config", ` version="2.0" init='Application'`);
  const found = only(findingsIn({ ...znuny, text }), "sysconfig-init");
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
  only(findingsIn({ ...znuny, text }), "sysconfig-value-structure");
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
  const comment = "<!-- sopm-disable-file sysconfig-root -->";
  assert.deepEqual(findingsIn({ ...znuny, text, comment }), []);
});

test("a release that reads the old form alone has nothing to do with the new file", () => {
  const text = settings("otobo_config");
  assert.deepEqual(findingsIn({ framework: "<Framework>5.0.x</Framework>", text }), []);
});

/** A settings file with one setting. */
function setting(
  value: string,
  name = "Acme::A",
  attributes = 'Required="1" Valid="1"',
  root = "otrs_config",
) {
  return `<?xml version="1.0" encoding="utf-8" ?>
<${root} version="2.0" init="Application">
    <Setting Name="${name}" ${attributes}>
        <Description Translatable="1">How many there are.</Description>
        <Navigation>Core::Acme</Navigation>
        <Value>${value}</Value>
    </Setting>
</${root}>
`;
}

const item = "<Item>1</Item>";
const options = '<Item ValueType="Option" Value="a">A</Item><Item ValueType="Option" Value="b">B</Item>';

/** What is written, and what is said of it with the place that it is said at; nothing for what is right. */
const values: readonly (readonly [value: string, ...said: readonly string[]])[] = [
  ['<Item ValueType="Checkbox">0</Item>'],
  ['<Item ValueType="Checkbox"></Item>'],
  ['<Item ValueType="Checkbox">yes</Item>', "sysconfig-checkbox yes"],
  [
    '<Hash><DefaultItem ValueType="Checkbox"></DefaultItem><Item Key="a">off</Item><Item Key="b">1</Item></Hash>',
    "sysconfig-checkbox off",
  ],
  [`<Item ValueType="Select" SelectedID="a">${options}</Item>`],
  [`<Item ValueType="Select" SelectedID="c">${options}</Item>`, "sysconfig-select-default c"],
  [
    `<Array><DefaultItem ValueType="Select">${options}</DefaultItem><Item SelectedID="b"></Item><Item SelectedID="x"></Item></Array>`,
    "sysconfig-select-default x",
  ],
  ['<Item ValueType="String" ValueRegex="^\\d+$">12</Item>'],
  ['<Item ValueType="String" ValueRegex="^\\d+$"></Item>'],
  ['<Item ValueType="String" ValueRegex="^\\d+$">1 2</Item>', "sysconfig-regex-default 1 2"],
  ['<Item ValueType="String" ValueRegex="^(?=x)">1 2</Item>'],
  ['<Item ValueType="Strin">1</Item>', "sysconfig-value-type Strin"],
  ["<Item>1</Item><Item>2</Item>", "sysconfig-value-structure Item"],
  ["<Hash><Item>1</Item></Hash>", "sysconfig-value-structure Value"],
  ['<Hash><Item Key="a">1</Item></Hash>'],
];

for (const [value, ...said] of values) {
  for (const root of ["otrs", "otobo"] as const) {
    test(`of ${value} is said what is wrong with it, on ${root}`, () => {
      const text = setting(value, undefined, undefined, `${root}_config`);
      const given = root === "otobo" ? otobo : { framework: "<Framework>6.0.x</Framework>" };
      assert.deepEqual(told({ ...given, text }), said);
    });
  }
}

/** Before and after the first fix. */
const mended: readonly (readonly [rule: string, before: string, after: string])[] = [
  [
    "sysconfig-checkbox",
    setting('<Item ValueType="Checkbox">no</Item>'),
    setting('<Item ValueType="Checkbox">0</Item>'),
  ],
  ["sysconfig-attributes", setting(item, undefined, 'Required="1"'), setting(item)],
  ["sysconfig-attributes", setting(item, undefined, 'Required="2" Valid="1"'), setting(item)],
  [
    "sysconfig-attributes",
    setting(item, undefined, 'Valid="1" Required=""'),
    setting(item, undefined, 'Valid="1" Required="0"'),
  ],
  ["sysconfig-description", setting(item).replace("there are.", "there are"), setting(item)],
  ["sysconfig-description", setting(item).replace("How many", "how many"), setting(item)],
  ["sysconfig-first-line", setting(item).replace(/^.*\n/, ""), setting(item)],
  [
    "sysconfig-navigation",
    setting(item, "Loader::Agent::CommonX###1-Acme"),
    setting(item, "Loader::Agent::CommonX###1-Acme").replace("Core::Acme", "Frontend::Base::Loader"),
  ],
  [
    "sysconfig-value-type",
    setting('<Item ValueType="Text">1</Item>'),
    setting('<Item ValueType="String">1</Item>'),
  ],
  ["sysconfig-version", setting(item).replace('version="2.0"', 'version="1.0"'), setting(item)],
  [
    "sysconfig-version",
    `<?xml version="1.0" encoding="utf-8" ?>
<otrs_config version="1.0" init="Application">
    <ConfigItem Name="Acme::A" Required="1" Valid="1">
        <Description Translatable="1">How many there are.</Description>
        <Group>Acme</Group>
        <SubGroup>Core::Acme</SubGroup>
        <Setting>
            <Hash>
                <Item Key="a &amp; b">1</Item>
                <Item Key="c"><Array><Item>2</Item></Array></Item>
            </Hash>
        </Setting>
    </ConfigItem>
</otrs_config>
`,
    setting(`
            <Hash>
                <Item Key="a &amp; b">1</Item>
                <Item Key="c">
                    <Array>
                        <Item>2</Item>
                    </Array>
                </Item>
            </Hash>
        `),
  ],
];

for (const [rule, before, after] of mended) {
  test(`${rule}: its fix makes of ${before.slice(40, 300).replaceAll(/\s+/g, " ")}what is right`, () => {
    const found = only(findingsIn({ ...znuny, text: before }), rule);
    assert.equal(applyEdits(before, found.fixes![0]!.edits), after);
    assert.deepEqual(told({ ...znuny, text: after }), []);
  });
}

test("of two settings with one name the one without effect is told, with the other one", () => {
  const once = setting(item);
  const text = once.replace(/(<Setting[\s\S]*<\/Setting>)/, "$1\n    $1");
  const found = only(findingsIn({ ...znuny, text }), "sysconfig-setting-duplicate");
  assert.equal(found.span.start, text.indexOf("Acme::A"));
  const [related] = found.related!;
  assert.ok(related && "span" in related);
  assert.equal(related.span.start, text.lastIndexOf("Acme::A"));
});

test("a setting that replaces one of the framework by the alphabet alone is told", () => {
  const text = setting(item, "Ticket::Hook").replace("Core::Acme", "Core::Ticket");
  const source = (init: string, file: string): Partial<Knowledge> => ({
    isFrameworkSetting: () => true,
    settingSources: () => [{ init, file }],
  });
  const said = (knowledge: Partial<Knowledge>) =>
    findingsIn({ ...znuny, text, knowledge }).map(({ rule, variant }) => `${rule} ${variant}`);
  assert.deepEqual(said(source("Application", "AAA.xml")), ["sysconfig-setting-duplicate name"]);
  assert.deepEqual(said(source("Application", "Ticket.xml")), ["sysconfig-setting-duplicate setting-beaten"]);
  assert.deepEqual(said(source("Framework", "Ticket.xml")), []);
});

const known: Partial<Knowledge> = {
  release: "Acme Desk 1",
  isFrameworkModule: (name) => name === "Kernel::System::Known",
  isFrameworkFile: (name) => (name.includes("thirdparty") ? undefined : name.endsWith("Core.Known.js")),
};

test("modules, pages and scripts that settings name are in the package or in the framework", () => {
  const said = (name: string, value: string, files: readonly string[] = []) =>
    told({
      ...znuny,
      knowledge: known,
      files,
      text: setting(value, name).replace("Core::Acme", "Core::Event::A"),
    }).filter((each) => !each.startsWith("sysconfig-navigation"));
  const event = (module: string) => `<Hash><Item Key="Module">${module}</Item></Hash>`;
  const name = "Ticket::EventModulePost###9-Acme";
  assert.deepEqual(said(name, event("Kernel::System::Known")), []);
  assert.deepEqual(said(name, event("Kernel::System::Acme")), [
    "sysconfig-module-missing Kernel::System::Acme",
  ]);
  assert.deepEqual(said(name, event("Kernel::System::Acme"), ["Kernel/System/Acme.pm"]), []);
  assert.deepEqual(said(name, event("Kernel::System::Acme"), ["Custom/Kernel/System/Acme.pm"]), []);
  const page = '<Item ValueType="FrontendRegistration"><Hash><Item Key="Title">A</Item></Hash></Item>';
  const missing = "sysconfig-frontend-module-missing AgentAcme";
  assert.deepEqual(said("Frontend::Module###AgentAcme", page), [missing]);
  assert.deepEqual(said("Frontend::Module###AgentAcme", page, ["Kernel/Modules/AgentAcme.pm"]), []);
  const script = (file: string) =>
    `<Hash><Item Key="JavaScript"><Array><Item>${file}</Item></Array></Item></Hash>`;
  const loader = "Loader::Module::AgentAcme###002-Acme";
  assert.deepEqual(said(loader, script("A.js")), ["sysconfig-loader-file-missing A.js"]);
  assert.deepEqual(said(loader, script("A.js"), ["var/httpd/htdocs/js/A.js"]), []);
  assert.deepEqual(said(loader, script("Core.Known.js")), []);
  assert.deepEqual(said(loader, script("thirdparty/a.js")), []);
});

test("what a required package may bring is missed only under the name of the package itself", () => {
  const framework = `${znuny.framework}<PackageRequired Version="1.0.0">Base</PackageRequired>`;
  const said = (module: string) =>
    told({
      framework,
      knowledge: known,
      text: setting(`<Hash><Item Key="Module">${module}</Item></Hash>`),
    });
  assert.deepEqual(said("Kernel::System::Base"), []);
  assert.deepEqual(said("Kernel::System::Ticket::Acme"), [
    "sysconfig-module-missing Kernel::System::Ticket::Acme",
  ]);
});

test("nothing is said of modules where the framework is not known", () => {
  const text = setting('<Hash><Item Key="Module">Kernel::System::Acme</Item></Hash>');
  assert.deepEqual(told({ ...znuny, text }), []);
});

test("a test that is switched off wants another one in its place", () => {
  const text = setting("<Array><Item>Ticket/Number.t</Item></Array>", "UnitTest::Blacklist###1000-Acme");
  assert.deepEqual(told({ ...znuny, text }), ["sysconfig-unittest-blacklist Ticket/Number.t"]);
  assert.deepEqual(told({ ...znuny, text, files: ["scripts/test/Ticket/AcmeNumber.t"] }), []);
});

test("a file that is not well-formed has what makes it so and nothing else", () => {
  const text = setting(item, "Acme::A", "", "otobo_config").replace("</Value>", "</Valu>");
  assert.deepEqual(
    findingsIn({ ...otobo, text }).map(({ rule }) => rule),
    ["settings-file-left-out"],
  );
});

test("the entry of the file list leads to what is wrong in the file, and not to what is only hinted at", () => {
  const pointers = (text: string) =>
    allFindings({ ...znuny, text }).filter(({ rule }) => rule === "settings-file-findings");
  const [pointer, ...others] = pointers(
    setting("<Item>1</Item>", "Acme::A", "").replace("there are.", "there are"),
  );
  assert.deepEqual(others, []);
  assert.equal(pointer!.severity, "information");
  assert.equal(pointer!.file, undefined);
  assert.deepEqual(pointer!.arguments, { count: 3 });
  assert.equal(pointer!.related!.length, 3);
  assert.deepEqual(pointers(setting(item).replace(/^.*\n/, "")), []);
});
