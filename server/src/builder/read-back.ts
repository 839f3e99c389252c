import { type X2jOptions, XMLParser, XMLValidator } from "fast-xml-parser";
import type { PlannedElement } from "../host/archive-writer.ts";

/** The first thing in an archive that is not as it was planned. */
export type ReadBackDifference =
  /** `reason` is the parser's, in English. */
  | { readonly kind: "unreadable"; readonly reason: string }
  /** An element that is missing, that nobody planned, or whose attributes or text are others. */
  | { readonly kind: "element"; readonly name: string };

/**
 * Reads an archive with a parser that is not ours, and compares it with the plan: the elements in their order, their
 * names, attributes and texts. Layout between elements is not compared.
 *
 * @param text the archive, with something short in place of each content of a file
 * @param markOf what stands in place of the content of a file; empty for an empty file
 * @returns undefined when all is as planned
 */
export function readBack(
  text: string,
  elements: readonly PlannedElement[],
  markOf: (file: number) => string,
): ReadBackDifference | undefined {
  let index = 0;
  try {
    for (const element of foundIn(new XMLParser(options).parse(text))) {
      const planned = elements[index++];
      if (!planned || !isAsPlanned(element, planned, markOf)) {
        return { kind: "element", name: (planned ?? element).name };
      }
    }
  } catch (error) {
    return { kind: "unreadable", reason: error instanceof Error ? error.message : String(error) };
  }
  const missing = elements[index];
  if (missing) return { kind: "element", name: missing.name };
  // The parser does not look at the names of end tags, and takes more that is no XML.
  const valid = XMLValidator.validate(text);
  // For OTRS 5 and older elements of the database get two Types, as those write and read them.
  if (valid === true || /^Attribute 'Type' is repeated/.test(valid.err.msg)) return undefined;
  return { kind: "unreadable", reason: valid.err.msg };
}

interface FoundElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly hasElements: boolean;
}

/** In front of names, which must not be those that objects have for themselves. No name in XML begins so. */
const prefix = "@";

/** As it is written: no trimming, no numbers, no cutting off, and references as XML has them. */
const options: X2jOptions = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: prefix,
  // Of an element without content it asks twice.
  transformTagName: (name) => (name.startsWith(prefix) ? name : prefix + name),
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // By this it decodes references by number.
  htmlEntities: true,
  // No DOCTYPE with entities is built, so that a reference stands for one character.
  processEntities: { enabled: true, maxExpandedLength: Number.MAX_SAFE_INTEGER },
  maxNestedTags: Number.MAX_SAFE_INTEGER,
  jPath: false,
};

/** What the parser gives with `preserveOrder`: one key is the name, `:@` has the attributes. */
type ParsedNode = Readonly<Record<string, unknown>>;

const textKey = "#text";
const attributesKey = ":@";

/** All elements in the order of their start tags. The recursion ends: what was planned does not nest deeply. */
function* foundIn(nodes: readonly ParsedNode[]): Iterable<FoundElement> {
  for (const node of nodes) {
    const key = Object.keys(node).find((each) => each !== attributesKey);
    if (key === undefined || key === textKey) continue;
    const children = node[key] as readonly ParsedNode[];
    const texts = children.flatMap((child) => (textKey in child ? [String(child[textKey])] : []));
    yield {
      name: key.slice(prefix.length),
      attributes: (node[attributesKey] ?? {}) as Readonly<Record<string, string>>,
      text: texts.join(""),
      hasElements: texts.length < children.length,
    };
    yield* foundIn(children);
  }
}

function isAsPlanned(
  found: FoundElement,
  { name, attributes, text, file }: PlannedElement,
  markOf: (file: number) => string,
): boolean {
  if (found.name !== name || !equalAttributes(found.attributes, attributes)) return false;
  const planned = withLineFeeds(text ?? "") + (file === undefined ? "" : markOf(file));
  const all = withLineFeeds(found.text);
  if (all === planned) return true;
  const isLayoutAllowed = found.hasElements || text === undefined;
  return isLayoutAllowed && all.startsWith(planned) && all.slice(planned.length).trim() === "";
}

function equalAttributes(
  found: Readonly<Record<string, string>>,
  planned: ReadonlyMap<string, string>,
): boolean {
  if (Object.keys(found).length !== planned.size) return false;
  for (const [name, value] of planned) {
    const other = found[prefix + name];
    if (other === undefined || onOneLine(other) !== onOneLine(value)) return false;
  }
  return true;
}

/** XML readers turn line breaks into LF before anything else sees them; ours may have written them as references. */
function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** Line breaks and tabs in attributes are blanks for XML readers; the parser keeps them. */
function onOneLine(value: string): string {
  return /[\t\n\r]/.test(value) ? withLineFeeds(value).replace(/[\t\n]/g, " ") : value;
}
