import type { TaggedSpec } from "../engine/tagged-packages.ts";
import { isGitReference } from "../text/git-path.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

interface Looked {
  readonly name: string;
  /** What the packages that were found are known by. */
  documents: readonly string[];
}

/**
 * Has the rules know which versions of specs tags have released. Git is asked in the background when a spec is opened
 * and when it is saved, once for all others, and for all when tags or branches change, in trusted workspaces only; nobody
 * waits for it.
 */
export class TaggedVersions {
  readonly #session: Session;
  /** By the path of the spec. */
  readonly #looked = new Map<string, Looked>();
  #renewing: Promise<void> | undefined;
  #isOutdated = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** All is known of an open document. */
  checked(document: OpenDocument): void {
    const { path, kind } = document;
    const { connection, world, isTrusted } = this.#session;
    if (kind !== "spec" || path === undefined || !world.histories || !isTrusted()) return;
    const name = document.forFeatures().spec.name ?? "";
    if (this.#looked.get(path)?.name === name) return;
    inBackground(connection, this.#look([{ path, name }]));
  }

  /** Ends when it is known which versions of specs that are not open tags have released. */
  async learn(specs: readonly TaggedSpec[]): Promise<void> {
    const wanted = specs.filter(({ path, name }) => this.#looked.get(path)?.name !== name);
    if (wanted.length > 0) await this.#look(wanted);
  }

  /** A spec is gone. */
  forget(path: string): void {
    const { neighbours } = this.#session.workspace;
    for (const gone of this.#looked.get(path)?.documents ?? []) neighbours.forget(gone);
    this.#looked.delete(path);
  }

  /** A document was saved, and may have been tagged before. */
  saved(document: OpenDocument): void {
    if (document.path === undefined) return;
    const looked = this.#looked.get(document.path);
    if (!looked) return;
    inBackground(this.#session.connection, this.#look([{ path: document.path, name: looked.name }]));
  }

  /** Tags may have come or gone, if one of these files of Git is where they are kept. */
  filesChanged(uris: readonly string[]): void {
    if (this.#looked.size === 0 || !uris.some(isGitReference)) return;
    this.#isOutdated = true;
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    inBackground(this.#session.connection, this.#renewing);
  }

  /** Of changes that come while Git is asked, there is one more question. */
  async #renew(): Promise<void> {
    while (this.#isOutdated) {
      this.#isOutdated = false;
      await this.#look([...this.#looked].map(([path, { name }]) => ({ path, name })));
    }
  }

  async #look(specs: readonly TaggedSpec[]): Promise<void> {
    const { world, workspace, connection } = this.#session;
    const looked = specs.map(({ path, name }): Looked => {
      const each = { name, documents: this.#looked.get(path)?.documents ?? [] };
      this.#looked.set(path, each);
      return each;
    });
    const { taggedPackages } = await import("../engine/tagged-packages.ts");
    const untrustedFolders = workspace.folders;
    const { packages, left } = await taggedPackages(specs, world, { untrustedFolders });
    const { neighbours } = workspace;
    for (const [index, { path }] of specs.entries()) {
      const own = looked[index]!;
      if (this.#looked.get(path) !== own) continue;
      const found = packages.get(path) ?? [];
      const documents = found.map(({ document }) => document);
      for (const gone of own.documents) if (!documents.includes(gone)) neighbours.forget(gone);
      for (const each of found) neighbours.read({ path: each.document }, [each]);
      own.documents = documents;
    }
    neighbours.pass();
    if (left.length > 0) {
      const text =
        "Tags of {count} specs were not looked up, because there are too many: the first of them is “{path}”. They are when it is opened.";
      connection.console.warn(world.texts.translate(text, { count: left.length, path: left[0]!.path }));
      for (const { path } of left) this.#looked.delete(path);
    }
  }
}
