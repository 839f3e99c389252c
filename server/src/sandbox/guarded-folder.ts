import { PackageError } from "../host/package-error.ts";
import { parentPath } from "../system/home-path.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";

/**
 * A folder of a sandbox that is changed. Nothing in it is reached through a link: somebody may have put one where a
 * folder was, and what lies behind it is not ours to change.
 *
 * That a folder is one is remembered, so an object is of use as long as nobody else replaces folders.
 */
export class GuardedFolder {
  readonly #sandbox: SandboxFolder;
  readonly #name: string;
  /** Plain paths of folders that are folders; the folder itself is the empty path. */
  readonly #safe = new Set<string>();

  /** @param name its path in the folder of the sandbox */
  constructor(sandbox: SandboxFolder, name: string) {
    this.#sandbox = sandbox;
    this.#name = name;
  }

  /**
   * The absolute path for a plain one.
   *
   * @throws PackageError when something that is no folder is on the way
   */
  async at(path: string): Promise<string> {
    const blocked = await this.#blockedAt(parentPath(path));
    if (blocked !== undefined) throw this.blockedBy(blocked);
    return this.#absolute(path);
  }

  /** The same, but undefined where something is on the way: of what we have put there nothing is left. */
  async reachable(path: string): Promise<string | undefined> {
    return (await this.#blockedAt(parentPath(path))) === undefined ? this.#absolute(path) : undefined;
  }

  blockedBy(path: string): PackageError {
    const location = path === "" ? this.#name : `${this.#name}/${path}`;
    return new PackageError("sandbox-blocked", { folder: this.#sandbox.folder, location });
  }

  #absolute(path: string): string {
    const folder = this.#sandbox.at(this.#name);
    return path === "" ? folder : `${folder}/${path}`;
  }

  /** The first on the way that is something else than a folder. */
  async #blockedAt(folder: string): Promise<string | undefined> {
    if (this.#safe.has(folder)) return undefined;
    if (folder !== "") {
      const blocked = await this.#blockedAt(parentPath(folder));
      if (blocked !== undefined) return blocked;
    }
    const status = await this.#sandbox.status(this.#absolute(folder));
    // Where nothing is, nothing leads elsewhere.
    if (!status) return undefined;
    if (status.kind !== "folder") return folder;
    this.#safe.add(folder);
    return undefined;
  }
}
