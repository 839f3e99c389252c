import type { KnownPackage } from "../../host/known-packages.ts";
import { deadlockingRequirement, type FileOwner } from "../../model/file-moves.ts";
import { compareStrictly, isAtLeast } from "../../model/version.ts";
import { fileElement, fileList } from "../../symbols/file-list.ts";
import type { NeighbourRule } from "../rule.ts";
import {
  contestedFiles,
  isUnknownVersion,
  ownPackage,
  placeIn,
  withFiles,
} from "../shared/other-packages.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Two packages wait for each other: one for a file, the other for a requirement. */
export const fileMoveDeadlock: NeighbourRule = {
  id: "file-move-deadlock",
  scope: "neighbours",
  elements: ["Filelist", "PackageRequired"],
  severity: "error",
  message:
    "Whoever has {owner} {installed} can upgrade neither package: {owner} {newVersion} lets the file “{location}” go but requires {name} {wanted}, which cannot be installed while {owner} {installed} has the file. Leave the file in {owner} and out of {name} once more, or publish a version of {owner} that lets it go without requiring {name} {wanted}.",

  *check(spec, { dialect }, others) {
    const own = ownPackage(spec);
    if (!own || isUnknownVersion(own.version)) return;
    const satisfies = (version: string, wanted: string) => isAtLeast(version, wanted, dialect);
    const versionsOf = withFiles(others);

    // This package has the file now.
    const said = new Set<string>();
    for (const contested of contestedFiles(spec, others)) {
      if (!contested) {
        yield undefined;
        continue;
      }
      const { file, owners } = contested;
      for (const owner of owners) {
        const newer = versionsOf(owner.name).find((each) => {
          const wanted = waitingFor(file.path, owner, each, own, satisfies);
          return wanted !== undefined && isOnlyWay(versionsOf(own.name), wanted, file.path, satisfies);
        });
        if (!newer || said.has(owner.name)) continue;
        said.add(owner.name);
        const wanted = waitingFor(file.path, owner, newer, own, satisfies)!;
        const requirement = newer.required.find(({ name }) => name === own.name);
        yield {
          span: fileElement(spec, file).attribute("Location")!.valueSpan,
          arguments: valuesOf(owner, newer.version, own.name, wanted, file.path),
          related: [
            ...placeIn(owner, owner.files.placeOf(file.path), "{name} {version} has the file here.", {
              name: owner.name,
              version: owner.version,
            }),
            ...placeIn(newer, requirement?.place, "{name} {version} requires this package here.", {
              name: newer.name,
              version: newer.version,
            }),
          ],
        };
      }
    }

    // This package has let the file go.
    const requirements = rootChildren(spec, "PackageRequired");
    if (requirements.length === 0) return;
    const list = fileList(spec);
    const before = versionsOf(own.name).filter(({ version }) => compareStrictly(version, own.version) < 0);
    if (before.length === 0) return;
    for (const element of requirements) {
      const name = element.text.value;
      const wanted = element.value("Version");
      if (wanted === undefined || name === own.name) continue;
      const incoming = versionsOf(name).find(({ version }) => satisfies(version, wanted));
      if (!incoming) continue;
      const found = before
        .flatMap((owner) =>
          [...owner.files.paths()].flatMap((path) =>
            !list.has(path) && incoming.files.has(path) ? [{ owner, path }] : [],
          ),
        )
        .find(({ path }) => isOnlyWay(versionsOf(name), wanted, path, satisfies));
      if (!found) continue;
      const { owner, path } = found;
      yield {
        span: element.text.span,
        arguments: valuesOf(owner, own.version, name, wanted, path),
        related: [
          ...placeIn(owner, owner.files.placeOf(path), "{name} {version} has the file here.", {
            name: owner.name,
            version: owner.version,
          }),
          ...placeIn(incoming, incoming.files.placeOf(path), "{name} {version} has the file here.", {
            name: incoming.name,
            version: incoming.version,
          }),
        ],
      };
    }
  },
};

type Satisfies = (version: string, wanted: string) => boolean;

function waitingFor(
  path: string,
  owner: KnownPackage,
  newer: KnownPackage,
  own: { readonly name: string; readonly version: string },
  satisfies: Satisfies,
): string | undefined {
  return deadlockingRequirement(path, owner, asOwner(newer), own, undefined, satisfies);
}

function asOwner({ version, files, required }: KnownPackage): FileOwner {
  return { version, has: (path) => files.has(path), required };
}

/** False where another version is good enough and does not have the file: it can be installed first. */
function isOnlyWay(
  versions: readonly KnownPackage[],
  wanted: string,
  path: string,
  satisfies: Satisfies,
): boolean {
  return !versions.some(({ version, files }) => satisfies(version, wanted) && !files.has(path));
}

function valuesOf(owner: KnownPackage, newVersion: string, name: string, wanted: string, location: string) {
  return { owner: owner.name, installed: owner.version, newVersion, name, wanted, location };
}
