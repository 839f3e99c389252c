import { isAcceptedValue } from "../../server/src/dialect/accepted-values.ts";
import { type Family, rootNames } from "../../server/src/dialect/dialect.ts";
import type { ElementFact } from "../../server/src/dialect/element-fact.ts";
import { type Schema, schemaForFamily } from "../../server/src/dialect/schema.ts";
import { textOf } from "../../server/src/syntax/element.ts";
import type { ElementNode, SyntaxNode } from "../../server/src/syntax/node.ts";
import { attributeValue } from "../../server/src/syntax/references.ts";
import type { Span } from "../../server/src/text/span.ts";

/** Why a document does not fit the schema of its family, and where. */
export interface SchemaProblem {
  readonly code:
    | "root-unexpected" // `subject` is the root's name
    | "element-unexpected" // `subject` may not stand in `element`
    | "attribute-unexpected" // `subject` may not be given to `element`
    | "attribute-missing" // `subject` has to be given to `element`
    | "attribute-value" // the value of the attribute `subject` is none of `values`
    | "element-value" // the text of `element` is none of `values`
    | "text-unexpected"; // `element` takes no text
  readonly span: Span;
  readonly element: string;
  /** The name of what is wrong; absent for the element's own text. */
  readonly subject?: string;
  /** The value that stands there. */
  readonly value?: string;
  /** What would have been accepted. */
  readonly values?: readonly string[];
}

/**
 * The verdict of the generated XSD on a document, without an XML tool: no problem exactly where a validating parser
 * has none. The document has to be well-formed and without DOCTYPE; of any other the answer is a good guess. Two
 * things are left to the validating parser: whether the address in an `xsi:schemaLocation` is a good one, and
 * whether white space in CDATA may stand between elements, on which parsers disagree (Xerces and we: it may).
 *
 * Elements that may not stand where they are, are named once and not looked into. Unchanged nodes are not judged
 * again: their problems are remembered, so that an edit costs as much as the nodes it touched.
 *
 * @param root the root element, with its offset in the text
 */
export function schemaProblems(root: ElementNode, start: number, family: Family): readonly SchemaProblem[] {
  const schema = schemaForFamily(family);
  if (root.name !== rootNames[family] || changesDefaultNamespace(root)) {
    const span = { start: start + 1, end: start + 1 + root.name.length };
    return [{ code: "root-unexpected", span, element: root.name, subject: root.name }];
  }
  return problemsOf(root, schema.root, schema, noPrefixes).map((problem) => moved(problem, start));
}

/** Prefixes that stand for the namespace of `xsi:schemaLocation`, in the place that is looked at. */
type InstancePrefixes = ReadonlySet<string>;

const noPrefixes: InstancePrefixes = new Set();

const remembered = new WeakMap<ElementNode, { schema: Schema; problems: readonly SchemaProblem[] }>();

/** The problems of an element and all below it, spans relative to its start. Nests no deeper than the schema does. */
function problemsOf(
  node: ElementNode,
  fact: ElementFact,
  schema: Schema,
  outerPrefixes: InstancePrefixes,
): readonly SchemaProblem[] {
  const prefixes = instancePrefixes(node, outerPrefixes);
  // With prefixes from outside the answer would depend on more than the node.
  if (outerPrefixes.size > 0) return [...freshProblems(node, fact, schema, prefixes)];
  const known = remembered.get(node);
  if (known?.schema === schema) return known.problems;
  const problems = [...freshProblems(node, fact, schema, prefixes)];
  remembered.set(node, { schema, problems });
  return problems;
}

function* freshProblems(
  node: ElementNode,
  fact: ElementFact,
  schema: Schema,
  prefixes: InstancePrefixes,
): Iterable<SchemaProblem> {
  yield* attributeProblems(node, schema, fact, prefixes);
  if (fact.content === "elements") yield* childProblems(node, schema, prefixes);
  else yield* textProblems(node, fact);
}

function* attributeProblems(
  node: ElementNode,
  schema: Schema,
  fact: ElementFact,
  prefixes: InstancePrefixes,
): Iterable<SchemaProblem> {
  const element = node.name;
  const given = new Set<string>();
  for (const attribute of node.attributes) {
    const { name, nameStart, valueStart, rawValue } = attribute;
    if (isNamespaceDeclaration(name)) continue;
    given.add(name);
    const row = schema.attribute(element, name);
    if (!row) {
      if (isSchemaHint(name, prefixes)) continue;
      const span = { start: nameStart, end: nameStart + name.length };
      yield { code: "attribute-unexpected", span, element, subject: name };
      continue;
    }
    const value = attributeValue(attribute.rawValue ?? "");
    if (row.values && !isAcceptedValue(row, value)) {
      const span = { start: valueStart, end: valueStart + (rawValue?.length ?? 0) };
      yield { code: "attribute-value", span, element, subject: name, value, values: row.values };
    }
  }
  for (const row of fact.attributes) {
    if (!row.required || given.has(row.name)) continue;
    yield { code: "attribute-missing", span: nameSpan(node), element, subject: row.name };
  }
}

function* childProblems(
  node: ElementNode,
  schema: Schema,
  prefixes: InstancePrefixes,
): Iterable<SchemaProblem> {
  let start = node.startTagWidth;
  for (const child of node.children) {
    if (child.kind === "element") {
      const fact = schema.allows(node.name, child.name) ? schema.element(child.name) : undefined;
      if (fact && !changesDefaultNamespace(child)) {
        for (const problem of problemsOf(child, fact, schema, prefixes)) yield moved(problem, start);
      } else {
        const span = { start: start + 1, end: start + 1 + child.name.length };
        yield { code: "element-unexpected", span, element: node.name, subject: child.name };
      }
    } else {
      yield* strayText(node.name, child, start);
    }
    start += child.width;
  }
}

function* textProblems(node: ElementNode, fact: ElementFact): Iterable<SchemaProblem> {
  let start = node.startTagWidth;
  let value = "";
  for (const child of node.children) {
    if (child.kind === "element") {
      const span = { start: start + 1, end: start + 1 + child.name.length };
      yield { code: "element-unexpected", span, element: node.name, subject: child.name };
    } else if (fact.content === "empty") {
      yield* strayText(node.name, child, start);
    } else if (fact.values) {
      value += textOf(child);
    }
    start += child.width;
  }
  if (fact.values && !isAcceptedValue(fact, value)) {
    const span = { start: node.startTagWidth, end: start };
    yield { code: "element-value", span, element: node.name, value, values: fact.values };
  }
}

/** White space is welcome everywhere, in whatever way it is written. */
function* strayText(element: string, node: SyntaxNode, start: number): Iterable<SchemaProblem> {
  const text = textOf(node);
  if (!/[^ \t\r\n]/.test(text)) return;
  const span = { start, end: start + node.width };
  if (node.kind === "text") {
    span.start += node.raw.search(/[^ \t\r\n]/);
    for (let last = node.raw.length - 1; " \t\r\n".includes(node.raw[last]!); last--) span.end--;
  }
  yield { code: "text-unexpected", span, element };
}

function isNamespaceDeclaration(name: string): boolean {
  return name === "xmlns" || name.startsWith("xmlns:");
}

/** A default namespace other than none; the schema has no element in it. */
function changesDefaultNamespace(node: ElementNode): boolean {
  return node.attributes.some(
    (attribute) => attribute.name === "xmlns" && attributeValue(attribute.rawValue ?? "") !== "",
  );
}

/** The two attributes that any schema allows everywhere; `xsi:type` and `xsi:nil` fit no declaration of ours. */
function isSchemaHint(name: string, prefixes: InstancePrefixes): boolean {
  const [prefix, localName] = name.split(":");
  return (
    prefixes.has(prefix!) && (localName === "schemaLocation" || localName === "noNamespaceSchemaLocation")
  );
}

const instanceNamespace = "http://www.w3.org/2001/XMLSchema-instance";

function instancePrefixes(node: ElementNode, outer: InstancePrefixes): InstancePrefixes {
  const declarations = node.attributes.filter(({ name }) => name.startsWith("xmlns:"));
  if (declarations.length === 0) return outer;
  const prefixes = new Set(outer);
  for (const declaration of declarations) {
    const prefix = declaration.name.slice("xmlns:".length);
    if (attributeValue(declaration.rawValue ?? "") === instanceNamespace) prefixes.add(prefix);
    else prefixes.delete(prefix);
  }
  return prefixes;
}

function nameSpan(node: ElementNode): Span {
  return { start: 1, end: 1 + node.name.length };
}

function moved(problem: SchemaProblem, start: number): SchemaProblem {
  return { ...problem, span: { start: problem.span.start + start, end: problem.span.end + start } };
}
