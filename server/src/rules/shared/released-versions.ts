import { isReleased, type KnownPackage, type OtherPackages } from "../../host/known-packages.ts";
import type { PackageShape } from "../../model/package-shape.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import { compareStrictly } from "../../model/version.ts";
import { memo } from "../../text/memo.ts";
import type { Related } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { isUnknownVersion, ownPackage, placeIn, shareRelease } from "./other-packages.ts";
import { plainVersion } from "./plain-version.ts";

/** An older version of a package, of which an archive or a tag is known. */
export interface ReleasedVersion {
  readonly version: string;
  readonly known: KnownPackage;
  readonly shape: PackageShape;
}

/** Of more archives of one package the oldest are not looked at. */
const mostVersions = 200;

/**
 * The versions of a package below its own that were released, the newest first. While nobody knows its own, those
 * that are for the same releases of a framework: others may be of a later line.
 */
export function releasedBefore(
  spec: PackageSpec,
  context: Pick<RuleContext, "dialect">,
  others: OtherPackages,
): readonly ReleasedVersion[] {
  const own = ownPackage(spec);
  if (!own) return [];
  const { name, version, frameworks } = own;
  const released = archivesOf(others)(name);
  if (isUnknownVersion(version))
    return released.filter(({ known }) => shareRelease(frameworks, known.frameworks, context));
  return released.filter((each) => compareStrictly(each.version, version) < 0);
}

/** All that was released of a package with a version that can be compared, the newest first, each version once. */
const archivesOf = memo((others: OtherPackages) => {
  const kept = new Map<string, readonly ReleasedVersion[]>();
  return (name: string): readonly ReleasedVersion[] => {
    let found = kept.get(name);
    if (!found) {
      found = archivesNamed(name, others);
      kept.set(name, found);
    }
    return found;
  };
});

function archivesNamed(name: string, others: OtherPackages): readonly ReleasedVersion[] {
  const byVersion = new Map<string, KnownPackage>();
  for (const known of others.named(name)) {
    const version = isReleased(known) ? plainVersion(known.version) : undefined;
    if (version !== undefined && !byVersion.has(version)) byVersion.set(version, known);
  }
  return [...byVersion]
    .sort(([a], [b]) => compareStrictly(b, a))
    .slice(0, mostVersions)
    .flatMap(([version, known]) => {
      const shape = known.shape();
      return shape ? [{ version, known, shape }] : [];
    });
}

/**
 * The version that was the first to be released, as far as can be told: the oldest one that anybody knows, in the archive
 * of which no upgrade comes from anything older. Undefined where that is not known.
 */
export function firstReleased(
  spec: PackageSpec,
  released: readonly ReleasedVersion[],
  others: OtherPackages,
): ReleasedVersion | undefined {
  const first = released.at(-1);
  if (!first || spec.name === undefined) return undefined;
  const isOlder = (version: string | undefined) => {
    const plain = plainVersion(version?.trim());
    return plain !== undefined && compareStrictly(plain, first.version) < 0;
  };
  const isOldest =
    !others.named(spec.name).some(({ version }) => isOlder(version)) &&
    !spec.all("ChangeLog").some((entry) => isOlder(entry.value("Version")));
  const { code, database } = first.shape.gates;
  const isFirst = [...code, ...database].every((gate) => {
    const plain = plainVersion(gate);
    return plain === undefined || compareStrictly(plain, first.version) > 0;
  });
  return isOldest && isFirst ? first : undefined;
}

/** Where a released version is. */
export function releasedPlace({ known }: ReleasedVersion): readonly Related[] {
  const { name, version } = known;
  return placeIn(known, known.place, "{name} {version} is here.", { name, version });
}
