import { databaseConditions } from "./database-attributes.ts";
import type { AttributeFact, ElementFact } from "./element-fact.ts";

const leak =
  "A section without `Type` takes over the `Type` of the section of the same name before it; only the first one falls back to `post`.";

/** The sections that hold database changes; what stands in them is in `database-elements.ts`. */
export const databaseSectionElements: readonly ElementFact[] = [
  {
    name: "DatabaseInstall",
    parents: ["root"],
    repeat: "many",
    content: "elements",
    attributes: [phase(["post", "pre"]), ...databaseConditions],
    readBy: "installer, builder",
    summary: "Tables and rows that are created when the package is installed.",
    details: `All statements of a phase run first and the foreign keys of its new tables after them, so the order of the tables does not matter. A statement that fails is only logged, and the installation goes on. ${leak}`,
    example:
      '<DatabaseInstall Type="post">\n    <TableCreate Name="acme_contract">\n        <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>\n    </TableCreate>\n</DatabaseInstall>',
    snippet:
      '<DatabaseInstall Type="post">\n    <TableCreate Name="${1:table_name}">\n        <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>\n        $0\n    </TableCreate>\n</DatabaseInstall>',
    source: "OTOBO 11 and Znuny 7.1, PackageInstall and _Database",
  },
  {
    name: "DatabaseUpgrade",
    parents: ["root", "PackageMerge"],
    repeat: "many",
    content: "elements",
    attributes: [
      phase(["post", "pre", "merge"]),
      {
        name: "Version",
        type: "version",
        summary:
          "Counts only in `PackageMerge`, and only until the framework's builder has hoisted the section.",
        details:
          "Everywhere else the `Version` of each element inside decides. In `PackageMerge` give both the same version; then the section runs in every form of the archive.",
      },
      ...databaseConditions,
    ],
    readBy: "installer, builder",
    summary: "Changes to tables and rows that are made when the package is upgraded.",
    details: `Each element directly inside needs a \`Version\` and runs when the installed version is lower; without \`Version\` it never runs, and one above the package's own version runs again at every upgrade. Sections with \`Type="pre"\` never run in any known framework. ${leak}`,
    example:
      '<DatabaseUpgrade Type="post">\n    <TableAlter Name="acme_contract" Version="1.1.0">\n        <ColumnAdd Name="owner_id" Required="true" Type="INTEGER" Default="1"/>\n    </TableAlter>\n</DatabaseUpgrade>',
    snippet:
      '<DatabaseUpgrade Type="post">\n    <TableAlter Name="${1:table_name}" Version="${2:${VERSION}}">\n        $0\n    </TableAlter>\n</DatabaseUpgrade>',
    source: "OTOBO 11 and Znuny 7.1, PackageUpgrade and _MergedPackages",
  },
  {
    name: "DatabaseReinstall",
    parents: ["root"],
    repeat: "many",
    content: "elements",
    attributes: [phase(["post", "pre"]), ...databaseConditions],
    readBy: "builder",
    summary: "Meant for database changes when the package is reinstalled; it never runs.",
    details:
      "The frameworks read it and write it into the archive, but reinstalling touches no table. Put such work into `CodeReinstall`.",
    example: '<DatabaseReinstall Type="post">\n</DatabaseReinstall>',
    snippet: '<DatabaseReinstall Type="post">\n    $0\n</DatabaseReinstall>',
    source: "OTOBO 11 and Znuny 7.1, PackageReinstall does not ask for it",
  },
  {
    name: "DatabaseUninstall",
    parents: ["root"],
    repeat: "many",
    content: "elements",
    attributes: [
      phase(["pre", "post"]),
      ...databaseConditions.map(
        (fact): AttributeFact => ({
          ...fact,
          obsolete: true,
          summary: "Not evaluated when a package is removed.",
          details: "The section always runs.",
        }),
      ),
    ],
    readBy: "installer, builder",
    summary: "Tables that are dropped when the package is removed.",
    details: `Nothing is dropped by itself: tables and columns that are not named here stay behind. Drop the tables that refer to others first, since MySQL and PostgreSQL refuse to drop a table that is still referred to. ${leak}`,
    example: '<DatabaseUninstall Type="pre">\n    <TableDrop Name="acme_contract"/>\n</DatabaseUninstall>',
    snippet:
      '<DatabaseUninstall Type="${1|pre,post|}">\n    <TableDrop Name="${2:table_name}"/>\n</DatabaseUninstall>',
    source: "OTOBO 11 and Znuny 7.1, PackageUninstall and _Database",
  },
];

function phase(values: readonly string[]): AttributeFact {
  return {
    name: "Type",
    advised: true,
    values,
    default: "post",
    summary: "When the section runs, relative to the package's files.",
    details:
      "Lower case counts here: a section with `Pre` or `POST` never runs. The default holds only for the first section of a name, so write it always.",
  };
}
