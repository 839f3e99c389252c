import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

const buildFields = ["BuildDate", "BuildHost", "BuildCommitID"];

/** The builder throws the author's text away and writes its own. */
export const buildFieldsInSpec: PackageRule = {
  id: "build-fields-in-spec",
  scope: "package",
  elements: buildFields,
  severity: "hint",
  message: "The text of {name} does not get into the archive, because the builder writes its own.",

  *check(spec, { kind }) {
    if (kind !== "spec") return;
    for (const name of buildFields) {
      for (const element of rootChildren(spec, name)) {
        const text = element.text.value.trim();
        if (text === "" || /^\?+$/.test(text)) continue;
        yield {
          span: element.nameSpan,
          arguments: { name },
          fixes: [removal(element)],
          unnecessary: true,
        };
      }
    }
  },
};
