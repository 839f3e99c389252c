import { unreadPlaceOf } from "../../dialect/settings-files.ts";
import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { settingsFile } from "../shared/settings-files.ts";

/** Settings are read from the files directly in one folder, and from nowhere else. */
export const configXmlOutside: PackageRule = {
  id: "config-xml-outside",
  scope: "package",
  elements: ["Filelist"],
  severity: "error",
  message: {
    above: "The settings in “{location}” are not loaded: they are read from Kernel/Config/Files/XML/ alone.",
    below:
      "The settings in “{location}” are not loaded: folders inside Kernel/Config/Files/XML/ are not looked at.",
    ending:
      "The settings in “{location}” are not loaded: only files that end in “.xml”, in lower case, are read.",
  },
  where: "settingsInDatabase",

  *check(spec, { releases, folder }) {
    const list = fileList(spec);
    for (const file of list.matching(settingsFile)) {
      const variant = unreadPlaceOf(file.path, releases.highest);
      if (!variant) continue;
      if (mayBeOlder(spec.frameworks)) return;
      const { valueSpan } = fileElement(spec, file).attribute("Location")!;
      const name = file.path.slice(file.path.lastIndexOf("/") + 1).replace(/\.xml$/i, ".xml");
      const read = `Kernel/Config/Files/XML/${name}`;
      // A fix changes the list and moves no file.
      const isThere = folder.factOf(read)?.kind === "file" && !list.has(read);
      yield {
        span: valueSpan,
        variant,
        arguments: { location: file.path },
        fixes: isThere ? [replacement(valueSpan, read)] : [],
      };
    }
  },
};

/** True when one of the frameworks reads the old folder, or when nobody here knows any of them. */
function mayBeOlder(frameworks: readonly string[]): boolean {
  const isKnown = frameworks.some((framework) => /^\s*([6-9]|1[01])\./.test(framework));
  return frameworks.some((framework) => /^\s*[1-5]\./.test(framework)) || (frameworks.length > 0 && !isKnown);
}
