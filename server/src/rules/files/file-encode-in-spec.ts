import type { ElementRule } from "../rule.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** `Encode` tells how the content of an archive is packed; a spec has no content. */
export const fileEncodeInSpec: ElementRule = {
  id: "file-encode-in-spec",
  scope: "element",
  elements: ["File"],
  goesByNames: true,
  severity: "warning",
  summary: "In a spec a File has no Encode",
  message: "Encode has no effect in a spec: the builder throws it away and writes its own.",
  docs:
    "`Encode` says how a file's content is packed into the archive. The builder ignores what the spec says and always " +
    "writes `Base64`. Code policies refuse the attribute in a spec.",
  bad: '<File Permission="660" Location="Kernel/System/Acme.pm" Encode="Base64"/>',
  good: '<File Permission="660" Location="Kernel/System/Acme.pm"/>',
  source: "Znuny 7.1 and OTOBO 11, PackageBuild",
  policyPlugins: ["RequiredElements"],

  check(file, { kind }) {
    const encode = kind === "spec" ? file.attribute("Encode") : undefined;
    if (encode) return { span: encode.span, unnecessary: true, fixes: [attributeRemoval(file, encode)] };
    return undefined;
  },
};
