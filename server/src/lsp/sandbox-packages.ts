import { PackageError } from "../host/package-error.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { inBackground } from "./in-background.ts";
import type { Session } from "./session.ts";

/** A package that a sandbox has. */
export interface SandboxPackage {
  readonly name: string;
  readonly version: string;
}

/** What the sandboxes have that settings name, as it was when they were last looked at. */
export class SandboxPackages {
  readonly #session: Session;
  readonly #known = new Map<string, readonly SandboxPackage[]>();
  readonly #looking = new Set<string>();

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * The packages in the sandbox that a document's settings name; none where they name none. Each time somebody asks, the
   * sandbox is looked at in the background.
   *
   * @returns undefined while it was never looked at
   */
  of(document: OpenDocument): readonly SandboxPackage[] | undefined {
    const { sandbox } = document.settings.system;
    if (sandbox === "" || !this.#session.isTrusted()) return [];
    const key = `${this.#session.workspace.folderOf(document.path) ?? ""}\n${sandbox}`;
    if (!this.#looking.has(key)) {
      this.#looking.add(key);
      inBackground(this.#session.connection, this.#look(document, key));
    }
    return this.#known.get(key);
  }

  async #look({ uri, settings }: OpenDocument, key: string): Promise<void> {
    try {
      const { chosenSystem, sandboxAt } = await import("./dry-run-system.ts");
      const system = await chosenSystem(uri, undefined, settings, this.#session);
      if (system.kind !== "sandbox") return;
      const packages = await (await sandboxAt(system.folder, this.#session)).packages();
      const installed = packages?.filter(({ status }) => status === "installed");
      // While something is being done to it, it is as it was.
      this.#known.set(key, installed ?? this.#known.get(key) ?? []);
    } catch (error) {
      // Whoever tries a package on it is told what is wrong with it.
      if (!(error instanceof PackageError)) throw error;
      this.#known.set(key, []);
    } finally {
      this.#looking.delete(key);
    }
  }
}
