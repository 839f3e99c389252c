import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isPlaceholder, isRootName } from "../shared/root-child.ts";

/** The text is turned into a file name as it stands. */
export const moduleRequiredFormat: ElementRule = {
  id: "module-required-format",
  scope: "element",
  elements: ["ModuleRequired"],
  severity: "error",
  summary: "A ModuleRequired names a Perl module",
  message: {
    name: "No system installs this package, because “{module}” is no name of a Perl module and is never found.",
    empty: "No system installs this package, because ModuleRequired without a name is never satisfied.",
    blanks: "No system installs this package, because the blanks count as part of the module's name.",
  },
  docs:
    "The installer makes a file name of the text and looks for it where Perl looks for modules. Write the name as in " +
    "`use`, such as `Archive::Zip`, without blanks, without `.pm` and not as a distribution like `Archive-Zip`.",
  bad: '<otrs_package><ModuleRequired Version="1.08">Archive-Zip</ModuleRequired></otrs_package>',
  good: '<otrs_package><ModuleRequired Version="1.08">Archive::Zip</ModuleRequired></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, _CheckModuleRequired and ModuleVersionGet",

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
