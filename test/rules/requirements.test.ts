import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { checkRows, inRoot, type RuleRow } from "../support/rule-rows.ts";

const required = (name: string, version?: string) =>
  `<PackageRequired${version === undefined ? "" : ` Version="${version}"`}>${name}</PackageRequired>`;
const module = (name: string, version?: string) =>
  `<ModuleRequired${version === undefined ? "" : ` Version="${version}"`}>${name}</ModuleRequired>`;

const list = '<Filelist><File Location="[[Kernel/System/Acme.pm]]"/></Filelist>';
const plainList = list.replace(/\[\[|\]\]/g, "");
/** A framework that brings one module of Perl's and has one of its own. */
const knowledge = {
  ...noKnowledge,
  release: "Acme Desk 1",
  isFrameworkFile: (path: string) => path === "Kernel/cpan-lib/Bundled.pm",
  isFrameworkModule: (name: string) => name === "Kernel::System::Ticket",
  moduleNames: () => ["Kernel::System::Ticket"],
};
const acme = (text: string) => ({ texts: { "Kernel/System/Acme.pm": text }, disk: {}, knowledge });

const rows: readonly RuleRow[] = [
  [
    "package-required-version-missing",
    inRoot("<[[PackageRequired]]>FAQ</PackageRequired>"),
    {
      fixed: inRoot(required("FAQ", "0.0.0")),
      messages: [
        "No system installs this package, because PackageRequired without Version is never satisfied.",
      ],
    },
  ],
  ["package-required-version-missing", inRoot('<PackageRequired version="1">FAQ</PackageRequired>')],
  [
    "package-required-name",
    inRoot(required("[[\nFAQ]]", "1.0.0")),
    { fixed: inRoot(required("FAQ", "1.0.0")) },
  ],
  ["package-required-name", inRoot('<[[PackageRequired]] Version="1"> </PackageRequired>'), { fixed: null }],

  [
    "package-required-version-wildcard",
    inRoot(required("FAQ", "[[4.x]]")),
    {
      fixed: inRoot(required("FAQ", "4.0")),
      messages: ["Every version from 4.0 on is enough, because x counts as 0 in a required version."],
    },
  ],
  [
    "package-required-version-wildcard",
    inRoot(required("FAQ", "[[4.*.1]]")),
    { fixed: inRoot(required("FAQ", "4.0.1")) },
  ],
  ["package-required-version-wildcard", inRoot(required("FAQ", "4.0.0"))],
  ["package-required-version-wildcard", inRoot(required("FAQ", "4.0-x"))],

  [
    "package-required-version-format",
    inRoot(required("FAQ", "[[>=7.0.1]]")),
    {
      fixed: inRoot(required("FAQ", "7.0.1")),
      messages: ["Older versions may be enough, because the installer takes “>=7” for 0."],
    },
  ],
  [
    "package-required-version-format",
    inRoot(required("FAQ", "[[v7.0.1]]")),
    { fixed: inRoot(required("FAQ", "7.0.1")) },
  ],
  [
    "package-required-version-format",
    inRoot(required("FAQ", "[[7.0.1-rc1]]")),
    {
      fixed: null,
      messages: ["Older versions may be enough, because the installer takes “1-rc1” for 1."],
    },
  ],
  [
    "package-required-version-format",
    inRoot(required("FAQ", "[[7.00.1]]")),
    {
      fixed: inRoot(required("FAQ", "7.0.1")),
      messages: ["Older versions may be enough, because the comparison of versions stops at “00”."],
    },
  ],
  [
    "package-required-version-format",
    inRoot(required("FAQ", "[[ 7.0.1]]")),
    { fixed: inRoot(required("FAQ", "7.0.1")) },
  ],
  // Behind the last group nothing is left to be compared.
  ["package-required-version-format", inRoot(required("FAQ", "7.0.01"))],
  ["package-required-version-format", inRoot(required("FAQ", "7.0.x"))],
  ["package-required-version-format", inRoot(required("FAQ", ""))],
  ["package-required-version-format", inRoot(required("FAQ", "10.0.0"))],

  [
    "package-required-self",
    inRoot(`<Name>A</Name>${required("[[A]]", "1")}`),
    { fixed: inRoot("<Name>A</Name>") },
  ],
  ["package-required-self", inRoot(`<Name>A</Name>${required("a", "1")}`)],

  [
    "package-required-duplicate",
    inRoot(`${required("[[A]]", "1.9.0")}${required("B", "1")}${required("A", "1.10.0")}`),
    {
      fixed: inRoot(`${required("B", "1")}${required("A", "1.10.0")}`),
      related: [["1:163 This is the one that counts."]],
    },
  ],
  [
    "package-required-duplicate",
    inRoot(`${required("A", "1.0.0")}${required("[[A]]", "1.0.0")}`),
    { fixed: inRoot(required("A", "1.0.0")) },
  ],

  [
    "package-required-merged",
    inRoot(`\n${required("[[A]]", "1")}\n<PackageMerge Name="A" TargetVersion="1"/>`),
    { related: [["3:1 It is absorbed here."]] },
  ],
  ["package-required-merged", inRoot(`${required("B", "1")}<PackageMerge Name="A" TargetVersion="1"/>`)],

  [
    "package-required-joined",
    inRoot(`<Framework>6.3.x</Framework>${required("[[Znuny4OTRS-Repo]]", "1.0.0")}`),
    {
      dialect: "znuny-6",
      severities: ["error"],
      messages: [
        "The package cannot be installed, because it requires Znuny4OTRS-Repo, which Znuny 6.1 took in: the framework does its work and its migration removed it.",
      ],
      fixed: inRoot("<Framework>6.3.x</Framework>"),
    },
  ],
  [
    "package-required-joined",
    inRoot(
      `<Framework>7.0.x</Framework><Framework>7.1.x</Framework>${required("[[Znuny-AdminValidFilter]]", "1.0.0")}`,
    ),
    {
      severities: ["warning"],
      messages: [
        "The package cannot be installed, because it requires Znuny-AdminValidFilter, which Znuny 7.1 took in: the framework does its work and its migration removed it. This holds from Znuny 7.1 on.",
      ],
      fixed: null,
    },
  ],
  [
    "package-required-joined",
    inRoot(`<Framework>6.0.x</Framework>${required("Znuny4OTRS-Repo", "1.0.0")}`),
    { dialect: "znuny-6" },
  ],
  [
    "package-required-joined",
    inRoot(`<Framework>11.0.x</Framework>${required("[[ImportExport]]", "1.0.0")}${required("ITSM", "1")}`),
    { dialect: "otobo-11", severities: ["warning"] },
  ],

  [
    "module-required-unversioned-first",
    inRoot(`\n${module("[[A]]")}\n${module("B", "1.00")}\n${module("C", "1.00")}\n`),
    {
      fixed: inRoot(`\n${module("B", "1.00")}\n${module("C", "1.00")}\n${module("A")}\n`),
      messages: [
        "Znuny looks for A and ends the check with success if it is there, because it is asked for without Version: B, C may be missing.",
      ],
    },
  ],
  [
    "module-required-unversioned-first",
    inRoot(
      `${module("[[A]]")}${"BCDEF"
        .split("")
        .map((name) => module(name))
        .join("")}`,
    ),
    {
      dialect: "otrs-legacy",
      messages: [
        "OTRS loads A and ends the check with success if it is there, because it is asked for without Version: B, C, D … may be missing.",
      ],
    },
  ],
  ["module-required-unversioned-first", inRoot(`${module("[[A]]", "0")}${module("B")}`), { fixed: null }],
  ["module-required-unversioned-first", inRoot(`${module("A", "1")}${module("B")}`)],

  [
    "module-required-duplicate",
    inRoot(`${module("A", "2")}${module("[[A]]", "1")}`),
    { fixed: inRoot(module("A", "2")), related: [["1:57 This is the one that counts."]] },
  ],

  [
    "module-required-format",
    inRoot(module("[[Archive/Zip.pm]]", "1")),
    { fixed: inRoot(module("Archive::Zip", "1")) },
  ],
  [
    "module-required-format",
    inRoot(module("[[Archive:Zip]]", "1")),
    { fixed: inRoot(module("Archive::Zip", "1")) },
  ],
  [
    "module-required-format",
    inRoot(module("[[ Archive::Zip]]", "1")),
    { fixed: inRoot(module("Archive::Zip", "1")) },
  ],
  ["module-required-format", inRoot(module("[[DBI and more]]", "1")), { fixed: null }],
  ["module-required-format", inRoot(module("DBD::mysql", "1"))],

  ["module-required-decimal", inRoot(module("A", "[[2.2]]"))],
  ["module-required-decimal", inRoot(module("A", "[[0.051]]"))],
  ["module-required-decimal", inRoot(module("A", "1.08") + module("B", "1.2.3") + module("C", "3"))],

  ["module-required-core", inRoot(module("[[List::Util]]")), { fixed: inRoot("") }],
  [
    "module-used-undeclared",
    inRoot(`<Framework>7.1.x</Framework>${list}`),
    {
      ...acme("package Kernel::System::Acme;\nuse strict;\nuse Excel::Simple;\nuse Excel::Simple;\n1;\n"),
      fixed: inRoot(`<Framework>7.1.x</Framework>${module("Excel::Simple", "0.01")}${plainList}`),
      severities: ["hint"],
      messages: [
        "“Kernel/System/Acme.pm” cannot be loaded where Excel::Simple is missing, and the package is installed there all the same, because no ModuleRequired asks for it.",
      ],
      related: [["Kernel/System/Acme.pm:3:5 It is loaded here."]],
    },
  ],
  ...["require Excel::Simple;", "use parent 'Excel::Simple';", "use parent qw( -strict Excel::Simple );"].map(
    (line): RuleRow => ["module-used-undeclared", inRoot(list), acme(`${line}\n1;`)],
  ),
  ...[
    "eval { require Excel::Simple; };",
    "eval { use Excel::Simple; 1 };",
    "eval 'use Excel::Simple';",
    "sub f { require Excel::Simple; }",
    "require Excel::Simple if $A;",
    "use parent -norequire, 'Excel::Simple';",
    "# use Excel::Simple;",
    "use if $A, 'Excel::Simple';",
    "use List::Util qw(sum);",
    "use 5.016;",
    "use Bundled;",
    "use XML::LibXML::Document;",
    "use DateTime;",
    "use Kernel::System::Nothing;",
    "use experimental 'signatures';",
  ].map((line): RuleRow => ["module-used-undeclared", inRoot(plainList), acme(`${line}\n1;`)]),
  [
    "module-used-undeclared",
    inRoot(module("Excel::Simple", "1") + plainList),
    acme("use Excel::Simple;\nuse Excel::Simple::More;"),
  ],
  // It lies beside the spec, and is only not listed.
  [
    "module-used-undeclared",
    inRoot(plainList),
    {
      ...acme("use Excel::Simple;"),
      disk: { "Kernel/cpan-lib/Excel/Simple.pm": { kind: "file", size: 1, leavesBase: false } },
    },
  ],
  // Nothing is known of the framework, or of the disk.
  ["module-used-undeclared", inRoot(plainList), { ...acme("use Excel::Simple;"), knowledge: noKnowledge }],
  [
    "module-used-undeclared",
    inRoot(plainList),
    { texts: { "Kernel/System/Acme.pm": "use Excel::Simple;" }, knowledge },
  ],
  [
    "module-used-undeclared",
    inRoot('<Filelist><File Location="scripts/test/Acme.t"/></Filelist>'),
    { texts: { "scripts/test/Acme.t": "use Excel::Simple;" }, disk: {}, knowledge },
  ],

  [
    "framework-module-unknown",
    inRoot("<CodeInstall>$Kernel::OM->Get('[[Kernel::System::Tickets]]')->F();</CodeInstall>"),
    {
      ...acme(""),
      fixed: inRoot("<CodeInstall>$Kernel::OM->Get('Kernel::System::Ticket')->F();</CodeInstall>"),
      severities: ["warning"],
      messages: [
        "This code fails unless another package brings Kernel::System::Tickets, which neither Acme Desk 1 nor this package has.",
      ],
    },
  ],
  [
    "framework-module-unknown",
    inRoot("<CodeInstall>if ($A) { $Kernel::OM->Get('[[Kernel::System::Nothing]]')->F(); }</CodeInstall>"),
    {
      ...acme(""),
      fixed: null,
      severities: ["information"],
      messages: [
        "If this code loads Kernel::System::Nothing, it fails unless another package brings it: neither Acme Desk 1 nor this package has it.",
      ],
    },
  ],
  ...[
    "if ( $Main->Require('Kernel::System::Nothing', Silent => 1) ) { $Kernel::OM->Get('Kernel::System::Nothing') }",
    "eval { $Kernel::OM->Get('Kernel::System::Nothing') };",
    "$Kernel::OM->Get('Kernel::System::Ticket');",
    "$Kernel::OM->Get('Kernel::Config');",
    "f('Kernel::System::Nothing');",
    "$Kernel::OM->Get('Kernel::System::Acme');",
  ].map(
    (perl): RuleRow => [
      "framework-module-unknown",
      inRoot(`${plainList}<CodeInstall>${perl.replaceAll("=>", "=&gt;")}</CodeInstall>`),
      acme(""),
    ],
  ),
  [
    "framework-module-unknown",
    inRoot(`${required("FAQ", "1")}<CodeInstall>$Kernel::OM->Get('Kernel::System::FAQ');</CodeInstall>`),
    acme(""),
  ],
  [
    "framework-module-unknown",
    inRoot("<CodeInstall>$Kernel::OM->Get('Kernel::System::FAQ');</CodeInstall>"),
    { disk: {} },
  ],

  ["module-required-core", inRoot(module("List::Util", "1.45") + module("JSON::XS"))],
];

checkRows(rows);
