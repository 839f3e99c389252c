import type { ArchivePart, FilePart } from "../host/archive-writer.ts";

/** Everything that would differ between two builds of the same sources. */
export interface BuildStamp {
  /** "YYYY-MM-DD hh:mm:ss", no zone. */
  readonly date: string;
  /** A bare host name. */
  readonly host: string;
}

/** Collects parts, joining texts that follow each other. */
export class PartList {
  readonly parts: ArchivePart[] = [];
  #texts: string[] = [];

  text(...texts: readonly string[]): void {
    this.#texts.push(...texts);
  }

  file(file: Omit<FilePart, "kind">): void {
    this.#flush();
    this.parts.push({ kind: "file", ...file });
  }

  finish(): readonly ArchivePart[] {
    this.#flush();
    return this.parts;
  }

  #flush(): void {
    const text = this.#texts.join("");
    if (text !== "") this.parts.push({ kind: "text", text });
    this.#texts = [];
  }
}
