import type { PackageSpec } from "../../model/package-spec.ts";
import { compareStrictly } from "../../model/version.ts";
import type { Fix, PackageRule } from "../rule.ts";
import { type Change, changesOf, isNewerOrSame } from "../shared/change-log.ts";

/** The newest entry stands first by custom; online lists show the last of all things. */
export const changelogOrder: PackageRule = {
  id: "changelog-order",
  scope: "package",
  elements: ["ChangeLog"],
  isOfAnyFramework: true,
  severity: "information",
  message: "Readers look for what is new at the top, but {version} stands below {older}.",

  *check(spec) {
    const changes = changesOf(spec);
    // One remark for the whole log: where the first entry is out of order, the fix sorts them all.
    const index = changes.findIndex(
      (change, position) => position > 0 && !isNewerOrSame(changes[position - 1]!, change),
    );
    if (index < 0) return;
    const { element, version } = changes[index]!;
    const above = changes[index - 1]!;
    yield {
      span: element.attribute("Version")?.span ?? element.nameSpan,
      arguments: { version: version!, older: above.version! },
      related: [{ message: "The older entry stands here.", span: above.element.nameSpan }],
      fixes: changes.every((change) => change.version !== undefined) ? [sorting(spec, changes)] : [],
    };
  },
};

/** Each entry moves to the place of another, so that what stands between them stays. */
function sorting({ tree }: PackageSpec, changes: readonly Change[]): Fix {
  const sorted = [...changes].sort((a, b) => compareStrictly(b.version!, a.version!));
  return {
    title: "Sort the change log",
    edits: changes.map(({ element: { span } }, index) => {
      const { element } = sorted[index]!;
      return { span, newText: tree.source.slice(element.span.start, element.span.end) };
    }),
  };
}
