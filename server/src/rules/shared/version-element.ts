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
