import { fileElement } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import { ignoringLine, questionToGit, saying } from "../shared/git-files.ts";

/** A file that is there for its author alone. */
export const fileVcsIgnored: PackageRule = {
  id: "file-vcs-ignored",
  scope: "package",
  elements: ["Filelist"],
  isOfAnyFramework: true,
  severity: "warning",
  message:
    "The package cannot be built from another checkout, because Git ignores “{path}”, unless the file was added in spite of that.",

  *check(spec, context) {
    for (const ignored of ignoringLines(spec, context)) {
      for (const { file, answer } of ignored) {
        yield {
          span: fileElement(spec, file).attribute("Location")!.valueSpan,
          arguments: { path: file.path },
          related: [saying(answer)],
        };
      }
      yield undefined;
    }
  },
};

const ignoringLines = questionToGit(ignoringLine);
