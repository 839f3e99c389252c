import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";

/** Written twice, the first copy of a file becomes a backup of the second. */
export const fileDuplicate: PackageRule = {
  id: "file-duplicate",
  scope: "package",
  elements: ["Filelist"],
  severity: "error",
  message: "The file is packed and installed twice, because “{path}” is listed before.",

  *check(spec) {
    for (const [later, first] of fileList(spec).duplicates) {
      const file = fileElement(spec, later);
      yield {
        span: file.attribute("Location")!.valueSpan,
        arguments: { path: later.path },
        related: [
          {
            message: "It stands here first.",
            span: fileElement(spec, first).attribute("Location")!.valueSpan,
          },
        ],
        fixes: [removal(file)],
      };
    }
  },
};
