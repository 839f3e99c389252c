import { oneLine, shortened } from "../text/visible.ts";
import { withSystemReason } from "./system-reason.ts";
import { english, type Message, type MessageArguments, type Translate } from "./translate.ts";

/** The languages that there are texts in. */
export type Language = "en" | "de";

/** Texts of a language by the English ones. */
export type Translations = Readonly<Record<string, string>>;

/** The texts for one reader. Each server and each run of a command has its own. */
export interface Texts {
  /** Of all texts at present. */
  readonly language: Language;
  /** Gives a text in that language. It may be taken out once: it follows when another language is chosen. */
  readonly translate: Translate;
  /** A message in that language; a `reason` in it that is a code of the system in words. */
  readonly textOf: (message: Message) => string;
  /**
   * Chooses the language of all texts from now on. There are English and German; everything else gets English, and so
   * does a reader of German when our German texts cannot be read.
   *
   * @param locale such as "de", "de-AT" or "de_DE.UTF-8"; undefined for English
   */
  choose(locale: string | undefined): void;
}

/**
 * Texts that are English until another language is chosen.
 *
 * @param readGerman called when German is chosen; may throw
 */
export function makeTexts(readGerman: () => Translations): Texts {
  let language: Language = "en";
  let translations: Translations = {};
  const translate: Translate = (text, values = {}) =>
    english(Object.hasOwn(translations, text) ? translations[text]! : text, readable(values));
  const textOf = ({ text, values, further }: Message): string => {
    const said = translate(text, withSystemReason(translate, values));
    return further ? `${said} ${textOf(further)}` : said;
  };
  return {
    get language() {
      return language;
    },
    translate,
    textOf,
    choose(locale) {
      language = "en";
      translations = {};
      if (!locale || !/^de(?![a-z])/i.test(locale)) return;
      try {
        translations = readGerman();
        language = "de";
      } catch {
        // English is better than nothing.
      }
    },
  };
}

/** Characters. No path is longer that anybody reads, but a Name or an attribute may hold a whole file. */
const longestValue = 1000;

/** Leaves out most of what is too long to be read in a message, and shows what would not be seen. */
function readable(values: MessageArguments): MessageArguments {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? oneLine(shortened(value, longestValue)) : value,
    ]),
  );
}
