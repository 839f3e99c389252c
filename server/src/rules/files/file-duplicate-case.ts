import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";

/** Two files on Linux, one on most other disks. */
export const fileDuplicateCase: PackageRule = {
  id: "file-duplicate-case",
  scope: "package",
  elements: ["Filelist"],
  severity: "warning",
  message:
    "Only one of “{first}” and “{second}” can exist on disks that ignore letter case: nothing else differs.",

  *check(spec) {
    for (const [later, first] of fileList(spec).caseDuplicates) {
      const [one, other] = [first, later].map(
        (file) => fileElement(spec, file).attribute("Location")!.valueSpan,
      );
      yield {
        span: other!,
        arguments: { first: first.path, second: later.path },
        related: [{ message: "The other one stands here.", span: one! }],
      };
    }
  },
};
