import { type DialectId, dialectIds } from "../../server/src/dialect/dialect.ts";
import { elementFacts } from "../../server/src/dialect/elements.ts";
import { holdsAmong, releasesOf } from "../../server/src/dialect/switches.ts";
import {
  defaultLintSettings,
  type LintSettings,
  type LintSurroundings,
} from "../../server/src/engine/lint.ts";
import type { FileFact } from "../../server/src/host/folder-facts.ts";
import type { FoldersAround } from "../../server/src/host/folders-around.ts";
import type { GitRules } from "../../server/src/host/git-rules.ts";
import type { RuleText } from "../../server/src/host/rule-text.ts";
import { type ColumnFact, type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { ruleTexts } from "../../server/src/node/rule-texts.ts";
import type { Rule } from "../../server/src/rules/rule.ts";
import { foldersAround } from "./check-rule.ts";
import { packagesIn, packageText } from "./known-packages.ts";

/** What is said about a rule, with its examples. */
export function textOf({ id }: Rule): RuleText {
  return ruleTexts()[id]!;
}

/** Examples may leave out the root; some rules only speak of what stands in one. */
export function formsOf(example: string): readonly string[] {
  if (settingsPart.test(example)) return [packageWithSettings(example)];
  const root = /^<(\w+)/.exec(example)?.[1];
  const isPart =
    root !== undefined && elementFacts.some(({ name, parents }) => name === root && parents.length > 0);
  return isPart ? [example, `<otrs_package version="1.0">${example}</otrs_package>`] : [example];
}

/** What an example of a settings file begins with, if it is one. */
const settingsPart = /^(?:<\?xml[^>]*>\s*)?<(?:\w+_config|Setting|Value|Item)\b/;

/** The settings files of examples, by the places where the packages around them list them. */
const settingsFiles = new Map<string, string>([
  [
    "Kernel/Config/Files/XML/AcmeDays.xml",
    '<otrs_config version="2.0" init="Application"><Setting Name="Acme::Days" Required="1" Valid="1"><Value><Item>1</Item></Value></Setting></otrs_config>',
  ],
]);

/** A package that lists a file with the settings of an example, which may leave out what is around them. */
function packageWithSettings(example: string): string {
  let text = example;
  if (text.startsWith("<Item")) text = `<Value>\n${text}\n</Value>`;
  if (text.startsWith("<Value")) text = `<Setting Name="Acme::Example">\n${text}\n</Setting>`;
  if (text.startsWith("<Setting"))
    text = `<otrs_config version="2.0" init="Application">\n${text}\n</otrs_config>`;
  const known = [...settingsFiles].find(([, each]) => each === text)?.[0];
  const path = known ?? `Kernel/Config/Files/XML/Example${settingsFiles.size + 1}.xml`;
  settingsFiles.set(path, text);
  return `<otrs_package version="1.0"><Filelist><File Permission="660" Location="${path}"/></Filelist></otrs_package>`;
}

/** An example as a package with all that is asked of one, so that nothing else is wrong with it. */
export function packageOf(example: string): string {
  const [form, ...others] = formsOf(example);
  if (others.length === 0) return form!;
  const missing = metadata.filter((line) => !example.includes(/^<\w+/.exec(line)![0]));
  return `<otrs_package version="1.0">\n${[...missing, example].join("\n")}\n</otrs_package>\n`;
}

const metadata = [
  "<Name>Acme</Name>",
  "<Version>9.0.0</Version>",
  "<Framework>7.1.x</Framework>",
  "<Vendor>Acme</Vendor>",
  "<URL>https://acme.example/</URL>",
  "<License>GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007</License>",
  '<Description Lang="en">Contracts.</Description>',
];

interface World {
  /** What is written in files, by path. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly disk?: Readonly<Record<string, FileFact>>;
  readonly knowledge?: Partial<Knowledge>;
  readonly fileName?: string;
  readonly around?: FoldersAround;
  readonly kind?: LintSurroundings["kind"];
  /** The specs in the folder of an example. */
  readonly specs?: (example: string) => readonly string[];
  readonly gitRules?: GitRules;
}

const file: FileFact = { kind: "file", size: 100, leavesBase: false };

const core = "Kernel/System/AcmeCore.pm";
const confirm = "Kernel/System/AcmeConfirm.pm";

const rooms =
  '<DatabaseInstall Type="post"><TableCreate Name="acme_rooms"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/><Column Name="name" Required="true" Size="200" Type="VARCHAR"/></TableCreate></DatabaseInstall>';

/** What its second version came with. */
const roomsSince =
  '<DatabaseUpgrade Type="post"><Insert Table="acme_kinds" Version="1.1.0"><Data Key="id">1</Data><Data Key="name" Type="Quote">Room</Data></Insert></DatabaseUpgrade><ChangeLog Version="1.1.0" Date="2024-01-15">Rooms have names.</ChangeLog>';

/** The packages of a small company. */
const company = packagesIn({
  "/ws/AcmeCore-1.0.0.opm": packageText("AcmeCore", "1.0.0", { files: [core] }),
  "/ws/AcmeCore.sopm": packageText("AcmeCore", "1.1.0", {
    files: [core, confirm],
    more: '<PackageRequired Version="1.0.0">AcmeBase</PackageRequired>',
  }),
  "/ws/AcmeChange-1.0.0.opm": packageText("AcmeChange", "1.0.0", {
    files: ["Kernel/System/AcmeChange.pm", confirm],
  }),
  "/ws/AcmeRooms-1.0.0.opm": packageText("AcmeRooms", "1.0.0", { more: rooms }),
  "/ws/AcmeRooms-1.1.0.opm": packageText("AcmeRooms", "1.1.0", { more: rooms + roomsSince }),
  "/ws/AcmeReport.sopm": packageText("AcmeReport", "1.0.0", {
    more: '<PackageRequired Version="1.0.0">AcmeCore</PackageRequired>',
  }),
});

const bigId: ColumnFact = {
  ...{ name: "id", type: "BIGINT", size: undefined, default: undefined },
  ...{ required: true, primaryKey: true, autoIncrement: true },
};

/** A framework with a single table. */
const usersOnly: Partial<Knowledge> = {
  release: "Acme Desk 1",
  table: (name) =>
    name === "users" ? { name, columns: [], indexes: [], uniques: [], foreignKeys: [] } : null,
  tableNames: () => ["users"],
};

/** A framework with a module, a page, a script and a setting. */
const knownParts: Partial<Knowledge> = {
  release: "Acme Desk 1",
  isFrameworkModule: (name) => /::(?:Known|AgentKnown)$/.test(name),
  moduleNames: () => ["Kernel::System::Ticket::Event::Known", "Kernel::Modules::AgentKnown"],
  isFrameworkFile: (path) => /^Kernel\/Language\/|Core\.Known\.js$/.test(path),
  settingNames: () => ["Ticket::Hook"],
};

/** Modules that read settings. */
const acmeCode = Object.fromEntries(
  ["Days", "Hours", "Nothing"].map((name) => [
    `Kernel/System/AcmeReads${name}.pm`,
    name === "Nothing" ? "1;" : `my $Value = $ConfigObject->Get('Acme::${name}');\n1;\n`,
  ]),
);

/** What the examples of some rules take for granted. */
const worlds: Readonly<Record<string, World>> = {
  "code-packagesetup-method-missing": {
    texts: {
      "var/packagesetup/Acme.pm": "package var::packagesetup::Acme;\nsub CodeInstall { return 1; }\n1;\n",
    },
  },
  "custom-origin-marker": {
    texts: {
      "Custom/Kernel/Modules/AgentAcmeCopy.pm": "package Kernel::Modules::AgentAcmeCopy;\n1;\n",
      "Custom/Kernel/Modules/AgentAcme.pm":
        "# --\n# $origin: acme - 0123 - Kernel/Modules/AgentAcme.pm\n# --\npackage Kernel::Modules::AgentAcme;\n1;\n",
    },
  },
  "custom-marker-name": {
    texts: {
      "Custom/Kernel/Modules/AgentAcmeRenamed.pm": "1;\n# ---\n# AcmeOld\n# ---\nmy $A = 1;\n# ---\n",
      "Custom/Kernel/Modules/AgentAcme.pm": "1;\n# ---\n# Acme\n# ---\nmy $A = 1;\n# ---\n",
    },
  },
  "license-header": {
    texts: {
      "Kernel/System/AcmeBare.pm": "package Kernel::System::AcmeBare;\n1;\n",
      "Kernel/System/Acme.pm": "# SPDX-License-Identifier: MIT\npackage Kernel::System::Acme;\n1;\n",
    },
  },
  "file-perl-syntax": {
    texts: {
      "Kernel/System/AcmeUnclosed.pm": "package Kernel::System::AcmeUnclosed;\nsub Run { return 1;\n1;\n",
      "Kernel/System/Acme.pm": "package Kernel::System::Acme;\nsub Run { return 1; }\n1;\n",
    },
  },
  "framework-module-unknown": {
    disk: {},
    knowledge: {
      release: "Acme Desk 1",
      isFrameworkModule: (name) => name === "Kernel::System::Ticket",
      moduleNames: () => ["Kernel::System::Ticket"],
    },
  },
  "module-used-undeclared": {
    disk: {},
    knowledge: { isFrameworkFile: () => false },
    texts: { "Kernel/System/AcmeImport.pm": "use Spreadsheet::WriteExcel::Simple;\n1;\n" },
  },
  "sysconfig-frontend-module-missing": { disk: {}, knowledge: knownParts },
  "sysconfig-loader-file-missing": { disk: {}, knowledge: knownParts },
  "sysconfig-module-missing": { disk: {}, knowledge: knownParts },
  "sysconfig-setting-undefined": { knowledge: knownParts, texts: acmeCode },
  "sysconfig-setting-unused": { knowledge: knownParts, texts: acmeCode },
  "sysconfig-value-type": { knowledge: { valueTypes: () => ["Checkbox", "String"] } },
  "archive-too-large": {
    disk: { "var/acme/manual.bin": { ...file, size: 70 * 1024 * 1024 }, "Kernel/System/Acme.pm": file },
  },
  "base-folder-elsewhere": {
    disk: { "Kernel/System/Here.pm": file },
    around: foldersAround({ "../src": ["Kernel/System/Acme.pm"] }),
  },
  "file-case-mismatch": {
    disk: {
      "Kernel/System/ACME.pm": { kind: "missing", otherCase: "Kernel/System/Acme.pm" },
      "Kernel/System/Acme.pm": file,
    },
  },
  "file-empty": { disk: { "var/acme/empty.txt": { ...file, size: 0 }, "var/acme/filled.txt": file } },
  "file-framework-override": {
    knowledge: { isFrameworkFile: (path) => path === "Kernel/System/Ticket.pm" },
  },
  "package-dependency-undeclared": { disk: {} },
  "language-unknown": {
    knowledge: {
      release: "Acme Desk 1",
      isFrameworkFile: (path) => ["Kernel/Language/en.pm", "Kernel/Language/pt_BR.pm"].includes(path),
    },
  },
  "file-is-directory": {
    disk: { "Kernel/System/Acme": { kind: "directory" }, "Kernel/System/Acme/Import.pm": file },
  },
  "column-id-too-small": {
    knowledge: {
      release: "Acme Desk 1",
      table: (name) =>
        name === "ticket" ? { name, columns: [bigId], indexes: [], uniques: [], foreignKeys: [] } : null,
    },
  },
  "config-xml-not-listed": {
    disk: { "Kernel/System/Acme.pm": file, "Kernel/Config/Files/XML/Acme.xml": file },
  },
  "file-vcs-converted": {
    disk: { "doc/en/AcmeWindows.txt": file, "doc/en/Acme.txt": file },
    texts: { "doc/en/AcmeWindows.txt": "1;\r\n", "doc/en/Acme.txt": "1;\n" },
    gitRules: { base: "", files: [] },
  },
  "file-vcs-ignored": {
    disk: { "var/httpd/htdocs/js/Acme.Generated.js": file, "var/httpd/htdocs/js/Acme.js": file },
    gitRules: {
      base: "",
      files: [{ name: ".gitignore", path: ".gitignore", folder: "", text: "*.Generated.js\n" }],
    },
  },
  "file-not-found": { disk: { "Kernel/System/Acme.pm": file } },
  "file-not-listed": { disk: { "Kernel/System/Acme.pm": file, "Kernel/System/AcmeForgotten.pm": file } },
  "file-symlink": {
    disk: { "Kernel/System/Linked.pm": { ...file, leavesBase: true }, "Kernel/System/Acme.pm": file },
  },
  "fk-table-unknown": { knowledge: usersOnly },
  "framework-alter-not-reverted": { knowledge: usersOnly },
  "table-drop-framework": { knowledge: usersOnly },
  "opm-build-fields-missing": { kind: "archive" },
  "opm-file-not-base64": { kind: "archive" },
  "opm-filename-mismatch": { kind: "archive", fileName: "Acme-1.0.0.opm" },
  "opm-phase-changed": { kind: "archive", fileName: "Acme-1.0.0.opm" },
  "opm-stale": { kind: "archive", fileName: "Acme-1.0.0.opm" },
  "spec-multiple": {
    fileName: "Acme.sopm",
    specs: (example) => ["Acme.sopm", ...(example.includes("AcmeOld.sopm") ? ["AcmeOld.sopm"] : [])],
  },
  ...Object.fromEntries(
    [
      "index-duplicate",
      "index-entry-stale",
      "index-file-missing",
      "index-framework-missing",
      "index-name-dialect",
      "index-root-unknown",
      "index-unresolvable",
    ].map((id) => [id, { kind: "index", fileName: "otrs.xml" } as const]),
  ),
  "configuration-wrong": { fileName: "sopm.json" },
  "spec-filename-mismatch": { fileName: "AcmeContracts.sopm" },
};

function archiveOf(name: string, framework = "7.1.x"): string {
  return `<otrs_package version="1.1">
    <Name>${name}</Name>
    <Version>1.0.0</Version>
    <Vendor>Acme</Vendor>
    <Framework>${framework}</Framework>
</otrs_package>`;
}

/** What lies beside examples that are compared with other files. */
export const neighbours: Readonly<Record<string, string>> = {
  "/ws/Acme-1.0.0.opm": archiveOf("Acme"),
  "/ws/AcmeBase-1.0.0.opm": archiveOf("AcmeBase"),
  "/ws/Acme.sopm": `<otrs_package version="1.0">
    <Name>Acme</Name>
    <Version>1.0.0</Version>
    <Vendor>Acme</Vendor>
    <Framework>7.1.x</Framework>
    <CodeInstall>1;</CodeInstall>
</otrs_package>`,
  "/ws/old/Acme-1.0.0.opm": archiveOf("Acme", "6.0.x"),
};

/** What the examples of a rule are checked with. */
export function surroundingsOf(
  rule: Rule,
  example = "",
): { settings: LintSettings; surroundings: LintSurroundings } {
  const { texts, disk, knowledge, fileName, around, kind = "spec", specs, gitRules } = worlds[rule.id] ?? {};
  return {
    settings: { ...defaultLintSettings, profile: "strict", dialect: dialectOf(rule) },
    surroundings: {
      fileName,
      kind,
      folder: {
        factOf: (path) => disk && (disk[path] ?? { kind: "missing" }),
        textOf: (path) => texts?.[path] ?? settingsFiles.get(path) ?? "",
        files: () => disk && Object.keys(disk).filter((path) => disk[path]!.kind === "file"),
        ...(around && { around }),
        ...(specs && { specs: () => specs(example) }),
        ...(gitRules && { gitRules: () => gitRules }),
      },
      knowledge: () => ({ ...noKnowledge, ...knowledge }),
      today: "2024-05-02",
      ...((rule.scope === "neighbours" || rule.scope === "simulation") && { others: company }),
    },
  };
}

function dialectOf(rule: Rule): DialectId {
  const dialects = dialectIds.filter((dialect) => holdsAmong(rule, releasesOf(dialect)));
  return dialects.includes("znuny-7") ? "znuny-7" : dialects[0]!;
}
