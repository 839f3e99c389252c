import { introFamilies, type PackageSpec } from "../../model/package-spec.ts";
import { besides } from "../../rules/shared/section-place.ts";
import type { Element } from "../../syntax/element.ts";
import type { TextEdit } from "../../text/edit.ts";
import { escapeInQuotes } from "../../text/escape.ts";
import type { Assist, AssistPlace } from "./assist.ts";

const translated: ReadonlySet<string> = new Set(["Description", ...introFamilies]);

/** The languages that are offered though the package has no text in them yet. */
const usual = ["en", "de"];

/** No package has texts in more; of one that says so the first ones are offered. */
const mostOffered = 20;

/**
 * Copies every text of a package that is not there in a language, to be translated. Offered at one of them, for
 * languages in which some texts are there, and for the usual ones.
 */
export function addLanguage({ around, spec }: AssistPlace): readonly Assist[] {
  if (!translated.has(around[0]!.name)) return [];
  const groups = groupsOf(spec);
  const used = [...groups.values()].flatMap((group) => [...group.keys()]);
  return [...new Set([...usual, ...used])].slice(0, mostOffered).flatMap((language): readonly Assist[] => {
    const missing = [...groups.values()].filter((group) => !group.has(language));
    if (missing.length === 0) return [];
    const copied = missing.map((group) => group.get("en") ?? [...group.values()][0]!);
    return [
      {
        title:
          missing.length === 1
            ? "Copy the text to translate into language {language}"
            : "Copy {count} texts to translate into language {language}",
        arguments: { count: copied.length, language },
        edits: copied.map((element) => copyOf(element, language, spec)),
      },
    ];
  });
}

/** The texts that say the same in several languages, by the language as it is written. */
function groupsOf(spec: PackageSpec): ReadonlyMap<string, ReadonlyMap<string, Element>> {
  const groups = new Map<string, Map<string, Element>>();
  for (const element of spec.sections([...translated])) {
    const language = element.value("Lang");
    // One without a language is for all, and one that is broken or loses what is in tags is no example.
    if (!language || element.node.problemCount > 0 || element.closing !== "end-tag") continue;
    if (element.elements.length > 0) continue;
    const own = element.attributes.filter(({ name }) => name !== "Lang" && name !== "Title");
    const key = JSON.stringify([element.name, ...own.map(({ name, value }) => [name, value]).sort()]);
    const group = groups.get(key) ?? new Map<string, Element>();
    groups.set(key, group);
    if (!group.has(language)) group.set(language, element);
  }
  return groups;
}

function copyOf(element: Element, language: string, spec: PackageSpec): TextEdit {
  const { source } = spec.tree;
  const { valueSpan } = element.attribute("Lang")!;
  const { start, end } = element.span;
  const copy =
    source.slice(start, valueSpan.start) + escapeInQuotes(language) + source.slice(valueSpan.end, end);
  return besides(spec, element, [[copy]], "behind");
}
