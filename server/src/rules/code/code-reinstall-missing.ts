import type { PackageRule } from "../rule.ts";

/** Reinstalling repairs files, not what code has set up. */
export const codeReinstallMissing: PackageRule = {
  id: "code-reinstall-missing",
  scope: "package",
  elements: ["CodeInstall"],
  severity: "hint",
  summary: "CodeInstall has a CodeReinstall that does it again",
  message: "Reinstalling the package does not run this code, and there is no CodeReinstall that would.",
  docs:
    "Reinstalling writes the files and settings again and runs `CodeReinstall`, nothing else: neither `CodeInstall` nor " +
    "any database section. Where the code mends something that may have been damaged, add a `CodeReinstall`.",
  bad: '<otrs_package><CodeInstall Type="post"><![CDATA[1;]]></CodeInstall></otrs_package>',
  good:
    '<otrs_package><CodeInstall Type="post"><![CDATA[1;]]></CodeInstall>' +
    '<CodeReinstall Type="post"><![CDATA[1;]]></CodeReinstall></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageReinstall",
  profiles: ["strict"],

  *check(spec) {
    const install = spec.all("CodeInstall").find(({ text }) => text.value.trim() !== "");
    if (install && spec.all("CodeReinstall").length === 0) yield { span: install.nameSpan };
  },
};
