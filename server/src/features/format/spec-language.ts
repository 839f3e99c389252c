import { elementFacts } from "../../dialect/elements.ts";
import { isTextWritten } from "../../model/written-text.ts";
import { speaksForLine } from "../../rules/suppression.ts";
import type { MarkupLanguage } from "./markup-language.ts";

/** Whether elements hold others, by name; those that no dialect knows are not in it. */
const holdElements: ReadonlyMap<string, boolean> = new Map(
  elementFacts.map(({ name, content }) => [name, content === "elements"]),
);

/** Package specs. Of a spec that is formatted the frameworks' builder makes the same archive, byte by byte. */
export const specLanguage: MarkupLanguage = {
  freedomIn({ name }, level) {
    if (holdElements.get(name) === false) return "nothing";
    return isTextWritten(name, level) ? "behind-first" : "blanks";
  },
  takesNoText: ({ name }) => holdElements.get(name) === true,
  speaksForLine,
};
