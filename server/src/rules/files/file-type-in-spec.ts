import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** The only word that the installer knows is `replace`. */
export const fileTypeInSpec: ElementRule = {
  id: "file-type-in-spec",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  summary: "A File has no Type",
  message: {
    unknown: "Type=“{type}” has no effect on a file: the installer knows “replace” alone.",
    policy: "The Znuny code policy refuses Type on a file, although the installer understands “replace”.",
  },
  docs:
    'With `Type="replace"`, in any letter case, the installer keeps a file that is in the way as `.backup` instead ' +
    "of `.save`; uninstalling puts either of them back. Any other value has no effect. The Znuny code policy allows " +
    "no `Type` at all.",
  bad: '<File Permission="660" Location="Kernel/System/Acme.pm" Type="overwrite"/>',
  good: '<File Permission="660" Location="Kernel/System/Acme.pm"/>',
  source: "Znuny 7.1 and OTOBO 11, _FileInstall",
  policyPlugins: ["RequiredElements"],

  check(file, { kind, profile }) {
    const type = kind === "spec" ? file.attribute("Type") : undefined;
    if (!type) return undefined;
    const replaces = type.value.toLowerCase() === "replace";
    if (replaces && profile === "framework") return undefined;
    return {
      span: type.span,
      variant: replaces ? "policy" : "unknown",
      arguments: { type: type.value },
      unnecessary: !replaces,
      fixes: [attributeRemoval(file, type)],
    };
  },
};
