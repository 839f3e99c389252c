import type { Element } from "../../syntax/element.ts";
import { SyntaxTree } from "../../syntax/tree.ts";
import type { SettingsFault } from "../../sysconfig/settings-faults.ts";
import type { Fix, NamedText, PackageRule } from "../rule.ts";
import { attributeInsertion, renaming, replacement } from "../shared/fixes.ts";
import { faultTexts, reportFaults } from "../shared/settings-files.ts";

const message = faultTexts(
  "file-root",
  "file-root-missing",
  "file-root-repeated",
  "file-init-missing",
  "file-init-form",
  "file-init-unknown",
  "file-version",
  "file-version-form",
  "file-malformed",
  "file-entities",
);

/** The framework drops the whole file, with a line in its log, and the operation goes on and succeeds. */
export const settingsFileLeftOut: PackageRule = {
  id: "settings-file-left-out",
  scope: "package",
  elements: ["Filelist"],
  severity: "error",
  message,
  where: "settingsInDatabase",

  check: (spec, context) =>
    reportFaults(spec, context, message, (fault, file) =>
      fixesOf(fault, file, context.product.configRootName),
    ),
};

function fixesOf({ id, span }: SettingsFault, { text }: NamedText, wanted: string): readonly Fix[] {
  const root = [...SyntaxTree.parse(text).elements()].find(
    ({ nameSpan, startTagSpan }) => nameSpan.start === span.start || isWithin(span.start, startTagSpan),
  );
  if (!root) return [];
  switch (id) {
    case "file-root":
      return [renaming(root, wanted)];
    case "file-init-missing":
      return [attributeInsertion(root, "init", "Application")];
    case "file-init-form":
      return quoted(root, "init");
    case "file-init-unknown":
      return [replacement(root.attribute("init")!.valueSpan, "Application")];
    case "file-version-form":
      return quoted(root, "version");
    case "file-version": {
      const version = root.attribute("version");
      const isOld = root.childrenNamed("ConfigItem").length > 0;
      if (isOld) return [];
      return [version ? replacement(version.valueSpan, "2.0") : attributeInsertion(root, "version", "2.0")];
    }
    default:
      return [];
  }
}

function isWithin(offset: number, { start, end }: Element["span"]): boolean {
  return start <= offset && offset < end;
}

/** An attribute in double quotes, where it is given in single ones. */
function quoted(element: Element, name: string): readonly Fix[] {
  const { span, valueSpan, value } = element.attribute(name)!;
  if (span.end !== valueSpan.end + 1) return [];
  const text = `${name}="${value}"`;
  return [{ title: "Write {text}", arguments: { text }, edits: [{ span, newText: text }] }];
}
