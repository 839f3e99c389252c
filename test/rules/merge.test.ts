import { test } from "node:test";
import type { Rule } from "../../server/src/rules/rule.ts";
import { rules } from "../../server/src/rules/rules.ts";
import { checkRule, type RuleCase } from "../support/check-rule.ts";
import { marked } from "../support/marked.ts";

type Row = readonly [id: string, text: string, expected?: RuleCase];

/** Ranges are marked «like this». */
const merge = (content: string, target = "2.0.0") =>
  `<PackageMerge Name="Old" TargetVersion="${target}">${content}</PackageMerge>`;
const upgrade = (attributes: string, content = '<TableDrop Name="a"/>') =>
  `<DatabaseUpgrade${attributes}>${content}</DatabaseUpgrade>`;

const rows: readonly Row[] = [
  [
    "if-package-without-merge",
    '<CodeInstall IfPackage="«Survey»">1;</CodeInstall>',
    {
      messages: [
        "This never runs, because “Survey” is not merged by this package: IfPackage does not ask whether it is installed.",
      ],
    },
  ],
  [
    "if-package-without-merge",
    '<DatabaseInstall><TableCreate IfPackage="«X»"/></DatabaseInstall><DatabaseUpgrade IfPackage="«X»"/>',
  ],
  [
    "if-package-without-merge",
    '<PackageMerge Name="X"/><CodeInstall IfPackage="X"/><CodeInstall IfNotPackage="Y"/>',
  ],
  ["if-package-without-merge", '<DatabaseUninstall IfPackage="X"/><IntroInstall IfPackage="X"/>'],
  ["if-package-without-merge", '<Name>Acme</Name><CodeInstall IfPackage="Acme"/>'],
  [
    "if-package-ignored",
    '<DatabaseUninstall Type="pre" «IfPackage="X"»><TableDrop «IfNotPackage="Y"» Name="a"/></DatabaseUninstall>',
    {
      fixed: '<DatabaseUninstall Type="pre"><TableDrop IfNotPackage="Y" Name="a"/></DatabaseUninstall>',
      messages: [
        "IfPackage has no effect here: it is evaluated in code sections, DatabaseInstall and DatabaseUpgrade alone.",
        "IfNotPackage has no effect here: it is evaluated in code sections, DatabaseInstall and DatabaseUpgrade alone.",
      ],
    },
  ],
  [
    "if-package-ignored",
    '<DatabaseUpgrade Type="merge" «IfPackage="X"»/><IntroInstall «IfPackage="X"»/><File «IfPackage="X"»/>',
  ],
  ["if-package-ignored", '<DatabaseUpgrade IfPackage="X"/><CodeUninstall IfPackage="X"/>'],
  ["if-not-package-legacy", '<DatabaseInstall «IfNotPackage="X"» IfPackage="Y"/>', { dialect: "otrs-5" }],
  [
    "if-not-package-legacy",
    '<DatabaseInstall «IfNotPackage="X"»/>',
    {
      dialect: "otrs-6",
      messages: [
        "This is executed although “X” is installed, as long as it is not merged right now. This holds before OTRS 6.0.14.",
      ],
    },
  ],
  [
    "if-not-package-legacy",
    '<Framework Minimum="6.0.14">6.0.x</Framework><DatabaseInstall IfNotPackage="X"/>',
    { dialect: "otrs-6" },
  ],
  [
    "if-package-self",
    '<Name>Acme</Name><CodeInstall IfPackage="«Acme»">1;</CodeInstall>',
    {
      fixed: "<Name>Acme</Name><CodeInstall>1;</CodeInstall>",
      messages: ["This never runs, because a package does not merge itself."],
    },
  ],
  [
    "if-package-self",
    '<Name>Acme</Name><DatabaseInstall><Insert Table="a" IfNotPackage="«Acme»"/></DatabaseInstall>',
  ],
  ["if-package-self", '<Name>Acme</Name><CodeInstall IfPackage="acme">1;</CodeInstall>'],

  [
    "if-package-contradiction",
    '<CodeUpgrade IfPackage="Old" IfNotPackage="«Old»">1;</CodeUpgrade>',
    {
      severities: ["error"],
      messages: ["This never runs, because IfPackage and IfNotPackage both name “Old”."],
    },
  ],
  [
    "if-package-contradiction",
    '<DatabaseInstall IfPackage="Old"><Insert Table="a" IfNotPackage="«Old»"/><Insert Table="a" IfNotPackage="New"/></DatabaseInstall>',
  ],
  [
    "if-package-contradiction",
    '<DatabaseInstall IfNotPackage="Old"><Insert Table="a" IfPackage="«Old»"/></DatabaseInstall>',
  ],
  ["if-package-contradiction", '<CodeInstall IfPackage="Old" IfNotPackage="old">1;</CodeInstall>'],
  ["if-package-contradiction", '<CodeInstall IfPackage="" IfNotPackage="">1;</CodeInstall>'],
  [
    "if-package-contradiction",
    '<DatabaseUpgrade Type="merge" IfPackage="Old" IfNotPackage="Old"><Insert Table="a"/></DatabaseUpgrade>',
  ],
  ["merge-name-missing", '<«PackageMerge» TargetVersion="1.0.0"/>'],
  ["merge-name-missing", '<PackageMerge «Name=" "» TargetVersion="1.0.0"/>'],
  ["merge-name-missing", merge("")],
  ["merge-target-missing", '<«PackageMerge» Name="Old"/>'],
  ["merge-target-missing", merge("")],
  [
    "merge-self",
    '<Name>Acme</Name><PackageMerge Name="«Acme»" TargetVersion="1.0.0"/>',
    { fixed: "<Name>Acme</Name>" },
  ],
  ["merge-self", `<Name>Acme</Name>${merge("")}`],
  [
    "merge-child-invalid",
    merge("<«CodeInstall»>1;</CodeInstall><«Name»>X</Name><Unknown/>"),
    {
      messages: [
        "This CodeInstall is read as if it stood in the root: it does not belong to the merge.",
        "This Name is read as if it stood in the root: it does not belong to the merge.",
      ],
      fixed: `${merge("<Name>X</Name><Unknown/>")}<CodeInstall>1;</CodeInstall>`,
    },
  ],
  ["merge-child-invalid", merge("<CodeUpgrade/><DatabaseUpgrade/>")],
  [
    "merge-child-type",
    merge('<CodeUpgrade Type="«post»">1;</CodeUpgrade>'),
    {
      fixed: merge('<CodeUpgrade Type="merge">1;</CodeUpgrade>'),
      messages: [
        "This section runs in upgrades, phase post, and not when the package is absorbed: Type has to be merge.",
      ],
    },
  ],
  [
    "merge-child-type",
    merge("<«DatabaseUpgrade»/>"),
    {
      fixed: merge('<DatabaseUpgrade Type="merge"/>'),
      messages: ["This section does not run when the package is absorbed, because it has no Type merge."],
    },
  ],
  [
    "merge-child-type",
    `${merge('<CodeUpgrade Type="Merge"/><DatabaseUpgrade Type="merge"/>')}<CodeUpgrade Type="post"/>`,
  ],
  ["merge-type-outside", '<CodeUpgrade Type="«MERGE»"/><DatabaseUpgrade Type="«merge»"/>'],
  ["merge-type-outside", `${merge('<CodeUpgrade Type="merge"/>')}<DatabaseUpgrade Type="Merge"/>`],
  ["merge-type-outside", '<CodeUpgrade Type="merge"/>', { kind: "archive" }],
  [
    "merge-type-outside",
    `${merge('<CodeUpgrade Type="merge">1;</CodeUpgrade>')}<CodeUpgrade Type="«merge»">2;</CodeUpgrade>`,
    { fixed: merge('<CodeUpgrade Type="merge">1;</CodeUpgrade><CodeUpgrade Type="merge">2;</CodeUpgrade>') },
  ],
  [
    "merge-type-outside",
    `${merge("")}${merge("")}<CodeUpgrade Type="«merge»">2;</CodeUpgrade>`,
    { fixed: null },
  ],

  [
    "merge-db-version-missing",
    merge(upgrade(' Type="merge"', '<«TableDrop» Name="a"/>')),
    {
      fixed: merge(upgrade(' Type="merge" Version="2.0.0"', '<TableDrop Name="a" Version="2.0.0"/>')),
      messages: [
        "This TableDrop is never executed, because neither it nor the section around it has a Version.",
      ],
    },
  ],
  [
    "merge-db-version-missing",
    upgrade(' Type="merge"', '<«TableDrop» Name="a"/><Insert Version="1.0.0"/>'),
    { fixed: null },
  ],
  ["merge-db-version-missing", merge(upgrade(' Type="merge" Version="1.0.0"')) + upgrade(' Type="post"')],
  [
    "merge-db-version-one-sided",
    merge(upgrade(' Type="merge" Version="1.0.0"', '<«TableDrop» Name="a"/>')),
    {
      fixed: merge(upgrade(' Type="merge" Version="1.0.0"', '<TableDrop Name="a" Version="1.0.0"/>')),
      severities: ["warning"],
    },
  ],
  [
    "merge-db-version-one-sided",
    merge(upgrade(' Type="merge" Version="1.0.0"', '<Insert Version="1.0.0"/>')),
  ],
  ["merge-db-version-one-sided", upgrade(' Type="post" Version="1.0.0"')],
  [
    "merge-version-above-target",
    merge('<CodeUpgrade Type="merge" Version="«2.1.0»"/><CodeUpgrade Version="2.0.0"/>'),
    {
      fixed: merge('<CodeUpgrade Type="merge" Version="2.0.0"/><CodeUpgrade Version="2.0.0"/>'),
      messages: ["This code is skipped, because its version 2.1.0 is above TargetVersion 2.0.0."],
    },
  ],
  [
    "merge-target-format",
    '<PackageMerge Name="Old" TargetVersion="«2.0»"/>',
    {
      fixed: '<PackageMerge Name="Old" TargetVersion="2.0.0"/>',
      messages: [
        "The installation is refused where the package to absorb has this version in another form, because “2.0” is not of the form N.N.N.",
      ],
    },
  ],
  [
    "merge-target-format",
    '<PackageMerge TargetVersion="«1.2.x»"/><PackageMerge TargetVersion="2.0.0"/>',
    { fixed: null },
  ],

  // A section without Type behind a merge section, and before one.
  [
    "merge-leaks-type",
    merge(upgrade(' Type="merge"')) + upgrade("").replace("DatabaseUpgrade", "«DatabaseUpgrade»"),
    {
      fixed: merge(upgrade(' Type="merge"')) + upgrade(' Type="post"'),
      messages: [
        "This section never runs in an upgrade, because it takes over Type “merge” of the section before it.",
      ],
    },
  ],
  [
    "merge-leaks-type",
    upgrade("").replace("DatabaseUpgrade", "«DatabaseUpgrade»") + merge(upgrade(' Type="merge"')),
    {
      fixed: upgrade(' Type="post"') + merge(upgrade(' Type="merge"')),
      messages: [
        "In the built archive this section never runs in an upgrade: the builder puts merge sections before it, and it takes over their Type.",
      ],
    },
  ],
  ["merge-leaks-type", upgrade("") + merge(upgrade(' Type="merge"')), { kind: "archive" }],
  ["merge-leaks-type", merge(upgrade(' Type="merge"')) + upgrade(' Type="post"') + upgrade("")],
  ["merge-leaks-type", `${merge(upgrade(' Type="merge"'))}<DatabaseInstall/>`],
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
