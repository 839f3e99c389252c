import { codeFamilies } from "../../model/package-spec.ts";
import { moduleMentions, namesUnknownSetup } from "../../symbols/code-section.ts";
import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";

const setupModule = /^var\/packagesetup\/\w+\.pm$/;

/** Setup that nobody runs. */
export const codePackagesetupUnused: PackageRule = {
  id: "code-packagesetup-unused",
  scope: "package",
  elements: ["Filelist"],
  severity: "information",
  message: "“{path}” never runs, because no code section calls it.",

  *check(spec, { packageName }) {
    const setups = fileList(spec).matching(setupModule);
    if (setups.length === 0) return;
    const sections = spec.sections(codeFamilies);
    const calls = sections.some(
      (section) =>
        namesUnknownSetup(section, packageName) ||
        moduleMentions(section, packageName).some(({ path }) => setups.some((setup) => setup.path === path)),
    );
    if (calls) return;
    for (const setup of setups) {
      const { valueSpan } = fileElement(spec, setup).attribute("Location")!;
      yield { span: valueSpan, arguments: { path: setup.path } };
    }
  },
};
