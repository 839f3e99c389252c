import type { Element } from "../../syntax/element.ts";
import type { PackageRule } from "../rule.ts";
import { changesOf } from "../shared/change-log.ts";
import { removal } from "../shared/fixes.ts";

/** Several entries of one version are fine, the same one twice is a slip. */
export const changelogDuplicate: PackageRule = {
  id: "changelog-duplicate",
  scope: "package",
  elements: ["ChangeLog"],
  isOfAnyFramework: true,
  severity: "information",
  message: "Readers learn nothing new here, because the same entry for {version} stands above.",

  *check(spec) {
    const changes = changesOf(spec);
    if (changes.length < 2) return;
    const seen = new Map<string, Element>();
    for (const { element, version, date } of changes) {
      if (version === undefined) continue;
      const key = JSON.stringify([version, date, element.text.value.trim()]);
      const first = seen.get(key);
      if (first) {
        yield {
          span: element.nameSpan,
          arguments: { version },
          related: [{ message: "It stands here first.", span: first.nameSpan }],
          fixes: [removal(element)],
          unnecessary: true,
        };
      } else seen.set(key, element);
    }
  },
};
