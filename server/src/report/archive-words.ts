import type { ArchivedFile } from "../builder/opened-archive.ts";
import type { Message } from "../l10n/translate.ts";

/** What is odd about a file of an archive; mostly nothing. */
export function fileNotes({ isRepeated, isForbidden, content }: ArchivedFile): readonly Message[] {
  return [
    ...(isRepeated ? [{ text: "listed twice" }] : []),
    ...(isForbidden ? [{ text: "left out by the frameworks" }] : []),
    ...(content.size === 0 ? [{ text: "empty, so that it is not installed" }] : []),
  ];
}

/**
 * What becomes of a content that loses something when it is decoded.
 *
 * @param asSource whether the spec is written as well, so that the file is going to be built
 */
export function damagedMessage(location: string, asSource: boolean): Message {
  return {
    text: "The content of “{location}” is damaged: it is no sound Base64. It is written as the frameworks install it, without characters that are none and without all behind the first “=”.",
    values: { location },
    ...(asSource && {
      further: {
        text: "A build packs it as it was written; put the right file in its place before.",
      },
    }),
  };
}

/** What building the source of an archive gives, on a line of its own. */
export function sourceMessage(
  outcome:
    | { readonly kind: "same" | "refused" }
    | { readonly kind: "differs"; readonly difference: { readonly offset: number; readonly line: number } },
): Message {
  switch (outcome.kind) {
    case "same":
      return {
        text: "Building the spec gives the archive back, byte for byte, with the archive’s build data.",
      };
    case "differs": {
      const { offset, line } = outcome.difference;
      return {
        text: "Building the spec gives another archive, as SOPM does not write like the builder of this one. They differ from byte {offset} on, line {line}.",
        values: { offset, line },
      };
    }
    case "refused":
      return { text: "No archive can be built of the spec as it is. Its findings tell why." };
  }
}
