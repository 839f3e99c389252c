import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

const singleNames = [
  "Name",
  "Version",
  "Vendor",
  "URL",
  "License",
  "PackageIsVisible",
  "PackageIsDownloadable",
  "PackageIsRemovable",
  "PackageAllowDirectUpdate",
];

/** Of elements that can be there only once the last one wins. */
export const singleElementDuplicate: PackageRule = {
  id: "single-element-duplicate",
  scope: "package",
  elements: singleNames,
  severity: "error",
  message: "This <{name}> does not count, because of several the framework takes the last.",
  policyPlugins: ["XSD"],

  *check(spec) {
    for (const name of singleNames) {
      const all = spec.all(name);
      if (all.length < 2) continue;
      const elements = rootChildren(spec, name);
      for (const element of elements.slice(0, -1)) {
        yield {
          span: element.nameSpan,
          arguments: { name },
          related: [{ message: "This is the one that counts.", span: elements.at(-1)!.nameSpan }],
          fixes: [removal(element)],
          unnecessary: true,
        };
      }
    }
  },
};
