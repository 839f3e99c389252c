import { attributeValue } from "../syntax/references.ts";

/** Longest text one entity may stand for. Beyond it a document only wants to exhaust its reader. */
const longestExpansion = 1_000_000;

/** What the entities stand for that a document declares itself, by name; see {@link readEntities}. */
export type Entities = ReadonlyMap<string, string>;

/**
 * Reads the entities that a document type declaration declares.
 *
 * Markup inside an entity stays text: no package is built or installed from such a document anyway. An entity that
 * names a file stands for nothing, so that reading a package never opens another file.
 *
 * @param doctype all of the declaration, from `<!DOCTYPE` on
 * @returns undefined when entities refer to each other without end or stand for more than a million characters
 */
export function readEntities(doctype: string): Entities | undefined {
  const declared = new Map<string, string>();
  for (const [, name, quoted, apostrophed] of declarationsIn(doctype)) {
    // Only numeric references count at the declaration, all others where the entity is used. The first one wins.
    const literal = (quoted ?? apostrophed ?? "").replace(/&#[^;&]*;/g, attributeValue);
    if (!declared.has(name!)) declared.set(name!, literal);
  }
  const expanded = new Map<string, string>();
  try {
    for (const name of declared.keys()) expand(name, declared, expanded, new Set());
  } catch (error) {
    if (error instanceof EndlessEntity) return undefined;
    throw error;
  }
  return expanded;
}

/** An entity that stands for the text of a file. */
export interface ExternalEntity {
  readonly name: string;
  /** As it is written: a path or an address. */
  readonly file: string;
}

/** The first entity of a document type declaration that names a file; undefined where none does. */
export function externalEntity(doctype: string): ExternalEntity | undefined {
  const seen = new Set<string>();
  for (const [, name, , , identifiers] of declarationsIn(doctype)) {
    const literals = [...(identifiers ?? "").matchAll(/"([^"]*)"|'([^']*)'/g)];
    const [, quoted, apostrophed] = literals.at(-1) ?? [];
    const file = quoted ?? apostrophed;
    // Of several with one name the first counts.
    if (file !== undefined && !seen.has(name!)) return { name: name!, file };
    seen.add(name!);
  }
  return undefined;
}

/** Name, text in quotes or in apostrophes, or what stands behind SYSTEM and PUBLIC. */
function declarationsIn(doctype: string): Iterable<RegExpExecArray> {
  return doctype
    .replace(/<!--.*?-->/gs, "")
    .matchAll(
      /<!ENTITY\s+([^\s%"'<>]+)\s+(?:"([^"]*)"|'([^']*)'|(?:SYSTEM|PUBLIC)\s((?:"[^"]*"|'[^']*'|[^"'>])*))\s*>/g,
    );
}

class EndlessEntity extends Error {}

function expand(
  name: string,
  declared: Entities,
  expanded: Map<string, string>,
  within: ReadonlySet<string>,
): string {
  const known = expanded.get(name);
  if (known !== undefined) return known;
  if (within.has(name)) throw new EndlessEntity();
  const inner = new Set(within).add(name);
  let result = "";
  let position = 0;
  const literal = declared.get(name)!;
  for (const { 0: reference, index } of literal.matchAll(/&([^;&]+);/g)) {
    const inside = reference.slice(1, -1);
    result += literal.slice(position, index);
    result += declared.has(inside) ? expand(inside, declared, expanded, inner) : attributeValue(reference);
    if (result.length > longestExpansion) throw new EndlessEntity();
    position = index + reference.length;
  }
  result += literal.slice(position);
  expanded.set(name, result);
  return result;
}
