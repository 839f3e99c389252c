import assert from "node:assert/strict";
import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { withoutOuterLines } from "../../server/src/sysconfig/outer-lines.ts";
import {
  type ConfigurationOptions,
  readConfiguration,
} from "../../server/src/sysconfig/read-configuration.ts";
import type { SettingValue } from "../../server/src/sysconfig/setting.ts";

function setting(name: string, value: string, attributes = 'Valid="1"'): string {
  return `<Setting Name="${name}" ${attributes}><Value>${value}</Value></Setting>`;
}

function text(value: string): string {
  return `<Item ValueType="String">${value}</Item>`;
}

function file(name: string, content: string, { root = "otobo_config", init = "Application" } = {}) {
  return {
    name,
    text: `<?xml version="1.0"?>\n<${root} version="2.0" init="${init}">\n${content}\n</${root}>\n`,
  };
}

function read(content: string, options: Partial<ConfigurationOptions> = {}) {
  const dialect: DialectId = options.dialect ?? "otobo-11";
  const root = dialect.startsWith("otobo") ? "otobo_config" : "otrs_config";
  return readConfiguration([file("Acme.xml", content, { root })], { ...options, dialect });
}

function checkValue(value: string, expected: SettingValue | undefined): void {
  assert.deepEqual(read(setting("Acme::A", value)).settings.get("Acme::A")?.value, expected, value);
}

test("what a value comes to", () => {
  const options = '<Item ValueType="Option" Value="a">A</Item>';
  const cases: [value: string, expected: SettingValue | undefined][] = [
    [text("a<![CDATA[ & ]]>&lt;"), "a & <"],
    ["<Item></Item>", undefined],
    ["<Item>plain</Item>", "plain"],
    [`${text("x")}${text("y")}`, ""],
    [`${text("x")}<Hash/>`, "x"],
    [`<Array/>`, []],
    [`<Hash><Item>no key</Item></Hash>`, undefined],
    [`<Hash><Item Key="a">\n  line\n  </Item></Hash>`, { a: "line" }],
    [`<Hash><Item Key="a"><Array><Item>1</Item></Array></Item></Hash>`, { a: ["1"] }],
    [`<Array><Item><Hash><Item Key="a">1</Item></Hash></Item><Item/></Array>`, [{ a: "1" }]],
    [`<Array><Item ValueType="Select" SelectedID="a"/></Array>`, [""]],
    [
      `<Hash><DefaultItem ValueType="Select">${options}</DefaultItem><Item Key="k" SelectedID="a"/></Hash>`,
      { k: "a" },
    ],
    [
      `<Array><DefaultItem><Array><DefaultItem ValueType="Select">${options}</DefaultItem></Array></DefaultItem>` +
        `<Item><Array><Item SelectedID="a"/></Array></Item></Array>`,
      [["a"]],
    ],
    [
      `<Item ValueType="FrontendNavigation"><Hash><Item Key="Name">N</Item><Item Key="Group">lost</Item></Hash></Item>`,
      { Name: "N", Group: [], GroupRo: [] },
    ],
    [`<Item ValueType="FrontendNavigation"></Item>`, undefined],
    [
      `<Item ValueType="WorkingHours"><Item ValueType="Day" ValueName="Mon"><Item ValueType="Hour">0</Item><Item>7</Item></Item></Item>`,
      { Mon: ["7"] },
    ],
    [`<Item ValueType="VacationDays"></Item>`, ""],
  ];
  for (const [value, expected] of cases) checkValue(value, expected);
});

test("a key may have any name", () => {
  const value = read(setting("A", '<Hash><Item Key="__proto__">x</Item></Hash>')).settings.get("A")!.value;
  assert.deepEqual(Object.entries(value), [["__proto__", "x"]]);
});

test("one new setting without a value keeps all new ones out, in other files too", () => {
  const files = [
    file("A.xml", setting("Acme::Good", text("1"))),
    file("B.xml", `${setting("Acme::Bad", "")}${setting("Acme::Old", text("new"))}`),
  ];
  const previous = read(setting("Acme::Old", text("old"))).settings;
  const reading = readConfiguration(files, { dialect: "otobo-11", previous });
  assert.equal(reading.success, false);
  assert.deepEqual([...reading.settings.keys()], ["Acme::Old"]);
  assert.equal(reading.settings.get("Acme::Old")!.value, "new", "what was there before is stored on its own");
});

test("a definition that became unusable leaves the one from before", () => {
  const previous = read(setting("Acme::A", text("old"))).settings;
  const reading = read(setting("Acme::A", '<Item ValueType="Nonsense">x</Item>'), { previous });
  assert.equal(reading.success, true);
  assert.deepEqual(
    reading.log.map(({ id }) => id),
    ["value-type-unknown", "setting-not-updated"],
  );
  assert.equal(reading.settings.get("Acme::A")!.value, "old");
});

test("the value type YAML came with OTRS 6.0.26", () => {
  const yaml = setting("Acme::A", '<Item ValueType="YAML"><![CDATA[---\nA: 1\n]]></Item>');
  const isKnown = (dialect: DialectId, version?: string) =>
    !read(yaml, { dialect, version }).log.some(({ id }) => id === "value-type-unknown");
  assert.equal(isKnown("otrs-6", "6.0.25"), false);
  assert.equal(isKnown("otrs-6", "6.0.26"), true);
  assert.equal(isKnown("otrs-6", "6.0.41"), true);
  assert.equal(isKnown("otrs-6"), true);
  assert.equal(isKnown("znuny-6", "6.0.31"), true);
});

test("OTOBO reads files with a parser from 10.1 on", () => {
  const xml = `<!-- ${setting("Acme::Gone", text("1"))} -->\n<Setting Name='Acme::A' Valid="1"><Value>${text("1")}</Value></Setting>`;
  const names = (version: string) => [...read(xml, { dialect: "otobo-10", version }).settings.keys()];
  assert.deepEqual(names("10.1.1"), ["Acme::A"]);
  assert.deepEqual(names("10.0.22"), []);
});

test("nothing is logged about settings that are as before", () => {
  const select = setting("Acme::A", '<Item ValueType="Select" SelectedID="z"></Item>');
  const first = read(select);
  assert.equal(first.log.length, 2, "the value is found out twice");
  assert.deepEqual(read(select, { previous: first.settings }), { ...first, log: [] });
});

test("settings that no file defines go with cleanup only", () => {
  const previous = read(setting("Acme::Gone", text("1"))).settings;
  const names = (cleanup: boolean) => [
    ...read(setting("Acme::New", text("1")), { previous, cleanup }).settings.keys(),
  ];
  assert.deepEqual(names(false), ["Acme::Gone", "Acme::New"]);
  assert.deepEqual(names(true), ["Acme::New"]);
});

test("a package replaces a setting of the framework only from a later group or file", () => {
  const knowledge = {
    ...noKnowledge,
    isFrameworkSetting: (name: string) => name === "Ticket::Hook",
    settingSources: (name: string) =>
      name === "Ticket::Hook" ? [{ init: "Application", file: "Ticket.xml" }] : [],
  };
  const replaced = (name: string, init: string) => {
    const files = [file(name, setting("Ticket::Hook", text("mine")), { init })];
    return readConfiguration(files, { dialect: "otobo-11", knowledge }).settings.has("Ticket::Hook");
  };
  assert.equal(replaced("Acme.xml", "Application"), false);
  assert.equal(replaced("Zoo.xml", "Application"), true);
  assert.equal(replaced("Acme.xml", "Config"), true);
  assert.equal(replaced("Zoo.xml", "Framework"), false);
  const previous = readConfiguration([file("Zoo.xml", setting("Ticket::Hook", text("mine")))], {
    dialect: "otobo-11",
    knowledge,
  }).settings;
  const after = readConfiguration([], { dialect: "otobo-11", knowledge, previous });
  assert.equal(after.settings.size, 0, "without cleanup the framework's own definition comes back");
});

test("what does not fit into the table fails the reading", () => {
  for (const [name, attributes, column] of [
    ["A".repeat(251), "", "name"],
    ["A", 'Valid="yes"', "Valid"],
    ["A", 'ConfigLevel="40000"', "ConfigLevel"],
  ] as const) {
    const { success, log } = read(setting(name, text("1"), attributes));
    assert.equal(success, false);
    assert.equal(log[0]?.values?.column, column);
  }
  assert.equal(read(setting("😀".repeat(250), text("1"))).success, true, "characters count, not code units");
});

test("Znuny searches, OTOBO parses", () => {
  const inCData = setting("Acme::A", text("<![CDATA[</Setting>]]>"));
  assert.equal(read(inCData).settings.get("Acme::A")!.value, "</Setting>");
  assert.equal(read(inCData, { dialect: "znuny-7" }).settings.size, 0);
  const unended = {
    name: "A.xml",
    text: `<otrs_config version="2.0" init="Config">${setting("A", text("1"))}`,
  };
  assert.equal(readConfiguration([unended], { dialect: "znuny-7" }).settings.size, 1);
  const twoLines = { name: "A.xml", text: unended.text.replace(" version", "\n version") };
  assert.equal(readConfiguration([twoLines], { dialect: "znuny-7" }).log[0]!.id, "config-version");
  const nameless = `<Setting Valid="1"><Value>${text("1")}</Value></Setting>${setting("B", text("2"))}`;
  assert.equal(read(nameless).settings.size, 1);
  assert.equal(read(nameless, { dialect: "znuny-7" }).settings.size, 0, "both are taken for one");
});

test("hostile files end soon and reach nothing", () => {
  const entities = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
  const declared = {
    name: "A.xml",
    text: `${entities}${file("", setting("A", text("&a;"))).text.slice(22)}`,
  };
  assert.equal(readConfiguration([declared], { dialect: "otobo-11" }).log[0]!.id, "config-entities");
  const many = '<Setting Name="'.repeat(100_000);
  for (const dialect of ["otobo-11", "znuny-7"] as const) {
    for (const content of [many, "<!--".repeat(100_000), `${"<Item>".repeat(5000)}`, "#\n".repeat(100_000)]) {
      assert.equal(read(content, { dialect }).settings.size, 0);
    }
  }
});

test("OTRS 5 has another format, of which plain values are read", () => {
  const old =
    '<otrs_config version="1.0" init="Application"><ConfigItem Name="A" Required="1" Valid="1">' +
    '<Description Translatable="1">D</Description><SubGroup>S</SubGroup>' +
    '<Setting><Hash><Item Key="k">v</Item></Hash></Setting></ConfigItem></otrs_config>';
  const reading = readConfiguration([{ name: "A.xml", text: old }], { dialect: "otrs-5" });
  assert.deepEqual(reading.settings.get("A")?.value, { k: "v" });
});

test("texts on lines of their own lose the lines around them", () => {
  const cases: [text: string, expected: string][] = [
    ["\n  a\n  ", "a"],
    ["\n  a\n  b\n", "a\n  b"],
    ["a\n", "a\n"],
    ["\n a", "\n a"],
    ["\n \n", ""],
    ["a\n\nb\n\nc", "a\nb\nc"],
  ];
  for (const [before, after] of cases) assert.equal(withoutOuterLines(before), after, JSON.stringify(before));
  assert.equal(withoutOuterLines(`\n${" ".repeat(500_000)}x`).length, 500_002);
});

test("OTRS before 6.0.5 reads settings in comments, and before 6.0.4 does not look at the version of a file", () => {
  const names = (content: string, version: string) => {
    const text = `<?xml version="1.0"?>\n${content}\n`;
    const { settings } = readConfiguration([{ name: "Acme.xml", text }], { dialect: "otrs-6", version });
    return [...settings.keys()].sort();
  };
  const commented = `<otrs_config version="2.0" init="Application">\n<!-- ${setting("Acme::Old", text("a"))} -->\n${setting("Acme::New", text("b"))}\n</otrs_config>`;
  assert.deepEqual(names(commented, "6.0.4"), ["Acme::New", "Acme::Old"]);
  assert.deepEqual(names(commented, "6.0.5"), ["Acme::New"]);
  const old = `<otrs_config version="1.0" init="Application">\n${setting("Acme::A", text("a"))}\n</otrs_config>`;
  assert.deepEqual(names(old, "6.0.3"), ["Acme::A"]);
  assert.deepEqual(names(old, "6.0.4"), []);
});
