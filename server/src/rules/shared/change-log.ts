import type { PackageSpec } from "../../model/package-spec.ts";
import { compareStrictly } from "../../model/version.ts";
import type { Element } from "../../syntax/element.ts";
import type { Fix } from "../rule.ts";
import { attributeInsertion } from "./fixes.ts";
import { rootChildren } from "./root-child.ts";

/** An entry of the change log. */
export interface Change {
  readonly element: Element;
  /** Undefined when there is none, or none that could be compared. */
  readonly version: string | undefined;
  readonly date: string | undefined;
}

/** The change log in the order of the document. */
export function changesOf(spec: PackageSpec): readonly Change[] {
  return rootChildren(spec, "ChangeLog").map((element) => {
    const version = element.value("Version")?.trim();
    return {
      element,
      version: version !== undefined && /^\d+(\.\d+)*$/.test(version) ? version : undefined,
      date: element.value("Date") || undefined,
    };
  });
}

/** Tells whether a change may stand directly above another one: it is newer, or of the same version and not older. */
export function isNewerOrSame(upper: Change, lower: Change): boolean {
  if (upper.version === undefined || lower.version === undefined) return true;
  return compareStrictly(upper.version, lower.version) >= 0;
}

/** The date that the text of an entry begins with, in any usual form; undefined when it begins with none. */
export function dateInText(element: Element): string | undefined {
  return /^\s*[[(]?(\d{4}([-/.])\d\d?\2\d\d?|\d\d?([/.])\d\d?\3\d{4})\b/.exec(element.text.value)?.[1];
}

/** Puts such a date into an attribute; nothing where its form does not say which number is the month. */
export function dateFixes(element: Element, date: string): readonly Fix[] {
  const numbers = /^(\d{4})[-/.](\d\d?)[-/.](\d\d?)$/.exec(date)?.slice(1);
  if (!numbers) return [];
  return [attributeInsertion(element, "Date", numbers.map((number) => number.padStart(2, "0")).join("-"))];
}
