import type { AttributeFact, ElementFact } from "./element-fact.ts";

const sharedDetails =
  "The code is evaluated inside the package manager: dying, or returning early without a true value, is only logged, the remaining sections of the same kind and phase are skipped, and the operation still reports success. Put the code into CDATA and use the object manager, not `$Self`.";

const codeConditions: readonly AttributeFact[] = [
  {
    name: "IfPackage",
    type: "package",
    where: "packageMerge",
    summary: "Runs only if the named package is absorbed by `PackageMerge` in this same operation.",
    details:
      "That the package is merely installed is not enough; without a fitting `PackageMerge` it never runs.",
  },
  {
    name: "IfNotPackage",
    type: "package",
    where: "packageMerge",
    summary: "Runs only if the named package is neither installed nor absorbed in this operation.",
  },
];

/** Sections with Perl code that the installer runs. */
export const codeElements: readonly ElementFact[] = [
  codeElement({
    name: "CodeInstall",
    parents: ["root"],
    attributes: [phase(["pre", "post"])],
    summary: "Perl that runs when the package is installed.",
    details:
      "`pre` runs before the tables are created and before the package's own files are on the disk, so it must not load modules of the package. `post` runs last, with files, settings and tables in place.",
    method: "CodeInstall",
    type: "post",
    source: "OTOBO 11 and Znuny 7.1, PackageInstall and _Code",
  }),
  codeElement({
    name: "CodeUpgrade",
    parents: ["root", "PackageMerge"],
    attributes: [
      phase(["pre", "post", "merge"]),
      {
        name: "Version",
        advised: true,
        type: "version",
        summary: "Runs only when the installed version is lower, and the package's version is not.",
        details:
          "Without it the code runs at every upgrade and must be safe to repeat. In merge sections it is compared with the target version alone and there is no lower bound: what the absorbed package has already done runs again.",
      },
    ],
    summary: "Perl that runs when the package is upgraded, or when it absorbs another one.",
    details:
      "The system already shows the new version before `pre` runs, while the files are still the old ones; `post` runs after the files and after `DatabaseUpgrade`. `merge` code runs for every package that is absorbed and older than its target, wherever the section stands.",
    method: "CodeUpgrade",
    type: "post",
    version: true,
    source: "OTOBO 11 and Znuny 7.1, PackageUpgrade, _MergedPackages and _Code",
  }),
  codeElement({
    name: "CodeReinstall",
    parents: ["root"],
    attributes: [phase(["pre", "post"])],
    summary: "Perl that runs when the package is reinstalled.",
    details:
      "Reinstalling writes the files and the settings again and runs nothing but this: neither `CodeInstall` nor any database section.",
    method: "CodeReinstall",
    type: "post",
    source: "OTOBO 11 and Znuny 7.1, PackageReinstall and _Code",
  }),
  codeElement({
    name: "CodeUninstall",
    parents: ["root"],
    attributes: [phase(["pre", "post"])],
    summary: "Perl that runs when the package is removed.",
    details:
      "Use `pre` for code that needs modules or tables of the package: when `post` runs, which is also the default, the files are deleted and the tables dropped.",
    method: "CodeUninstall",
    type: "pre",
    source: "OTOBO 11 and Znuny 7.1, PackageUninstall and _Code",
  }),
];

interface CodeRow {
  readonly name: string;
  readonly parents: readonly string[];
  readonly attributes: readonly AttributeFact[];
  readonly summary: string;
  readonly details: string;
  readonly method: string;
  readonly type: "pre" | "post";
  readonly version?: boolean;
  readonly source: string;
}

/** What all code sections share; the call into a setup module is what most packages put into one. */
function codeElement({
  name,
  parents,
  attributes,
  summary,
  details,
  method,
  type,
  version,
  source,
}: CodeRow): ElementFact {
  const body = (start: string, module: string) =>
    `<${name}${start}><![CDATA[\n    ${module}->${method}();\n]]></${name}>`;
  return {
    name,
    parents,
    repeat: "many",
    content: "perl",
    attributes: [...attributes, ...codeConditions],
    readBy: "installer",
    summary,
    details: `${details} ${sharedDetails}`,
    example: body(
      ` Type="${type}"${version ? ' Version="1.1.0"' : ""}`,
      "$Kernel::OM->Get('var::packagesetup::AcmeContracts')",
    ),
    snippet: body(
      ` Type="\${1|${type === "pre" ? "pre,post" : "post,pre"}|}"${version ? ' Version="${2:${VERSION}}"' : ""}`,
      `\\$Kernel::OM->Get('var::packagesetup::\${${version ? 3 : 2}:PackageName}')`,
    ),
    source,
  };
}

function phase(values: readonly string[]): AttributeFact {
  return {
    name: "Type",
    advised: true,
    values,
    anyCase: true,
    default: "post",
    summary: "When the code runs, relative to the package's files.",
    details:
      "Letter case does not matter here, other than in database sections. The value is used as a pattern for the whole phase, and a value that fits no phase never runs.",
  };
}
