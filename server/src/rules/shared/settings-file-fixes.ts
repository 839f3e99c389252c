import type { Element } from "../../syntax/element.ts";
import type { SettingsFault } from "../../sysconfig/settings-faults.ts";
import type { Fix } from "../rule.ts";
import { attributeInsertion, renaming, replacement } from "./fixes.ts";
import { migrationOf } from "./migrated-settings.ts";
import type { SettingsFile } from "./settings-files.ts";

/** What mends a settings file that the framework leaves out as a whole. */
export function fileFixes(
  { id, span }: SettingsFault,
  { tree }: SettingsFile,
  wanted: string,
): readonly Fix[] {
  const root = [...tree.elements()].find(
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
      const set = version
        ? replacement(version.valueSpan, "2.0")
        : attributeInsertion(root, "version", "2.0");
      const items = root.childrenNamed("ConfigItem");
      if (items.length === 0) return [set];
      const migrations = items.map((item) => migrationOf(item, tree.source));
      if (migrations.includes(undefined)) return [];
      const edits = migrations.flatMap((each) => [...each!.edits]);
      return [{ title: "Write the settings in the form of 2.0", edits: [...set.edits, ...edits] }];
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
