import type { Element } from "../../syntax/element.ts";
import { memo } from "../../text/memo.ts";

/** An `Item` in the value of a setting, with what its list gives it. */
export interface SettingItem {
  readonly element: Element;
  /** The key in its own `Hash`; undefined elsewhere. */
  readonly key: string | undefined;
  /** The keys of the hashes it stands in, the outermost first and its own last. */
  readonly keys: readonly string[];
  /** An attribute of its own, or of the `DefaultItem` of its list. */
  readonly attribute: (name: string) => string | undefined;
  /** Its child items, or those of the `DefaultItem`. */
  readonly items: readonly Element[];
  /** Whether it holds a list. */
  readonly isList: boolean;
}

/**
 * All items in the value of a setting, in document order. The options of a Select, days and hours are none. Several rules
 * ask for those of the same setting.
 *
 * @source Znuny 7.1 and OTOBO 11, SettingEffectiveValueGet
 */
export const settingItems = memo((setting: Element): readonly SettingItem[] => {
  const found: SettingItem[] = [];
  const value = setting.child("Value");
  if (value) collect(value, undefined, [], found);
  return found;
});

/** A well-formed file does not nest deeper than the parser follows, so that this ends. */
function collect(
  holder: Element,
  template: Element | undefined,
  keys: readonly string[],
  found: SettingItem[],
): void {
  for (const element of holder.elements) {
    if (element.name === "Hash" || element.name === "Array") {
      collect(element, element.child("DefaultItem") ?? template, keys, found);
    } else if (element.name === "Item") {
      const key = holder.name === "Hash" ? element.value("Key") : undefined;
      const own = key === undefined ? keys : [...keys, key];
      const lists = element.elements.filter(({ name }) => name === "Hash" || name === "Array");
      const items = element.childrenNamed("Item");
      found.push({
        element,
        key,
        keys: own,
        attribute: (name) => element.value(name) ?? template?.value(name),
        items: items.length > 0 ? items : (template?.childrenNamed("Item") ?? []),
        isList: lists.length > 0,
      });
      for (const list of lists) {
        const inner = template?.child(list.name)?.child("DefaultItem");
        collect(list, list.child("DefaultItem") ?? inner, own, found);
      }
    }
  }
}
