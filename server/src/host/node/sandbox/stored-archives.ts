import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { contentsOfArchive } from "../../../builder/contents-of-archive.ts";
import type { PackageContents } from "../../../builder/package-contents.ts";
import type { DialectId } from "../../../dialect/dialect.ts";
import type { StoredArchives } from "../../../system/package-table.ts";
import { PackageError } from "../../package-error.ts";
import { DiskContent } from "./home-folder.ts";
import type { SandboxFolder } from "./sandbox-folder.ts";

/** The archives in a sandbox. An archive's contents are forgotten when nobody uses them any more. */
export class SandboxArchives implements StoredArchives {
  readonly #sandbox: SandboxFolder;
  readonly #dialect: DialectId;
  readonly #known = new Map<string, WeakRef<PackageContents>>();

  constructor(sandbox: SandboxFolder, dialect: DialectId) {
    this.#sandbox = sandbox;
    this.#dialect = dialect;
  }

  contents(digest: string): PackageContents {
    const known = this.#known.get(digest)?.deref();
    if (known) return known;
    const path = this.#sandbox.archive(digest);
    const bytes = this.#bytes(path, digest);
    const contents: PackageContents = {
      ...contentsOfArchive(bytes, `${digest}.opm`, this.#dialect, digest),
      // The bytes are seldom asked for again, and then they are here.
      archive: new DiskContent(path, bytes.length),
    };
    this.#known.set(digest, new WeakRef(contents));
    return contents;
  }

  #bytes(path: string, digest: string): Uint8Array {
    const damaged = (cause?: unknown) =>
      new PackageError("sandbox-archive-damaged", { folder: this.#sandbox.folder, digest }, { cause });
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(path);
    } catch (error) {
      throw damaged(error);
    }
    if (createHash("sha256").update(bytes).digest("hex") !== digest) throw damaged();
    return bytes;
  }
}

/** An archive that waits to be given its name in the sandbox. */
export interface PreparedArchive {
  readonly digest: string;
  /** Undefined when the sandbox has it already. */
  readonly temporary: string | undefined;
}

/** Puts an archive into the sandbox under a name that nobody looks for. */
export function prepareArchive(
  sandbox: SandboxFolder,
  { archive, digest, origin }: PackageContents,
  index: number,
): PreparedArchive {
  if (origin === "archive" && existsSync(sandbox.archive(digest))) return { digest, temporary: undefined };
  const temporary = `${sandbox.archives}/new-${index}.tmp`;
  rmSync(temporary, { force: true });
  let actual: string;
  if (archive instanceof DiskContent) {
    copyFileSync(archive.path, temporary);
    actual = digestOfFile(temporary);
  } else {
    const bytes = archive.bytes();
    actual = createHash("sha256").update(bytes).digest("hex");
    writeFileSync(temporary, bytes, { flag: "wx" });
  }
  return { digest: actual, temporary: existsSync(sandbox.archive(actual)) ? undefined : temporary };
}

export function storePrepared(sandbox: SandboxFolder, { digest, temporary }: PreparedArchive): void {
  if (temporary !== undefined) renameSync(temporary, sandbox.archive(digest));
}

function digestOfFile(path: string): string {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  const descriptor = openSync(path, "r");
  try {
    for (let read = -1; read !== 0; hash.update(buffer.subarray(0, read))) {
      read = readSync(descriptor, buffer, 0, buffer.length, null);
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest("hex");
}
