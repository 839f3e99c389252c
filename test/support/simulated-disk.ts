import { systemError } from "../../server/src/host/file-system.ts";
import { type EntryChange, MemoryDisk, type Node, type Step, type Watcher } from "./memory-file-system.ts";
import type { Random } from "./random.ts";

/** Whoever uses a disk whose power is gone. */
export class PowerCut extends Error {}

export interface Misfortune {
  /** The number of the step before which the power goes; none when it stays. */
  readonly cutAt?: number;
  /** How many of a thousand steps fail. */
  readonly failures?: number;
}

/** What a disk says that fails. */
const failureCodes = ["EIO", "ENOSPC", "EPERM", "EBUSY"] as const;

/**
 * Watches a disk in memory and knows what of it is safe. When the power goes, what was not flushed is lost, torn or
 * there, and later changes may be there without earlier ones. That a rename is done whole or not at all is all that
 * it promises, as every file system with a journal does.
 */
export class SimulatedDisk implements Watcher {
  readonly #disk: MemoryDisk;
  readonly #random: Random;
  readonly #misfortune: Misfortune;
  readonly #names = new Map<Node, Map<string, EntryChange["entry"]>>();
  readonly #contents = new Map<Node, Uint8Array>();
  #pending: (readonly EntryChange[])[] = [];
  /** Steps so far. */
  steps = 0;
  /** Steps that were made to fail. */
  failed: Step[] = [];
  #isOff = false;

  /** @param disk all of which is safe */
  constructor(disk: MemoryDisk, random: Random, misfortune: Misfortune) {
    this.#disk = disk;
    this.#random = random;
    this.#misfortune = misfortune;
    const visit = (node: Node) => {
      if (node.kind === "file") this.#contents.set(node, node.bytes);
      if (node.kind !== "folder") return;
      this.#names.set(node, new Map(node.entries));
      for (const { node: inner } of node.entries.values()) visit(inner);
    };
    visit(disk.root);
    disk.watcher = this;
  }

  get isOff(): boolean {
    return this.#isOff;
  }

  before(step: Step): void {
    const { cutAt, failures = 0 } = this.#misfortune;
    if (this.#isOff || this.steps === cutAt) {
      this.#isOff = true;
      throw new PowerCut("the power is gone");
    }
    this.steps++;
    if (failures === 0 || this.#random.below(1_000) >= failures) return;
    this.failed.push(step);
    throw systemError(this.#random.pick(failureCodes), step.path);
  }

  named(changes: readonly EntryChange[]): void {
    this.#pending.push(changes);
  }

  flushed(node: Node): void {
    if (node.kind === "file") this.#contents.set(node, node.bytes);
    const isOfFolder = (changes: readonly EntryChange[]) => changes.some(({ folder }) => folder === node);
    for (const changes of this.#pending) if (isOfFolder(changes)) this.#keep(changes);
    this.#pending = this.#pending.filter((changes) => !isOfFolder(changes));
  }

  /** The disk as it is found when the power is back. */
  afterPowerCut(): MemoryDisk {
    for (const changes of this.#surviving()) this.#keep(changes);
    const disk = new MemoryDisk(this.#disk.options, this.#disk.clock);
    const copies = new Map<Node, Node>();
    const copyOf = (node: Node): Node => {
      const known = copies.get(node);
      if (known) return known;
      const copy = { ...node, entries: new Map(), bytes: this.#left(node) };
      copies.set(node, copy);
      for (const [key, entry] of this.#names.get(node) ?? []) {
        if (entry) copy.entries.set(key, { name: entry.name, node: copyOf(entry.node) });
      }
      return copy;
    };
    for (const [key, entry] of copyOf(this.#disk.root).entries) disk.root.entries.set(key, entry);
    disk.continue(this.#disk);
    return disk;
  }

  /** Those of the changes that were not flushed that have reached the disk. */
  #surviving(): readonly (readonly EntryChange[])[] {
    const pending = this.#pending;
    const end = this.#random.below(pending.length + 1);
    switch (this.#random.below(5)) {
      case 0:
        return [];
      case 1:
        return pending;
      case 2:
        return pending.slice(0, end);
      case 3:
        return pending.slice(end);
      default:
        return pending.filter(() => this.#random.below(2) === 0);
    }
  }

  #keep(changes: readonly EntryChange[]): void {
    // What takes a name away takes away what it was the name of, and nothing else.
    for (const { folder, key, entry, was } of changes) {
      const names = this.#names.get(folder) ?? new Map<string, EntryChange["entry"]>();
      this.#names.set(folder, names);
      if (entry) names.set(key, entry);
      else if (names.get(key)?.node === was) names.delete(key);
    }
  }

  /** What is in a file. */
  #left(node: Node): Uint8Array {
    const safe = this.#contents.get(node);
    if (node.kind !== "file" || safe) return safe ?? node.bytes;
    const { bytes } = node;
    switch (this.#random.below(5)) {
      case 0:
        return new Uint8Array();
      case 1:
        return new Uint8Array(bytes.length);
      case 2:
        return bytes.slice(0, this.#random.below(bytes.length + 1));
      case 3: {
        const torn = bytes.slice();
        torn.fill(0, this.#random.below(bytes.length + 1));
        return torn;
      }
      default:
        return bytes;
    }
  }
}
