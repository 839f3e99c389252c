import { isBuildVersion } from "../builder/plan-archive.ts";
import type { DatabaseKind } from "../database/engines.ts";
import type { DialectId } from "../dialect/dialect.ts";
import type { WriteProgress, WrittenArchive } from "../host/archive-writer.ts";
import { systemCode } from "../host/file-system.ts";
import type { KnownPackages } from "../host/known-packages.ts";
import { messageOf, PackageError } from "../host/package-error.ts";
import type { World } from "../host/world.ts";
import type { Message } from "../l10n/translate.ts";
import { specOf } from "../model/package-spec.ts";
import type { Finding } from "../rules/rule.ts";
import type { Span } from "../text/span.ts";
import { admittedRange } from "./admitted-releases.ts";
import { buildStamp, type StampWishes } from "./build-stamp.ts";
import { type BuildDecision, decideBuild } from "./decide-build.ts";
import { type KnownWorld, versionsBeside } from "./find-known-documents.ts";
import type { LintSettings } from "./lint.ts";
import { type LintedFile, type LintWorld, lintFile } from "./lint-file.ts";
import { agreement, type SchemaOpinionNotes, schemaOpinion } from "./schema-opinion.ts";
import { taggedPackages } from "./tagged-packages.ts";

export interface BuildRequest extends StampWishes {
  /** Path of the spec. */
  readonly spec: string;
  readonly settings: LintSettings;
  /** Absent for the folder of the spec. */
  readonly baseFolder?: string | undefined;
  /** Absent for the folder of the spec. */
  readonly outputFolder?: string | undefined;
  /** Replaces the package's own version, in the archive and for the check before it. */
  readonly version?: string | undefined;
  /** The databases that the package is tried on before; absent for none. A failure that is sure stops the build. */
  readonly databases?: readonly DatabaseKind[];
  /** The first released version that upgrades are tried from; absent for all. */
  readonly upgradesSince?: string;
  /** True to build although error findings exist. */
  readonly force: boolean;
  readonly allowSymlinks: boolean;
  /**
   * Whether the schema's validator is asked: "on" for before, and nothing is built without its consent unless `force` is
   * set; "auto" for afterwards, by {@link opinionOfBuilt}.
   */
  readonly strictSchema: "on" | "auto" | "off";
  /** Folders that Java and Git are not started from, beside those that the package lies in. */
  readonly untrustedFolders?: readonly string[];
  /** Whether Git is asked which versions tags have released; absent where the folder may not be trusted. */
  readonly readsTags?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** @param total how many files there are in all */
  readonly onProgress?: ((progress: WriteProgress, total: number) => void) | undefined;
}

/** What a build asks of the world. */
export type BuildWorld = LintWorld &
  KnownWorld &
  Pick<World, "archives" | "machine" | "schemaValidator" | "histories">;

export type BuildResult =
  | (WrittenArchive & {
      readonly kind: "built";
      readonly dialect: DialectId;
      readonly milliseconds: number;
      readonly linted: LintedFile;
      /** Warnings that there are because it is built as this version. */
      readonly brought: readonly Finding[];
      /** What the reader should know although the archive was written. */
      readonly notes: readonly Message[];
    })
  | (Extract<BuildDecision, { readonly kind: "blocked" }> & {
      readonly linted: LintedFile;
      /** The same. */
      readonly brought: readonly Finding[];
    })
  | {
      readonly kind: "failed";
      /** What went wrong: one thing, unless a validator has more to say. */
      readonly messages: readonly [Message, ...Message[]];
      /** What to do next. */
      readonly hint: Message;
      /** What in the spec it is about, if it is about one thing in it. */
      readonly span?: Span | undefined;
      /** Absent when the spec could not be read. */
      readonly linted?: LintedFile | undefined;
    }
  | { readonly kind: "cancelled" };

/** Checks a spec on disk and builds its archive. Never throws for what is wrong with the package or the disk. */
export async function buildPackage(request: BuildRequest, world: BuildWorld): Promise<BuildResult> {
  const start = performance.now();
  const { resolve, dirname, basename, join } = world.paths;
  const { spec, baseFolder } = placesOf(request, world);
  let linted: LintedFile | undefined;
  try {
    // A pipe would keep us waiting.
    if ((await world.named.kindOf(spec)) !== "file")
      throw new PackageError("spec-not-file", { file: basename(spec) });
    const { version } = request;
    const asVersion = version !== undefined && isBuildVersion(version) ? version : undefined;
    const { databases, upgradesSince = "" } = request;
    const known = await releasedVersions(request, spec, world);
    const beside = { baseFolder, others: known.beside(spec), upgradesSince, ...(databases && { databases }) };
    linted = await lintFile(spec, request.settings, world, { ...beside, version: asVersion });
    const { dialect, findings, tree } = linted;
    const brought =
      asVersion === undefined
        ? []
        : warningsBeside(await lintFile(spec, request.settings, world, beside), findings);
    // As the newest release that the package is for does it.
    const release = admittedRange(specOf(tree), dialect).highest;
    const options = {
      mode: request.mode,
      release,
      stamp: buildStamp(request, release, world),
      version,
    };
    const decision = decideBuild(linted, options, request.force);
    if (decision.kind === "blocked") return { ...decision, linted, brought };

    const opinion = request.strictSchema === "on" ? await opinionOf(request, dialect, world) : agreement;
    const [first, ...others] = opinion.notes;
    if (first && !request.force) return { kind: "failed", messages: [first, ...others], hint: opinion.hint };
    const { plan } = decision;
    const target = join(resolve(request.outputFolder ?? dirname(spec)), plan.fileName);
    const written = await world.archives.write(plan.parts, target, {
      baseFolder,
      allowSymlinks: request.allowSymlinks,
      elements: plan.elements,
      keepsDoubtful: request.force,
      signal: request.signal,
      onProgress: (progress) => request.onProgress?.(progress, plan.fileCount),
    });
    const notes = written.doubt ? [...opinion.notes, messageOf(written.doubt)] : opinion.notes;
    const milliseconds = performance.now() - start;
    return { kind: "built", ...written, dialect, milliseconds, linted, brought, notes };
  } catch (error) {
    return failure(error, basename(spec), linted);
  }
}

/** What has been released of the package of a spec: the archives beside it, and what tags in Git point to. */
async function releasedVersions(
  { untrustedFolders = [], readsTags, signal }: BuildRequest,
  spec: string,
  world: BuildWorld,
): Promise<KnownPackages> {
  const { known, name } = await versionsBeside(spec, world);
  if (!readsTags || name === undefined) return known;
  const { packages } = await taggedPackages([{ path: spec, name }], world, { untrustedFolders, signal });
  for (const each of [...packages.values()].flat()) known.tell(each.document, [each]);
  return known;
}

/** Warnings about a spec that another check of it did not have. */
function warningsBeside({ findings: others }: LintedFile, findings: readonly Finding[]): readonly Finding[] {
  const identity = ({ rule, span, message }: Finding) => `${rule} ${span.start} ${message}`;
  const known = new Set(others.map(identity));
  return findings.filter((each) => each.severity === "warning" && !known.has(identity(each)));
}

/** The places of a build, as absolute paths. */
function placesOf({ spec, baseFolder }: BuildRequest, { paths }: BuildWorld) {
  const path = paths.resolve(spec);
  return { spec: path, baseFolder: paths.resolve(baseFolder ?? paths.dirname(path)) };
}

/**
 * What the schema's validator has against a spec whose archive is there.
 *
 * @returns undefined where nobody wants to know it, where it cannot be asked, and when `signal` has ended the asking
 */
export async function opinionOfBuilt(
  request: BuildRequest,
  dialect: DialectId,
  world: BuildWorld,
): Promise<SchemaOpinionNotes | undefined> {
  if (request.strictSchema !== "auto") return undefined;
  try {
    const opinion = await opinionOf(request, dialect, world);
    return opinion.kind === "not-asked" ? undefined : opinion;
  } catch (error) {
    // Whoever ends the asking has the archive.
    if (error instanceof PackageError) return undefined;
    throw error;
  }
}

/** Whoever builds somebody else's package has not asked to run what comes with it. */
function opinionOf(
  request: BuildRequest,
  dialect: DialectId,
  world: BuildWorld,
): Promise<SchemaOpinionNotes> {
  const { spec, baseFolder } = placesOf(request, world);
  const { untrustedFolders = [], signal } = request;
  const folders = [...untrustedFolders, world.paths.dirname(spec), baseFolder];
  return schemaOpinion(spec, dialect, { untrustedFolders: folders, signal }, world);
}

function failure(error: unknown, file: string, linted: LintedFile | undefined): BuildResult {
  if (error instanceof PackageError) {
    if (error.code === "cancelled") return { kind: "cancelled" };
    const { hint, span } = error;
    return { kind: "failed", messages: [messageOf(error)], hint: { text: hint }, span, linted };
  }
  const reason = systemCode(error);
  // What the system refuses while the spec is read; anything else would be our own mistake.
  if (linted || reason === undefined) throw error;
  return {
    kind: "failed",
    messages: [{ text: "“{file}” cannot be read: {reason}.", values: { file, reason } }],
    hint: { text: "Look at its permissions and at the disk it is on." },
  };
}
