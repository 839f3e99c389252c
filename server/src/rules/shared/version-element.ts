import type { Element, Located } from "../../syntax/element.ts";
import { isPlaceholder, isRootName } from "./root-child.ts";

/** The text of the package's `Version`; undefined when the element is another one, is empty or is filled in later. */
export function packageVersionOf(version: Element, parentName: string | undefined): Located | undefined {
  if (!isRootName(parentName)) return undefined;
  const { text } = version;
  return text.value.trim() === "" || isPlaceholder(text.value) ? undefined : text;
}

/** Tells whether a version has nothing but digits in its groups. */
export function isNumeric(version: string): boolean {
  return /^\d+(\.\d+)*$/.test(version);
}

/** Tells whether the installer compares a gate as it reads: digits in at most six groups. */
export function isComparedAsRead(gate: string): boolean {
  return /^\d+(\.\d+){0,5}$/.test(gate);
}

/**
 * The version that was most likely meant: blanks around it, a v in front and zeros in front of a number are slips.
 * Undefined where it is anything else than a version.
 */
export function meantVersion(text: string): string | undefined {
  const version = /^\s*v?\s*(\d+(?:\.\d+){0,5})\s*$/i.exec(text)?.[1];
  return version?.replace(/(^|\.)0+(?=\d)/g, "$1");
}
