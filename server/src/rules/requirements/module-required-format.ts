import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isPlaceholder, isRootName } from "../shared/root-child.ts";

/** The text is turned into a file name as it stands. */
export const moduleRequiredFormat: ElementRule = {
  id: "module-required-format",
  scope: "element",
  elements: ["ModuleRequired"],
  severity: "error",
  message: {
    name: "No system installs this package, because “{module}” is no name of a Perl module and is never found.",
    empty: "No system installs this package, because ModuleRequired without a name is never satisfied.",
    blanks: "No system installs this package, because the blanks count as part of the module's name.",
  },

  check(element, _context, parentName) {
    const { value, span } = element.text;
    if (!isRootName(parentName) || isPlaceholder(value) || moduleName.test(value)) return undefined;
    const trimmed = value.trim();
    if (trimmed === "") {
      return { span: element.nameSpan, variant: "empty" };
    } else if (moduleName.test(trimmed)) {
      return { span, variant: "blanks", fixes: [replacement(span, trimmed)] };
    } else {
      const likely = trimmed.replace(/\.pm$/, "").replace(/\/|-|(?<!:):(?!:)|\./g, "::");
      const fixes = moduleName.test(likely) ? [replacement(span, likely)] : [];
      return { span, variant: "name", arguments: { module: trimmed }, fixes };
    }
  },
};

const moduleName = /^[A-Za-z_]\w*(::\w+)*$/;
