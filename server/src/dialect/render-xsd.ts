import { escapeXml } from "../text/escape.ts";
import { listedValues, valuePattern } from "./accepted-values.ts";
import { type Family, rootNames } from "./dialect.ts";
import type { AttributeFact, ElementFact } from "./element-fact.ts";
import { type Schema, schemaForFamily } from "./schema.ts";

/**
 * The XML Schema 1.0 of one family's `.sopm` and `.opm`, for editors and tools that know nothing of packages.
 *
 * It holds what every dialect of the family knows and says nothing else. Elements may come in
 * any order and number, because the frameworks take them so and XML Schema cannot count without ordering.
 *
 * Every element is declared locally with a type of its own: so no element but the root can start a document, and
 * `xsi:type` can never name a fitting type. Elements stand in groups, since many may come in several places, and
 * so do attributes that several elements share.
 *
 * @returns the text of the `.xsd` file, LF line ends, with a final line break
 */
export function renderXsd(family: Family): string {
  const schema = schemaForFamily(family);
  const shared = sharedAttributes(schema);
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    "<!-- Generated from server/src/dialect by `npm run generate`; do not edit. -->",
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">',
    ...indented([
      ...annotation([
        `Packages with the root ${rootNames[family]}: specs (.sopm) and archives (.opm).`,
        "The frameworks take elements in any order.",
      ]),
      ...declaration(schema, schema.root, shared),
      ...schema.elements
        .filter((fact) => fact.parents.length > 0)
        .flatMap((fact) => elementGroup(schema, fact, shared)),
      ...[...shared].flatMap(([row, name]) => attributeGroup(name, row)),
      ...schema.elements.flatMap(textType),
      ...emptyType,
    ]),
    "</xs:schema>",
  ];
  return `${lines.join("\n")}\n`;
}

const emptyType: readonly string[] = [
  '<xs:simpleType name="Nothing">',
  ...indented([
    ...annotation(["No text but white space, which builders leave behind."]),
    '<xs:restriction base="xs:token">',
    '    <xs:length value="0"/>',
    "</xs:restriction>",
  ]),
  "</xs:simpleType>",
];

/** Attribute rows that several elements have, with a name for the group that declares them. */
type SharedAttributes = ReadonlyMap<AttributeFact, string>;

function sharedAttributes(schema: Schema): SharedAttributes {
  const uses = new Map<AttributeFact, number>();
  for (const { attributes } of schema.elements) {
    for (const row of attributes) uses.set(row, (uses.get(row) ?? 0) + 1);
  }
  const names = new Map<AttributeFact, string>();
  const taken = new Map<string, number>();
  for (const [row, count] of uses) {
    if (count === 1) continue;
    const number = (taken.get(row.name) ?? 0) + 1;
    taken.set(row.name, number);
    names.set(row, number === 1 ? row.name : `${row.name}-${number}`);
  }
  return names;
}

function attributeGroup(name: string, row: AttributeFact): readonly string[] {
  return [
    `<xs:attributeGroup name="${name}">`,
    ...indented(attributeDeclaration(row)),
    "</xs:attributeGroup>",
  ];
}

function elementGroup(schema: Schema, fact: ElementFact, shared: SharedAttributes): readonly string[] {
  return [
    `<xs:group name="${fact.name}">`,
    ...indented(["<xs:sequence>", ...indented(declaration(schema, fact, shared)), "</xs:sequence>"]),
    "</xs:group>",
  ];
}

function declaration(schema: Schema, fact: ElementFact, shared: SharedAttributes): readonly string[] {
  return [
    `<xs:element name="${fact.name}">`,
    ...indented([
      ...annotation([fact.summary, fact.details, ...elementNotes(fact)]),
      "<xs:complexType>",
      ...indented(contentModel(schema, fact, shared)),
      "</xs:complexType>",
    ]),
    "</xs:element>",
  ];
}

function contentModel(schema: Schema, fact: ElementFact, shared: SharedAttributes): readonly string[] {
  const attributes = fact.attributes.flatMap((row) => {
    const group = shared.get(row);
    return group ? [`<xs:attributeGroup ref="${group}"/>`] : attributeDeclaration(row);
  });
  if (fact.content === "elements") {
    return [
      '<xs:choice minOccurs="0" maxOccurs="unbounded">',
      ...indented(schema.children(fact.name).map((child) => `<xs:group ref="${child.name}"/>`)),
      "</xs:choice>",
      ...attributes,
    ];
  }
  const extension = `<xs:extension base="${textTypeName(fact)}"`;
  return [
    "<xs:simpleContent>",
    ...indented(
      attributes.length === 0
        ? [`${extension}/>`]
        : [`${extension}>`, ...indented(attributes), "</xs:extension>"],
    ),
    "</xs:simpleContent>",
  ];
}

function textTypeName(fact: ElementFact): string {
  if (fact.content === "empty") return "Nothing";
  return fact.values ? `${fact.name}Text` : "xs:string";
}

/** The type of a text of which only some values are of use. */
function textType(fact: ElementFact): readonly string[] {
  if (!fact.values) return [];
  return [`<xs:simpleType name="${textTypeName(fact)}">`, ...indented(restriction(fact)), "</xs:simpleType>"];
}

function attributeDeclaration(fact: AttributeFact): readonly string[] {
  const use = fact.required ? ' use="required"' : "";
  const documentation = annotation([fact.summary, fact.details, ...attributeNotes(fact)]);
  if (!fact.values) {
    return [
      `<xs:attribute name="${fact.name}" type="xs:string"${use}>`,
      ...indented(documentation),
      "</xs:attribute>",
    ];
  }
  return [
    `<xs:attribute name="${fact.name}"${use}>`,
    ...indented([...documentation, "<xs:simpleType>", ...indented(restriction(fact)), "</xs:simpleType>"]),
    "</xs:attribute>",
  ];
}

function restriction(fact: ElementFact | AttributeFact): readonly string[] {
  const pattern = valuePattern(fact);
  const facets = pattern
    ? [`<xs:pattern value="${escapeXml(pattern)}"/>`]
    : (listedValues(fact) ?? []).map((value) => `<xs:enumeration value="${escapeXml(value)}"/>`);
  return ['<xs:restriction base="xs:string">', ...indented(facets), "</xs:restriction>"];
}

function elementNotes(fact: ElementFact): readonly string[] {
  return [
    ...(fact.since ? [`Since ${fact.since}.`] : []),
    ...(fact.default !== undefined ? [`Default: ${fact.default}.`] : []),
    ...(fact.filledBy === "builder" ? ["Filled in by the builder."] : []),
    ...(fact.kept === false ? ["Not kept in the archive."] : []),
  ];
}

function attributeNotes(fact: AttributeFact): readonly string[] {
  return [
    ...(fact.default !== undefined ? [`Default: ${fact.default}.`] : []),
    ...(fact.filledBy === "builder" ? ["Filled in by the builder."] : []),
  ];
}

function annotation(sentences: readonly (string | undefined)[]): readonly string[] {
  const text = sentences.filter((sentence) => sentence !== undefined).join(" ");
  return [
    "<xs:annotation>",
    `    <xs:documentation xml:lang="en">${escapeXml(text)}</xs:documentation>`,
    "</xs:annotation>",
  ];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `    ${line}`);
}
