import { compareStrictly } from "../../model/version.ts";
import type { Element } from "../../syntax/element.ts";

/** The lower one of the versions at two elements: upgrades from below it run both. */
export function lowerGate(a: Element, b: Element): string {
  const [first, second] = [a.value("Version") ?? "", b.value("Version") ?? ""];
  return compareStrictly(first, second) <= 0 ? first : second;
}
