import { plainPath } from "../../symbols/file-list.ts";
import { closest } from "../../text/similar.ts";
import type { ElementRule } from "../rule.ts";
import { homeFolders, isLeftOut, locationOf } from "../shared/listed-file.ts";

/** Nothing in the framework looks into folders of other names. */
export const fileToplevel: ElementRule = {
  id: "file-toplevel",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  message: {
    new: "Installing the package makes a new entry “{segment}” in the framework's home. The framework looks for nothing there.",
    similar:
      "Installing the package makes a new entry “{segment}” in the framework's home. Did you mean “{similar}”?",
  },
  policyPlugins: ["FileList"],

  check(file, context) {
    const location = locationOf(file);
    if (!location || isLeftOut(location.value, context)) return undefined;
    const path = plainPath(location.value.trim().replaceAll("\\", "/"));
    const slash = path.indexOf("/");
    const segment = slash < 0 ? path : path.slice(0, slash);
    if (segment === "" || (homeFolders as readonly string[]).includes(segment)) return undefined;
    // Framework files and specs are the business of other rules.
    if (context.knowledge.isFrameworkFile(path) === true || /\.sopm$/i.test(path)) return undefined;
    const similar = path === segment ? undefined : closest(segment, homeFolders);
    const start = location.valueSpan.start + location.value.indexOf(segment);
    const span = { start, end: start + segment.length };
    return {
      span,
      variant: similar === undefined ? "new" : "similar",
      arguments: { segment, ...(similar !== undefined && { similar }) },
      fixes:
        similar === undefined
          ? []
          : [{ title: "Write “{text}”", arguments: { text: similar }, edits: [{ span, newText: similar }] }],
    };
  },
};
