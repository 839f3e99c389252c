import type { PackageRule } from "../rule.ts";
import { codePolicyOf } from "../shared/code-policy.ts";
import { firstLine } from "../shared/license-header.ts";
import { ownCodeFiles } from "../shared/own-code.ts";

/** Whoever updates a changed copy has to know what it is a copy of. */
export const customOriginMarker: PackageRule = {
  id: "custom-origin-marker",
  scope: "package",
  elements: ["Filelist"],
  where: "codePolicy",
  severity: "hint",
  message: {
    custom:
      "The {product} code policy refuses “{path}”, because files in Custom take the place of others and no comment “$origin: …” says of which one.",
    changed:
      "The {product} code policy refuses “{path}”, because this marks a change and no comment “$origin: …” says what was changed.",
  },

  *check(spec, context) {
    const policy = codePolicyOf(context);
    if (!policy) return;
    const { product } = policy;
    for (const file of ownCodeFiles(spec, context, "Origin")) {
      const { path, text } = file;
      if (origin.test(text)) {
        yield undefined;
        continue;
      }
      const marker = changeMarker.exec(text);
      if (marker) {
        const end = marker.index + marker[0].length;
        const span = { start: end - marker[1]!.length, end };
        yield { span, file, variant: "changed", arguments: { product, path } };
      } else if (path.startsWith("Custom/")) {
        yield { span: firstLine(text), file, variant: "custom", arguments: { product, path } };
      } else yield undefined;
    }
  },
};

const origin = /^ *(?:#|\/\/) +\$origin: +\S/m;

const changeMarker = /^ *((?:#|\/\/) +---)(?= *\r?$)/m;
