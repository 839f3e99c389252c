import { checkRows, inRoot, type RuleRow } from "../support/rule-rows.ts";

const required = (name: string, version?: string) =>
  `<PackageRequired${version === undefined ? "" : ` Version="${version}"`}>${name}</PackageRequired>`;
const module = (name: string, version?: string) =>
  `<ModuleRequired${version === undefined ? "" : ` Version="${version}"`}>${name}</ModuleRequired>`;

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
  ["module-required-core", inRoot(module("List::Util", "1.45") + module("JSON::XS"))],
];

checkRows(rows);
