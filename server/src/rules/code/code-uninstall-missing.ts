import type { PackageRule } from "../rule.ts";

/** What was set up should be taken away again. */
export const codeUninstallMissing: PackageRule = {
  id: "code-uninstall-missing",
  scope: "package",
  elements: ["CodeInstall"],
  severity: "hint",
  summary: "CodeInstall has a CodeUninstall that takes it back",
  message:
    "What this code sets up stays on the system when the package is removed, because there is no CodeUninstall.",
  docs:
    "Removing a package deletes its files and runs `CodeUninstall` and `DatabaseUninstall`. Groups, dynamic fields, " +
    "settings and the like that `CodeInstall` has made stay unless code removes them. Where they should stay, or where " +
    "there is nothing to remove, all is well.",
  bad: '<otrs_package><CodeInstall Type="post"><![CDATA[1;]]></CodeInstall></otrs_package>',
  good:
    '<otrs_package><CodeInstall Type="post"><![CDATA[1;]]></CodeInstall>' +
    '<CodeUninstall Type="pre"><![CDATA[1;]]></CodeUninstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageUninstall",
  profiles: ["strict"],

  *check(spec) {
    const install = spec.all("CodeInstall").find(({ text }) => text.value.trim() !== "");
    if (install && spec.all("CodeUninstall").length === 0) yield { span: install.nameSpan };
  },
};
