import type { PackageRule } from "../rule.ts";
import { changesOf } from "../shared/change-log.ts";
import { removal } from "../shared/fixes.ts";

/** Several entries of one version are fine, the same one twice is a slip. */
export const changelogDuplicate: PackageRule = {
  id: "changelog-duplicate",
  scope: "package",
  elements: ["ChangeLog"],
  severity: "information",
  summary: "No change is logged twice",
  message: "Readers learn nothing new here, because the same entry for {version} stands above.",
  docs: "A version may have several entries, but this one says the same as an earlier one of its version.",
  bad: '<otrs_package><ChangeLog Version="1.0.1" Date="2024-05-02">Fixed.</ChangeLog><ChangeLog Version="1.0.1" Date="2024-05-02">Fixed.</ChangeLog></otrs_package>',
  good: '<otrs_package><ChangeLog Version="1.0.1" Date="2024-05-02">Fixed.</ChangeLog></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse keeps all entries",

  *check(spec) {
    const changes = changesOf(spec);
    if (changes.length < 2) return;
    const seen = new Set<string>();
    for (const { element, version, date } of changes) {
      if (version === undefined) continue;
      const key = JSON.stringify([version, date, element.text.value.trim()]);
      if (seen.has(key)) {
        yield {
          span: element.nameSpan,
          arguments: { version },
          fixes: [removal(spec, element)],
          unnecessary: true,
        };
      }
      seen.add(key);
    }
  },
};
