import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList } from "../../symbols/file-list.ts";
import type { NamedText } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { isLeftOut } from "./listed-file.ts";

/** Files of one kind that are read while somebody types. Packages with more of them bundle somebody else's. */
const mostFiles = 1000;

/**
 * The files that a spec lists, as far as the disk has told what is in them.
 *
 * @param pattern what their paths fit; always the same object for the same question
 */
export function* listedTexts(spec: PackageSpec, context: RuleContext, pattern: RegExp): Iterable<NamedText> {
  const { folder, kind } = context;
  if (!folder.textOf || kind === "archive") return;
  const paths = new Set(
    fileList(spec)
      .matching(pattern)
      .map(({ path }) => path),
  );
  if (paths.size > mostFiles) return;
  for (const path of paths) {
    const text = isLeftOut(path, context) ? undefined : folder.textOf(path);
    if (text) yield { path, text };
  }
}
