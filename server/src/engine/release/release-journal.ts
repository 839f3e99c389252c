import { type BuildMode, buildModes } from "../../builder/build-mode.ts";
import { type DialectId, dialectIds } from "../../dialect/dialect.ts";
import type { FileSystem } from "../../host/file-system.ts";
import { PackageError } from "../../host/package-error.ts";
import type { World } from "../../host/world.ts";
import { DataProblem, DataReader } from "../../system/data-reader.ts";

/** What a release does, in this order. */
export const releaseSteps = ["spec", "commit", "build", "digest", "sbom", "index", "tag"] as const;
export type ReleaseStep = (typeof releaseSteps)[number];

/** What the names of journals begin with, among all that is kept for the user. */
const prefix = "release-";

/** The number of this form of a journal. A version that writes another one has a higher number. */
const format = 1;

/**
 * What is known of a release from its first step on: all that it needs to go on, and to be taken back. It is written before
 * anything is changed, and goes when all is done.
 */
export interface ReleaseJournal {
  readonly format: typeof format;
  /** Absolute path. */
  readonly spec: string;
  readonly name: string;
  /** The version before, and the one that is released. */
  readonly from: string;
  readonly version: string;
  /** The steps of this release, in their order. */
  readonly steps: readonly ReleaseStep[];
  readonly done: readonly ReleaseStep[];
  /** Digests of the files that steps have made, by step. Absent for those that are not noted. */
  readonly written?: Readonly<Partial<Record<ReleaseStep, string>>>;
  /** Bytes of the spec in Base64. */
  readonly before: string;
  readonly after: string;
  readonly baseFolder: string;
  readonly outputFolder: string;
  readonly build: {
    readonly mode: BuildMode;
    readonly dialect: DialectId | "auto";
    readonly stampDate: string;
    readonly stampHost: string;
    readonly allowSymlinks: boolean;
  };
  /** Absolute path of the archive. */
  readonly archive: string;
  /** Seconds since 1970. */
  readonly time: number;
  /** Absent where none is written. The bytes before are in Base64; null where there was none. */
  readonly index?: { readonly path: string; readonly dialect: DialectId; readonly before: string | null };
  /** Absent where nothing is tagged. */
  readonly tag?: {
    readonly name: string;
    readonly message: string;
    /** Object name of the commit that was checked out. */
    readonly parent: string;
    /** Names of the spec from the top of the working copy on. */
    readonly path: readonly string[];
    /** The commit that is tagged; absent until it is made. */
    readonly commit?: string;
  };
}

/** The journals of releases that were begun, among what is kept for the user: nothing that lies in a workspace counts as one. */
export class ReleaseJournals {
  readonly #world: Pick<World, "files" | "records">;

  constructor(world: Pick<World, "files" | "records">) {
    this.#world = world;
  }

  /**
   * The release of a spec that was begun and is not finished.
   *
   * @param spec absolute path
   * @throws PackageError "release-damaged" where nobody can tell any more what it has done, "release-newer" for one that a
   *   newer version has begun
   */
  async of(spec: string): Promise<ReleaseJournal | undefined> {
    const text = await this.#world.records?.read(this.#nameOf(spec));
    if (text === undefined) return undefined;
    try {
      const data = new DataReader(JSON.parse(text));
      if (data.field("format").count() > format) throw new PackageError("release-newer", { path: spec });
      return readJournal(data, spec);
    } catch (error) {
      if (!(error instanceof DataProblem || error instanceof SyntaxError)) throw error;
      throw new PackageError("release-damaged", { path: spec }, { cause: error });
    }
  }

  /** All that can be read, in no order. */
  async all(): Promise<readonly ReleaseJournal[]> {
    const names = (await this.#world.records?.names()) ?? [];
    const read = await Promise.all(
      names.filter((name) => name.startsWith(prefix)).map((name) => this.#named(name)),
    );
    return read.filter((journal) => journal !== undefined);
  }

  /** Undefined for what this version cannot read. */
  async #named(name: string): Promise<ReleaseJournal | undefined> {
    try {
      const data = new DataReader(JSON.parse((await this.#world.records?.read(name)) ?? ""));
      const spec = data.field("spec").text();
      // What lies under another name is nothing that a release of this spec has noted.
      return this.#nameOf(spec) === name ? await this.of(spec) : undefined;
    } catch (error) {
      if (error instanceof PackageError || error instanceof DataProblem || error instanceof SyntaxError)
        return undefined;
      throw error;
    }
  }

  /**
   * Forgets what nobody can read.
   *
   * @param spec absolute path
   * @returns whether there was such a thing
   * @throws PackageError "release-newer"
   */
  async giveUpDamaged(spec: string): Promise<boolean> {
    try {
      await this.of(spec);
      return false;
    } catch (error) {
      if (!(error instanceof PackageError && error.code === "release-damaged")) throw error;
      await this.remove({ spec });
      return true;
    }
  }

  /** Where nothing is kept, a release that is interrupted cannot go on. @throws PackageError, SystemError */
  async write(journal: ReleaseJournal): Promise<void> {
    await this.#world.records?.write(this.#nameOf(journal.spec), JSON.stringify(journal));
  }

  /** @throws SystemError */
  async remove({ spec }: Pick<ReleaseJournal, "spec">): Promise<void> {
    await this.#world.records?.remove(this.#nameOf(spec));
  }

  #nameOf(spec: string): string {
    const digest = this.#world.files({ flush: false }).digest(new TextEncoder().encode(spec));
    return `${prefix}${digest.slice(0, 32)}`;
  }
}

/** Removes regular files that are there, and nothing else. @throws SystemError */
export async function removeFiles(paths: readonly string[], files: FileSystem): Promise<void> {
  const found = await files.status(paths);
  await files.remove(paths.filter((_, index) => found[index]?.kind === "file"));
}

/** @throws DataProblem */
function readJournal(data: DataReader, spec: string): ReleaseJournal {
  const text = (name: string) => data.field(name).text();
  const bytes = (name: string) => readBytes(data.field(name));
  const stepsIn = (name: string) =>
    data
      .field(name)
      .items()
      .map((step) => step.oneOf(releaseSteps));
  if (text("spec") !== spec) data.field("spec").fail("the spec that it is kept for");
  const build = data.field("build");
  const written = data.field("written").optional((files) => {
    const steps = releaseSteps.filter((step) => files.field(step).value !== undefined);
    return Object.fromEntries(steps.map((step) => [step, files.field(step).text()]));
  });
  const index = data.field("index").optional((each) => ({
    path: each.field("path").text(),
    dialect: each.field("dialect").oneOf(dialectIds),
    before: each.field("before").optional(readBytes) ?? null,
  }));
  const tag = data.field("tag").optional(readTag);
  const steps = stepsIn("steps");
  if (!tag && steps.some((step) => step === "commit" || step === "tag")) data.field("tag").fail("there");
  return {
    ...{ format, spec, name: text("name"), from: text("from"), version: text("version") },
    ...{ steps, done: stepsIn("done"), ...(written && { written }) },
    ...{ before: bytes("before"), after: bytes("after") },
    ...{ baseFolder: text("baseFolder"), outputFolder: text("outputFolder"), archive: text("archive") },
    build: {
      mode: build.field("mode").oneOf(buildModes),
      dialect: build.field("dialect").oneOf(["auto", ...dialectIds]),
      stampDate: build.field("stampDate").text(),
      stampHost: build.field("stampHost").text(),
      allowSymlinks: build.field("allowSymlinks").flag(),
    },
    time: data.field("time").count(),
    ...(index && { index }),
    ...(tag && { tag }),
  };
}

function readTag(data: DataReader): NonNullable<ReleaseJournal["tag"]> {
  const commit = data.field("commit").optional((each) => each.text());
  return {
    name: data.field("name").text(),
    message: data.field("message").text(),
    parent: data.field("parent").text(),
    path: data
      .field("path")
      .items()
      .map((name) => name.text()),
    ...(commit !== undefined && { commit }),
  };
}

function readBytes(data: DataReader): string {
  const text = data.text();
  return /^[A-Za-z\d+/]*={0,2}$/.test(text) ? text : data.fail("Base64");
}
