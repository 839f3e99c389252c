import { codeHolds, codeSection } from "../../symbols/code-section.ts";
import type { ElementRule } from "../rule.ts";

/** Code sections run inside a method of the package manager, so its object is at hand, by accident. */
export const codeUsesSelf: ElementRule = {
  id: "code-uses-self",
  scope: "element",
  elements: ["CodeInstall", "CodeUpgrade", "CodeReinstall", "CodeUninstall"],
  severity: "warning",
  summary: "Code uses the object manager, not $Self",
  message:
    "This code may fail with the next release, because $Self is the package manager's own object here.",
  docs:
    "Code sections are evaluated inside a method of the package manager, so `$Self` is the package manager, and what " +
    "it holds has changed with every generation: the objects that were there up to OTRS 3 are gone. Take what you " +
    "need from the object manager, as `$Kernel::OM->Get('Kernel::System::Group')`.",
  bad: '<CodeInstall Type="post"><![CDATA[$Self->{GroupObject}->GroupAdd(%Group);]]></CodeInstall>',
  good: "<CodeInstall Type=\"post\"><![CDATA[$Kernel::OM->Get('Kernel::System::Group')->GroupAdd(%Group);]]></CodeInstall>",
  source: "Znuny 7.1 and OTOBO 11, _Code; Znuny code policy, TidyAll::Plugin::Znuny::SOPM::CodeTags",
  where: "objectManager",
  policyPlugins: ["CodeTags"],

  check(section) {
    if (!codeHolds(section, /Self/)) return undefined;
    const { perl, spanOf } = codeSection(section);
    // A subroutine that takes its own $Self off its arguments is left alone.
    if (/\bmy\s*\(?\s*\$Self\b/.test(perl.code)) return undefined;
    const match = /\$\{?Self\b/.exec(perl.withStrings);
    if (match) return { span: spanOf(match.index, match.index + match[0].length) };
    return undefined;
  },
};
