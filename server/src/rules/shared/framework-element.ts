import { type DialectId, dialectsOf, familyOf } from "../../dialect/dialect.ts";
import { productOf } from "../../dialect/products.ts";
import { matchesPattern } from "../../model/framework-range.ts";
import type { Attribute, Element } from "../../syntax/element.ts";
import type { Span } from "../../text/span.ts";
import type { Fix } from "../rule.ts";
import { isPlaceholder, isRootName } from "./root-child.ts";

/** What kind of text a `Framework` has. */
export type FrameworkForm =
  | "release" // 7.1.x
  | "version" // 7.1.3
  | "wide" // 7.x, 7.x.x, x.x.x: more than one release
  | "short" // 7.1, which fits nothing
  | "empty"
  | "expression" // with characters that only a regular expression has
  | "odd"; // anything else made of digits, dots and x

export interface FrameworkText {
  readonly form: FrameworkForm;
  /** Without the blanks around it. */
  readonly text: string;
  readonly span: Span;
  readonly hasBlanks: boolean;
}

/** The text of a `Framework` element of the package; undefined for others and for what a build fills in. */
export function frameworkText(element: Element, parentName: string | undefined): FrameworkText | undefined {
  if (!isRootName(parentName)) return undefined;
  const { value, span } = element.trimmedText;
  if (isPlaceholder(value)) return undefined;
  return { form: formOf(value), text: value, span, hasBlanks: value !== "" && value !== element.text.value };
}

function formOf(text: string): FrameworkForm {
  if (text === "") return "empty";
  if (/[^0-9.x]/i.test(text)) return "expression";
  if (/^\d+\.\d+\.x$/i.test(text)) return "release";
  if (/^\d+\.\d+\.\d+$/.test(text)) return "version";
  if (/^\d+(\.\d+)?$/.test(text)) return "short";
  return /^(\d+|x)(\.(\d+|x)){0,2}$/i.test(text) ? "wide" : "odd";
}

/** `Minimum` and `Maximum`, as far as they are given. */
export function boundsOf(element: Element): readonly Attribute[] {
  return ["Minimum", "Maximum"].flatMap((name) => {
    const bound = element.attribute(name);
    return bound?.hasValue && bound.value !== "" && !isPlaceholder(bound.value) ? [bound] : [];
  });
}

export function isPlainVersion(text: string): boolean {
  return /^\d+\.\d+\.\d+$/.test(text);
}

/** The release lines of a family that a pattern fits, such as "7.1", oldest first. */
export function releasesThatFit(pattern: string, dialect: DialectId): readonly string[] {
  const lines = new Set(dialectsOf(familyOf(dialect)).flatMap((each) => productOf(each).releaseLines));
  return [...lines].filter((line) => matchesPattern(`${line}.1`, pattern));
}

/** Writes an element for each pattern in the place of one `Framework`, whose attributes go with it. */
export function writingEach(element: Element, patterns: readonly string[]): Fix {
  const newText = patterns.map((pattern) => `<Framework>${pattern}</Framework>`).join("\n    ");
  return { title: "Write one Framework per release", edits: [{ span: element.span, newText }] };
}
