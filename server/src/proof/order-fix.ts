import { isSameName } from "../database/table.ts";
import type { StartTag } from "../model/package-structure.ts";
import type { Fix } from "../rules/rule.ts";
import { reordering } from "../rules/shared/fixes.ts";
import type { Element } from "../syntax/element.ts";
import type { SourceText } from "../text/source-text.ts";

/**
 * Moves what makes a table in front of what misses it, where both stand in one section of an upgrade and the table needs
 * nothing that is made between them; undefined elsewhere.
 */
export function orderFix(source: SourceText, missing: StartTag, maker: StartTag): Fix | undefined {
  const [early, late] = [inSection(missing.element), inSection(maker.element)];
  const section = early?.parent;
  if (!section || late?.name !== "TableCreate" || late.parent?.start !== section.start) return undefined;
  const elements = section.elements;
  const first = elements.findIndex(({ start }) => start === early.start);
  const last = elements.findIndex(({ start }) => start === late.start);
  if (first < 0 || last < first) return undefined;
  const between = elements.slice(first, last);
  const wanted = late.elements.flatMap((each) => each.value("ForeignTable") ?? []);
  const isNeeded = (name: string | undefined) => wanted.some((table) => isSameName(table, name ?? ""));
  if (between.some((each) => isNeeded(each.value("Name")) || isNeeded(each.value("NameNew"))))
    return undefined;
  return {
    title: "Move the creation of “{table}” in front",
    arguments: { table: late.value("Name") ?? "" },
    edits: reordering(source, elements.slice(first, last + 1), [late, ...between]),
  };
}

/** The element right below the section of an upgrade that something stands in. */
function inSection(element: Element): Element | undefined {
  for (let at: Element | undefined = element; at; at = at.parent) {
    if (at.parent?.name === "DatabaseUpgrade") return at;
  }
  return undefined;
}
