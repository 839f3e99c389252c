import type { Element } from "../../syntax/element.ts";
import type { SyntaxNode } from "../../syntax/node.ts";
import type { ElementRule, Report } from "../rule.ts";
import { isRootName } from "../shared/root-child.ts";

/** The framework reads the text of an element up to its first child, and of most elements no text at all. */
export const textAfterChild: ElementRule = {
  id: "text-after-child",
  scope: "element",
  elements: "any",
  severity: "warning",
  message: {
    after:
      "This text is lost, because the framework reads the text of <{element}> only up to its first child element.",
    unread: "This text is lost, because <{element}> holds no text that the framework reads.",
  },

  check(element, { schema }) {
    const { content: inside } = element.node;
    if (inside.length === 0) return undefined;
    const fact = schema.element(element.name);
    const content = fact?.content ?? (isRootName(element.name) ? "elements" : undefined);
    const isUnread = content === "elements" || content === "empty";
    // Nothing comes after a child where there is none.
    if (!isUnread && (content === undefined || inside.height === 0)) return undefined;
    if (!inside.some(speaks)) return undefined;
    if (isUnread) return lostTexts(element, 0, "unread");
    const { children } = element.node;
    const firstChild = children.findIndex(({ kind }) => kind === "element");
    const child = children[firstChild]!;
    // Where markup cuts a text short, that is said at the markup.
    const isSaid = child.kind === "element" && !schema.element(child.name)?.parents.includes("root");
    return isSaid ? undefined : lostTexts(element, firstChild, "after");
  },
};

function speaks(node: SyntaxNode): boolean {
  return !isSilent(node);
}

/** Tells whether a node puts nothing but blanks into the text of its parent, or is found fault with anyway. */
function isSilent(node: SyntaxNode): boolean {
  if (node.problems) return true;
  switch (node.kind) {
    case "text":
      return !/[^ \t\r\n]/.test(node.raw);
    case "cdata":
      return !/[^ \t\r\n]/.test(node.content);
    case "reference":
      return false;
    default:
      return true;
  }
}

/** One report for each run of text between elements. */
function lostTexts(element: Element, from: number, variant: string): readonly Report[] {
  const reports: Report[] = [];
  let span: { start: number; end: number } | undefined;
  let index = -1;
  for (const { node, start } of element.children()) {
    index++;
    if (node.kind === "element") span = undefined;
    if (index < from || isSilent(node)) continue;
    const raw = node.kind === "text" ? node.raw : "";
    const first = start + (raw === "" ? 0 : raw.search(/[^ \t\r\n]/));
    const end = start + (raw === "" ? node.width : raw.trimEnd().length);
    if (span) {
      span.end = end;
      continue;
    }
    span = { start: first, end };
    reports.push({ span, variant, arguments: { element: element.name }, unnecessary: true });
  }
  return reports.map((report) => ({
    ...report,
    fixes: [{ title: "Remove the text", edits: [{ span: report.span, newText: "" }], removes: true }],
  }));
}
