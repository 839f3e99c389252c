import type { Translate } from "../l10n/translate.ts";
import { kindOfFix, withoutOverlaps } from "../rules/fix-together.ts";
import type { Finding } from "../rules/rule.ts";
import { editsOf } from "../rules/shared/fixes.ts";
import type { TextEdit } from "../text/edit.ts";
import { type Span, touches } from "../text/span.ts";
import type { FeatureDocument } from "./feature-document.ts";
import { suppressInFile, suppressOnLine } from "./suppress-finding.ts";

/** Something the author may choose to change. */
export interface CodeAction {
  /** In the reader's language. */
  readonly title: string;
  /** `fix` mends one finding, `fix-all` all of its kind, `suppress` silences it by a comment. */
  readonly kind: "fix" | "fix-all" | "suppress";
  /** Spans refer to the text the findings were made from; they do not overlap. */
  readonly edits: readonly TextEdit[];
  /** A name for the file of the document, which stays in its folder; then there are no edits. */
  readonly fileName?: string;
  /** A folder to set as the base folder of the spec, from the present one on; then there are no edits. */
  readonly baseFolder?: string;
  /** True when it takes away what the author may want; then its title says so. */
  readonly removes?: true;
  /** The findings that go away. */
  readonly findings: readonly Finding[];
  /** True for the fix to take when nobody chooses. */
  readonly isPreferred: boolean;
}

/**
 * What can be done about the findings that touch a range: their fixes, the same for all findings of a kind, and
 * comments that switch a rule off.
 *
 * @param findings all of the document, in document order
 */
export function codeActions(
  document: FeatureDocument,
  findings: readonly Finding[],
  range: Span,
  translate: Translate,
): readonly CodeAction[] {
  const own = findings.filter(({ file }) => !file);
  const here = own.filter(({ span }) => touches(span, range.start) || isWithin(span, range));
  return [
    ...here.flatMap((finding) => fixActions(document, finding, translate)),
    ...fixAllActions(here, own, translate),
    ...here.flatMap((finding) => suppressActions(document, finding, translate)),
  ];
}

function isWithin(span: Span, range: Span): boolean {
  return range.start <= span.start && span.start <= range.end;
}

function fixActions(
  { tree }: FeatureDocument,
  finding: Finding,
  translate: Translate,
): readonly CodeAction[] {
  return (finding.fixes ?? []).map((fix, index) => ({
    title: translate(fix.title, fix.arguments),
    kind: "fix",
    edits: editsOf(fix, tree.source),
    ...(fix.fileName !== undefined && { fileName: fix.fileName }),
    ...(fix.baseFolder !== undefined && { baseFolder: fix.baseFolder }),
    ...(fix.removes && { removes: true }),
    findings: [finding],
    isPreferred: index === 0 && !fix.removes,
  }));
}

/** One for each kind of finding here, if there are more of it elsewhere; none that removes something. */
function fixAllActions(
  here: readonly Finding[],
  findings: readonly Finding[],
  translate: Translate,
): readonly CodeAction[] {
  const kinds = new Map(here.map((finding) => [kindOfFix(finding), finding]));
  return [...kinds].flatMap(([kind, { rule, fixes }]) => {
    if (!fixes?.[0] || fixes[0].removes) return [];
    const ofKind = findings.filter((finding) => kindOfFix(finding) === kind);
    const { together } = fixes[0];
    const mended = together ? ofKind : withoutOverlaps(ofKind.map(preferredOf)).map(({ finding }) => finding);
    if (mended.length < 2 || together?.length === 0) return [];
    return [
      {
        title: titleOfAll(mended, rule, translate),
        kind: "fix-all",
        edits: together ?? mended.flatMap((finding) => finding.fixes![0]!.edits),
        findings: mended,
        isPreferred: false,
      } satisfies CodeAction,
    ];
  });
}

function preferredOf(finding: Finding) {
  return { finding, edits: finding.fixes?.[0]?.edits ?? [] };
}

/** What is done to all of them, where it is the same. */
function titleOfAll(mended: readonly Finding[], rule: string, translate: Translate): string {
  const count = mended.length;
  const titles = new Set(mended.map(({ fixes }) => translate(fixes![0]!.title, fixes![0]!.arguments)));
  const [title, another] = titles;
  return another === undefined
    ? translate("{fix}, at all {count} places", { fix: title!, count })
    : translate("Fix all {count} findings of {rule}", { count, rule });
}

function suppressActions(
  document: FeatureDocument,
  finding: Finding,
  translate: Translate,
): readonly CodeAction[] {
  const { rule, span } = finding;
  // A text that cannot be read is to be mended: a comment would not make it readable.
  if (document.tree.problems.some((problem) => problem.span.start === span.start)) return [];
  const onLine = suppressOnLine(document, rule, span.start);
  const inFile = suppressInFile(document, rule);
  const action = (title: string, edit: TextEdit): CodeAction => ({
    title: translate(title, { rule }),
    kind: "suppress",
    edits: [edit],
    findings: [finding],
    isPreferred: false,
  });
  return [
    ...(onLine ? [action("Do not report {rule} on this line", onLine)] : []),
    ...(inFile ? [action("Do not report {rule} in this file", inFile)] : []),
  ];
}
