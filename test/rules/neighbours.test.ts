import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings, lint } from "../../server/src/engine/lint.ts";
import { noFolder } from "../../server/src/host/folder-facts.ts";
import { type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { knownIn, packageText } from "../support/known-packages.ts";
import { checkRows, type RuleRow } from "../support/rule-rows.ts";

const a = "Kernel/System/A.pm";
const b = "Kernel/System/B.pm";
const required = (name: string, version: string) =>
  `<PackageRequired Version="${version}">${name}</PackageRequired>`;
const merge = (name: string, target = "9.0.0") => `<PackageMerge Name="${name}" TargetVersion="${target}"/>`;
/** A package whose element or text is expected to be found fault with. */
const mine = (more: string, files: readonly string[] = [], version = "2.0.0") =>
  packageText("Mine", version, { more, files });

const other = packageText("Other", "1.0.0", { files: [a, b] });
const owned = "file-owned-by-other";
const unknown = "package-required-unknown";
const tooNew = "package-required-too-new";
const cycle = "package-required-cycle";
const gap = "package-required-framework-gap";
const deadlock = "file-move-deadlock";
const renamed = "package-renamed-without-merge";
const dependents = "merge-required-by-others";
const lost = "merge-files-lost";
const spelled = "name-spelled-otherwise";

const index = `<otrs_package_list><Package><Name>Listed</Name><Version>1.2.0</Version><Framework>7.1.x</Framework><File>/Listed.opm</File></Package></otrs_package_list>`;

const undeclared = "package-dependency-undeclared";
const unknownModule = "framework-module-unknown";
/** It has no module. */
const framework: Knowledge = { ...noKnowledge, release: "Acme Desk 1", isFrameworkModule: () => false };
const calling = (module: string) =>
  `<CodeInstall Type="post"><![CDATA[ $Kernel::OM->Get('${module}')->Run(); ]]></CodeInstall>`;

const rows: readonly RuleRow[] = [
  [
    undeclared,
    mine(calling("[[Kernel::System::A]]")),
    {
      disk: {},
      beside: { "/ws/Other.sopm": other },
      messages: [
        "Kernel::System::A of Other is named here, and this package can be installed without Other, because no PackageRequired asks for it.",
      ],
      severities: ["information"],
    },
  ],
  // It is required, be it by what is required, or absorbed, or comes with the package.
  [
    undeclared,
    mine(required("Other", "1.0.0") + calling("Kernel::System::A")),
    { disk: {}, beside: { "/ws/Other.sopm": other } },
  ],
  [
    undeclared,
    mine(required("Bridge", "1.0.0") + calling("Kernel::System::A")),
    {
      disk: {},
      beside: {
        "/ws/Other.sopm": other,
        "/ws/Bridge.sopm": packageText("Bridge", "1.0.0", { more: required("Other", "1.0.0") }),
      },
    },
  ],
  [
    undeclared,
    mine(merge("Other") + calling("Kernel::System::A")),
    { disk: {}, beside: { "/ws/Other.sopm": other } },
  ],
  [undeclared, mine(calling("Kernel::System::A"), [a]), { disk: {}, beside: { "/ws/Other.sopm": other } }],
  // Which of two is meant nobody can tell.
  [
    undeclared,
    mine(calling("Kernel::System::A")),
    {
      disk: {},
      beside: { "/ws/Other.sopm": other, "/ws/More.sopm": packageText("More", "1.0.0", { files: [a] }) },
    },
  ],
  // Of what one package alone has the rule above speaks; of all else this one does, where nothing is known as well.
  [
    unknownModule,
    mine(calling("Kernel::System::A")),
    { disk: {}, knowledge: framework, beside: { "/ws/Other.sopm": other } },
  ],
  [
    unknownModule,
    mine(calling("[[Kernel::System::A]]")),
    {
      disk: {},
      knowledge: framework,
      beside: { "/ws/Other.sopm": other, "/ws/More.sopm": packageText("More", "1.0.0", { files: [a] }) },
    },
  ],
  [
    unknownModule,
    mine(calling("[[Kernel::System::A]]")),
    {
      disk: {},
      knowledge: framework,
      beside: { "/ws/Mine-1.0.0.opm": packageText("Mine", "1.0.0", { files: [a] }) },
    },
  ],
  [
    unknownModule,
    mine(calling("[[Kernel::System::C]]")),
    { disk: {}, knowledge: framework, beside: { "/ws/Other.sopm": other } },
  ],
  [unknownModule, mine(calling("[[Kernel::System::A]]")), { disk: {}, knowledge: framework }],
  [
    owned,
    mine("", [`[[${a}]]`, "Kernel/System/Mine.pm"]),
    {
      beside: { "/ws/Other.sopm": other },
      messages: [
        "This package cannot be installed beside Other 1.0.0, because both have the file “Kernel/System/A.pm”.",
      ],
      related: [["/ws/Other.sopm:1:142 Other lists “Kernel/System/A.pm” here."]],
      severities: ["error"],
      fixed: null,
    },
  ],
  // Double slashes are one to the framework.
  [owned, mine("", ["[[Kernel//System/A.pm]]", "c"]), { beside: { "/ws/Other.sopm": other } }],
  [owned, mine("", [a, "c"])],
  [owned, mine("", ["c"]), { beside: { "/ws/Other.sopm": other } }],
  // No system has both.
  [
    owned,
    packageText("Mine", "1.0.0", { files: [a, "c"], frameworks: ["7.0.x", "6.5.x"] }),
    { beside: { "/ws/Other.sopm": other } },
  ],
  [
    owned,
    packageText("Mine", "1.0.0", { files: [`[[${a}]]`, "c"], frameworks: ["7.0.x", "7.1.3"] }),
    { beside: { "/ws/Other.sopm": other } },
  ],
  // One takes the other over.
  [owned, mine(merge("Other"), [a, "c"]), { beside: { "/ws/Other.sopm": other } }],
  [
    owned,
    mine("", [a, "c"]),
    { beside: { "/ws/Other.sopm": packageText("Other", "1.0.0", { files: [a, b], more: merge("Mine") }) } },
  ],
  // The other one has let it go, or this one has.
  [
    owned,
    mine("", [a, "c"]),
    {
      beside: {
        "/ws/Other-1.0.0.opm": other,
        "/ws/Other.sopm": packageText("Other", "1.1.0", { files: [b] }),
      },
    },
  ],
  [
    owned,
    mine("", [a, "c"]),
    {
      beside: {
        "/ws/Other.sopm": other,
        "/ws/new/Mine.sopm": packageText("Mine", "2.1.0", { files: ["c"] }),
      },
    },
  ],
  // Another version of the package itself.
  [
    owned,
    mine("", [a, b]),
    { beside: { "/ws/Mine-1.0.0.opm": packageText("Mine", "1.0.0", { files: [a] }) } },
  ],
  // Many files are one finding.
  [
    owned,
    mine("", ["[[f1]]", "f2", "f3", "f4", "f5", "f6", "own"]),
    {
      beside: {
        "/ws/Other.sopm": packageText("Other", "1.0.0", {
          files: ["f1", "f2", "f3", "f4", "f5", "f6", "more"],
        }),
      },
      messages: [
        "This package cannot be installed beside Other 1.0.0, because both have 6 files, such as “f1”.",
      ],
    },
  ],

  [
    unknown,
    mine(required("[[Nowhere]]", "1.0.0")),
    {
      beside: { "/ws/Other.sopm": other },
      messages: [
        "Whether Nowhere is to be had is not known here, because it is neither in the workspace nor among the packages that are known beside it.",
      ],
      severities: ["information"],
    },
  ],
  // With nothing else to look in, nobody knows what there is.
  [unknown, mine(required("Nowhere", "1.0.0"))],
  [unknown, mine(required("Other", "1.0.0")), { beside: { "/ws/Other.sopm": other } }],
  [unknown, mine(required("Listed", "1.0.0")), { beside: { "/repo/otrs.xml": index } }],
  [unknown, mine(required("[[Nowhere]]", "1.0.0")), { beside: { "/repo/otrs.xml": index } }],
  // The framework does its work.
  [unknown, mine(required("Znuny-MarkTicketSeenUnseen", "1.0.0")), { beside: { "/repo/otrs.xml": index } }],
  [
    unknown,
    mine(required("[[OTHER]]", "1.0.0")),
    {
      beside: { "/ws/Other.sopm": other },
      severities: ["error"],
      fixed: mine(required("Other", "1.0.0")),
      messages: ["No system installs this package, because OTHER is called Other and letter case counts."],
    },
  ],

  [
    tooNew,
    mine(required("Other", "[[1.0.1]]")),
    {
      beside: { "/ws/Other.sopm": other },
      severities: ["warning"],
      messages: [
        "This package cannot be installed where Other 1.0.1 is not to be had: the newest version known here is 1.0.0.",
      ],
      fixed: mine(required("Other", "1.0.0")),
      related: [["/ws/Other.sopm:1:35 Other 1.0.0 is here."]],
    },
  ],
  [tooNew, mine(required("Other", "1.0")), { beside: { "/ws/Other.sopm": other } }],
  [tooNew, mine(required("Listed", "[[1.10.0]]")), { beside: { "/repo/otrs.xml": index } }],
  [
    tooNew,
    mine(required("Other", "1.1.0")),
    { beside: { "/ws/Other.sopm": other, "/x/Other-1.1.0.opm": packageText("Other", "1.1.0") } },
  ],
  // A build fills it in, or writes it over.
  [tooNew, mine(required("Other", "1.1.0")), { beside: { "/ws/Other.sopm": packageText("Other", "0.0.0") } }],
  [tooNew, mine(required("Other", "1.1.0")), { beside: { "/ws/Other.sopm": packageText("Other", "?") } }],

  [
    cycle,
    mine(required("[[Other]]", "1.0.0")),
    {
      beside: {
        "/ws/Other.sopm": packageText("Other", "1.0.0", { more: required("Third", "1.0.0") }),
        "/ws/Third.sopm": packageText("Third", "1.0.0", { more: required("Mine", "1.0.0") }),
      },
      messages: [
        "None of these packages can be installed, because each requires the next to be there first: Mine → Other → Third → Mine.",
      ],
      related: [
        ["/ws/Other.sopm:1:132 Other requires Third here.", "/ws/Third.sopm:1:132 Third requires Mine here."],
      ],
    },
  ],
  // A circle that this package is no part of is told of in those that are.
  [
    cycle,
    mine(required("Other", "1.0.0")),
    {
      beside: {
        "/ws/Other.sopm": packageText("Other", "1.0.0", { more: required("Third", "1.0.0") }),
        "/ws/Third.sopm": packageText("Third", "1.0.0", { more: required("Other", "1.0.0") }),
      },
    },
  ],
  // Once there was one.
  [
    cycle,
    mine(required("Other", "1.0.0")),
    {
      beside: {
        "/ws/Other-1.0.0.opm": packageText("Other", "1.0.0", { more: required("Mine", "1.0.0") }),
        "/ws/Other.sopm": packageText("Other", "1.1.0"),
      },
    },
  ],

  [
    gap,
    packageText("Mine", "1.0.0", {
      frameworks: ["7.0.x", "7.1.x", "6.5.x"],
      more: required("[[Other]]", "1.0.0"),
    }),
    {
      beside: { "/ws/Other.sopm": other },
      messages: [
        "This package cannot be installed on 7.0.x, 6.5.x unless there is another version of Other: none that is known here and new enough is for 7.0.x, 6.5.x.",
      ],
      related: [
        [
          "1:81 The Framework stands here.",
          "1:137 The Framework stands here.",
          "/ws/Other.sopm:1:35 Other 1.0.0 is here.",
        ],
      ],
    },
  ],
  // An older version will not do.
  [
    gap,
    packageText("Mine", "1.0.0", { frameworks: ["7.0.x", "7.1.x"], more: required("[[Other]]", "1.0.0") }),
    {
      beside: {
        "/ws/Other.sopm": other,
        "/x/Other-0.9.0.opm": packageText("Other", "0.9.0", { frameworks: ["7.0.x"] }),
      },
    },
  ],
  [
    gap,
    packageText("Mine", "1.0.0", { frameworks: ["7.0.x", "7.1.x"], more: required("Other", "1.0.0") }),
    {
      beside: {
        "/ws/Other.sopm": other,
        "/x/Other-1.0.5.opm": packageText("Other", "1.0.5", { frameworks: ["7.0.x"] }),
      },
    },
  ],

  [
    deadlock,
    mine(required("[[Other]]", "1.0.0"), ["c"]),
    {
      beside: {
        "/ws/Mine-1.0.0.opm": packageText("Mine", "1.0.0", { files: ["c", a] }),
        "/ws/Other.sopm": other,
      },
      messages: [
        "Whoever has Mine 1.0.0 can upgrade neither package: Mine 2.0.0 lets the file “Kernel/System/A.pm” go but requires Other 1.0.0, which cannot be installed while Mine 1.0.0 has the file. Leave the file in Mine and out of Other once more, or publish a version of Mine that lets it go without requiring Other 1.0.0.",
      ],
    },
  ],
  // Another version of the required one can come first.
  [
    deadlock,
    mine(required("Other", "1.0.0"), ["c"]),
    {
      beside: {
        "/ws/Mine-1.0.0.opm": packageText("Mine", "1.0.0", { files: ["c", a] }),
        "/ws/Other-1.0.0.opm": packageText("Other", "1.0.0"),
        "/ws/Other.sopm": packageText("Other", "1.1.0", { files: [a] }),
      },
    },
  ],
  [
    deadlock,
    mine("", [`[[${a}]]`, "c"]),
    {
      beside: {
        "/ws/Other-1.0.0.opm": other,
        "/ws/Other.sopm": packageText("Other", "1.1.0", { more: required("Mine", "2.0.0"), files: [b] }),
      },
    },
  ],
  // It can be upgraded before this package comes.
  [
    deadlock,
    mine("", [a, "c"]),
    {
      beside: {
        "/ws/Other-1.0.0.opm": other,
        "/ws/Other.sopm": packageText("Other", "1.1.0", { files: [b] }),
      },
    },
  ],

  [
    renamed,
    mine("", [a, b, "c"]).replace("Mine", "[[Mine]]"),
    {
      beside: { "/ws/Other.sopm": other },
      fixed: mine("", [a, b, "c"]).replace("</Name>", `</Name>\n    ${merge("Other", "1.0.0")}`),
      related: [["/ws/Other.sopm:1:35 Other 1.0.0 is here."]],
    },
  ],
  [renamed, mine(merge("Other"), [a, b, "c"]), { beside: { "/ws/Other.sopm": other } }],
  [renamed, mine("", [a, "c"]), { beside: { "/ws/Other.sopm": other } }],
  // Of two with the same files this is the older one.
  [renamed, mine("", [a, b], "0.9.0"), { beside: { "/ws/Other.sopm": other } }],

  [
    dependents,
    mine(merge("[[Other]]")),
    {
      beside: {
        "/ws/Other.sopm": other,
        "/ws/Third.sopm": packageText("Third", "1.0.0", { more: required("Other", "1.0.0") }),
      },
      messages: [
        "Third 1.0.0 can be neither upgraded nor installed any more where this package absorbs Other, because it requires Other.",
      ],
      related: [["/ws/Third.sopm:1:132 Other is required here."]],
    },
  ],
  [
    dependents,
    mine(merge("Other")),
    {
      beside: {
        "/ws/Third-1.0.0.opm": packageText("Third", "1.0.0", { more: required("Other", "1.0.0") }),
        "/ws/Third.sopm": packageText("Third", "1.1.0", { more: required("Mine", "2.0.0") }),
      },
    },
  ],
  [
    dependents,
    mine(merge("Other") + merge("Third")),
    { beside: { "/ws/Third.sopm": packageText("Third", "1.0.0", { more: required("Other", "1.0.0") }) } },
  ],

  [
    lost,
    mine(merge("[[Other]]"), [a]),
    {
      beside: { "/ws/Other.sopm": other },
      severities: ["hint"],
      messages: [
        "“Kernel/System/B.pm” disappears when Other 1.0.0 is absorbed, because this package does not have that file.",
      ],
    },
  ],
  // The version that is absorbed counts.
  [
    lost,
    mine(merge("Other", "1.0.0"), [a, b]),
    {
      beside: {
        "/ws/Other-1.0.0.opm": other,
        "/ws/Other.sopm": packageText("Other", "1.1.0", { files: ["later"] }),
      },
    },
  ],
  [
    lost,
    mine(merge("Other"), []),
    {
      beside: {
        "/ws/Other.sopm": packageText("Other", "1.0.0", {
          files: ["Kernel/Config/Files/XML/Other.xml", "var/packagesetup/Other.pm"],
        }),
      },
    },
  ],

  [
    spelled,
    mine("").replace("Mine", "[[Mine]]"),
    {
      beside: { "/ws/MINE-1.0.0.opm": packageText("MINE", "1.0.0") },
      messages: [
        "Whoever has MINE is not offered this package as a newer version of it, because letter case counts in names.",
      ],
    },
  ],
  [spelled, mine(merge("MINE")), { beside: { "/ws/MINE-1.0.0.opm": packageText("MINE", "1.0.0") } }],
  [spelled, mine(""), { beside: { "/ws/Mine-1.0.0.opm": packageText("Mine", "1.0.0") } }],
];

const child = (table: string) =>
  `<DatabaseInstall Type="post"><TableCreate Name="acme_line"><Column Name="id" Required="true" PrimaryKey="true" Type="BIGINT"/><ForeignKey ForeignTable="${table}"><Reference Local="id" Foreign="id"/></ForeignKey></TableCreate></DatabaseInstall>`;
const parent =
  '<DatabaseInstall Type="post"><TableCreate Name="Acme_Room"><Column Name="id" Required="true" PrimaryKey="true" Type="BIGINT"/></TableCreate></DatabaseInstall>';
const maker = packageText("Other", "1.0.0", { more: parent });
const noTables: Knowledge = { ...noKnowledge, release: "Acme Desk 1", table: () => null };
const importing = { "Kernel/System/Mine.pm": "use Sheet::Simple;\n1;\n" };

const partsOfOthers: readonly RuleRow[] = [
  // The table of another package.
  [
    "fk-table-unknown",
    mine(child("[[acme_room]]")),
    {
      knowledge: noTables,
      beside: { "/ws/Other-1.0.0.opm": maker },
      messages: [
        "The foreign key is not made where Other is missing, which has the table “acme_room”: no PackageRequired asks for it.",
      ],
      fixed: mine(child("acme_room")).replace(
        "</Framework>",
        '</Framework><PackageRequired Version="1.0.0">Other</PackageRequired>',
      ),
    },
  ],
  [
    "fk-table-unknown",
    mine(required("Other", "1.0.0") + child("acme_room")),
    { knowledge: noTables, beside: { "/ws/Other.sopm": maker } },
  ],
  // Nobody has it, or none that a system can have, or only an older version of the same package.
  ...[
    {},
    { "/ws/Other.sopm": packageText("Other", "1.0.0", { more: parent, frameworks: ["6.0.x"] }) },
    { "/ws/Other.sopm": packageText("Other", "1.0.0", { more: child("acme_room") }) },
    { "/ws/Mine-1.0.0.opm": packageText("Mine", "1.0.0", { more: parent }) },
  ].map(
    (beside): RuleRow => [
      "fk-table-unknown",
      mine(child("[[acme_room]]")),
      {
        knowledge: noTables,
        beside,
        messages: [
          "The foreign key is not made, because neither this package nor Acme Desk 1 has a table “acme_room”.",
        ],
      },
    ],
  ),
  // A module that another package brings.
  [
    "module-used-undeclared",
    mine("", ["[[Kernel/System/Mine.pm]]"]),
    {
      disk: {},
      texts: importing,
      knowledge: { ...noKnowledge, isFrameworkFile: () => false },
      beside: { "/ws/Other.sopm": packageText("Other", "1.0.0", { files: ["Kernel/System/Sheet.pm"] }) },
    },
  ],
  [
    "module-used-undeclared",
    mine("", ["Kernel/System/Mine.pm"]),
    {
      disk: {},
      texts: importing,
      knowledge: { ...noKnowledge, isFrameworkFile: () => false },
      beside: {
        "/ws/Other-1.0.0.opm": packageText("Other", "1.0.0", { files: ["Kernel/cpan-lib/Sheet/Simple.pm"] }),
      },
    },
  ],
];

checkRows([...rows, ...partsOfOthers]);

test("a change of another package has only the rules about others run again", () => {
  const known = knownIn({ "/ws/Other.sopm": other });
  const tree = SyntaxTree.parse(mine("", [a, "c"]));
  let asked = 0;
  const knowledge: Knowledge = {
    ...noKnowledge,
    isFrameworkFile: () => {
      asked++;
      return false;
    },
  };
  const check = (previous?: ReturnType<typeof lint>["context"]) =>
    lint(
      tree,
      defaultLintSettings,
      {
        ...{ fileName: "Mine.sopm", kind: "spec" as const, folder: noFolder, today: "2024-05-02" },
        knowledge: () => knowledge,
        others: known.beside("/ws/Mine.sopm"),
      },
      previous,
    );
  const first = check();
  const askedFirst = asked;
  assert.ok(askedFirst > 0);
  assert.ok(first.findings.some(({ rule }) => rule === owned));
  known.tell("/ws/Other.sopm", []);
  const second = check(first.context);
  assert.ok(!second.findings.some(({ rule }) => rule === owned));
  assert.equal(second.context, first.context);
  assert.equal(asked, askedFirst);
});
