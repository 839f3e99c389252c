import { existsSync } from "node:fs";
import type { DatabaseKind } from "../database/engines.ts";
import type { Release } from "../dialect/switches.ts";
import { defaultSystem, productFor } from "../engine/default-system.ts";
import type { EarlierVersion } from "../engine/stand-in.ts";
import type { ProductVersion } from "../system/product-version.ts";
import type { SystemState } from "../system/system-state.ts";
import { knowledgeFor } from "./knowledge.ts";
import { type ReadPackage, readPackage, type SpecFileOptions } from "./read-package.ts";

/** What is known of the system that a dry run is for. */
export interface SystemWanted {
  /** Undefined for one as it is delivered. */
  readonly system?: SystemState | undefined;
  /** Undefined for the one that the package is made for. */
  readonly product: ProductVersion | undefined;
  readonly database: DatabaseKind;
}

/**
 * Reads a spec or an archive for a system.
 *
 * @throws PackageError when it cannot be read
 */
export async function readForDryRun(
  path: string,
  { system: given, product, database }: SystemWanted,
  files: SpecFileOptions,
): Promise<ReadPackage & { readonly system: SystemState }> {
  let system = given;
  const read = await readPackage(
    path,
    (structure) => {
      // The package tells which product it is for, unless somebody named a system.
      system ??= defaultSystem(product ?? productFor({ structure }), database, knowledgeFor);
      return system.framework;
    },
    files,
  );
  if (!system) throw new Error("a package was read for no system");
  return { ...read, system };
}

/** Whether what people name as the version before an upgrade is meant for a file. */
export function meansFile(value: string): boolean {
  return /\.s?opm$/i.test(value) || existsSync(value);
}

/**
 * What people name as the version before an upgrade: a file, or a version alone.
 *
 * @returns undefined for what is neither
 * @throws PackageError when the file cannot be read
 */
export async function earlierVersion(value: string, release: Release): Promise<EarlierVersion | undefined> {
  if (meansFile(value)) return { kind: "archive", contents: (await readPackage(value, release)).contents };
  return /^\d+(\.\w+)*$/.test(value) ? { kind: "version", version: value } : undefined;
}
