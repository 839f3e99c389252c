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
  summary: "Build data is left to the builder",
  message: "The text of {name} does not get into the archive, because the builder writes its own.",
  docs:
    "`BuildDate` and `BuildHost` are stamped into the archive when it is built; what a spec says there is thrown away, " +
    "and `BuildCommitID` is dropped. `opmbuild` appends its own and keeps yours, so that there are two. Nothing is " +
    "said about the customary placeholder `?`.",
  bad: "<otrs_package><BuildDate>2024-05-02 10:00:00</BuildDate></otrs_package>",
  good: "<otrs_package><BuildDate>?</BuildDate></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, PackageBuild",

  *check(spec, { kind }) {
    if (kind !== "spec") return;
    for (const name of buildFields) {
      for (const element of rootChildren(spec, name)) {
        const text = element.text.value.trim();
        if (text === "" || /^\?+$/.test(text)) continue;
        yield {
          span: element.nameSpan,
          arguments: { name },
          fixes: [removal(spec, element)],
          unnecessary: true,
        };
      }
    }
  },
};
