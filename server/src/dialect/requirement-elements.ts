import type { ElementFact } from "./element-fact.ts";

/** What a package asks of the system it comes to, and which packages it takes the place of. */
export const requirementElements: readonly ElementFact[] = [
  {
    name: "Framework",
    parents: ["root"],
    repeat: "some",
    content: "text",
    attributes: [
      {
        name: "Minimum",
        type: "version",
        summary: "The lowest framework version the package runs on, itself included.",
        details:
          "Only the first three groups count. A greater patch level overrules a smaller release: `7.x.x` with Minimum 7.1.0 also fits 7.0.20, so give bounds only beside a text whose first two groups are fixed. OTRS before 5.0.14 ignores it.",
      },
      {
        name: "Maximum",
        type: "version",
        summary: "The highest framework version the package runs on, itself included.",
        details:
          "An `x` in it counts as 0, so that `7.0.x` as Maximum refuses every patch level but 0. OTRS before 5.0.14 ignores it.",
      },
    ],
    readBy: "installer, index, online list, admin screen",
    summary: "A framework version the package runs on, such as `7.1.x`; several elements are alternatives.",
    details:
      "The text is compared with the whole version of the running framework: `x` stands for one or more characters of any kind, dots included, `7.1` alone never fits 7.1.3, and a blank or line break around the text fits nothing. Of several entries that fit the last one decides, together with its bounds. A package without `Framework` is refused by the admin screen and hidden in online lists; the console installs it anywhere.",
    example: '<Framework Minimum="7.0.4">7.0.x</Framework>',
    snippet: "<Framework>${1:7.1.x}</Framework>",
    source: "OTOBO 11 and Znuny 7.1, AnalyzePackageFrameworkRequirements",
  },
  {
    name: "OS",
    parents: ["root"],
    repeat: "many",
    content: "text",
    attributes: [],
    readBy: "installer, index",
    summary: "An operating system the package runs on, such as `linux`; several elements are alternatives.",
    details:
      "The text is a regular expression that has to fit Perl's whole name of the system (`linux`, `darwin`, `freebsd`, `MSWin32`), in any letter case. Empty ones are skipped, but a package whose `OS` elements are all empty fits nowhere.",
    example: "<OS>linux</OS>",
    snippet: "<OS>${1|linux,freebsd,darwin,MSWin32|}</OS>",
    source: "OTOBO 11 and Znuny 7.1, _OSCheck",
  },
  {
    name: "PackageRequired",
    parents: ["root"],
    repeat: "many",
    content: "text",
    attributes: [
      {
        name: "Version",
        required: true,
        type: "version",
        summary: "The lowest version of the other package that will do.",
        details:
          "Without it the check always fails and the package cannot be installed, although the overview that Znuny shows before, from 6.5.1 on, counts a missing version as any.",
      },
    ],
    readBy: "installer, index, online list, admin screen",
    summary: "Another package that has to be installed first; the text is its name.",
    details:
      "There is no highest version and no either-or. It is checked when this package is installed or upgraded, not when it is reinstalled, and nobody keeps the other package from changing afterwards; only uninstalling it is refused. The names have to be equal letter by letter.",
    example: '<PackageRequired Version="6.4.0">GeneralCatalog</PackageRequired>',
    snippet: '<PackageRequired Version="${2:1.0.0}">${1:PackageName}</PackageRequired>',
    source: "OTOBO 11 and Znuny 7.1, _CheckPackageRequired",
  },
  {
    name: "ModuleRequired",
    parents: ["root"],
    repeat: "many",
    content: "text",
    attributes: [
      {
        name: "Version",
        advised: true,
        type: "version",
        summary: "The lowest version of the Perl module that will do.",
        details:
          "Compared group by group, so that 2.2 is lower than 2.179. When an installed module is met without it, all later entries go unchecked.",
      },
    ],
    readBy: "installer, index, admin screen",
    summary: "A Perl module that has to be installed on the server; the text is its name.",
    details:
      "The check ends with success as soon as it meets an installed module that was asked for without a `Version`: entries after it are never looked at. Give every entry a version, or put the ones without at the end.",
    example: '<ModuleRequired Version="1.08">Archive::Zip</ModuleRequired>',
    snippet: '<ModuleRequired Version="${2:1.00}">${1:Module::Name}</ModuleRequired>',
    source: "OTOBO 11 and Znuny 7.1, _CheckModuleRequired",
  },
  {
    name: "PackageMerge",
    parents: ["root"],
    repeat: "many",
    content: "elements",
    attributes: [
      {
        name: "Name",
        required: true,
        type: "package",
        summary: "The name of the package that this one absorbs.",
      },
      {
        name: "TargetVersion",
        required: true,
        type: "version",
        summary: "The last known version of the absorbed package.",
        details:
          "An installed version that is not lower, and not the very same text, stops the whole operation, also when forced: `2.0` against `2.0.0` counts as newer.",
      },
    ],
    where: "packageMerge",
    since: "OTRS 4.0",
    readBy: "installer, builder, index",
    summary: "Absorbs another installed package: its files and its entry go, its data stays.",
    details:
      'It holds `CodeUpgrade` and `DatabaseUpgrade` with `Type="merge"`. They do not belong to their `PackageMerge`: all of them run for every absorbed package that is older than its target. The builder hoists them out, one level up, and then the `Version` of the table elements counts instead of the one of `DatabaseUpgrade`; give both the same. Merging happens before the version and file checks, so a refused upgrade has already removed the old package.',
    example:
      '<PackageMerge Name="AcmeContractsExtra" TargetVersion="2.0.0">\n    <CodeUpgrade Type="merge"><![CDATA[\n        $Kernel::OM->Get(\'var::packagesetup::AcmeContracts\')->MergeExtra();\n    ]]></CodeUpgrade>\n</PackageMerge>',
    snippet: '<PackageMerge Name="${1:PackageName}" TargetVersion="${2:1.0.0}">\n    $0\n</PackageMerge>',
    source: "OTOBO 11 and Znuny 7.1, _MergedPackages and PackageBuild",
  },
];
