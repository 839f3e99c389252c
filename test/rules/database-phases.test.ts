import { test } from "node:test";
import type { Rule } from "../../server/src/rules/rule.ts";
import { rules } from "../../server/src/rules/rules.ts";
import { checkRule, type RuleCase } from "../support/check-rule.ts";
import { marked } from "../support/marked.ts";

type Row = readonly [id: string, text: string, expected?: RuleCase];

/** Sections of one family; a dash for one without Type, an exclamation mark for one that is found fault with. */
function sections(words: string, family = "DatabaseInstall"): string {
  return words
    .split(" ")
    .map((word) => {
      const name = word.startsWith("!") ? `«${family}»` : family;
      const type = word.replace("!", "");
      return `<${name}${type === "-" ? "" : ` Type="${type}"`}><TableDrop Name="a"/></${family}>`;
    })
    .join("");
}

const upgrade = (attributes: string, content: string) =>
  `<DatabaseUpgrade${attributes}>${content}</DatabaseUpgrade>`;

const rows: readonly Row[] = [
  [
    "db-type-case",
    sections("«Post»"),
    {
      fixed: sections("post"),
      messages: ["This section is never executed, because “Post” is not written in lower case."],
    },
  ],
  ["db-type-case", '<DatabaseUpgrade Type="«MERGE»"/>', { fixed: '<DatabaseUpgrade Type="merge"/>' }],
  [
    "db-type-case",
    '<DatabaseUninstall Type="«later»"/>',
    {
      fixed: '<DatabaseUninstall Type="post"/>',
      messages: ["This section is never executed, because there is no phase “later”."],
    },
  ],
  ["db-type-case", '<DatabaseUninstall Type="«prae»"/>', { fixed: '<DatabaseUninstall Type="pre"/>' }],
  [
    "db-type-case",
    sections("«merge»"),
    {
      messages: ["This section is never executed, because phase merge belongs to DatabaseUpgrade alone."],
    },
  ],
  ["db-type-case", `${sections("pre post - ")}<DatabaseUpgrade Type="merge"/>`],

  // Every order of sections in the framework's own behaviour.
  ["db-type-inherited", sections("- pre")],
  [
    "db-type-inherited",
    sections("pre !-"),
    {
      fixed: sections("pre post"),
      severities: ["error"],
      messages: [
        "This section is executed in phase pre, because it takes over the Type of the DatabaseInstall before it; post is the default of the first alone.",
      ],
    },
  ],
  [
    "db-type-inherited",
    sections("pre post !-"),
    {
      fixed: sections("pre post post"),
      severities: ["warning"],
      messages: [
        "The effective phase is post only as long as the DatabaseInstall before it says so: a section without Type takes over the last one.",
      ],
    },
  ],
  [
    "db-type-inherited",
    sections("Pre !-"),
    {
      severities: ["error"],
      messages: [
        "This section is never executed, because it takes over the Type “Pre” of the DatabaseInstall before it.",
      ],
    },
  ],
  [
    "db-type-inherited",
    sections("!- Pre"),
    {
      severities: ["error"],
      messages: [
        "This section is never executed, because in the built archive it takes over the Type “Pre” of another DatabaseInstall.",
      ],
    },
  ],
  ["db-type-inherited", sections("- -")],
  ["db-type-inherited", sections("merge !-"), { severities: ["error"] }],
  ["db-type-inherited", sections("pre") + sections("-", "DatabaseUninstall")],
  ["db-type-inherited", sections("pre post pre")],
  // Sections that become merge sections are found by merge-leaks-type.
  [
    "db-type-inherited",
    `<PackageMerge>${sections("merge -", "DatabaseUpgrade")}</PackageMerge>${sections("-", "DatabaseUpgrade")}`,
  ],
  [
    "db-type-inherited",
    `${sections("-", "DatabaseUpgrade")}<PackageMerge>${sections("merge", "DatabaseUpgrade")}</PackageMerge>`,
  ],
  [
    "db-type-inherited",
    `<PackageMerge>${sections("merge", "DatabaseUpgrade")}</PackageMerge>${sections("post !-", "DatabaseUpgrade")}`,
  ],
  ["db-type-inherited", sections("pre !-"), { kind: "archive" }],

  ["db-type-missing", sections("!- pre"), { fixed: sections("post pre"), severities: ["hint"] }],
  ["db-type-missing", "<PackageMerge><DatabaseUpgrade/></PackageMerge>"],
  ["db-type-missing", '<«DatabaseInstall» Type=""/>', { fixed: '<DatabaseInstall Type="post"/>' }],

  [
    "db-level3-type-ineffective",
    '<DatabaseInstall><TableCreate Name="a" «Type="post"»/></DatabaseInstall>',
    {
      fixed: '<DatabaseInstall><TableCreate Name="a"/></DatabaseInstall>',
      severities: ["information"],
      messages: ["Type has no effect here: only the DatabaseInstall around it says when it is executed."],
    },
  ],
  [
    "db-level3-type-ineffective",
    '<DatabaseInstall><Insert «Type="post"»/></DatabaseInstall>',
    {
      dialect: "otrs-legacy",
      severities: ["error"],
      messages: [
        "Installing the archive may do everything before this twice, because the builder writes a second Type beside this one and the XML is broken then.",
      ],
    },
  ],
  [
    "db-level3-type-ineffective",
    '<DatabaseInstall><Insert «Type="post"»/></DatabaseInstall>',
    {
      dialect: "otrs-5",
      severities: ["warning"],
      messages: [
        "Installing the archive may do everything before this twice, because the builder writes a second Type beside this one and the XML is broken then. This holds before OTRS 5.0.20.",
      ],
    },
  ],
  [
    "db-level3-type-ineffective",
    '<DatabaseInstall><TableCreate Type="post"/></DatabaseInstall>',
    { kind: "archive" },
  ],
  [
    "db-level3-type-ineffective",
    '<DatabaseInstall><TableCreate><Column Type="INTEGER"/></TableCreate></DatabaseInstall>',
  ],

  ["db-upgrade-pre-dead", upgrade(' Type="«pre»"', ""), { fixed: upgrade(' Type="post"', "") }],
  ["db-upgrade-pre-dead", `${upgrade(' Type="post"', "")}<DatabaseInstall Type="pre"/>`],
  [
    "db-upgrade-version-missing",
    `<Version>1.2.0</Version>${upgrade("", '<«TableDrop» Name="a"/><Insert Version="1.0.0"/>')}`,
    {
      fixed: `<Version>1.2.0</Version>${upgrade("", '<TableDrop Name="a" Version="1.2.0"/><Insert Version="1.0.0"/>')}`,
      messages: [
        "This TableDrop is never executed, because in a DatabaseUpgrade only what has a Version is.",
      ],
    },
  ],
  [
    "db-upgrade-version-missing",
    `<Version>0.0.0</Version>${upgrade("", '<«TableDrop» Name="a"/>')}`,
    { fixed: null },
  ],
  [
    "db-upgrade-version-missing",
    `<Version>1.2.0</Version>${upgrade("", '<«DatabaseUninstall»><TableDrop Name="a"/></DatabaseUninstall>')}`,
    { fixed: null },
  ],
  [
    "db-upgrade-version-missing",
    upgrade(' Version="1.1.0"', "<«Insert»/>"),
    {
      fixed: upgrade(' Version="1.1.0"', '<Insert Version="1.1.0"/>'),
    },
  ],
  [
    "db-upgrade-version-missing",
    `${upgrade(' Type="merge"', "<Insert/>")}<PackageMerge>${upgrade("", "<Insert/>")}</PackageMerge>`,
  ],
  [
    "db-upgrade-version-format",
    upgrade(' Type="post"', '<TableDrop Name="a" Version="«1.2.x»"/><Insert Version="1.2.0.1"/>'),
    {
      fixed: null,
      messages: [
        "This TableDrop is executed at the wrong upgrades or at none, because “1.2.x” is not a version of digits and dots.",
      ],
    },
  ],
  [
    "db-upgrade-version-format",
    upgrade(' Type="merge"', '<Insert Version="« v1.2.0»"/>'),
    { fixed: upgrade(' Type="merge"', '<Insert Version="1.2.0"/>') },
  ],
  ["db-upgrade-version-format", upgrade("", '<Insert Version=""/>')],
  [
    "db-upgrade-version-on-section",
    upgrade(' Type="post" «Version="1.1.0"»', '<Insert/><Insert Version="1.0.0"/>'),
    {
      fixed: upgrade(' Type="post"', '<Insert Version="1.1.0"/><Insert Version="1.0.0"/>'),
      messages: ["This Version is ignored: while upgrading only that of each element in the section counts."],
    },
  ],
  [
    "db-upgrade-version-on-section",
    upgrade(' «Version="1.1.0"»', '<Insert Version="1.0.0"/>'),
    {
      fixed: upgrade("", '<Insert Version="1.0.0"/>'),
    },
  ],
  [
    "db-upgrade-version-on-section",
    `<PackageMerge>${upgrade(' Type="merge" Version="1.0.0"', "")}</PackageMerge>`,
  ],
  [
    "db-upgrade-version-above-package",
    `<Version>1.2.0</Version>${upgrade("", '<Insert Version="«1.10.0»"/>')}`,
    {
      fixed: `<Version>1.2.0</Version>${upgrade("", '<Insert Version="1.2.0"/>')}`,
      messages: [
        "This Insert is executed now and again at every later upgrade, until the package has version 1.10.0; now it has 1.2.0.",
      ],
    },
  ],
  [
    "db-upgrade-version-above-package",
    `<Version>0.0.0</Version>${upgrade("", '<Insert Version="1.10.0"/>')}`,
  ],
  [
    "db-upgrade-version-above-package",
    `<Version>@VERSION@</Version>${upgrade("", '<Insert Version="1.10.0"/>')}`,
  ],
  ["db-upgrade-version-above-package", `<Version>1.2.0</Version>${upgrade("", '<Insert Version="1.2"/>')}`],
  [
    "db-upgrade-version-unknown",
    `<ChangeLog Version="1.2.0"/><ChangeLog Version="1.0.0"/>${upgrade("", '<Insert Version="«1.1.0»"/><Insert Version="0.9.0"/><Insert Version="1.2.0"/>')}`,
    {
      messages: ["Readers find no change log entry for version 1.1.0, with which this change is executed."],
    },
  ],
  ["db-upgrade-version-unknown", `<ChangeLog Version="1.2.0"/>${upgrade("", '<Insert Version="1.3.0"/>')}`],
  [
    "db-version-ineffective",
    '<DatabaseInstall «Version="1.0.0"»><TableCreate «Version="1.0.0"» Name="a"/></DatabaseInstall>',
    {
      fixed: '<DatabaseInstall><TableCreate Version="1.0.0" Name="a"/></DatabaseInstall>',
    },
  ],
  ["db-version-ineffective", upgrade("", '<Insert Version="1.0.0"/>')],
  ["db-reinstall-dead", "<«DatabaseReinstall»><Insert/></DatabaseReinstall>", { fixed: "" }],
  ["db-reinstall-dead", "<DatabaseReinstall></DatabaseReinstall>"],
  ["db-section-empty", "<«DatabaseInstall»> <!-- later --> </DatabaseInstall>", { fixed: "" }],
  ["db-section-empty", "<DatabaseInstall><Insert/></DatabaseInstall>"],
];

for (const [id, text, expected] of rows) {
  test(`${id}: ${text}`, () => {
    const { fixed } = expected ?? {};
    checkRule(ruleOf(id), marked(inRoot(text), { open: "«", close: "»", caret: "¦" }), {
      ...expected,
      ...(typeof fixed === "string" && { fixed: inRoot(fixed) }),
    });
  });
}

function inRoot(text: string): string {
  return `<otrs_package>${text}</otrs_package>`;
}

function ruleOf(id: string): Rule {
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return rule;
}
