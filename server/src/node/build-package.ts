import { statSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { ArchivePart, BuildStamp } from "../builder/archive-part.ts";
import type { BuildMode } from "../builder/build-mode.ts";
import { refuse } from "../builder/refusal.ts";
import type { DialectId } from "../dialect/dialect.ts";
import { familyOf } from "../dialect/dialect.ts";
import { switchesOf } from "../dialect/switches.ts";
import { type BuildDecision, decideBuild, refusedBuild } from "../engine/build.ts";
import type { LintSettings } from "../engine/lint.ts";
import { inUtc } from "../host/clock.ts";
import { PackageError, packageErrorTexts } from "../host/package-error.ts";
import type { Message } from "../l10n/translate.ts";
import type { Span } from "../text/span.ts";
import type { WriteOptions, WriteProgress, WrittenArchive } from "./archive-writer.ts";
import { clock } from "./clock.ts";
import { type FolderCaches, type LintedFile, lintFile } from "./lint-file.ts";
import { askSecondValidator, type OpinionOptions, type SchemaOpinion } from "./schema-opinion.ts";

export interface BuildRequest {
  /** Path of the spec. */
  readonly spec: string;
  readonly settings: LintSettings;
  /** Absent for the folder of the spec. */
  readonly baseFolder?: string | undefined;
  /** Absent for the folder of the spec. */
  readonly outputFolder?: string | undefined;
  readonly mode: BuildMode;
  /** "YYYY-MM-DD hh:mm:ss"; absent for `SOURCE_DATE_EPOCH`, else now. */
  readonly stampDate?: string | undefined;
  /** Absent for the name of this machine. */
  readonly stampHost?: string | undefined;
  /** Replaces the package's own version. */
  readonly version?: string | undefined;
  /** True to build although error findings exist. */
  readonly force: boolean;
  readonly allowSymlinks: boolean;
  /** True to ask the schema's validator first, and not to build without its consent unless `force` is set. */
  readonly demandsSchema: boolean;
  /** Folders that Java is not started from; `askSecondValidator` adds to them. */
  readonly untrustedFolders: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** @param total how many files there are in all */
  readonly onProgress?: ((progress: WriteProgress, total: number) => void) | undefined;
  /** Writes the archive, in this thread or in another. */
  readonly write: (
    parts: readonly ArchivePart[],
    target: string,
    options: WriteOptions,
  ) => Promise<WrittenArchive>;
}

export type BuildResult =
  | (WrittenArchive & {
      readonly kind: "built";
      readonly dialect: DialectId;
      readonly milliseconds: number;
      /** What the reader should know although the archive was written. */
      readonly notes: readonly Message[];
    })
  | (Extract<BuildDecision, { readonly kind: "blocked" }> & { readonly linted: LintedFile })
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
export async function buildPackage(request: BuildRequest, caches?: FolderCaches): Promise<BuildResult> {
  const start = performance.now();
  const spec = resolve(request.spec);
  const baseFolder = resolve(request.baseFolder ?? dirname(spec));
  let linted: LintedFile | undefined;
  try {
    // A pipe would keep us waiting.
    if (!statSync(spec).isFile()) throw new PackageError("spec-not-file", { file: basename(spec) });
    linted = await lintFile(spec, request.settings, caches, baseFolder);
    const { dialect, findings, tree } = linted;
    const options = {
      mode: request.mode,
      release: dialect,
      stamp: stampFor(request, dialect),
      version: request.version,
    };
    const decision = linted.isReadable
      ? decideBuild(tree, findings, options, request.force)
      : refusedBuild(findings, refuse("encoding"));
    if (decision.kind === "blocked") return { ...decision, linted };

    const opinion = request.demandsSchema ? await schemaOpinion(spec, dialect, request) : agreement;
    const [first, ...others] = opinion.notes;
    if (first && !request.force) return { kind: "failed", messages: [first, ...others], hint: opinion.hint };
    const { plan } = decision;
    const target = join(resolve(request.outputFolder ?? dirname(spec)), plan.fileName);
    const written = await request.write(plan.parts, target, {
      baseFolder,
      allowSymlinks: request.allowSymlinks,
      elements: plan.elements,
      keepsDoubtful: request.force,
      signal: request.signal,
      onProgress: (progress) => request.onProgress?.(progress, plan.fileCount),
    });
    const notes = written.doubt ? [...opinion.notes, messageOf(written.doubt)] : opinion.notes;
    return { kind: "built", ...written, dialect, milliseconds: performance.now() - start, notes };
  } catch (error) {
    return failure(error, spec, linted);
  }
}

function failure(error: unknown, spec: string, linted: LintedFile | undefined): BuildResult {
  if (error instanceof PackageError) {
    if (error.code === "cancelled") return { kind: "cancelled" };
    const { hint } = packageErrorTexts[error.code];
    return { kind: "failed", messages: [messageOf(error)], hint: { text: hint }, span: error.span, linted };
  }
  const { code } = error as NodeJS.ErrnoException;
  // What the system refuses while the spec is read; anything else would be our own mistake.
  if (linted || code === undefined) throw error;
  return {
    kind: "failed",
    messages: [
      {
        text: "“{file}” cannot be read: {reason}.",
        values: { file: basename(spec), reason: code },
      },
    ],
    hint: { text: "Look at its permissions and at the disk it is on." },
  };
}

function messageOf({ code, values }: Pick<PackageError, "code" | "values">): Message {
  return { text: packageErrorTexts[code].message, values };
}

export interface SchemaOpinionNotes {
  readonly kind: SchemaOpinion["kind"];
  /** What the validator has against the spec, or why it was not asked; nothing when it agrees. */
  readonly notes: readonly Message[];
  /** What to do about them when they keep the archive from being written. */
  readonly hint: Message;
}

/**
 * What the second validator has against a spec.
 *
 * @throws PackageError when it was cancelled
 */
export async function schemaOpinion(
  spec: string,
  dialect: DialectId,
  options: OpinionOptions,
): Promise<SchemaOpinionNotes> {
  const opinion = await askSecondValidator(resolve(spec), familyOf(dialect), options);
  const { kind } = opinion;
  switch (kind) {
    case "valid":
      return agreement;
    case "invalid":
      return {
        kind,
        notes: opinion.messages.map((message) => ({
          text: "The schema's validator says: {message}",
          values: { message },
        })),
        hint: { text: "Mend what it names, or set the strict schema check to “auto” or “off”." },
      };
    case "too-slow": {
      const text = "The schema's validator was ended, because Java gave no answer within {seconds} seconds.";
      return { kind, notes: [{ text, values: { seconds: opinion.seconds } }], hint: javaHint };
    }
    case "failed":
      return { kind, notes: [opinion.message], hint: javaHint };
    case "not-asked":
      return { kind, notes: [notAskedTexts[opinion.reason]], hint: noJavaHint };
    case "cancelled":
      throw new PackageError("cancelled");
  }
}

const agreement: SchemaOpinionNotes = { kind: "valid", notes: [], hint: { text: "" } };

const javaHint: Message = {
  text: "Look at the Java installation, or set the strict schema check to “auto” or “off”.",
};

const noJavaHint: Message = {
  text: "Make a Java of your own available on the PATH or in JAVA_HOME, or set the strict schema check to “auto” or “off”.",
};

const notAskedTexts = {
  "no-java": { text: "The schema's validator was not asked, because no Java was found." },
  "java-untrusted": {
    text: "The schema's validator was not asked: the Java that was found lies in the repository of the spec, in a folder of the workspace, in the current folder or in node_modules, and no program is started from there.",
  },
  "no-validator": {
    text: "The schema's validator was not asked, because it is not part of this installation of SOPM.",
  },
} as const;

/**
 * The build data of an archive. Frameworks write the time in their own time zone, which is UTC unless set otherwise
 * (OTRS 6 and later), `opmbuild` that of the machine.
 */
function stampFor({ stampDate, stampHost, mode }: BuildRequest, dialect: DialectId): BuildStamp {
  const host = stampHost || hostname();
  if (stampDate) return { date: stampDate, host };
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch) {
    // To go on with the present time would make archives differ without anybody noticing.
    if (!/^\d{1,11}$/.test(epoch)) throw new PackageError("stamp-invalid", { value: epoch });
    return { date: inUtc(new Date(Number(epoch) * 1000)), host };
  }
  const local = mode === "opmbuild" || switchesOf(dialect).buildDateIsLocal;
  return { date: local ? clock.now() : clock.nowInUtc(), host };
}
