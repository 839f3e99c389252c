import type { Element } from "../../syntax/element.ts";
import type { FeatureDocument } from "../feature-document.ts";
import type { Suggestion } from "./suggestion.ts";

/**
 * Languages that the frameworks are translated into, as those who speak them write their names; those of most packages
 * first.
 */
const languages: ReadonlyMap<string, string> = new Map([
  ["en", "English"],
  ["de", "Deutsch"],
  ["es", "Español"],
  ["fr", "Français"],
  ["hu", "Magyar"],
  ["it", "Italiano"],
  ["nl", "Nederlands"],
  ["pl", "Polski"],
  ["pt_BR", "Português Brasileiro"],
  ["ru", "Русский"],
  ["zh_CN", "简体中文"],
  ["ar_SA", "العَرَبِية"],
  ["bg", "Български"],
  ["ca", "Català"],
  ["cs", "Česky"],
  ["da", "Dansk"],
  ["el", "Ελληνικά"],
  ["en_CA", "English (Canada)"],
  ["en_GB", "English (United Kingdom)"],
  ["es_CO", "Español (Colombia)"],
  ["es_MX", "Español (México)"],
  ["et", "Eesti"],
  ["fa", "فارسى"],
  ["fi", "Suomi"],
  ["fr_CA", "Français (Canada)"],
  ["gl", "Galego"],
  ["he", "עברית"],
  ["hi", "हिन्दी"],
  ["hr", "Hrvatski"],
  ["id", "Bahasa Indonesia"],
  ["ja", "日本語"],
  ["ko", "한국어"],
  ["lt", "Lietuvių kalba"],
  ["lv", "Latviešu"],
  ["mk", "Македонски"],
  ["ms", "Bahasa Melayu"],
  ["nb_NO", "Norsk bokmål"],
  ["pt", "Português"],
  ["ro", "Română"],
  ["sk_SK", "Slovenčina"],
  ["sl", "Slovenščina"],
  ["sr_Cyrl", "Српски"],
  ["sr_Latn", "Srpski"],
  ["sv", "Svenska"],
  ["sw", "Kiswahili"],
  ["th_TH", "ภาษาไทย"],
  ["tr", "Türkçe"],
  ["uk", "Українська"],
  ["vi_VN", "Tiếng Việt"],
  ["zh_TW", "繁體中文"],
]);

/** Those not used yet by the same kind of element come first. */
export function languagesFor({ spec }: FeatureDocument, element: Element): readonly Suggestion[] {
  const used = new Set(
    spec
      .all(element.name)
      .flatMap((each) => (each.start === element.start ? [] : (each.value("Lang") ?? []))),
  );
  const offered = [...languages].map(([value, detail]): Suggestion => ({ value, kind: "value", detail }));
  return [
    ...offered.filter(({ value }) => !used.has(value)),
    ...offered.filter(({ value }) => used.has(value)),
  ];
}
