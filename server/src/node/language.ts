import * as l10n from "@vscode/l10n";
import type { MessageArguments, Translate } from "../l10n/translate.ts";
import { oneLine, shortened } from "../text/visible.ts";
import { readDataFile } from "./data-file.ts";

/** Texts in the language chosen with {@link chooseLanguage}; English before that. */
export const translate: Translate = (text, values = {}) => l10n.t(text, readable(values));

/** Characters. No path is longer that anybody reads, but a Name or an attribute may hold a whole file. */
const longestValue = 1000;

/** Leaves out most of what is too long to be read in a message, and shows what would not be seen. */
function readable(values: MessageArguments): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? oneLine(shortened(value, longestValue)) : value,
    ]),
  );
}

/**
 * Chooses the language of all texts from now on. There are English and German; everything else gets English, and so
 * does a reader of German when our German texts cannot be read.
 *
 * @param locale such as "de", "de-AT" or "de_DE.UTF-8"; undefined for English
 */
export function chooseLanguage(locale: string | undefined): void {
  chosen = locale && /^de(?![a-z])/i.test(locale) ? "de" : "en";
  if (chosen === "en") {
    l10n.config({ contents: {} });
    return;
  }
  try {
    l10n.config({ contents: readDataFile("l10n", "bundle.l10n.de.json") });
  } catch {
    chooseLanguage("en");
  }
}

let chosen: "en" | "de" = "en";

/** The language of all texts at present. */
export function chosenLanguage(): "en" | "de" {
  return chosen;
}

/** The language the environment asks for, as POSIX orders the variables. */
export function environmentLocale(environment: NodeJS.ProcessEnv): string | undefined {
  return environment.LC_ALL || environment.LC_MESSAGES || environment.LANG;
}
