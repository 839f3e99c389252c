import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** `Encode` tells how the content of an archive is packed; a spec has no content. */
export const fileEncodeInSpec: ElementRule = {
  id: "file-encode-in-spec",
  scope: "element",
  elements: ["File"],
  goesByNames: true,
  severity: "warning",
  message: "Encode has no effect in a spec: the builder throws it away and writes its own.",
  policyPlugins: ["RequiredElements"],

  check(file, { kind }) {
    const encode = kind === "spec" ? file.attribute("Encode") : undefined;
    if (encode) return { span: encode.span, unnecessary: true, fixes: [attributeRemoval(file, encode)] };
    return undefined;
  },
};
