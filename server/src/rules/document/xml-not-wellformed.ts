import type { PackageSpec } from "../../model/package-spec.ts";
import type { SyntaxNode } from "../../syntax/node.ts";
import type { Problem } from "../../syntax/problem.ts";
import type { Span } from "../../text/span.ts";
import type { PackageRule, Related, Report } from "../rule.ts";
import { declarationThatComesLate } from "../shared/declaration.ts";
import { fixesOfForm, isStartTheSlip } from "../shared/form-fixes.ts";

/** A text that is no XML is refused by OTOBO and read twice, in pieces, by OTRS and Znuny. */
export const xmlNotWellformed: PackageRule = {
  id: "xml-not-wellformed",
  scope: "package",
  elements: "any",
  isOfAnyFramework: true,
  severity: "error",
  message: {
    "tag-unclosed": "The tag <{subject}> has no end. Write “>” behind its last attribute.",
    "end-tag-missing": "Nothing closes <{subject}>. Write </{subject}> where it should end.",
    "end-tag-mismatch": "</{subject}> stands where <{expected}> ends. Write </{expected}>.",
    "start-tag-mismatch":
      "No element is called <{expected}>, and it ends with </{subject}>. Write <{subject}>.",
    "end-tag-stray": "</{subject}> closes nothing, because no <{subject}> is open here. Remove it.",
    "end-tag-malformed": "This end tag is not complete. Write </{subject}> and nothing else in it.",
    "end-tag-nameless": "This end tag closes nothing, because it has no name. Write which element it ends.",
    "attribute-value-missing": "{subject} has no value. Write one in quotes behind an equals sign.",
    "attribute-equals-missing": "Between {subject} and its value there is no equals sign. Write one.",
    "attribute-quote-missing": "The value of {subject} has no closing quote. Write it.",
    "attribute-unquoted": "The value of {subject} has no quotes. Write them around it.",
    "attribute-space-missing": "There is no blank before this attribute. Write one.",
    "attribute-duplicate": "{subject} is given twice in one tag. Remove one of the two.",
    "attribute-less-than": "The value of {subject} must not hold “<”. Write “&lt;” instead.",
    "tag-junk": "“{subject}” means nothing in a tag. Remove it.",
    "stray-less-than": "This “<” starts no tag. Write “&lt;”, or put the text into CDATA.",
    "bare-ampersand": "This “&” starts no reference. Write “&amp;”, or put the text into CDATA.",
    "entity-undefined": "{subject} stands for nothing in XML. Write the character itself.",
    "character-reference-invalid": "{subject} is no character that XML allows. Remove it.",
    "cdata-end-in-text": "This “]]>” ends no CDATA section, because none is open. Write “]]&gt;”.",
    "cdata-unclosed": "This CDATA section has no end. Write “]]>” behind its last line.",
    "comment-unclosed": "This comment has no end and swallows what follows. Write “-->”.",
    "comment-in-comment":
      "This comment most likely lacks its end, because another one begins in it. Write “-->”.",
    "comment-double-dash": "Two dashes must not stand in a comment. Put a blank between them.",
    "instruction-unclosed": "This processing instruction has no end. Write “?>”.",
    "instruction-malformed": "This processing instruction has no proper name. Remove it: nothing reads it.",
    "declaration-misplaced": "An XML declaration may stand only once, at the very start. Remove this one.",
    "declaration-malformed": "This XML declaration cannot be read. Write the usual one.",
    "doctype-unclosed": "This declaration has no end. Remove it: packages need none.",
    "doctype-misplaced": "This is neither a comment nor CDATA nor an element. Remove it.",
    "character-illegal": "The character {subject} is not allowed in XML. Remove it.",
    "too-deep": "<{subject}> is nested too deep. XML parsers refuse more than 257 elements in each other.",
    "root-missing": "There is no root element. Write everything between <{subject}> and </{subject}>.",
    "root-duplicate": "<{subject}> is a second root element. A document may have only one.",
    "text-outside-root": "Text must not stand outside the root element. Remove it.",
  },

  *check(spec, { kind, product }) {
    const { problems } = spec.tree;
    if (problems.length === 0) return;
    const lateDeclaration = declarationThatComesLate(spec.tree)?.start;
    const rootMissing = problems.some(({ code }) => code === "root-missing");
    for (const problem of problems) {
      if (isSaidElsewhere(problem, lateDeclaration, rootMissing, spec)) continue;
      const outer = commentAround(problem, spec);
      if (outer) yield commentWithoutEnd(problem, outer, spec);
      else yield reportOf(problem, spec, kind === "index" ? product.indexRootName : product.rootName);
    }
  },
};

function reportOf(problem: Problem, spec: PackageSpec, rootName: string): Report {
  const { code, span, expected } = problem;
  const subject = code === "root-missing" ? rootName : (problem.subject ?? "");
  return {
    span,
    variant: variantOf({ ...problem, subject }),
    arguments: { subject, ...(expected === undefined ? {} : { expected }) },
    ...(code === "end-tag-mismatch" && { related: startOf(span.start, spec) }),
    fixes: fixesOfForm({ ...problem, subject }, spec),
  };
}

/** Where the comment starts in which another one does, by the two dashes that begin it. */
function commentAround({ code, span }: Problem, { tree: { source } }: PackageSpec): Span | undefined {
  if (code !== "comment-double-dash") return undefined;
  const inner = span.start - "<!".length;
  if (source.slice(inner, span.end) !== "<!--") return undefined;
  const start = source.slice(0, inner).lastIndexOf("<!--");
  return start < 0 ? undefined : { start, end: start + "<!--".length };
}

/** Where it should end, nobody but the author knows: it may be one around all that. */
function commentWithoutEnd(problem: Problem, span: Span, spec: PackageSpec): Report {
  const ends = fixesOfForm({ code: "comment-unclosed", span }, spec).map((fix) => ({
    ...fix,
    asks: true as const,
  }));
  const variant = "comment-in-comment";
  const related = [{ message: "The other comment starts here.", span: problem.span }];
  return { span, variant, related, fixes: [...ends, ...fixesOfForm(problem, spec)] };
}

/** Where the element starts in whose end tag there is an offset. */
function startOf(offset: number, { tree }: PackageSpec): readonly Related[] {
  const element = tree.elementAt(offset);
  if (!element) return [];
  return [{ message: "<{name}> starts here.", arguments: { name: element.name }, span: element.nameSpan }];
}

function variantOf({ code, subject = "", expected = "" }: Problem): string {
  if (code === "end-tag-malformed" && subject === "") return "end-tag-nameless";
  return code === "end-tag-mismatch" && isStartTheSlip(expected, subject) ? "start-tag-mismatch" : code;
}

/** One mistake can be several problems to a parser; then one of them is enough. */
function isSaidElsewhere(
  { code, span }: Problem,
  lateDeclaration: number | undefined,
  rootMissing: boolean,
  spec: PackageSpec,
): boolean {
  switch (code) {
    case "declaration-misplaced":
      // What stands before the first declaration has a rule of its own.
      return span.start === lateDeclaration;
    case "text-outside-root":
      return rootMissing || (lateDeclaration !== undefined && span.start < lateDeclaration);
    case "end-tag-missing":
      return holdsNamelessEndTag(span.start, spec);
    default:
      return false;
  }
}

/** `<a>…</>` is one mistake, at the end tag. */
function holdsNamelessEndTag(nameStart: number, spec: PackageSpec): boolean {
  const element = spec.tree.elementAt(nameStart);
  if (!element) return false;
  return element.node.content.some(isNamelessEndTag);
}

function isNamelessEndTag(node: SyntaxNode): boolean {
  return node.kind === "stray-end-tag" && node.name === "";
}
