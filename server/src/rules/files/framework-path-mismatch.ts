import { type Condition, holdsAmong, type ReleaseRange, switchesOf } from "../../dialect/switches.ts";
import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isLeftOut } from "../shared/listed-file.ts";

/** Templates changed their form once, and their folder later. */
export const frameworkPathMismatch: PackageRule = {
  id: "framework-path-mismatch",
  scope: "package",
  elements: ["Filelist"],
  severity: "warning",
  message: {
    file: "The template “{path}” is never used, because no release that the package is for reads it. They read “{place}”.",
    folder:
      "The template “{path}” is never used, because no release that the package is for reads it. They read files that end in “{ending}” in “{place}”.",
  },

  *check(spec, context) {
    const { releases, folder } = context;
    if (!areAllAsked(spec.frameworks, releases)) return;
    const list = fileList(spec);
    for (const file of list.matching(template)) {
      const [, top = "", themeFolder, name, ending] = template.exec(file.path)!;
      const where = readers(themeFolder!.startsWith("Templates/"), ending!);
      if (where.some((condition) => holdsAmong(condition, releases)) || isLeftOut(file.path, context))
        continue;
      const { templatesApart, toolkitTemplates } = switchesOf(releases.highest);
      const theme = themeFolder!.replace("Templates/", "");
      const place = `${top}Kernel/Output/HTML/${templatesApart ? "Templates/" : ""}${theme}`;
      const right = toolkitTemplates ? ".tt" : ".dtl";
      const isSameForm = right === `.${ending}`;
      const { valueSpan } = fileElement(spec, file).attribute("Location")!;
      const read = `${place}/${name}${right}`;
      // A fix changes the list and moves no file.
      const isThere = folder.factOf(read)?.kind === "file" && !list.has(read);
      yield {
        span: valueSpan,
        variant: isSameForm ? "file" : "folder",
        arguments: {
          path: file.path,
          ...(isSameForm ? { place: read } : { place: `${place}/`, ending: right }),
        },
        fixes: isThere ? [replacement(valueSpan, read)] : [],
      };
    }
  },
};

/** Whether all that a package is for is among these releases: of one product, while Framework may name several. */
function areAllAsked(frameworks: readonly string[], releases: ReleaseRange): boolean {
  if (frameworks.length === 0 || !frameworks.every((each) => /^\s*(?:[1-9]|1[01])\./.test(each)))
    return false;
  const namesOld = frameworks.some((each) => /^\s*[1-4]\./.test(each));
  return !namesOld || holdsAmong({ whereNot: "templatesApart" }, releases);
}

/** The theme that everybody has; others lie beside it. In other folders there are modules and what these read. */
const template = /^(Custom\/)?Kernel\/Output\/HTML\/((?:Templates\/)?Standard)\/(.+)\.(dtl|tt)$/;

/** The releases that read templates of this form in this folder, under one of these conditions; empty for none. */
function readers(isApart: boolean, ending: string): readonly Condition[] {
  if (ending === "tt")
    return isApart
      ? [{ where: "templatesApart" }]
      : [{ where: "toolkitTemplates", whereNot: "templatesApart" }];
  return isApart ? [] : [{ whereNot: "toolkitTemplates" }];
}
