import type { PackageRule } from "../rule.ts";

/** What was set up should be taken away again. */
export const codeUninstallMissing: PackageRule = {
  id: "code-uninstall-missing",
  scope: "package",
  elements: ["CodeInstall"],
  severity: "hint",
  message:
    "What this code sets up stays on the system when the package is removed, because there is no CodeUninstall.",

  *check(spec) {
    const install = spec.all("CodeInstall").find(({ text }) => text.value.trim() !== "");
    if (install && spec.all("CodeUninstall").length === 0) yield { span: install.nameSpan };
  },
};
