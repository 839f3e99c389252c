import type { Release } from "../dialect/switches.ts";
import { readEntities } from "../model/entities.ts";
import { readArchiveStructure, type StructureReading } from "../model/package-structure.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import type { ContentsNote } from "./package-contents.ts";

export interface SafeReading extends StructureReading {
  readonly notes: readonly ContentsNote[];
}

/** Tags of the largest package that is read: its tree fills two gigabytes. No package comes near it. */
const mostTags = 800_000;

/** Whether a text has more tags than there is memory for; told before anybody makes a tree of it. */
export function hasTooManyTags(text: string): boolean {
  let count = 0;
  for (let place = text.indexOf("<"); place >= 0; place = text.indexOf("<", place + 1)) {
    if (++count > mostTags) return true;
  }
  return false;
}

/** Longest DOCTYPE that is looked into, in UTF-16 code units. Packages have none, or a line. */
const longestDoctype = 16_384;

/** How much text the entities of a document may come to, over all places where they are used. */
const longestExpansion = 10_000_000;

/**
 * Reads a document as the package manager of a dialect does, unless that would fill the memory or open another file.
 *
 * @param read a spec is only read as long as it is well-formed
 * @throws never
 */
export function readSafely(
  tree: SyntaxTree,
  release: Release,
  read: typeof readArchiveStructure = readArchiveStructure,
): SafeReading {
  const notes = entityNotes(tree);
  if (notes.some(({ id }) => id === "entity-bomb")) return { ...nothingRead, notes };
  return { ...read(tree, release), notes };
}

/** What the frameworks come to with a document they cannot parse. */
export const nothingRead: StructureReading = { structure: undefined, log: [{ id: "malformed" }] };

function entityNotes(tree: SyntaxTree): readonly ContentsNote[] {
  const doctype = tree.doctype?.node.raw;
  if (doctype === undefined || !/<!ENTITY|\b(?:SYSTEM|PUBLIC)\b/.test(doctype)) return [];
  if (doctype.length > longestDoctype) return [{ id: "entity-bomb" }];
  const notes: ContentsNote[] = [];
  for (const [, name] of doctype.matchAll(/<!ENTITY\s+(?:%\s+)?([^\s%"'<>]+)\s+(?:SYSTEM|PUBLIC)\s/g)) {
    notes.push({ id: "external-entity", name: name! });
  }
  const [, root] = /^<!DOCTYPE\s+([^\s[\]>]+)\s+(?:SYSTEM|PUBLIC)\s/.exec(doctype) ?? [];
  if (root !== undefined) notes.push({ id: "external-entity", name: root });
  return isBomb(tree, doctype) ? [...notes, { id: "entity-bomb" }] : notes;
}

/** Each entity has a limit of its own; many uses of one can still come to more than there is memory. */
function isBomb(tree: SyntaxTree, doctype: string): boolean {
  const entities = readEntities(doctype);
  if (!entities) return true;
  let length = 0;
  for (const [, name] of tree.source.toString().matchAll(/&([^;&\s<>"']{1,200});/g)) {
    length += entities.get(name!)?.length ?? 0;
    if (length > longestExpansion) return true;
  }
  return false;
}
