import type { ElementRule } from "../rule.ts";
import { isRootName } from "../shared/root-child.ts";

/** Console commands take `Name-1.2.3` apart at the version. */
export const nameEndsLikeVersion: ElementRule = {
  id: "name-ends-like-version",
  scope: "element",
  elements: ["Name"],
  severity: "warning",
  message: "The console does not find this package by its Name, because it takes “{ending}” for a version.",

  check(name, _context, parentName) {
    if (!isRootName(parentName)) return undefined;
    const { value, span } = name.trimmedText;
    const ending = /-\d{1,4}\.\d{1,4}\.\d{1,4}$/.exec(value);
    if (ending) return { span, arguments: { ending: ending[0].slice(1) } };
    return undefined;
  },
};
