import type { AttributeFact, ElementFact } from "../../dialect/element-fact.ts";
import type { Schema } from "../../dialect/schema.ts";
import { escapeInQuotes } from "../../text/escape.ts";
import { reindented } from "../layout.ts";

/** What the open places of snippets are filled with. */
export interface SnippetValues {
  /** The version of the package; undefined when it has none yet. */
  readonly version: string | undefined;
  /** "YYYY-MM-DD hh:mm:ss". */
  readonly now: string;
  /** The package's name; undefined when it has none yet. */
  readonly packageName: string | undefined;
  /** A framework range such as "7.1.x"; undefined when no release is known. */
  readonly framework: string | undefined;
  /** The blanks of one level. */
  readonly unit: string;
}

/**
 * A whole element as a snippet: with what it needs, and with open places for the rest.
 *
 * @param holder the name of the element that it is for; undefined for the root
 */
export function elementSnippet(
  fact: ElementFact,
  schema: Schema,
  values: SnippetValues,
  holder?: string,
): string {
  const body = fittedTo(holder, fact, fact.snippet ?? derivedSnippet(fact, schema, { next: 1 }, ""));
  const version = snippetText(escapeInQuotes(values.version ?? "1.0.0"));
  const filled = body
    .replaceAll("${VERSION}", () => version)
    .replaceAll("${DATE}", () => snippetText(values.now));
  const named =
    fact.content === "perl" && values.packageName && /^\w+$/.test(values.packageName)
      ? filled.replace(/(\$\{\d+:)PackageName\}/, (_, start: string) => `${start}${values.packageName}}`)
      : filled;
  const { framework } = values;
  const ranged = framework ? named.replace(/(?<=<Framework>\$\{\d+:)[^}]*/, framework) : named;
  return reindented(ranged, values.unit);
}

/** A snippet with what an element has to have in this place alone. */
function fittedTo(holder: string | undefined, { name, attributes }: ElementFact, snippet: string): string {
  const start = /^<[^>]*>/.exec(snippet)?.[0] ?? "";
  // What a package does when it is absorbed has a phase of its own.
  if (holder === "PackageMerge")
    return start.replace(/ Type="[^"]*"/, ' Type="merge"') + snippet.slice(start.length);
  // Without a version no statement of an upgrade is executed.
  const lacksVersion = !start.includes(" Version=") && attributes.some((each) => each.name === "Version");
  return holder === "DatabaseUpgrade" && lacksVersion
    ? `<${name} Version="\${VERSION}"${snippet.slice(`<${name}`.length)}`
    : snippet;
}

/** What goes between the quotes of an attribute: a choice where the values are known. */
export function valueStop(fact: Pick<AttributeFact, "values">, number: number): string {
  return fact.values ? `\${${number}|${fact.values.map(choiceText).join(",")}|}` : `$${number}`;
}

/** What a snippet inserts when nobody goes through its stops: their presets, and of a choice the first. */
export function withoutTabStops(snippet: string): string {
  return snippet.replace(
    /\\([\\$},|])|\$\{\d+\|((?:\\.|[^\\,|])*)(?:\\.|[^\\|])*\|\}|\$\{\d+:((?:\\.|[^\\}])*)\}|\$(?:\d+|\{\d+\})/g,
    (_whole, escaped: string | undefined, choice: string | undefined, preset: string | undefined) =>
      escaped ?? (choice ?? preset ?? "").replace(/\\([\\$},|])/g, "$1"),
  );
}

/** A text that means itself in a snippet. */
function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

function choiceText(text: string): string {
  return text.replace(/[\\$},|]/g, "\\$&");
}

/** For rows without a snippet of their own: needed attributes, needed children, and CDATA for code. */
function derivedSnippet(
  fact: ElementFact,
  schema: Schema,
  counter: { next: number },
  indentation: string,
): string {
  const attributes = fact.attributes
    .filter(({ required, advised, obsolete, filledBy }) => (required || advised) && !obsolete && !filledBy)
    .map((attribute) => ` ${attribute.name}="${valueStop(attribute, counter.next++)}"`);
  const start = `<${fact.name}${attributes.join("")}`;
  const end = `</${fact.name}>`;
  const inner = `${indentation}    `;
  switch (fact.content) {
    case "empty":
    case "base64":
      return `${start}/>`;
    case "text":
      return `${start}>$${counter.next++}${end}`;
    case "perl":
    case "html":
      return `${start}><![CDATA[\n${inner}$${counter.next++}\n${indentation}]]>${end}`;
    case "elements": {
      const needed = schema
        .children(fact.name)
        .filter(({ repeat, obsolete }) => (repeat === "one" || repeat === "some") && !obsolete);
      const children = needed.map((child) => inner + derivedSnippet(child, schema, counter, inner));
      const body = children.length > 0 ? children.join("\n") : `${inner}$${counter.next++}`;
      return `${start}>\n${body}\n${indentation}${end}`;
    }
  }
}
