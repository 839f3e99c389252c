import type { KnownPackage } from "../../host/known-packages.ts";
import { looksLikeFormer } from "../../model/file-moves.ts";
import { fileElement, type ListedFile } from "../../symbols/file-list.ts";
import type { NeighbourRule } from "../rule.ts";
import {
  compareKnown,
  contestedFiles,
  filesOfOther,
  filesOfOwn,
  fitting,
  newestByName,
  ownPackage,
  placeIn,
} from "../shared/other-packages.ts";

/** The installer looks through the files of every package that is there. */
export const fileOwnedByOther: NeighbourRule = {
  id: "file-owned-by-other",
  scope: "neighbours",
  elements: ["Filelist"],
  severity: "error",
  message: {
    one: "This package cannot be installed beside {name} {version}, because both have the file “{location}”.",
    several:
      "This package cannot be installed beside {name} {version}, because both have {count} files, such as “{location}”.",
  },

  *check(spec, context, others) {
    const own = ownPackage(spec);
    if (!own) return;
    const merged = new Set(spec.all("PackageMerge").map((element) => element.value("Name")));
    const fits = fitting(own, context);
    const shared = new Map<string, { readonly other: KnownPackage; readonly files: ListedFile[] }>();
    for (const contested of contestedFiles(spec, others)) {
      if (!contested) {
        yield undefined;
        continue;
      }
      const { file, owners } = contested;
      for (const other of newestByName(owners.filter((each) => fits(each)))) {
        if (merged.has(other.name) || other.merged.some(({ name }) => name === own.name)) continue;
        // A newer version has let the file go, or this is the older one of two.
        if (hasLetGo(others.named(other.name), other.version, file.path)) continue;
        if (hasLetGo(others.named(own.name), own.version, file.path)) continue;
        const known = shared.get(other.name);
        if (!known) shared.set(other.name, { other, files: [file] });
        else if (known.files.at(-1) !== file) known.files.push(file);
      }
    }
    for (const { other, files } of shared.values()) {
      // A package under a new name has a rule of its own.
      const [here, there] = [filesOfOwn(spec, own), filesOfOther(other)];
      if (looksLikeFormer(there, here) || looksLikeFormer(here, there)) continue;
      const isMany = files.length > fewFiles;
      for (const file of isMany ? files.slice(0, 1) : files) {
        yield {
          span: fileElement(spec, file).attribute("Location")!.valueSpan,
          variant: isMany ? "several" : "one",
          arguments: {
            name: other.name,
            version: other.version,
            location: file.path,
            ...(isMany && { count: files.length }),
          },
          related: (isMany ? files.slice(0, shownFiles) : [file]).flatMap(({ path }) =>
            placeIn(other, other.files.placeOf(path), "{name} lists “{location}” here.", {
              name: other.name,
              location: path,
            }),
          ),
        };
      }
    }
  },
};

/** More are told of as one. */
const fewFiles = 5;
const shownFiles = 10;

function hasLetGo(versions: readonly KnownPackage[], version: string, path: string): boolean {
  return versions.some(
    (each) => each.kind !== "index" && compareKnown(each.version, version) > 0 && !each.files.has(path),
  );
}
