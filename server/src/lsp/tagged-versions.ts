import type { OpenDocument } from "../workspace/open-documents.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

interface Looked {
  readonly name: string;
  /** What the packages that were found are known by. */
  documents: readonly string[];
}

/**
 * Has the rules know which versions of open specs tags have released. Git is asked in the background when a spec is opened
 * and when it is saved, in trusted workspaces only; nobody waits for it.
 */
export class TaggedVersions {
  readonly #session: Session;
  /** By the path of the spec. */
  readonly #looked = new Map<string, Looked>();

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
    const looked: Looked = { name, documents: this.#looked.get(path)?.documents ?? [] };
    this.#looked.set(path, looked);
    inBackground(connection, this.#look(path, looked));
  }

  /** A document was saved, and may have been tagged before. */
  saved(document: OpenDocument): void {
    if (document.path === undefined) return;
    const looked = this.#looked.get(document.path);
    if (looked) inBackground(this.#session.connection, this.#look(document.path, looked));
  }

  async #look(path: string, looked: Looked): Promise<void> {
    const { world, workspace } = this.#session;
    const { taggedPackages } = await import("../engine/tagged-packages.ts");
    const untrustedFolders = workspace.folders;
    const found =
      (await taggedPackages([{ path, name: looked.name }], world, { untrustedFolders })).get(path) ?? [];
    if (this.#looked.get(path) !== looked) return;
    const { neighbours } = workspace;
    const documents = found.map(({ document }) => document);
    for (const gone of looked.documents) if (!documents.includes(gone)) neighbours.forget(gone);
    for (const each of found) neighbours.read({ path: each.document }, [each]);
    looked.documents = documents;
    neighbours.pass();
  }
}
