import type { SectionModule } from "../../symbols/code-section.ts";
import type { FileList } from "../../symbols/file-list.ts";
import type { RuleContext } from "../rule-context.ts";

/**
 * The file of a module that the package brings along; undefined for modules of others, and for those that the
 * framework has as well, because then another file is found when the package's own is not there.
 */
export function ownModule(
  { path }: SectionModule,
  list: FileList,
  { knowledge }: Pick<RuleContext, "knowledge">,
): string | undefined {
  if (knowledge.isFrameworkFile(path) === true) return undefined;
  return [path, `Custom/${path}`].find((each) => list.has(each));
}
