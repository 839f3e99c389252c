import type { Element } from "../syntax/element.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import type { ConfigurationFile } from "./read-definitions.ts";
import type { Setting, SettingStore, SettingValue } from "./setting.ts";

/**
 * What configuration files of format 1.0 define, as far as it is read here: names, flags and plain values of
 * `ConfigItem`, the later file winning. Those releases write it into a file of Perl instead of a database.
 *
 * Not covered: the order by `init`, values of modules, navigation, times and days (they come out empty), and what
 * these releases do with files that are not well-formed, which are left out here.
 *
 * @source OTRS 5, Kernel::System::SysConfig
 */
export function readOldSettings(files: readonly ConfigurationFile[], rootName: string): SettingStore {
  const settings = new Map<string, Setting>();
  for (const { name: file, text } of files) {
    const tree = SyntaxTree.parse(text);
    if (!tree.isWellFormed || tree.root?.name !== rootName) continue;
    for (const item of tree.root.childrenNamed("ConfigItem")) {
      const name = item.value("Name");
      if (name) settings.set(name, readItem(item, name, file));
    }
  }
  return settings;
}

function readItem(item: Element, name: string, file: string): Setting {
  return {
    name,
    file,
    description: item.child("Description")?.text.value ?? "",
    navigation: item.child("SubGroup")?.text.value ?? "",
    required: item.value("Required") === "1",
    valid: item.value("Valid") === "1",
    readOnly: item.value("ReadOnly") === "1",
    invisible: false,
    configLevel: item.value("ConfigLevel") ?? "",
    userModificationPossible: false,
    userModificationActive: false,
    value: plainValue(item.child("Setting")?.elements[0]),
  };
}

function plainValue(element: Element | undefined): SettingValue {
  switch (element?.name) {
    case "String":
    case "TextArea":
      return element.text.value;
    case "Option":
      return element.value("SelectedID") ?? "";
    case "Array":
      return element.childrenNamed("Item").map(itemValue);
    case "Hash":
      return Object.fromEntries(
        element.childrenNamed("Item").map((item) => [item.value("Key") ?? "", itemValue(item)]),
      );
    default:
      return "";
  }
}

function itemValue(item: Element): SettingValue {
  const inner = item.elements[0];
  return inner ? plainValue(inner) : item.text.value;
}
