import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import { ignoringLine } from "../shared/git-files.ts";
import { isLeftOut } from "../shared/listed-file.ts";

/** Packages with more files bundle somebody else's. */
const mostFiles = 2000;

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
    const { folder, kind } = context;
    const { files } = fileList(spec);
    if (kind === "archive" || files.length > mostFiles || !folder.gitRules?.()) return;
    for (const file of files) {
      yield undefined;
      // What is not there cannot be ignored.
      if (folder.factOf(file.path)?.kind !== "file" || isLeftOut(file.path, context)) continue;
      const by = ignoringLine(file.path, folder);
      if (!by) continue;
      const { valueSpan } = fileElement(spec, file).attribute("Location")!;
      yield {
        span: valueSpan,
        arguments: { path: file.path },
        related: [{ message: "This line says so.", span: by.span, file: by.file }],
      };
    }
  },
};
