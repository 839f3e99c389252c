import { type FileHandle, open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inflateSync, constants as zlib } from "node:zlib";

/** A commit or a tree; nothing else is read. */
export interface GitObject {
  readonly type: "commit" | "tree";
  readonly bytes: Buffer;
}

/** Bytes of a commit or a tree; a tree of one folder with a hundred thousand files has fewer. */
const largestObject = 8_000_000;

/** How many differences Git puts on one another. */
const deepestChain = 100;

const typeOfNumber = new Map([
  [1, "commit"],
  [2, "tree"],
] as const);

/** What is wrong with a repository, or not known of its form: then nothing is known of it at all. */
class UnknownForm extends Error {}

/** The commits and trees of a repository, loose or packed. They are only read, and nothing that is in them is run. */
export class GitObjects {
  readonly #folder: string;
  #packs: Promise<readonly string[]> | undefined;

  /** @param folder the absolute path of the folder `objects` */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined for what is not there or cannot be read. Never throws. */
  async read(id: string): Promise<GitObject | undefined> {
    try {
      const found = (await this.#loose(id)) ?? (await this.#packed(id, deepestChain));
      return found;
    } catch {
      // What is broken or has a form that we do not know is as good as not there.
      return undefined;
    }
  }

  async #loose(id: string): Promise<GitObject | undefined> {
    const file = await readFile(join(this.#folder, id.slice(0, 2), id.slice(2))).catch(() => undefined);
    if (!file || file.length > largestObject) return undefined;
    const whole = inflateSync(file, { maxOutputLength: largestObject });
    const end = whole.indexOf(0);
    const type = whole.toString("latin1", 0, end).split(" ")[0];
    return type === "commit" || type === "tree" ? { type, bytes: whole.subarray(end + 1) } : undefined;
  }

  async #packed(id: string, depth: number): Promise<GitObject | undefined> {
    this.#packs ??= readdir(join(this.#folder, "pack")).then(
      (names) => names.filter((name) => name.endsWith(".idx")),
      () => [],
    );
    for (const name of await this.#packs) {
      const index = join(this.#folder, "pack", name);
      const offset = await inFile(index, (file) => offsetOf(id, file));
      if (offset === undefined) continue;
      return inFile(index.replace(/idx$/, "pack"), (pack) => this.#entryAt(offset, pack, depth));
    }
    return undefined;
  }

  async #entryAt(offset: number, pack: FileHandle, depth: number): Promise<GitObject> {
    if (depth === 0) throw new UnknownForm();
    const head = await bytesAt(pack, offset, 64);
    let at = 0;
    let byte = head[at++]!;
    const kind = (byte >> 4) & 7;
    let size = byte & 15;
    for (let shift = 4; byte & 128; shift += 7) {
      byte = head[at++]!;
      size += (byte & 127) * 2 ** shift;
    }
    if (size > largestObject) throw new UnknownForm();
    const type = typeOfNumber.get(kind as 1 | 2);
    if (type) return { type, bytes: await inflatedAt(pack, offset + at, size) };
    let base: GitObject | undefined;
    if (kind === offsetDelta) {
      byte = head[at++]!;
      let back = byte & 127;
      while (byte & 128) {
        byte = head[at++]!;
        back = (back + 1) * 128 + (byte & 127);
      }
      if (back <= 0 || back > offset) throw new UnknownForm();
      base = await this.#entryAt(offset - back, pack, depth - 1);
    } else if (kind === nameDelta) {
      const id = head.toString("hex", at, at + 20);
      at += 20;
      base = (await this.#loose(id)) ?? (await this.#packed(id, depth - 1));
    }
    if (!base) throw new UnknownForm();
    return { type: base.type, bytes: patched(base.bytes, await inflatedAt(pack, offset + at, size)) };
  }
}

const offsetDelta = 6;
const nameDelta = 7;

async function inFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/** As many bytes as there are. */
async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function inflatedAt(pack: FileHandle, position: number, size: number): Promise<Buffer> {
  // Deflate never makes anything larger by more than this.
  const packed = await bytesAt(pack, position, size + Math.ceil(size / 1000) + 64);
  const bytes = inflateSync(packed, { maxOutputLength: size + 1, finishFlush: zlib.Z_SYNC_FLUSH });
  if (bytes.length !== size) throw new UnknownForm();
  return bytes;
}

/** Where an object is in the pack of an index of the second version; undefined for one that is in another. */
async function offsetOf(id: string, index: FileHandle): Promise<number | undefined> {
  const head = await bytesAt(index, 0, 8 + 1024);
  if (head.length < 8 + 1024 || head.readUInt32BE(0) !== 0xff744f63 || head.readUInt32BE(4) !== 2)
    return undefined;
  const first = Number.parseInt(id.slice(0, 2), 16);
  const upTo = (byte: number) => (byte < 0 ? 0 : head.readUInt32BE(8 + byte * 4));
  const [from, to, count] = [upTo(first - 1), upTo(first), upTo(255)];
  if (to < from || (to - from) * 20 > largestObject) return undefined;
  const names = await bytesAt(index, 8 + 1024 + from * 20, (to - from) * 20);
  const wanted = Buffer.from(id, "hex");
  for (let each = 0; (each + 1) * 20 <= names.length; each++) {
    if (names.compare(wanted, 0, 20, each * 20, each * 20 + 20) !== 0) continue;
    const offsets = 8 + 1024 + count * 24;
    const offset = (await bytesAt(index, offsets + (from + each) * 4, 4)).readUInt32BE(0);
    if (offset < 0x80000000) return offset;
    const large = await bytesAt(index, offsets + count * 4 + (offset - 0x80000000) * 8, 8);
    return Number(large.readBigUInt64BE(0));
  }
  return undefined;
}

/** An object as another one with a difference says. */
function patched(base: Buffer, difference: Buffer): Buffer {
  let at = 0;
  const next = () => {
    const byte = difference[at++];
    if (byte === undefined) throw new UnknownForm();
    return byte;
  };
  const size = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = next();
      value += (byte & 127) * 2 ** shift;
      if (!(byte & 128)) return value;
    }
  };
  if (size() !== base.length) throw new UnknownForm();
  const length = size();
  if (length > largestObject) throw new UnknownForm();
  const made = Buffer.alloc(length);
  let end = 0;
  while (at < difference.length) {
    const order = next();
    let from = difference;
    let start = at;
    let count = order;
    if (order & 128) {
      const parts = (bits: readonly number[]) =>
        bits.reduce((value, bit, place) => value + (order & bit ? next() * 2 ** (8 * place) : 0), 0);
      from = base;
      start = parts([1, 2, 4, 8]);
      count = parts([16, 32, 64]) || 0x10000;
    } else at += count;
    if (count === 0 || start + count > from.length || end + count > length) throw new UnknownForm();
    from.copy(made, end, start, start + count);
    end += count;
  }
  if (end !== length) throw new UnknownForm();
  return made;
}
