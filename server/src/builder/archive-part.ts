import type { Span } from "../text/span.ts";

/** A piece of an archive as it is written. */
export type ArchivePart = TextPart | FilePart;

export interface TextPart {
  readonly kind: "text";
  readonly text: string;
}

/** The content of a file, in Base64, between two texts. */
export interface FilePart {
  readonly kind: "file";
  /** As in the spec: relative to the base folder, with `/`. Empty when the element has none. */
  readonly location: string;
  /** Where the element stands in the spec. */
  readonly span: Span;
  /** Written before and behind the content. */
  readonly start: string;
  readonly end: string;
  /** Written instead of all three when the file is empty. */
  readonly whenEmpty: string;
  /** Whether the content is broken into lines of 76 characters, each with a line break behind it. */
  readonly wrapped: boolean;
  /** Whether a folder counts as an empty file. The frameworks' builders read it and get nothing. */
  readonly folderIsEmpty: boolean;
}

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
