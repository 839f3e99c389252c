import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { locationOf } from "../shared/listed-file.ts";

/** A path that could leave the framework's home is dropped, even when it comes back. */
export const fileParentTraversal: ElementRule = {
  id: "file-parent-traversal",
  scope: "element",
  elements: ["File"],
  severity: "error",
  message: "The framework silently leaves out “{location}”, because it contains “../”.",
  where: "forbidsPaths",
  policyPlugins: ["FileList"],

  check(file) {
    const location = locationOf(file);
    const at = location?.value.indexOf("../") ?? -1;
    if (!location || at < 0) return undefined;
    const straight = straightened(location.value);
    const start = location.valueSpan.start + location.value.lastIndexOf("/", at) + 1;
    const plain = location.value.length === location.valueSpan.end - location.valueSpan.start;
    return {
      span: plain ? { start, end: location.valueSpan.start + at + 3 } : location.valueSpan,
      arguments: { location: location.value },
      fixes: straight === undefined ? [] : [replacement(location.valueSpan, straight)],
    };
  },
};

/** The same path without detours; undefined when it leaves the home or names nothing. */
function straightened(path: string): string | undefined {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "." || segment === "") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join("/") || undefined;
}
