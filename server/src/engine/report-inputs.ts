import type { PackageContents } from "../builder/package-contents.ts";
import type { FileContent } from "../host/file-content.ts";
import type { FileSystem } from "../host/file-system.ts";
import type { ReportInputs } from "../report/report-inputs.ts";
import type { SystemState } from "../system/system-state.ts";
import { memo } from "../text/memo.ts";
import type { ReadPackage } from "./system-world.ts";

/** What digests are made with. */
export type Digester = Pick<FileSystem, "digest" | "hash">;

/**
 * The digests of what a report is about.
 *
 * @param withFiles false where nobody waits for all files of a spec to be read
 * @throws PackageError when a file cannot be read
 */
export async function inputsOf(
  { contents, specText }: ReadPackage,
  system: SystemState,
  files: Digester,
  withFiles: boolean,
): Promise<ReportInputs> {
  return {
    package:
      specText === undefined
        ? { kind: "archive", digest: contents.digest }
        : { kind: "spec", digest: files.digest(encoder.encode(specText)) },
    files: specText === undefined || !withFiles ? undefined : await digestOfFiles(contents, files),
    system: digestOfSystem(system, files),
  };
}

/** Of the locations and the contents of the files of a spec, in its order. */
async function digestOfFiles(
  { files: listed }: PackageContents,
  files: Digester,
): Promise<ReportInputs["files"]> {
  const hash = files.hash();
  for (const { location = "", content } of listed) {
    const digest = content ? await digestOf(content, files) : "";
    hash.update(encoder.encode(`${location}\0${digest}\n`));
  }
  return { count: listed.length, digest: hash.digest() };
}

export async function digestOf(content: FileContent, files: Digester): Promise<string> {
  return content.knownDigest ?? (await content.digest?.()) ?? files.digest(await content.read());
}

/**
 * Of what a system records: release, database, package table, tables that are not the framework's, and settings. The
 * files in its home are not part of it.
 */
const digestOfSystem = memo(({ framework, packages, database, settings }: SystemState, files: Digester) => {
  const { product, version, operatingSystem, perlModules } = framework;
  const recorded = {
    ...{ product, version, operatingSystem, perlModules: [...perlModules] },
    ...{ packages, database: database.kind, removedTables: database.removedTables },
    tables: database.changedTables.map(({ name, columns, primaryKey, keys, foreignKeys, rows }) => ({
      ...{ name, columns, primaryKey, keys, foreignKeys, rows },
    })),
    settings: [...settings],
  };
  return files.digest(encoder.encode(JSON.stringify(recorded)));
});

const encoder = new TextEncoder();
