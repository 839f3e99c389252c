import type { PackageContents } from "../../builder/package-contents.ts";
import type { Message } from "../../l10n/translate.ts";
import { deadlockingRequirement } from "../../model/file-moves.ts";
import type { Requirement } from "../../model/requirements.ts";
import { installedRows } from "../installed-rows.ts";
import { locationsOf } from "../locations.ts";
import type { Planning } from "../planning.ts";

/**
 * What is said where a file of the planned package belongs to an installed one whose newer version, in the workspace,
 * lets the file go but requires the planned package first; undefined where that is not so.
 */
export function deadlockOverFile(
  planning: Planning,
  location: string,
  owner: { readonly name: string; readonly version: string },
): Message | undefined {
  const { name = "", version = "" } = planning.identity;
  const present = installedRows(planning.system.packages, name)[0]?.version;
  for (const newer of planning.workspace) {
    const newVersion = versionIfNamed(newer, owner.name);
    if (newVersion === undefined) continue;
    const { places } = locationsOf(newer);
    const wanted = deadlockingRequirement(
      location,
      owner,
      { version: newVersion, has: (path) => places.has(path), required: requirementsOf(newer) },
      { name, version },
      present,
      (one, other) => planning.isAtLeast(one, other),
    );
    if (wanted === undefined) continue;
    return deadlock({
      location,
      owner: owner.name,
      installed: owner.version,
      newVersion,
      name,
      wanted,
      version,
    });
  }
  return undefined;
}

/** The same from the other side: the planned package lets a file go that the required one has in the workspace. */
export function deadlockOverRequirement(
  planning: Planning,
  name: string,
  wanted: string,
): Message | undefined {
  const { name: owner = "", version: newVersion = "" } = planning.identity;
  const row = installedRows(planning.system.packages, owner)[0];
  if (!row) return undefined;
  const before = locationsOf(planning.system.archives.contents(row.digest)).places;
  const after = locationsOf(planning.contents).places;
  for (const required of planning.workspace) {
    const version = versionIfNamed(required, name);
    if (version === undefined || !planning.isAtLeast(version, wanted)) continue;
    const moved = [...locationsOf(required).places.keys()].find(
      (each) => before.has(each) && !after.has(each),
    );
    if (moved === undefined) continue;
    return deadlock({ location: moved, owner, installed: row.version, newVersion, name, wanted, version });
  }
  return undefined;
}

function requirementsOf({ structure }: PackageContents): readonly Requirement[] {
  return (structure?.repeated.PackageRequired ?? []).map(({ content = "", attributes }) => ({
    name: content,
    version: attributes.get("Version"),
  }));
}

function versionIfNamed({ structure }: PackageContents, name: string): string | undefined {
  return structure?.single.Name?.content === name ? structure.single.Version?.content : undefined;
}

function deadlock(values: Readonly<Record<string, string>>): Message {
  return {
    text: "This is a deadlock: {owner} {newVersion} lets the file “{location}” go but requires {name} {wanted}, which is not installed, and {name} {version} has the file, which belongs to {owner} {installed}. Leave the file in {owner} and out of {name} once more, or publish a version of {owner} that lets it go without requiring {name} {wanted}. An administrator can also upgrade {owner} with Force first.",
    values,
  };
}
