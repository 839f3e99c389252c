import type { KnownPlace } from "../host/known-packages.ts";
import { queryFor } from "../symbols/package-symbols.ts";
import type { Span } from "../text/span.ts";
import type { KnownSymbols } from "./known-symbols.ts";
import { nameFamily } from "./name-family.ts";
import type { NamedDocument } from "./named-document.ts";

/** A place that names something, in the document itself or in another one. */
export type Reference =
  | { readonly kind: "here"; readonly span: Span }
  | { readonly kind: "place"; readonly document: string; readonly place: KnownPlace };

/** More of them nobody looks through. */
const mostReferences = 10_000;

/**
 * All places that name what the name at an offset means, also under the names that it had before or gets later; undefined
 * where there is no name.
 *
 * @param withDefinitions whether places that define it are among them
 */
export function references(
  document: NamedDocument,
  offset: number,
  known: KnownSymbols,
  withDefinitions: boolean,
): readonly Reference[] | undefined {
  const name = document.nameAt(offset);
  if (!name) return undefined;
  const found: Reference[] = [];
  for (const each of nameFamily(name, "all", document, known)) {
    for (const { span, role, before } of document.names(queryFor(each)))
      if (withDefinitions || role !== "defined" || before !== undefined) found.push({ kind: "here", span });
    for (const { document: path, place, role, isRename } of known.places(each))
      if (withDefinitions || role !== "defined" || isRename)
        found.push({ kind: "place", document: path, place });
  }
  return found.slice(0, mostReferences);
}
