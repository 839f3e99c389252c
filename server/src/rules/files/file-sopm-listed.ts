import type { ElementRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { locationOf } from "../shared/listed-file.ts";

/** The spec is what the archive is made from; it has no place inside. */
export const fileSopmListed: ElementRule = {
  id: "file-sopm-listed",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  message:
    "The spec itself ends up in the framework's home, where nothing needs it: the archive contains all of it.",
  policyPlugins: ["RequiredElements"],

  check(file) {
    const location = locationOf(file);
    if (!location || !/\.sopm$/i.test(location.value)) return undefined;
    return { span: location.valueSpan, fixes: [removal(file)] };
  },
};
