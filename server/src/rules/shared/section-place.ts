import { databasePhases } from "../../model/database-phases.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import type { PlacedStatement } from "../../symbols/package-database.ts";
import type { Element } from "../../syntax/element.ts";
import type { TextEdit } from "../../text/edit.ts";
import { memo } from "../../text/memo.ts";
import { indentationBefore } from "./fixes.ts";
import { appendElements } from "./new-files.ts";

/** The lines of a new element, with what is in it four blanks deeper. */
export type Block = readonly string[];

/** The lines of an element around others. */
export function blockAround(startTag: string, blocks: readonly Block[], name: string): Block {
  return [startTag, ...blocks.flat().map((line) => `    ${line}`), `</${name}>`];
}

/** Tells whether what stands in a section is executed. */
export function runs({ phase }: { readonly phase: string }): boolean {
  return phase === "pre" || phase === "post";
}

/** A section that only seems to stand in another one will be elsewhere once the end tag of that one is there. */
export function isInRoot({ section }: Pick<PlacedStatement, "section">): boolean {
  return section.parent !== undefined && section.parent.parent === undefined;
}

/** Writes elements beside another one, on lines of their own where that has one. */
export function besides(
  { tree }: PackageSpec,
  element: Element,
  blocks: readonly Block[],
  place: "ahead" | "behind",
): TextEdit {
  const indent = indentationBefore(tree.source, element.start);
  const separator = indent === undefined ? "" : `\n${indent}`;
  const texts = blocks.map((lines) => lines.join(separator));
  const at = place === "ahead" ? element.start : element.span.end;
  const newText = texts.map((text) => (place === "ahead" ? text + separator : separator + text)).join("");
  return { span: { start: at, end: at }, newText };
}

/**
 * Writes elements at the end of the last section of a name that is executed, or into a new one behind all others.
 * Undefined where there is no place for it.
 */
export function inDatabaseSection(
  spec: PackageSpec,
  family: "DatabaseInstall" | "DatabaseUpgrade" | "DatabaseUninstall",
  blocks: readonly Block[],
): TextEdit | undefined {
  const last = lastSection(spec.all(family));
  if (!last) return behindAll(spec, blockAround(`<${family} Type="post">`, blocks, family));
  const inside = last.elements.at(-1);
  if (inside) return besides(spec, inside, blocks, "behind");
  const indent = indentationBefore(spec.tree.source, last.start) ?? "    ";
  return appendElements(
    last,
    blocks.map((lines) => lines.join(`\n${indent}    `)),
  );
}

const lastSection = memo(
  (sections: readonly Element[]) =>
    databasePhases(sections).findLast(
      (each) =>
        isInRoot(each) && (each.section.name === "DatabaseUpgrade" ? each.phase === "post" : runs(each)),
    )?.section,
);

function behindAll({ root }: PackageSpec, lines: Block): TextEdit | undefined {
  if (root?.closing !== "end-tag") return undefined;
  const last = root.elements.at(-1);
  // Behind an element that has no end the section would stand in it.
  if (last && last.closing !== "end-tag" && last.closing !== "empty") return undefined;
  const at = last?.span.end ?? root.contentSpan.start;
  return { span: { start: at, end: at }, newText: lines.map((line) => `\n    ${line}`).join("") };
}
