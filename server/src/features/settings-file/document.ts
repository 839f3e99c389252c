import {
  type SettingsAttribute,
  type SettingsElement,
  type SettingsFormat,
  settingsElements,
  settingsValueTypes,
} from "../../dialect/settings-elements.ts";
import { isSettingsRoot, readsSettings } from "../../dialect/settings-files.ts";
import type { KnownPackage } from "../../host/known-packages.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { KnowledgeSource } from "../../knowledge/knowledge-source.ts";
import { releases } from "../../knowledge/releases.ts";
import { settingItems } from "../../rules/shared/setting-items.ts";
import type { Attribute, Element } from "../../syntax/element.ts";
import type { SyntaxTree } from "../../syntax/tree.ts";
import type { KnownSymbols } from "../known-symbols.ts";

/** A settings file with all that features may know of it. */
export interface SettingsDocument {
  readonly tree: SyntaxTree;
  readonly format: SettingsFormat;
  /** Of the releases that read the file. */
  readonly knowledge: Knowledge;
  /** The packages that list the file. */
  readonly owners: readonly KnownPackage[];
  /** The names beside the file. */
  readonly known: KnownSymbols;
}

/** The form that a settings file is written in; undefined for a file that is somebody else's. */
export function settingsFormat({ root }: SyntaxTree, path: string): SettingsFormat | undefined {
  if (!root) return /[\\/]Files[\\/]XML[\\/]/.test(path) ? "2.0" : "1.0";
  if (!isSettingsRoot(root.name)) return undefined;
  const version = root.value("version") ?? "";
  if (/^1/.test(version)) return "1.0";
  return version === "" && root.child("ConfigItem") && !root.child("Setting") ? "1.0" : "2.0";
}

/** What is known of the releases that read a settings file; of all of them where it does not tell which. */
export function settingsKnowledge(
  { root }: SyntaxTree,
  format: SettingsFormat,
  source: Pick<KnowledgeSource, "knowledgeOf">,
): Knowledge {
  const reading = releases.filter(
    ({ product, version, tablesOnly }) =>
      !tablesOnly && root !== undefined && readsSettings(product, version, root.name, format),
  );
  return source.knowledgeOf(reading.length > 0 ? reading : releases);
}

/** The row of an element, as far as its name and what it stands in tell which; undefined for an unknown one. */
export function settingsRow(element: Element, format: SettingsFormat): SettingsElement | undefined {
  const { parent } = element;
  const rows = settingsElements[format];
  if (!parent) return isSettingsRoot(element.name) ? rows.find(({ name }) => name === "root") : undefined;
  const named = rows.filter(({ name }) => name === element.name);
  const holder = rowName(parent);
  return named.find(({ parents }) => parents.includes(holder)) ?? named[0];
}

/** The row of an attribute of an element; undefined for an unknown one. */
export function attributeRow(
  element: Element,
  { name }: Attribute,
  format: SettingsFormat,
): SettingsAttribute | undefined {
  return settingsRow(element, format)?.attributes.find((each) => each.name === name);
}

/** The rows of what may stand in an element. */
export function settingsChildren(element: Element, format: SettingsFormat): readonly SettingsElement[] {
  const holder = rowName(element);
  return settingsElements[format].filter(({ parents }) => parents.includes(holder));
}

function rowName({ name, parent }: Element): string {
  return parent ? name : "root";
}

/** The setting that an element is part of. */
export function settingAround(element: Element | undefined, format: SettingsFormat): Element | undefined {
  const name = format === "2.0" ? "Setting" : "ConfigItem";
  let outer = element;
  while (outer && (outer.name !== name || outer.parent?.parent)) outer = outer.parent;
  return outer;
}

/** The keys of the hashes that an element stands in, its own last. */
export function keysAround(element: Element): readonly string[] {
  const keys: string[] = [];
  for (let outer: Element | undefined = element; outer; outer = outer.parent) {
    const key = outer.name === "Item" ? outer.value("Key") : undefined;
    if (key !== undefined) keys.unshift(key);
  }
  return keys;
}

/** What an item has for an attribute: its own, or that of the `DefaultItem` of its list. */
export function itemAttribute(item: Element, name: string, format: SettingsFormat): string | undefined {
  const setting = settingAround(item, format);
  const placed = setting && settingItems(setting).find(({ element }) => element.start === item.start);
  return placed ? placed.attribute(name) : item.value(name);
}

/** The types that a value may have where an element stands: in a `Select` it is an `Option`. */
export function valueTypesAt(element: Element, { knowledge }: Pick<SettingsDocument, "knowledge">) {
  const outer = element.parent?.value("ValueType") ?? "";
  const inner = settingsValueTypes.filter((type) => type.in?.includes(outer));
  if (inner.length > 0) return inner;
  const known = knowledge.valueTypes() ?? [];
  return settingsValueTypes.filter((type) => !type.in && (known.length === 0 || known.includes(type.name)));
}
