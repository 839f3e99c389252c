import { escapeXml } from "../../text/escape.ts";
import type { PackageRule } from "../rule.ts";
import { changesOf } from "../shared/change-log.ts";
import { hasMisspelt } from "../shared/missing-element.ts";
import { plainVersion } from "../shared/plain-version.ts";

/** The version was raised and nobody said why. */
export const changelogVersionMismatch: PackageRule = {
  id: "changelog-version-mismatch",
  scope: "package",
  elements: ["ChangeLog"],
  isOfAnyFramework: true,
  severity: "warning",
  message:
    "Readers do not learn what is new in {version}, because the newest ChangeLog entry is about {newest}.",

  *check(spec, context) {
    const version = plainVersion(spec.version);
    const element = spec.last("Version");
    if (version === undefined || !element) return;
    const changes = changesOf(spec);
    const newest = changes.find((change) => change.version !== undefined);
    if (!newest || changes.some((change) => change.version === version)) return;
    // The entry may be there under a misspelt name, of which a rule of its own speaks.
    if (hasMisspelt(spec, "ChangeLog", context)) return;
    // An old log may have its newest entry last.
    const isAscending = changes.length > 1 && changes.at(-1)!.version !== undefined;
    const shown =
      isAscending && (changes.at(-1)!.date ?? "") > (newest.date ?? "") ? changes.at(-1)! : newest;
    const at = newest.element.start;
    const entry = `<ChangeLog Version="${escapeXml(version)}" Date="${context.today}"></ChangeLog>\n    `;
    yield {
      span: element.text.span,
      arguments: { version, newest: shown.version! },
      related: [{ message: "The newest entry stands here.", span: shown.element.nameSpan }],
      fixes: [
        {
          title: "Add a ChangeLog entry for {version}",
          arguments: { version },
          edits: [{ span: { start: at, end: at }, newText: entry }],
          asks: true,
        },
      ],
    };
  },
};
