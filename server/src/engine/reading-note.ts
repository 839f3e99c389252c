import type { ContentsNote } from "../builder/package-contents.ts";
import type { Message } from "../l10n/translate.ts";

/** Where something else was read than is written, or less than the framework might read, or why nothing was. */
export function readingNote(note: ContentsNote): Message {
  switch (note.id) {
    case "as-version":
      return {
        text: "The spec is taken as it is when built as {version}.",
        values: { version: note.version },
      };
    case "encoding":
      return {
        text: "The bytes of the package are in no encoding that the frameworks read, so that nothing is read out of it. Save it as UTF-8.",
      };
    case "too-large":
      return { text: "The package is too large to be read, so that nothing is read out of it." };
    case "entity-bomb":
      return {
        text: "The entities of the DOCTYPE stand for more text than fits into memory, so that nothing is read out of the package. Take the DOCTYPE out of it.",
      };
    case "external-entity":
      return {
        text: "The DOCTYPE names a file as “{name}”. A framework may put the text of that file in; here it is never opened and stands for nothing.",
        values: { name: note.name },
      };
  }
}
