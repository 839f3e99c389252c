import { isNamedAfterPackage } from "../../model/file-moves.ts";
import { compareStrictly } from "../../model/version.ts";
import { fileList } from "../../symbols/file-list.ts";
import type { NeighbourRule } from "../rule.ts";
import { newestIn, ownPackage, placeIn } from "../shared/other-packages.ts";

/** The absorbed package is uninstalled with its files. */
export const mergeFilesLost: NeighbourRule = {
  id: "merge-files-lost",
  scope: "neighbours",
  elements: ["PackageMerge"],
  severity: "hint",
  where: "packageMerge",
  message: {
    one: "“{files}” disappears when {name} {version} is absorbed, because this package does not have that file.",
    several:
      "{count} files disappear when {name} {version} is absorbed, because this package does not have them: {files}.",
  },

  *check(spec, _context, others) {
    const own = ownPackage(spec);
    if (!own) return;
    const list = fileList(spec);
    for (const element of spec.all("PackageMerge")) {
      const attribute = element.attribute("Name");
      const name = attribute?.value ?? "";
      if (!attribute || name === "" || name === own.name) continue;
      const target = element.value("TargetVersion");
      const versions = others.named(name).filter(({ kind }) => kind !== "index");
      const upToTarget = versions.filter(
        ({ version }) => target !== undefined && compareStrictly(version, target) <= 0,
      );
      const absorbed = newestIn(upToTarget.length > 0 ? upToTarget : versions);
      if (!absorbed) continue;
      const lost = [...absorbed.files.paths()].filter(
        (path) => !list.has(path) && !isNamedAfterPackage(path),
      );
      if (lost.length === 0) continue;
      yield {
        span: attribute.valueSpan,
        variant: lost.length === 1 ? "one" : "several",
        arguments: {
          name,
          version: absorbed.version,
          files: lost.length > mostShown ? `${lost.slice(0, mostShown).join(", ")} …` : lost.join(", "),
          ...(lost.length > 1 && { count: lost.length }),
        },
        related: lost.slice(0, mostShown).flatMap((path) =>
          placeIn(absorbed, absorbed.files.placeOf(path), "{name} lists “{location}” here.", {
            name,
            location: path,
          }),
        ),
      };
    }
  },
};

const mostShown = 5;
