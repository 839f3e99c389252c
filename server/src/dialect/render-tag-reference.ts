import { type DialectId, dialectIds } from "./dialect.ts";
import type { AttributeFact, Content, ElementFact, Origin, Repeat } from "./element-fact.ts";
import { elementSubjects } from "./elements.ts";
import { productOf } from "./products.ts";
import { dialectsKnowing } from "./schema.ts";

/** The page that describes every element and attribute, made from the rows: Markdown, LF line ends. */
export function renderTagReference(): string {
  const lines = [
    "# Tags of `.sopm` and `.opm`",
    "",
    "<!-- Generated from server/src/dialect by `npm run generate`; do not edit. -->",
    "",
    "Every element a package may hold, who reads it, and what really happens to it. A spec (`.sopm`) is written by the",
    "author; an archive (`.opm`) is the same document with the files inside, written by a builder. The frameworks take",
    "the elements in any order and enforce almost nothing of what is said here under *How often*; a package that",
    "follows it works everywhere.",
    "",
    "Things that hold for all elements:",
    "",
    "- Names of elements and attributes are case-sensitive. An element nobody knows is dropped by the builder without a",
    "  word; an attribute nobody knows is kept, and has no effect.",
    "- The frameworks look for most elements by name alone, at any depth. Of an element that should occur once the last",
    "  one wins.",
    "- The text of an element ends at its first child element; what stands behind is lost.",
    "- Attributes must not be called `Tag`, `TagType`, `TagLevel`, `TagCount`, `TagLastLevel`, `TagKey` or `Content`:",
    "  the frameworks overwrite them.",
    "",
    "## Contents",
    "",
    ...elementSubjects.flatMap(({ title, facts }) => [
      `- [${title}](#${anchor(title)}): ${facts.map(({ name }) => `[${name}](#${anchor(name)})`).join(", ")}`,
    ]),
    "",
    ...elementSubjects.flatMap(({ title, facts }) => [`## ${title}`, "", ...facts.flatMap(elementSection)]),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function elementSection(fact: ElementFact): readonly string[] {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["Stands in", placeOf(fact)],
    ["How often", repeatWords[fact.repeat]],
    ["Holds", [contentWords[fact.content], valuesOf(fact)].filter(Boolean).join(": ")],
    ["When missing", fact.default === undefined ? undefined : `counts as \`${fact.default}\``],
    ["Known to", dialectWords(dialectsKnowing(fact))],
    ["Since", fact.since],
    ["Filled in by", fact.filledBy && originWords[fact.filledBy]],
    ["In the archive", fact.kept === false ? "dropped by the builder" : undefined],
    ["Read by", fact.readBy],
    ["Seen in", fact.source],
  ];
  return [
    `### ${fact.name}`,
    "",
    fact.obsolete ? `${fact.summary} *An old form; do not use it in new packages.*` : fact.summary,
    ...(fact.details ? ["", fact.details] : []),
    "",
    "| | |",
    "| --- | --- |",
    ...rows.flatMap(([title, text]) => (text === undefined ? [] : [`| ${title} | ${cell(text)} |`])),
    "",
    ...(fact.attributes.length > 0 ? [...attributeTable(fact.attributes), ""] : []),
    "```xml",
    ...fact.example.split("\n"),
    "```",
    "",
  ];
}

function attributeTable(attributes: readonly AttributeFact[]): readonly string[] {
  return [
    "| Attribute | Needed | Values | Meaning |",
    "| --- | --- | --- | --- |",
    ...attributes.map((fact) => {
      const needed = fact.required ? "yes" : fact.advised ? "advised" : fact.obsolete ? "do not use" : "no";
      const values = valuesOf(fact) ?? (fact.type ? typeWords[fact.type] : "text");
      const meaning = [
        fact.summary,
        fact.details,
        fact.default === undefined ? undefined : `Default: \`${fact.default}\`.`,
        knownWords(fact),
        fact.filledBy && `Filled in by ${originWords[fact.filledBy]}.`,
      ];
      return `| \`${fact.name}\` | ${needed} | ${cell(values)} | ${cell(meaning.filter(Boolean).join(" "))} |`;
    }),
  ];
}

function placeOf({ parents }: ElementFact): string {
  if (parents.length === 0) return "nothing: it is the root";
  return parents.map((parent) => (parent === "root" ? "the root" : `\`${parent}\``)).join(", ");
}

function valuesOf(fact: {
  readonly values?: readonly string[];
  readonly anyCase?: boolean;
}): string | undefined {
  if (!fact.values) return undefined;
  const list = fact.values.map((value) => `\`${value}\``).join(", ");
  return fact.anyCase ? `${list}, in any letter case` : list;
}

function knownWords(fact: AttributeFact): string | undefined {
  const words = dialectWords(dialectsKnowing(fact));
  return words && `Known to ${words}.`;
}

/** The products that know a row; said by the exception where only few do not, and not where all do. */
function dialectWords(dialects: readonly DialectId[]): string | undefined {
  const label = (dialect: DialectId) => productOf(dialect).label;
  const missing = dialectIds.filter((dialect) => !dialects.includes(dialect));
  if (missing.length === 0) return undefined;
  return missing.length <= 2 ? `all but ${missing.map(label).join(" and ")}` : dialects.map(label).join(", ");
}

const repeatWords: Readonly<Record<Repeat, string>> = {
  one: "once",
  optional: "at most once",
  some: "once or more",
  many: "any number of times",
};

const contentWords: Readonly<Record<Content, string>> = {
  empty: "nothing",
  text: "text",
  perl: "Perl source",
  html: "an HTML fragment",
  base64: "nothing in a spec, the file in Base64 in an archive",
  elements: "elements",
};

const originWords: Readonly<Record<Origin, string>> = {
  author: "the author",
  builder: "the builder",
  index: "the index builder",
  tools: "a vendor's own tools",
};

const typeWords: Readonly<Record<NonNullable<AttributeFact["type"]>, string>> = {
  version: "version",
  language: "language code",
  path: "path",
  permission: "octal mode",
  date: "date",
  boolean: "`true` or `false`",
  package: "package name",
  table: "table name",
  column: "column name",
  number: "number",
};

/** The fragment that Markdown viewers give a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9_ -]/g, "")
    .replace(/ /g, "-");
}

function cell(text: string): string {
  return text.replace(/\|/g, "\\|").replace(/\n/g, " ");
}
