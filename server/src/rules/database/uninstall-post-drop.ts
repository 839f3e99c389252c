import { databaseOf } from "../../model/package-database.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import type { PackageRule } from "../rule.ts";

/** Code of the phase `post` is the very last that runs. */
export const uninstallPostDrop: PackageRule = {
  id: "uninstall-post-drop",
  scope: "package",
  severity: "hint",
  summary: "Code that runs after the tables are dropped does not need them",
  message:
    "The CodeUninstall of phase post finds “{table}” gone, because the tables are dropped before it runs.",
  docs:
    "Uninstalling runs `CodeUninstall` of phase `pre`, then `DatabaseUninstall` of phase `pre`, removes the files, and " +
    "then runs `DatabaseUninstall` and `CodeUninstall` of phase `post`, in this order. Code that still reads the tables " +
    'belongs into `Type="pre"`, where the files of the package are there as well.',
  bad: '<otrs_package><CodeUninstall Type="post">1;</CodeUninstall><DatabaseUninstall Type="post"><TableDrop Name="acme_contract"/></DatabaseUninstall></otrs_package>',
  good: '<otrs_package><CodeUninstall Type="pre">1;</CodeUninstall><DatabaseUninstall Type="post"><TableDrop Name="acme_contract"/></DatabaseUninstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageUninstall",
  profiles: ["strict"],

  check(spec) {
    const drop = databaseOf(spec).uninstall.find(({ statement }) => statement.kind === "drop");
    if (!drop || !hasLateCode(spec)) return [];
    return [{ span: drop.element.nameSpan, arguments: { table: drop.statement.table } }];
  },
};

function hasLateCode(spec: PackageSpec): boolean {
  return spec
    .all("CodeUninstall")
    .some((code) => (code.value("Type") || "post") === "post" && code.text.value.trim() !== "");
}
