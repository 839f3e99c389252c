import type { PackageSpec } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import type { TextEdit } from "../../text/edit.ts";
import { wholeLines } from "./fixes.ts";
import { appendElements } from "./new-files.ts";
import { besides } from "./section-place.ts";

/** Takes an element out of the one that it stands in and puts it behind that one. */
export function movingOut(spec: PackageSpec, element: Element, outer: Element): readonly TextEdit[] {
  return [
    wholeLines(spec.tree.source, element.span),
    besides(spec, outer, [[textOf(spec, element)]], "behind"),
  ];
}

/** Takes an element to the end of another one; nothing where that has no place for it. */
export function movingInto(spec: PackageSpec, element: Element, outer: Element): readonly TextEdit[] {
  const edit = appendElements(outer, [textOf(spec, element)]);
  return edit ? [wholeLines(spec.tree.source, element.span), edit] : [];
}

function textOf({ tree }: PackageSpec, { span }: Element): string {
  return tree.source.slice(span.start, span.end);
}
