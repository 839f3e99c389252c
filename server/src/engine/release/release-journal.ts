import type { BuildMode } from "../../builder/build-mode.ts";
import type { DialectId } from "../../dialect/dialect.ts";
import type { FileSystem } from "../../host/file-system.ts";
import type { World } from "../../host/world.ts";

/** What a release does, in this order. */
export const releaseSteps = ["spec", "commit", "build", "digest", "sbom", "index", "tag"] as const;
export type ReleaseStep = (typeof releaseSteps)[number];

/**
 * What is known of a release from its first step on: all that it needs to go on, and to be taken back. It is written before
 * anything is changed, and goes when all is done.
 */
export interface ReleaseJournal {
  readonly format: 1;
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

  /** The release of a spec that was begun and is not finished. @param spec absolute path */
  async of(spec: string): Promise<ReleaseJournal | undefined> {
    const text = await this.#world.records?.read(this.#nameOf(spec));
    const journal = text === undefined ? undefined : journalIn(text);
    return journal?.format === 1 && journal.spec === spec ? journal : undefined;
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
    return `release-${digest.slice(0, 32)}`;
  }
}

/** Removes regular files that are there, and nothing else. @throws SystemError */
export async function removeFiles(paths: readonly string[], files: FileSystem): Promise<void> {
  const found = await files.status(paths);
  await files.remove(paths.filter((_, index) => found[index]?.kind === "file"));
}

/** What is damaged says nothing. */
function journalIn(text: string): ReleaseJournal | undefined {
  try {
    return JSON.parse(text) as ReleaseJournal;
  } catch {
    return undefined;
  }
}
