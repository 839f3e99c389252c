import { plainPath } from "../../symbols/file-list.ts";
import type { ElementRule } from "../rule.ts";
import { isLeftOut, locationOf } from "../shared/listed-file.ts";

/** Replacing a file of the framework freezes it in the state the author knew. */
export const fileFrameworkOverride: ElementRule = {
  id: "file-framework-override",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  message: {
    module:
      "Installing replaces the framework's own “{location}”, and from then on updates of the framework and of the package overwrite each other. Custom/{location} would leave it in place.",
    other:
      "Installing replaces the framework's own “{location}”, and from then on updates of the framework and of the package overwrite each other.",
  },

  check(file, context) {
    const location = locationOf(file);
    if (!location || isLeftOut(location.value, context)) return undefined;
    const path = plainPath(location.value);
    if (context.knowledge.isFrameworkFile(path) !== true) return undefined;
    const isModule = /^Kernel\/(?!cpan-lib\/|Config).*\.pm$/.test(path);
    return {
      span: location.valueSpan,
      variant: isModule ? "module" : "other",
      arguments: { location: path },
    };
  },
};
