import { codeFamilies, type PackageSpec } from "../../model/package-spec.ts";
import { codePhase } from "../../model/section-phases.ts";
import { perlFile } from "../../perl/perl-file.ts";
import { type RemovedFile, removedFiles } from "../../perl/removed-files.ts";
import { codeHolds, codeSection, moduleMentions } from "../../symbols/code-section.ts";
import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { Element } from "../../syntax/element.ts";
import type { PackageRule, Related } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";

/** Setup that imports a file and tidies up after it. */
export const codeRemovesOwnFile: PackageRule = {
  id: "code-removes-own-file",
  scope: "package",
  elements: ["Filelist"],
  isOfAnyFramework: true,
  severity: "hint",
  message:
    "The package counts as not correctly deployed once its own code has removed “{path}”. A reinstall brings the file back.",

  *check(spec, context) {
    if (context.kind === "archive") return;
    const sections = spec.sections(codeFamilies).filter(mattersAfterwards);
    const places = new Map<string, Related[]>();
    const note = (path: string, place: Related) => {
      const known = places.get(path);
      if (known) known.push(place);
      else places.set(path, [place]);
    };
    for (const section of sections) {
      if (!codeHolds(section, /unlink|remove_tree|rmtree|FileDelete/)) continue;
      const { perl, spanOf } = codeSection(section);
      for (const { path, start, end } of removedFiles(perl))
        note(path, { message: removes, span: spanOf(start, end) });
    }
    for (const { path, text } of setupModules(spec, sections, context)) {
      for (const removed of perlFile(text).removedFiles) {
        const { start, end } = removed;
        if (!isUninstall(removed))
          note(removed.path, { message: removes, span: { start, end }, file: { path, text } });
      }
    }
    for (const [path, related] of places) {
      const file = fileList(spec).withPath(path);
      const location = file && fileElement(spec, file).attribute("Location");
      if (location) yield { span: location.valueSpan, arguments: { path }, related };
    }
  },
};

const removes = "The code here removes it.";

/** Before the files of the package are written, and once it is uninstalled, none of them can be missed. */
function mattersAfterwards(section: Element): boolean {
  return section.name !== "CodeUninstall" && codePhase(section) !== "pre";
}

function isUninstall({ sub = "" }: RemovedFile): boolean {
  return /uninstall/i.test(sub);
}

const setupModule = /^(?:Custom\/)?var\/packagesetup\/\w+\.pm$/;

/** The package's setup modules that these sections call, as far as the disk has told what is in them. */
function* setupModules(spec: PackageSpec, sections: readonly Element[], context: RuleContext) {
  const setups = fileList(spec).matching(setupModule);
  if (setups.length === 0) return;
  const called = new Set(
    sections.flatMap((section) => moduleMentions(section, context.packageName).map(({ path }) => path)),
  );
  for (const { path } of setups) {
    const text = called.has(path.replace(/^Custom\//, "")) ? context.folder.textOf?.(path) : undefined;
    if (text) yield { path, text };
  }
}
