import { isNamedSetting } from "../../sysconfig/read-definitions.ts";
import type { PackageRule } from "../rule.ts";
import { reportIn, settingElements, settingsFilesIn } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

/** Tools of the vendors read the encoding of a file in its first line. */
export const sysconfigFirstLine: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-first-line",
  isOfAnyFramework: true,
  severity: "hint",
  policyPlugins: ["ConfigSyntax"],
  message: "The first line of the file should be the XML declaration with version and encoding.",

  *check(spec, context) {
    for (const file of settingsFilesIn(spec, context)) {
      const { text, tree } = file;
      if (
        /^\uFEFF?<\?xml\s+version=(["'])1\.[01]\1\s+encoding=(["'])(?:utf-8|iso-8859-1)\2[^<>]*\?>/i.test(
          text,
        )
      )
        continue;
      if (!settingElements(tree).some(isNamedSetting)) continue;
      const { declaration } = tree;
      const start = text.startsWith("\uFEFF") ? 1 : 0;
      const line = '<?xml version="1.0" encoding="utf-8" ?>';
      const span = declaration
        ? { start: declaration.start, end: declaration.start + declaration.node.width }
        : { start, end: start };
      const isOther = declaration && /encoding/.test(text.slice(span.start, span.end));
      // Another encoding than the two is not put right by a name, and what is before the declaration stays there.
      const isMended = !isOther && (!declaration || declaration.start === start);
      const newText = declaration ? line : `${line}\n`;
      const fixes = isMended
        ? [{ title: "Write {text}", arguments: { text: line }, edits: [{ span, newText }] }]
        : [];
      const shown = declaration ? span : { start, end: Math.min(text.length, start + 1) };
      yield reportIn(file, { span: shown, fixes }, spec, context);
    }
  },
};
