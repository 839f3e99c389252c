import assert from "node:assert/strict";
import { test } from "node:test";
import { settingsElements, settingsValueTypes } from "../../server/src/dialect/settings-elements.ts";
import type { SettingsCompletion } from "../../server/src/features/settings-file/completion.ts";
import type { SettingsDocument } from "../../server/src/features/settings-file/document.ts";
import {
  settingsCompletion,
  settingsFormat,
  settingsHover,
  settingsKnowledge,
  settingsSymbols,
} from "../../server/src/features/settings-file.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { knowledgeOf } from "../../server/src/node/knowledge.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { withCaret } from "../support/marked.ts";
import { namedWorkspace } from "../support/named-workspace.ts";

const path = "/ws/Kernel/Config/Files/XML/Acme.xml";
const spec = `<otrs_package><Name>Acme</Name><Version>1.0.0</Version><Filelist>
<File Location="Kernel/Config/Files/XML/Acme.xml"/><File Location="Kernel/Modules/AgentAcme.pm"/>
<File Location="Kernel/System/Acme.pm"/><File Location="var/httpd/htdocs/js/Core.Agent.Acme.js"/>
<File Location="var/httpd/htdocs/skins/Agent/default/css/Core.Agent.Acme.css"/>
</Filelist><CodeInstall>$ConfigObject->Get('Acme::On');</CodeInstall></otrs_package>`;

function documentOf(text: string, at = path): SettingsDocument | undefined {
  const tree = SyntaxTree.parse(text);
  const format = settingsFormat(tree, at);
  if (format === undefined) return undefined;
  const { known } = namedWorkspace({ "/ws/Acme.sopm": spec, [at]: text }, at);
  const owners = known.packages.listing("Kernel/Config/Files/XML/Acme.xml");
  return { tree, format, knowledge: settingsKnowledge(tree, format, { knowledgeOf }), owners, known };
}

function completed(markedText: string, at = path): SettingsCompletion & { text: string } {
  const { text, caret } = withCaret(markedText);
  const document = documentOf(text, at);
  assert.ok(document);
  const list = settingsCompletion(document, caret, { translate: english });
  for (const { label, edit } of list.items) {
    assert.ok(edit.span.start <= caret && caret <= edit.span.end, `${label} is not at the caret`);
  }
  const items = [...list.items].sort((a, b) => (a.sortText < b.sortText ? -1 : 1));
  return { ...list, items, text };
}

function labels(markedText: string, at = path): readonly string[] {
  return completed(markedText, at).items.map(({ label }) => label);
}

function chosen(markedText: string, label: string): string {
  const { items, text } = completed(markedText);
  const item = items.find((each) => each.label === label);
  assert.ok(item, `no ${label}`);
  return applyEdits(text, [item.edit]);
}

const inRoot = (content: string) => `<otrs_config version="2.0" init="Application">${content}</otrs_config>`;
const setting = (name: string, value: string) =>
  inRoot(`<Setting Name="${name}"><Navigation>Core::Acme</Navigation><Value>${value}</Value></Setting>`);
const inOldRoot = (content: string) => `<otrs_config version="1.0" init="Config">${content}</otrs_config>`;

const lists: readonly (readonly [what: string, markedText: string, expected: readonly string[]])[] = [
  [
    "elements of a setting, missing ones alone",
    inRoot("<Setting><Value/><|</Setting>"),
    ["Description", "Navigation"],
  ],
  [
    "nothing twice that an element without an end tag has swallowed",
    inRoot("<Setting><Description>x<Navigation>Core</Navigation><Value/><|</Setting>"),
    ["</Description>"],
  ],
  ["what holds a value", inRoot("<Setting><Value><|</Value></Setting>"), ["Item", "Hash", "Array"]],
  [
    "attributes that are not there",
    inRoot('<Setting Name="A" Valid="1" Required="1" |/>'),
    [
      ...["ReadOnly", "Invisible", "ConfigLevel"],
      ...["UserModificationPossible", "UserModificationActive", "UserPreferencesGroup"],
    ],
  ],
  [
    "no key outside a hash",
    inRoot("<Setting><Value><Item |/></Value></Setting>"),
    [...["ValueType", "ValueRegex", "ValueFilter", "ValueEntityType", "SelectedID", "Translatable"]],
  ],
  ["values of an attribute", '<otrs_config init="|">', ["Application", "Framework", "Config", "Changes"]],
  [
    "the types inside a Select",
    setting("A", '<Item ValueType="Select"><Item ValueType="|"/></Item>'),
    ["Option"],
  ],
  [
    "the options of a Select",
    setting("A", '<Item ValueType="Select" SelectedID="|"><Item Value="a"/><Item Value="b"/></Item>'),
    ["a", "b"],
  ],
  [
    "keys of a page that are not there",
    setting("Loader::Module::AgentAcme###1", '<Hash><Item Key="CSS"/><Item Key="|"/></Hash>'),
    ["JavaScript"],
  ],
  [
    "scripts of the package",
    setting(
      "Loader::Module::AgentAcme###1",
      '<Hash><Item Key="JavaScript"><Array><Item>|</Item></Array></Item></Hash>',
    ),
    ["Core.Agent.Acme.js", "Item", "Hash", "Array"],
  ],
  [
    "style sheets of the package",
    setting("Loader::Agent::CommonCSS###1", "<Array><Item>|</Item></Array>"),
    ["Core.Agent.Acme.css", "Item", "Hash", "Array"],
  ],
  ["a flag", setting("A", '<Item ValueType="Checkbox">|</Item>'), ["0", "1", "Item", "Hash", "Array"]],
  ["end tags", inRoot("<Setting><Description>x</|"), ["</Description>", "</Setting>"]],
  [
    "elements of the old form",
    inOldRoot("<ConfigItem><|</ConfigItem>"),
    ["Setting", "Description", "Group", "SubGroup"],
  ],
  [
    "elements of an old menu entry",
    inOldRoot(
      "<ConfigItem><Setting><FrontendModuleReg><Loader><|</Loader></FrontendModuleReg></Setting></ConfigItem>",
    ),
    ["CSS", "JavaScript"],
  ],
  [
    "scripts in the old form",
    inOldRoot(
      "<ConfigItem><Setting><FrontendModuleReg><Loader><JavaScript>|</JavaScript></Loader></FrontendModuleReg></Setting></ConfigItem>",
    ),
    ["Core.Agent.Acme.js"],
  ],
  ["root elements in an empty file", "|", ["otrs_config", "otobo_config"]],
];
for (const [what, markedText, expected] of lists) {
  test(`offers ${what}`, () => assert.deepEqual(labels(markedText), expected));
}

test("offers names of pages of the package, and settings of the framework", () => {
  const own = labels(inRoot('<Setting Name="AgentAcme|"/>'));
  assert.deepEqual(own.slice(0, 3), [
    "Frontend::Module###AgentAcme",
    "Frontend::Navigation###AgentAcme###002-Acme",
    "Loader::Module::AgentAcme###002-Acme",
  ]);
  const { items, isIncomplete } = completed(inRoot('<Setting Name="Sendmail|"/>'));
  const framework = items.find(({ label }) => label === "SendmailModule");
  assert.match(framework?.detail ?? "", /^Setting of Znuny /);
  assert.ok(isIncomplete && items.length <= 200);
});

test("offers where settings of the kind belong first, then where others of the file stand", () => {
  const others = "<Setting><Navigation>Core::Acme::Sub</Navigation></Setting>";
  const loader = labels(
    inRoot(`${others}<Setting Name="Loader::Module::AdminAcme###1"><Navigation>|</Navigation></Setting>`),
  );
  assert.deepEqual(loader.slice(0, 2), ["Frontend::Admin::ModuleRegistration::Loader", "Core::Acme::Sub"]);
  assert.ok(loader.includes("GenericInterface") && new Set(loader).size === loader.length);
});

test("offers modules of the package before those of the framework, and of these those that a filter finds", () => {
  const modules = completed(setting("A", '<Hash><Item Key="Module">Kernel::|</Item></Hash>')).items;
  assert.deepEqual(
    modules.slice(0, 2).map(({ label, detail }) => [label, detail]),
    [
      ["Kernel::Modules::AgentAcme", "Acme"],
      ["Kernel::System::Acme", "Acme"],
    ],
  );
  const filtered = labels(
    setting("A", '<Item ValueType="PerlModule" ValueFilter="Kernel/System/Log/*.pm">|</Item>'),
  );
  assert.deepEqual(filtered, [
    "Kernel::System::Log::File",
    "Kernel::System::Log::SysLog",
    "Item",
    "Hash",
    "Array",
  ]);
});

test("compares names with what stands before the caret, not with what the choice replaces", () => {
  const { items } = completed(setting("A", '<Hash><Item Key="Module">Kernel::System::Ac|tual</Item></Hash>'));
  const [first] = items;
  assert.equal(first?.label, "Kernel::System::Acme");
  assert.equal(first.edit.span.end - first.edit.span.start, "Kernel::System::Actual".length);
  assert.ok(labels(setting("A", "<Item>Ker|nel::System</Item>")).includes("Kernel::System::Acme"));
});

test("takes the type of an item from the list it is in", () => {
  const list = '<Array><DefaultItem ValueType="Checkbox"/><Item>|</Item></Array>';
  assert.deepEqual(labels(setting("A", list)).slice(0, 2), ["0", "1"]);
});

test("writes whole elements behind a bracket, and names alone in tags that are there", () => {
  assert.match(chosen(inRoot("<|"), "Setting"), /<Setting Name="\$1" .*<\/Setting><\/otrs_config>$/s);
  assert.equal(chosen(inRoot("<Se| Name='a'></Setting>"), "Setting"), inRoot("<Setting Name='a'></Setting>"));
  assert.equal(
    chosen(setting("A", "<Item ValueType=|>"), "String"),
    setting("A", '<Item ValueType="String">'),
  );
});

function hovered(markedText: string): string | undefined {
  const { text, caret } = withCaret(markedText);
  return settingsHover(documentOf(text)!, caret, english)?.markdown;
}

test("tells of tags, attributes, types, settings and modules", () => {
  assert.match(hovered(inRoot("<Set|ting/>"))!, /^\*\*`<Setting>`\*\* One setting\./);
  assert.match(hovered(inRoot("<Setting Re|quired='1'/>"))!, /cannot be switched off/);
  assert.match(
    hovered(setting("A", '<Item ValueType="Chec|kbox">1</Item>'))!,
    /^\*\*`Checkbox`\*\* `1` for yes/,
  );
  assert.match(
    hovered(inRoot('<Setting Name="Sendmail|Module"/>'))!,
    /^.*Znuny .* has this setting, in `Framework.xml` with init `Framework`\./,
  );
  assert.match(hovered(inRoot('<Setting Name="Acme::|On"/>'))!, /^Places in the workspace that use it: 1\./);
  assert.equal(
    hovered(setting("A", "<Item>Kernel::System::Ac|me</Item>")),
    "The package `Acme` brings this module in `Kernel/System/Acme.pm`.",
  );
  assert.match(hovered(setting("A", "<Item>Kernel::System::Ti|cket</Item>"))!, /^A module of .*Znuny/);
  assert.equal(hovered(inRoot("<Unknown|/>")), undefined);
  assert.equal(hovered(setting("A", "<Item>te|xt</Item>")), undefined);
});

test("lists the settings with their groups, in both forms", () => {
  const symbols = (text: string) =>
    settingsSymbols(documentOf(text)!).map(({ name, detail }) => [name, detail]);
  assert.deepEqual(symbols(setting("Acme::On", "<Item>1</Item>")), [["Acme::On", "Core::Acme"]]);
  const old =
    '<ConfigItem Name="Old"><SubGroup>Core</SubGroup><Setting><String>x</String></Setting></ConfigItem>';
  assert.deepEqual(symbols(inOldRoot(old)), [["Old", "Core"]]);
  // The first has no end tag yet.
  assert.deepEqual(symbols(inRoot('<Setting Name="A"><Setting Name="B"></Setting>')), [
    ["A", ""],
    ["B", ""],
  ]);
});

test("leaves files of others alone", () => {
  for (const text of ["<project/>", "<otrs_package/>", "<otrs_configuration/>", "<a><otrs_config/></a>"])
    assert.equal(documentOf(text), undefined, text);
});

test("tells the two forms apart", () => {
  const format = (text: string, at = path) => settingsFormat(SyntaxTree.parse(text), at);
  assert.equal(format('<otrs_config version="1.0"/>'), "1.0");
  assert.equal(format('<otobo_config version="2.0"/>'), "2.0");
  assert.equal(format("<otrs_config><ConfigItem/></otrs_config>"), "1.0");
  assert.equal(format(""), "2.0");
  assert.equal(format("", "/ws/Kernel/Config/Files/Acme.xml"), "1.0");
});

test("the rows name only what there is, and describe each in sentences", () => {
  for (const rows of Object.values(settingsElements)) {
    const known = new Set(rows.map(({ name }) => name));
    for (const { name, parents, attributes, summary, snippet } of rows) {
      for (const parent of parents) assert.ok(known.has(parent), `${name} in ${parent}`);
      for (const each of [summary, ...attributes.map((attribute) => attribute.summary)])
        assert.match(each, /\.$/);
      for (const { in: holders = [] } of attributes)
        for (const each of holders) assert.ok(known.has(each), each);
      assert.ok(SyntaxTree.parse(snippet || "<a/>").isWellFormed, snippet);
    }
  }
});

test("every value type of every release has a row", () => {
  for (const root of ["otrs_config", "otobo_config"]) {
    const tree = SyntaxTree.parse(`<${root} version="2.0"/>`);
    const known = settingsKnowledge(tree, "2.0", { knowledgeOf }).valueTypes() ?? [];
    const rows = settingsValueTypes.filter((type) => !type.in).map(({ name }) => name);
    assert.deepEqual([...rows].sort(), [...known].sort());
  }
});

test("any place of a text that is cut off anywhere is answered", () => {
  const whole = `<?xml version="1.0"?>\n${setting("Loader::Module::AgentAcme###1", '<Hash><DefaultItem ValueType="Select"/><Item Key="CSS"><Array><Item>a.css</Item></Array></Item><!-- c --><![CDATA[x]]>&amp;</Hash>')}`;
  let asked = 0;
  for (let end = 0; end <= whole.length; end += 3) {
    const document = documentOf(whole.slice(0, end));
    for (let offset = 0; document && offset <= end; offset += 7) {
      settingsCompletion(document, offset, { translate: english });
      settingsHover(document, offset, english);
      asked++;
    }
    if (document) settingsSymbols(document);
  }
  assert.ok(asked > 500, `${asked}`);
});
