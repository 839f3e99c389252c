import { forbiddenPathsOf } from "../../dialect/forbidden-paths.ts";
import { switchAcross } from "../../dialect/switches.ts";
import type { ElementRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { isLeftOut, locationOf } from "../shared/listed-file.ts";

/** The parser has a list of paths that no package may bring along. */
export const fileForbiddenPath: ElementRule = {
  id: "file-forbidden-path",
  scope: "element",
  elements: ["File"],
  severity: "error",
  message: {
    "main-config":
      "The framework silently leaves out “{location}”, because the main configuration belongs to the system.",
    "generated-config": "The framework silently leaves out “{location}”, because it writes that file itself.",
    cache: "The framework silently leaves out “{location}”, because it lies in the cache.",
    log: "The framework silently leaves out “{location}”, because it lies among the logs.",
  },

  check(file, context) {
    const location = locationOf(file);
    if (!location || !isLeftOut(location.value, context)) return undefined;
    const forbidden = forbiddenPathsOf(context.releases.highest);
    const { kind, where } = forbidden.find(({ pattern }) => pattern.test(location.value)) ?? {};
    if (!kind || kind === "absolute" || kind === "traversal") return undefined;
    return {
      span: location.valueSpan,
      variant: kind,
      arguments: { location: location.value },
      releases: switchAcross(where ?? "forbidsPaths", context.releases),
      fixes: [removal(file)],
    };
  },
};
