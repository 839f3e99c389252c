import { contentsOfArchive } from "../../server/src/builder/contents-of-archive.ts";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { md5 } from "../../server/src/model/md5.ts";
import { ChangedSystem } from "../../server/src/system/changed-system.ts";
import type { PackageRow } from "../../server/src/system/package-table.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";
import { emptySystem } from "./hand-made-plan.ts";

/** A system of a dialect without packages, on which every Perl module is there. */
export function systemOf(dialect: DialectId, version: string): SystemState {
  return { ...emptySystem, framework: { ...emptySystem.framework, dialect, version } };
}

/** A package from the text of its archive, as a dialect reads it. */
export function packageOf(archive: string | Uint8Array, dialect: DialectId = "znuny-7"): PackageContents {
  const bytes = typeof archive === "string" ? Buffer.from(archive) : archive;
  return contentsOfArchive(bytes, undefined, dialect, md5(bytes));
}

/** The system with a row for each of these packages, in this order, and without their files. */
export function withRows(
  system: SystemState,
  ...packages: readonly (
    | PackageContents
    | { readonly contents: PackageContents; readonly status: PackageRow["status"] }
  )[]
): SystemState {
  const changed = new ChangedSystem(system);
  for (const each of packages) {
    const { contents, status } = "contents" in each ? each : { contents: each, status: "installed" as const };
    const { Name, Version, Vendor } = contents.structure!.single;
    const row: PackageRow = {
      name: Name?.content ?? "",
      version: Version?.content ?? "",
      vendor: Vendor?.content ?? "",
      status: "not installed",
      digest: contents.digest,
    };
    changed.apply({ part: "packages", change: { kind: "add-row", row, contents } });
    changed.apply({ part: "packages", change: { ...row, kind: "set-status", status } });
  }
  return changed.state();
}
