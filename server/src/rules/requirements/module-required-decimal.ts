import type { ElementRule } from "../rule.ts";
import { isRootName } from "../shared/root-child.ts";

/** Modules count their versions as decimal numbers, the installer does not. */
export const moduleRequiredDecimal: ElementRule = {
  id: "module-required-decimal",
  scope: "element",
  elements: ["ModuleRequired"],
  severity: "information",
  message:
    "The installer may refuse a newer {module} or take an older one, because it does not read {version} as a decimal number.",

  check(element, _context, parentName) {
    const version = element.attribute("Version");
    if (!isRootName(parentName) || !version) return undefined;
    const digits = /^\d+\.(\d+)$/.exec(version.value)?.[1];
    if (digits === undefined || digits.length === 2) return undefined;
    return {
      span: version.valueSpan,
      arguments: { module: element.text.value.trim(), version: version.value },
    };
  },
};
