import type { PackageContents } from "../../builder/package-contents.ts";
import type { Message } from "../../l10n/translate.ts";
import { ChangedSystem } from "../../system/changed-system.ts";
import type { PackageTableChange } from "../../system/package-table.ts";
import type { SystemChange, SystemState } from "../../system/system-state.ts";

/** What a change of the package table alone comes to. Nothing has been changed yet. */
export type TableOutcome =
  | { readonly kind: "refused"; readonly reason: Message }
  | { readonly kind: "changed"; readonly changes: readonly SystemChange[]; readonly after: SystemState };

/**
 * Registers a package without installing it. A row of the same name and version is replaced, whatever its status.
 *
 * @source Znuny 7.1 and OTOBO 11, RepositoryAdd
 */
export function addPackage(contents: PackageContents, system: SystemState): TableOutcome {
  const { structure, digest } = contents;
  if (!structure) return refused("The package cannot be read, so there is nothing to register.");
  for (const element of ["Name", "Version", "Vendor"] as const) {
    if (structure.single[element]?.content === undefined) {
      return refused("The package has no {element}, and the package table does not take it.", { element });
    }
  }
  const { Name, Version, Vendor } = structure.single;
  const [name, version, vendor] = [Name!.content!, Version!.content!, Vendor!.content!];
  const isThere = system.packages.some((row) => row.name === name && row.version === version);
  return changed(system, [
    ...(isThere ? [{ kind: "remove-rows", name, version } as const] : []),
    { kind: "add-row", row: { name, version, vendor, status: "not installed", digest }, contents },
  ]);
}

/**
 * Takes rows out of the package table and touches nothing else: files, tables and settings of the package stay.
 *
 * @param version all versions when undefined
 * @source Znuny 7.1 and OTOBO 11, RepositoryRemove, which reports success when there is no such row too
 */
export function removePackage(name: string, version: string | undefined, system: SystemState): TableOutcome {
  if (name === "") return refused("There is no name to look for in the package table.");
  return changed(system, [{ kind: "remove-rows", name, version }]);
}

function changed(system: SystemState, tableChanges: readonly PackageTableChange[]): TableOutcome {
  const changes = tableChanges.map((change): SystemChange => ({ part: "packages", change }));
  const after = new ChangedSystem(system);
  for (const change of changes) after.apply(change);
  return { kind: "changed", changes, after: after.state() };
}

function refused(text: string, values: NonNullable<Message["values"]> = {}): TableOutcome {
  return { kind: "refused", reason: { text, values } };
}
