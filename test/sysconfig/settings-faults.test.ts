import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameworkRelease } from "../../server/src/dialect/switches.ts";
import {
  isFatal,
  meantNames,
  type SettingsFaultId,
  settingsFaults,
} from "../../server/src/sysconfig/settings-faults.ts";
import { settingsReferees } from "../support/settings-vectors.ts";

/** The setting is stored, but not as it is written. */
const altering: ReadonlySet<SettingsFaultId> = new Set<SettingsFaultId>([
  "setting-altered",
  "item-keyless",
  "item-type",
  "value-several",
]);

for (const { release, cases } of settingsReferees()) {
  test(`what ${release.dialect} loses is told by name, and nothing else is`, () => {
    for (const { case: title, files, settings, result } of cases) {
      const stored = new Set(settings.map(({ name }) => name));
      const read = files.filter(({ name }) => name.endsWith(".xml"));
      const faults = read.flatMap((file) => settingsFaults(file, release, undefined));
      const losing = faults.filter(({ id }) => !altering.has(id));
      const lost = read.flatMap(meantNames).filter((name) => !stored.has(name));
      assert.equal(losing.some(isFatal), result === "0", title);
      const told = [...new Set(losing.flatMap((fault) => fault.lost))];
      if (result === "1") assert.deepEqual(told.sort(), [...new Set(lost)].sort(), title);
      else for (const name of told) assert.ok(lost.includes(name), `${title}: ${name}`);
    }
  });
}

const znuny: FrameworkRelease = { dialect: "znuny-7", version: "7.1.7" };
const otobo: FrameworkRelease = { dialect: "otobo-11", version: "11.0.6" };

/** The place that a fault points at stands between ⟦ and ⟧. */
function check(marked: string, release: FrameworkRelease, ...expected: readonly string[]): void {
  const start = marked.indexOf("⟦");
  const end = marked.indexOf("⟧") - 1;
  const text = marked.replace(/[⟦⟧]/g, "");
  const found = settingsFaults({ name: "Acme.xml", text }, release, undefined);
  assert.deepEqual(
    found.map(({ id, lost }) => `${id}: ${lost}`),
    expected,
  );
  if (start >= 0) assert.deepEqual(found[0]?.span, { start, end });
}

function znunyFile(...settings: readonly string[]): string {
  return `<?xml version="1.0" encoding="utf-8" ?>\n<otrs_config version="2.0" init="Application">\n${settings.join("\n")}\n</otrs_config>\n`;
}

function setting(name: string, value: string): string {
  return `<Setting Name="${name}"><Value>${value}</Value></Setting>`;
}

test("the root of the other product is told, and where it stands", () => {
  const file = (root: string) =>
    `<⟦${root}⟧ version="2.0" init="Config">${setting("A", "<Item>1</Item>")}</${root}>`;
  check(file("otrs_config"), otobo, "file-root: A");
  check(file("otobo_config"), znuny, "file-root: A");
});

test("a version or an init that is there and not found is no missing one", () => {
  const file = (attributes: string) =>
    `<otrs_config${attributes}>${setting("A", "<Item>1</Item>")}</otrs_config>`;
  check(file(` ⟦init='Config'⟧ version="2.0"`), znuny, "file-init-form: A");
  check(file(` ⟦init="config"⟧ version="2.0"`), znuny, "file-init-unknown: A");
  check(
    `<⟦otrs_config⟧ version="2.0">${setting("A", "<Item>1</Item>")}</otrs_config>`,
    znuny,
    "file-init-missing: A",
  );
  check(file(` ⟦version='2.0'⟧ init="Config"`), znuny, "file-version-form: A");
  check(file(`\n⟦version="2.0"⟧ init="Config"`), znuny, "file-version-form: A");
  check(file(` ⟦version="1.0"⟧ init="Config"`), znuny, "file-version: A");
});

test("a setting that the patterns of Znuny overlook is told with its reason", () => {
  check(znunyFile(`<Setting Name='⟦A⟧'><Value><Item>1</Item></Value></Setting>`), znuny, "setting-quotes: A");
  check(
    znunyFile(`<Setting\n  Name="⟦A⟧"><Value><Item>1</Item></Value></Setting>`),
    znuny,
    "setting-start: A",
  );
  check(
    znunyFile(`<Setting Name="⟦A⟧"/>`, setting("B", "<Item>1</Item>"), setting("C", "<Item>1</Item>")),
    znuny,
    "setting-closed: A",
    "setting-swallowed: B",
  );
  check(znunyFile(setting("⟦A⟧", "<Item><![CDATA[</Setting>]]></Item>")), znuny, "setting-cdata: A");
  check(
    znunyFile(setting("A", "<Item>a ⟦&⟧ b</Item>"), setting("B", "<Item>1</Item>")),
    znuny,
    "setting-malformed: A",
  );
});

test("a line that looks like a comment changes the value on Znuny alone", () => {
  const file = (root: string) =>
    `<${root} version="2.0" init="Config">${setting("⟦A⟧", "<Item>one\n# two\nthree</Item>")}</${root}>`;
  check(file("otrs_config"), znuny, "setting-altered: A");
  check(file("otobo_config").replace(/[⟦⟧]/g, ""), otobo);
});

test("a setting without a value that can be stored is told with its reason", () => {
  check(znunyFile(`<Setting Name="⟦A⟧"><Description>x</Description></Setting>`), znuny, "value-missing: A");
  check(znunyFile(`<Setting Name="A"><⟦Value⟧></Value></Setting>`), znuny, "value-missing: A");
  check(znunyFile(setting("A", `<Item ValueType="⟦Rubbish⟧">1</Item>`)), znuny, "value-type: A");
  check(
    znunyFile(`<Setting Name="A"><⟦Value⟧><Hash><Item>1</Item></Hash></Value></Setting>`),
    znuny,
    "value-keyless: A",
  );
  check(znunyFile(setting(`⟦${"A".repeat(251)}⟧`, "<Item>1</Item>")), znuny, `name-long: ${"A".repeat(251)}`);
  check(
    znunyFile(`<Setting Name="A" ConfigLevel="⟦high⟧"><Value><Item>1</Item></Value></Setting>`),
    znuny,
    "column-number: A",
  );
});

test("a part of a value that is lost is told", () => {
  check(znunyFile(setting("A", "<Item>1</Item><⟦Hash⟧></Hash>")), znuny, "value-several: A");
  check(
    znunyFile(setting("A", `<Hash><Item Key="a">1</Item><⟦Item⟧>2</Item></Hash>`)),
    znuny,
    "item-keyless: A",
  );
});

test("an old ConfigItem is lost, and a file of the old form in all", () => {
  check(
    znunyFile(`<⟦ConfigItem⟧ Name="Old"></ConfigItem>`, setting("A", "<Item>1</Item>")),
    znuny,
    "old-item: Old",
  );
  check(
    `<otrs_config ⟦version="1.0"⟧ init="Config"><ConfigItem Name="Old"></ConfigItem></otrs_config>`,
    znuny,
    "file-version: Old",
  );
});

test("what releases of the old form make of a file that is not theirs is not known", () => {
  const old: FrameworkRelease = { dialect: "otrs-5", version: "5.0.26" };
  const item = '<ConfigItem Name="A"></ConfigItem>';
  check(`<⟦otobo_config⟧ version="1.0">${item}</otobo_config>`, old, "file-old: A");
  check(`<otrs_config version="1.0">${item} ⟦&⟧ </otrs_config>`, old, "file-old: A");
  check(`<otrs_config version="1.0">${item}</otrs_config>`, old);
});

test("nothing is said of releases that read the old form, nor of a file without settings", () => {
  check("<otrs_config/>", { dialect: "otrs-5", version: "5.0.26" });
  check("<otrs_config/>", znuny);
  check("", znuny);
});
