import type { PackageSpec } from "../../model/package-spec.ts";
import { compareStrictly } from "../../model/version.ts";
import type { Fix, PackageRule } from "../rule.ts";
import { type Change, changesOf, isNewerOrSame } from "../shared/change-log.ts";

/** The newest entry stands first by custom; online lists show the last of all things. */
export const changelogOrder: PackageRule = {
  id: "changelog-order",
  scope: "package",
  elements: ["ChangeLog"],
  severity: "information",
  summary: "The change log starts with the newest entry",
  message: "Readers look for what is new at the top, but {version} stands below {older}.",
  docs:
    "By custom the newest entry of the change log stands first. No framework sorts the entries; lists of online " +
    "packages show the last one of the file, whatever it is.",
  bad: '<otrs_package><ChangeLog Version="1.0.0" Date="2024-01-15">A.</ChangeLog><ChangeLog Version="1.1.0" Date="2024-05-02">B.</ChangeLog></otrs_package>',
  good: '<otrs_package><ChangeLog Version="1.1.0" Date="2024-05-02">B.</ChangeLog><ChangeLog Version="1.0.0" Date="2024-01-15">A.</ChangeLog></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageOnlineList",

  *check(spec) {
    const changes = changesOf(spec);
    // One remark for the whole log: where the first entry is out of order, the fix sorts them all.
    const index = changes.findIndex(
      (change, position) => position > 0 && !isNewerOrSame(changes[position - 1]!, change),
    );
    if (index < 0) return;
    const { element, version } = changes[index]!;
    yield {
      span: element.attribute("Version")?.span ?? element.nameSpan,
      arguments: { version: version!, older: changes[index - 1]!.version! },
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
