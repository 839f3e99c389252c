import { codeText } from "../../model/code-text.ts";
import type { Element } from "../../syntax/element.ts";
import type { ElementRule } from "../rule.ts";

/** In CDATA Perl stands as it is, and nobody forgets to escape an ampersand. */
export const codeNotCdata: ElementRule = {
  id: "code-not-cdata",
  scope: "element",
  elements: ["CodeInstall", "CodeUpgrade", "CodeReinstall", "CodeUninstall"],
  isOfAnyFramework: true,
  severity: "warning",
  message: {
    escaped:
      "This code is hard to read and breaks with the next “&” or “<”, because it does not stand in CDATA.",
    plain: "The first “&” or “<” in this code will break the spec, because it does not stand in CDATA.",
  },
  policyPlugins: ["CodeTags"],

  check(section, { kind }) {
    if (kind === "archive" || section.text.value.trim() === "") return undefined;
    const kinds = new Set(section.node.children.flatMap((node) => (isBlank(node) ? [] : [node.kind])));
    const first = section.node.children.find((node) => !isBlank(node) && node.kind !== "comment");
    if (first?.kind === "cdata") return undefined;
    const isPlain = kinds.size === 1 && kinds.has("text");
    return {
      span: section.nameSpan,
      variant: isPlain ? "plain" : "escaped",
      ...(isPlain && { severity: "information" as const }),
      fixes: canBeWrapped(section) ? [wrapping(section)] : [],
    };
  },
};

function isBlank(node: Element["node"]["children"][number]): boolean {
  return node.kind === "text" && node.raw.trim() === "";
}

/** Elements and comments would become code, and what an unknown reference stands for is not known. */
function canBeWrapped(section: Element): boolean {
  return (
    section.closing === "end-tag" &&
    section.node.children.every(
      (node) =>
        node.kind === "text" ||
        node.kind === "cdata" ||
        (node.kind === "reference" && node.value !== undefined),
    )
  );
}

function wrapping(section: Element) {
  const text = codeText(section).text.replaceAll("]]>", "]]]]><![CDATA[>");
  return {
    title: "Put the code into CDATA",
    edits: [{ span: section.contentSpan, newText: `<![CDATA[${text}]]>` }],
  };
}
