import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList, type ListedFile } from "../../symbols/file-list.ts";
import { memo } from "../../text/memo.ts";
import type { RuleContext } from "../rule-context.ts";

/**
 * A question about the listed files, whose answers are kept by part of the list: a part is looked at again when it has
 * changed, or what is known beside the text, so that an edit costs what it touches.
 */
export function keptByPart<Answer>(
  answer: (files: readonly ListedFile[], context: RuleContext) => Answer,
): (spec: PackageSpec, context: RuleContext) => Iterable<Answer> {
  // Each context has its own disk.
  const questionOf = memo((_context: RuleContext): object => ({}));
  return (spec, context) =>
    fileList(spec).eachSummary(questionOf(context), (files) => answer(files, context));
}
