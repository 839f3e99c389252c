import type { DatabaseKind } from "../database/engines.ts";
import { type FixedFile, fixFile } from "../engine/fix-file.ts";
import type { LintSettings } from "../engine/lint.ts";
import { type FolderCaches, lintFile } from "../engine/lint-file.ts";
import { systemCode } from "../host/file-system.ts";
import type { KnownPackages } from "../host/known-packages.ts";
import { PackageError } from "../host/package-error.ts";
import type { Shell } from "../host/shell.ts";
import { isArchiveName } from "../model/archive-name.ts";
import { rulesByGroup } from "../rules/rules.ts";
import type { CheckedSpec } from "./found-problems.ts";
import { standardInput } from "./paths-named.ts";
import { complainAboutWriting } from "./write-result.ts";

export interface CheckRequest {
  readonly settings: LintSettings;
  /** Where the files of packages lie; absent for the folders of the specs. */
  readonly base: string | undefined;
  readonly version: string | undefined;
  /** The databases that packages are tried on. */
  readonly databases: readonly DatabaseKind[];
  /** The first released version that upgrades are tried from; empty for all. */
  readonly upgradesSince: string;
  /** Where what comes from standard input would lie. */
  readonly stdinPath: string | undefined;
  /** Whether fixes are made, and where. */
  readonly fixing: "in-files" | "shown" | undefined;
  readonly caches: FolderCaches;
  readonly known: KnownPackages;
  /** True to leave out of an archive what is as wrong in the spec it was built from. */
  readonly asArchive?: boolean | undefined;
}

export interface CheckedNamed {
  /** As it is after the fixes. */
  readonly spec: CheckedSpec;
  /** How many fixes were made; absent where none were asked for. */
  readonly fixed?: number;
  /** What they make of the file; absent where none were made. */
  readonly change?: Pick<FixedFile, "before" | "after">;
  /** True when fixes that were made could not be written, which has been said then. */
  readonly isLost: boolean;
}

/**
 * Checks what somebody has named, and makes fixes in it where that is asked for.
 *
 * @param named the path of a file, or “-” for standard input
 * @throws SystemError when it cannot be read
 */
export async function checkNamed(named: string, request: CheckRequest, shell: Shell): Promise<CheckedNamed> {
  const { world } = shell;
  const { settings, base, version, databases, upgradesSince, caches, fixing } = request;
  const isInput = named === standardInput;
  const path = isInput ? request.stdinPath : named;
  const baseFolder = base ?? (path === undefined ? "." : world.paths.dirname(path));
  const shownPath = path ?? named;
  const bytes = isInput ? await shell.readInput() : await world.named.read(named);
  const others = request.known.beside(path === undefined ? undefined : world.paths.resolve(path));
  const isArchive = isArchiveName(shownPath);
  const asArchive = request.asArchive && isArchive;
  const tried = asArchive ? [] : databases;
  const options = {
    caches,
    baseFolder,
    version,
    databases: tried,
    upgradesSince,
    bytes,
    perl: world.perl?.(),
    others,
  };
  const place = { path: shownPath, baseFolder };
  // An archive is built anew, not mended; and what came out of a pipe has no place to be written to.
  const isFixed =
    fixing !== undefined && !isArchive && (isInput || (await world.named.kindOf(named)) === "file");
  if (!isFixed) {
    const linted = await lintFile(path, settings, world, options);
    const findings = asArchive
      ? linted.findings.filter(({ rule }) => archiveRules.has(rule))
      : linted.findings;
    return { spec: { ...linted, findings, ...place }, ...(fixing && { fixed: 0 }), isLost: false };
  }
  const { linted, fixed, isEncodable, ...change } = await fixFile(path, settings, world, options);
  if (!isEncodable) {
    shell.complain(
      "Not everything in “{path}” is fixed: its encoding does not have what would be written. Save it as UTF-8.",
      { path: shownPath },
    );
  }
  if (fixing === "in-files" && !(await writeFixed(named, change, shell))) {
    const asItIs = await lintFile(path, settings, world, options);
    return { spec: { ...asItIs, ...place }, fixed: 0, isLost: true };
  }
  return { spec: { ...linted, ...place }, fixed, change, isLost: false };
}

/** What can be wrong with an archive though its spec is right. */
const archiveRules: ReadonlySet<string> = new Set([
  ...rulesByGroup.archive.map(({ id }) => id),
  ...["xml-not-wellformed", "xml-encoding-not-utf8"],
]);

/** Writes a file with its fixes. @returns false when it cannot be written, which has been said then */
export async function writeFixed(
  path: string,
  { before, after }: Pick<FixedFile, "before" | "after">,
  shell: Shell,
): Promise<boolean> {
  if (after === before) return true;
  try {
    await shell.world.output.replace(path, before, after);
    return true;
  } catch (error) {
    if (!(error instanceof PackageError) && systemCode(error) === undefined) throw error;
    complainAboutWriting(shell, path, error);
    return false;
  }
}
