import { isReleased, type KnownPackage } from "../../host/known-packages.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { compareStrictly } from "../../model/version.ts";
import { fileList } from "../../symbols/file-list.ts";
import { familiesOf } from "../../symbols/shape-of-package.ts";
import type { NeighbourRule } from "../rule.ts";
import { ownPackage, placeIn, shareRelease } from "../shared/other-packages.ts";
import { plainVersion } from "../shared/plain-version.ts";

/** Systems that have a version take no upgrade to the same one, nor to a lower one. */
export const versionNotIncreased: NeighbourRule = {
  id: "version-not-increased",
  scope: "neighbours",
  elements: ["Version"],
  severity: "warning",
  isOfAnyFramework: true,
  message: {
    same: "Version {version} has been built with another {part}, and systems that have it take no upgrade to the same version. Raise the version, unless that archive was given to nobody.",
    tagged:
      "Version {version} has been released with another {part}, by the tag “{tag}”, and systems that have it take no upgrade to the same version. Raise the version before the next release.",
    lower:
      "Version {version} is lower than {released}, which has been built with another {part}. Systems that have {released} take no upgrade to this one.",
    lowerTagged:
      "Version {version} is lower than {released}, which has been released with another {part}, by the tag “{tag}”. Systems that have {released} take no upgrade to this one.",
  },

  *check(spec, context, others) {
    const own = ownPackage(spec);
    const element = spec.last("Version");
    const version = plainVersion(own?.version);
    if (!own || !element || version === undefined || context.kind !== "spec") return;
    const archives = others.named(own.name).filter(isReleased);
    const orderOf = (known: KnownPackage) =>
      plainVersion(known.version) === undefined ? -1 : compareStrictly(known.version, version);
    const same = archives.find((known) => orderOf(known) === 0);
    const higher = archives.find(
      (known) => orderOf(known) > 0 && shareRelease(own.frameworks, known.frameworks, context),
    );
    for (const known of [higher, same]) {
      const part = known && differentPart(spec, known);
      if (!known || part === undefined) continue;
      const { name, version: released } = known;
      const isSame = known === same;
      const { tag } = known;
      yield {
        span: element.text.span,
        variant: variants[isSame ? "same" : "lower"][tag === undefined ? "built" : "tagged"],
        // An archive beside the spec may be one that its author has only tried, and a version may be raised at the end.
        ...(isSame && { severity: "information" as const }),
        arguments: { version, part, ...(!isSame && { released }), ...(tag !== undefined && { tag }) },
        related: placeIn(known, known.place, "{name} {version} is here.", { name, version: released }),
      };
      return;
    }
  },
};

/** What was built may have been given to nobody; what a tag has was released. */
const variants = {
  same: { built: "same", tagged: "tagged" },
  lower: { built: "lower", tagged: "lowerTagged" },
} as const;

/** A part of the spec that surely says something else than that of an archive; undefined where none is found. */
function differentPart(spec: PackageSpec, known: KnownPackage): string | undefined {
  const shape = known.shape();
  if (!shape) return undefined;
  const own = familiesOf(spec);
  for (const family of new Set([...own.keys(), ...shape.families.keys()]))
    if (own.get(family) !== shape.families.get(family)) return family;
  const list = fileList(spec);
  const isListed = list.files.every(({ path }) => known.files.has(path));
  return isListed && [...known.files.paths()].every((path) => list.has(path)) ? undefined : "Filelist";
}
