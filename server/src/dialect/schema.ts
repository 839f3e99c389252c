import { memo } from "../text/memo.ts";
import {
  type DialectId,
  dialectIds,
  dialectsOf,
  type Family,
  families,
  familyOf,
  rootNames,
} from "./dialect.ts";
import type { AttributeFact, ElementFact } from "./element-fact.ts";
import { elementFacts } from "./elements.ts";
import { type ReleaseRange, releasesOf, type Switch, switchAcross } from "./switches.ts";

/** The rows of the tag schema that some dialects know, with quick ways to ask them. */
export interface Schema {
  /** Every element, in the order of the tag reference, each with the attributes known here only. */
  readonly elements: readonly ElementFact[];
  /** The element that a document of this dialect starts with. */
  readonly root: ElementFact;
  /** The row of an element of exactly this name; undefined when it is unknown here. */
  element(name: string): ElementFact | undefined;
  /** The row of an element whose name differs at most in letter case. */
  elementIgnoringCase(name: string): ElementFact | undefined;
  attribute(elementName: string, attributeName: string): AttributeFact | undefined;
  attributeIgnoringCase(elementName: string, attributeName: string): AttributeFact | undefined;
  /**
   * The elements that may stand in an element, given by its real name. Below the root of another family the
   * elements of this one are given, so that a wrong root does not make everything else wrong.
   * Empty for elements that hold none and for unknown ones.
   */
  children(parentName: string): readonly ElementFact[];
  /** True when `children(parentName)` holds the element. */
  allows(parentName: string, elementName: string): boolean;
  /** The dialects that know an element, this one or not; empty for a name that nobody knows. */
  knownIn(elementName: string): readonly DialectId[];
}

/**
 * The schema of one dialect; the same object for releases that know the same.
 *
 * @param releases those of which some have to know what is in it; all of the dialect by default
 */
export function schemaFor(dialect: DialectId, releases: ReleaseRange = releasesOf(dialect)): Schema {
  const known = new Set(conditions.filter((where) => switchAcross(where, releases) !== "off"));
  return kept(`dialect ${dialect} ${[...known].join(" ")}`, () =>
    makeSchema(
      ({ dialects = dialectIds, where }) =>
        dialects.includes(dialect) && (where === undefined || known.has(where)),
      familyOf(dialect),
    ),
  );
}

/** What any dialect of a family knows: the schema that the XSD of the family is made from. */
export function schemaForFamily(family: Family): Schema {
  const dialects = dialectsOf(family);
  return kept(`family ${family}`, () =>
    makeSchema((fact) => dialectsKnowing(fact).some((dialect) => dialects.includes(dialect)), family),
  );
}

const schemas = new Map<string, Schema>();

function kept(key: string, make: () => Schema): Schema {
  let schema = schemas.get(key);
  if (!schema) {
    schema = make();
    schemas.set(key, schema);
  }
  return schema;
}

function makeSchema(known: (fact: KnownTo) => boolean, family: Family): Schema {
  const elements = elementFacts.filter(known).map((fact) => ({
    ...fact,
    attributes: fact.attributes.filter(known),
  }));

  const byName = new Map(elements.map((fact) => [fact.name, fact]));
  const byLowerName = new Map(elements.map((fact) => [fact.name.toLowerCase(), fact]));
  const attributes = new Map(
    elements.map((fact) => [fact.name, new Map(fact.attributes.map((row) => [row.name, row]))]),
  );
  const children = new Map<string, ElementFact[]>();
  for (const fact of elements) {
    for (const parent of fact.parents) {
      const list = children.get(parent);
      if (list) list.push(fact);
      else children.set(parent, [fact]);
    }
  }
  const belowRoot = children.get("root") ?? [];
  children.delete("root");
  for (const each of families) children.set(rootNames[each], belowRoot);
  const childNames = new Map(
    [...children].map(([parent, facts]) => [parent, new Set(facts.map((fact) => fact.name))]),
  );

  const root = byName.get(rootNames[family]);
  if (!root) throw new Error(`The tag schema has no row for ${rootNames[family]}.`);
  return {
    elements,
    root,
    element: (name) => byName.get(name),
    elementIgnoringCase: (name) => byName.get(name) ?? byLowerName.get(name.toLowerCase()),
    attribute: (elementName, attributeName) => attributes.get(elementName)?.get(attributeName),
    attributeIgnoringCase(elementName, attributeName) {
      const rows = attributes.get(elementName);
      const lowerName = attributeName.toLowerCase();
      return (
        rows?.get(attributeName) ??
        [...(rows?.values() ?? [])].find((row) => row.name.toLowerCase() === lowerName)
      );
    },
    children: (parentName) => children.get(parentName) ?? [],
    allows: (parentName, elementName) => childNames.get(parentName)?.has(elementName) ?? false,
    knownIn(elementName) {
      const fact = factsByName.get(elementName);
      return fact ? knowing(fact) : [];
    },
  };
}

const factsByName: ReadonlyMap<string, ElementFact> = new Map(elementFacts.map((fact) => [fact.name, fact]));

const knowing = memo((fact: ElementFact) => dialectsKnowing(fact));

/** The switches that elements and attributes depend on. */
const conditions: readonly Switch[] = [
  ...new Set(
    elementFacts
      .flatMap((fact) => [fact, ...fact.attributes])
      .flatMap(({ where }) => (where === undefined ? [] : [where])),
  ),
];

type KnownTo = Pick<ElementFact, "dialects" | "where">;

/** The dialects of which some release knows an element or attribute. */
export function dialectsKnowing({ dialects = dialectIds, where }: KnownTo): readonly DialectId[] {
  return where === undefined
    ? dialects
    : dialects.filter((dialect) => switchAcross(where, releasesOf(dialect)) !== "off");
}
