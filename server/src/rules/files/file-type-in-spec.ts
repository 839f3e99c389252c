import { switchAcross } from "../../dialect/switches.ts";
import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** The only word that the installer knows is `replace`. */
export const fileTypeInSpec: ElementRule = {
  id: "file-type-in-spec",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  message: {
    unknown: "Type=“{type}” has no effect on a file: the installer knows “replace” alone.",
    policy: "The Znuny code policy refuses Type on a file, although the installer understands “replace”.",
  },
  policyPlugins: ["RequiredElements"],

  check(file, { kind, profile, releases }) {
    const type = kind === "spec" ? file.attribute("Type") : undefined;
    if (!type) return undefined;
    const replaces = type.value.toLowerCase() === "replace";
    const isRefused = profile !== "framework" && switchAcross("codePolicy", releases) !== "off";
    if (replaces && !isRefused) return undefined;
    return {
      span: type.span,
      variant: replaces ? "policy" : "unknown",
      arguments: { type: type.value },
      unnecessary: !replaces,
      fixes: [attributeRemoval(file, type)],
    };
  },
};
