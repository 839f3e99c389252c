import { type Element, textOf } from "../syntax/element.ts";

/**
 * An element as the frameworks hold it: one table in which attributes are texts, child elements are lists by name,
 * and the text stands under `Content` when there are no child elements.
 *
 * @source Znuny 7.1 and OTOBO 11, SettingListParse: XMLIn with ForceArray and ForceContent
 */
export type XmlRecord = ReadonlyMap<string, string | readonly XmlRecord[]>;

/** The recursion ends: a well-formed text does not nest deeper than `maximumDepth` of the parser. */
export function toRecord(element: Element): XmlRecord {
  const record = new Map<string, string | XmlRecord[]>();
  for (const { name, value } of element.attributes) record.set(name, value);
  for (const child of element.elements) {
    const before = record.get(child.name);
    if (Array.isArray(before)) before.push(toRecord(child));
    else record.set(child.name, [toRecord(child)]);
  }
  if (element.elements.length > 0) return record;
  let content: string | undefined;
  for (const { node } of element.children()) {
    if (node.kind !== "comment" && node.kind !== "instruction") content = (content ?? "") + textOf(node);
  }
  if (content !== undefined) record.set("Content", content);
  return record;
}

/** An attribute or the text; undefined when there is none. */
export function textField(record: XmlRecord | undefined, name: string): string | undefined {
  const value = record?.get(name);
  return typeof value === "string" ? value : undefined;
}

/** The child elements of a name; undefined when there are none. */
export function listField(record: XmlRecord | undefined, name: string): readonly XmlRecord[] | undefined {
  const value = record?.get(name);
  return typeof value === "string" ? undefined : value;
}

/** The truth of a text in Perl. */
export function isTrue(text: string | undefined): text is string {
  return text !== undefined && text !== "" && text !== "0";
}
