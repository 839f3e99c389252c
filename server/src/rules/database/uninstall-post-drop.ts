import { databaseOf } from "../../symbols/package-database.ts";
import type { PackageRule } from "../rule.ts";
import { placeOf } from "../shared/database-names.ts";

/** Code of the phase `post` is the very last that runs. */
export const uninstallPostDrop: PackageRule = {
  id: "uninstall-post-drop",
  scope: "package",
  elements: ["DatabaseUninstall"],
  severity: "hint",
  summary: "Code that runs after the tables are dropped does not need them",
  message:
    "The CodeUninstall of phase post finds “{table}” gone, because the tables are dropped before it runs.",
  docs:
    "Uninstalling runs `CodeUninstall` of phase `pre`, then `DatabaseUninstall` of phase `pre`, removes the files, and " +
    "then runs `DatabaseUninstall` and `CodeUninstall` of phase `post`, in this order. Code that still reads the tables " +
    'belongs into `Type="pre"`, where the files of the package are there as well. The rule speaks of tables that the code names.',
  bad: '<otrs_package><CodeUninstall Type="post">$DBObject-&gt;Do( SQL =&gt; "DELETE FROM acme_contract" );</CodeUninstall><DatabaseUninstall Type="post"><TableDrop Name="acme_contract"/></DatabaseUninstall></otrs_package>',
  good: '<otrs_package><CodeUninstall Type="pre">$DBObject-&gt;Do( SQL =&gt; "DELETE FROM acme_contract" );</CodeUninstall><DatabaseUninstall Type="post"><TableDrop Name="acme_contract"/></DatabaseUninstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageUninstall",
  profiles: ["strict"],

  check(spec) {
    const { uninstall } = databaseOf(spec);
    if (uninstall.length === 0) return [];
    const words = new Set(
      spec
        .all("CodeUninstall")
        .filter((code) => (code.value("Type") || "post") === "post")
        .flatMap(({ text }) => text.value.toLowerCase().match(/\w+/g) ?? []),
    );
    return uninstall.flatMap(({ statement, element }) =>
      statement.kind === "drop" && words.has(statement.table.toLowerCase())
        ? [{ span: placeOf(element, "Name"), arguments: { table: statement.table } }]
        : [],
    );
  },
};
