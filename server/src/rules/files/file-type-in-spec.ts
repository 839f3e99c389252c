import { isAskedFor } from "../profiles.ts";
import type { ElementRule } from "../rule.ts";
import { codePolicyOf } from "../shared/code-policy.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** The only word that the installer knows is `replace`. */
export const fileTypeInSpec: ElementRule = {
  id: "file-type-in-spec",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  message: {
    unknown: "Type=“{type}” has no effect on a file: the installer knows “replace” alone.",
    policy: "The {product} code policy refuses Type on a file, although the installer understands “replace”.",
  },
  policyPlugins: ["RequiredElements"],

  check(file, context) {
    const type = context.kind === "spec" ? file.attribute("Type") : undefined;
    if (!type) return undefined;
    const replaces = type.value.toLowerCase() === "replace";
    const policy = isAskedFor("file-type-in-spec/policy", context) ? codePolicyOf(context) : undefined;
    if (replaces && !policy) return undefined;
    return {
      span: type.span,
      variant: replaces ? "policy" : "unknown",
      arguments: policy && replaces ? { product: policy.product } : { type: type.value },
      unnecessary: !replaces,
      fixes: [attributeRemoval(file, type)],
    };
  },
};
