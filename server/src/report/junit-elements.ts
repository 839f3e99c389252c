import { XMLBuilder } from "fast-xml-parser";
import { oneLine, severalLines } from "../text/visible.ts";

/* The elements that reports for build servers are made of. */

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** An element as the builder takes it: its attributes, and its children by name. */
export type XmlElement = Readonly<Record<string, unknown>>;

/** Elements as text. */
export function junitXml(elements: XmlElement): string {
  return builder.build(elements);
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributesGroupName: "attributes",
  attributeNamePrefix: "",
  format: true,
  suppressEmptyNode: true,
});

/** On one line each, because readers make blanks of the line breaks in an attribute. */
export function attributes(values: Readonly<Record<string, string | number>>): XmlElement {
  const entries = Object.entries(values).map(([name, value]) => [name, oneLine(String(value))]);
  return { attributes: Object.fromEntries(entries) };
}

/** How many test cases there are, and what came of them, as attributes of a suite. */
export function countCases(cases: readonly XmlElement[]) {
  const countOf = (kind: string) => cases.filter((each) => kind in each).length;
  return {
    tests: cases.length,
    failures: countOf("failure"),
    errors: countOf("error"),
    skipped: countOf("skipped"),
  };
}

/** Nothing for no lines. */
export function output(lines: readonly string[]): XmlElement {
  return lines.length === 0 ? {} : { "system-out": severalLines(lines.join("\n")) };
}

export function failureElement(type: string, message: string, lines: readonly string[]): XmlElement {
  return { ...attributes({ type, message }), "#text": severalLines(lines.join("\n")) };
}
