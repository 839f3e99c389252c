import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList } from "../../symbols/file-list.ts";
import type { RuleContext } from "../rule-context.ts";

const setupPath = /^(?:Custom\/)?var\/packagesetup\/[^/]*\.pm$/;

/**
 * Whether a setup module of the package has a word in it, such as the name of a table: then it may do by itself what the
 * sections do not. What is not known of the disk yet has none.
 */
export function setupMentions(spec: PackageSpec, word: string, { folder }: RuleContext): boolean {
  const folded = word.toLowerCase();
  return fileList(spec)
    .matching(setupPath)
    .some(({ path }) => folder.textOf?.(path)?.toLowerCase().includes(folded) === true);
}
