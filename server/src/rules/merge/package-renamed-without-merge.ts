import { looksLikeFormer } from "../../model/file-moves.ts";
import { escapeXml } from "../../text/escape.ts";
import type { Fix, NeighbourRule } from "../rule.ts";
import {
  contestedFiles,
  filesOfOther,
  filesOfOwn,
  isUnknownVersion,
  newestIn,
  ownPackage,
  placeIn,
} from "../shared/other-packages.ts";

/** To the framework a new name is a new package. */
export const packageRenamedWithoutMerge: NeighbourRule = {
  id: "package-renamed-without-merge",
  scope: "neighbours",
  elements: ["Filelist"],
  severity: "warning",
  where: "packageMerge",
  message:
    "Whoever has {name} {version} cannot install this package, because settings and setup modules aside all files of {name} are in it. If it is {name} under a new name, it needs a PackageMerge.",

  *check(spec, _context, others) {
    const own = ownPackage(spec);
    const element = spec.last("Name");
    if (!own || !element) return;
    const merged = new Set(spec.all("PackageMerge").map((each) => each.value("Name")));
    const names = new Set<string>();
    for (const contested of contestedFiles(spec, others)) {
      if (contested) for (const { name } of contested.owners) names.add(name);
      else yield undefined;
    }
    for (const name of names) {
      const former = newestIn(others.named(name).filter(({ kind }) => kind !== "index"));
      if (!former || merged.has(name)) continue;
      if (former.merged.some((each) => each.name === own.name)) continue;
      if (!looksLikeFormer(filesOfOther(former), filesOfOwn(spec, own))) continue;
      const fixes: readonly Fix[] = isUnknownVersion(former.version)
        ? []
        : [
            {
              title: "Absorb {name} with a PackageMerge",
              arguments: { name },
              asks: true,
              edits: [
                {
                  span: { start: element.span.end, end: element.span.end },
                  newText: `\n    <PackageMerge Name="${escapeXml(name)}" TargetVersion="${escapeXml(former.version)}"/>`,
                },
              ],
            },
          ];
      yield {
        span: element.text.span,
        arguments: { name, version: former.version },
        related: placeIn(former, former.place, "{name} {version} is here.", {
          name,
          version: former.version,
        }),
        fixes,
      };
    }
  },
};
