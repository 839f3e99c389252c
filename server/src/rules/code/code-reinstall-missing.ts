import type { PackageRule } from "../rule.ts";

/** Reinstalling repairs files, not what code has set up. */
export const codeReinstallMissing: PackageRule = {
  id: "code-reinstall-missing",
  scope: "package",
  elements: ["CodeInstall"],
  severity: "hint",
  message: "Reinstalling the package does not run this code, and there is no CodeReinstall that would.",
  profiles: ["strict"],

  *check(spec) {
    const install = spec.all("CodeInstall").find(({ text }) => text.value.trim() !== "");
    if (install && spec.all("CodeReinstall").length === 0) yield { span: install.nameSpan };
  },
};
