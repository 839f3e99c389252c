import type { LineColumn } from "../text/source-text.ts";

/*
 * What a check of files has found, as plain data in the reader's language, for the forms that it is printed in. Lines and
 * columns count from 0, columns in UTF-16 code units.
 */

export interface Range {
  readonly start: LineColumn;
  readonly end: LineColumn;
}

/** A file by the two names that it goes by. */
export interface FileNames {
  /** As it was named, or as it lies below a folder that was. */
  readonly path: string;
  /**
   * For programs that read the result elsewhere: from the current folder on, with `/`; the address of a file that lies
   * outside of it.
   */
  readonly portablePath: string;
}

/** One file with all that was found in it, which may be nothing. */
export interface CheckedFile extends FileNames {
  readonly dialect: string;
  readonly problems: readonly FoundProblem[];
  /** How many fixes were made in it; absent where none were asked for. */
  readonly fixed?: number;
  /** What helps against several of the problems, in a sentence; absent where nothing does. */
  readonly hint?: string | undefined;
}

export type ProblemSeverity = "error" | "warning" | "information" | "hint";

export interface FoundProblem extends Range {
  readonly rule: string;
  readonly severity: ProblemSeverity;
  /** What it rests on. */
  readonly certainty: string;
  readonly message: string;
  /** The English text that the message is made of, which others of its kind share. */
  readonly template: string;
  readonly arguments: Readonly<Record<string, string | number>>;
  readonly excerpt: Excerpt;
  /** Other places that it speaks of. */
  readonly related: readonly RelatedPlace[];
  /** The first is the one to prefer. */
  readonly fixes: readonly ProblemFix[];
  /** Whether it is mended when all are that can be without asking. */
  readonly isMended: boolean;
  /**
   * Tells it from the others in its file, and finds it again when it has moved, whatever the language: it is made of the
   * rule and of what stands there.
   */
  readonly fingerprint: string;
}

/** What stands at a problem: its line, or a part of one that is long. */
export interface Excerpt {
  readonly text: string;
  /** The problem in it: offsets in the text. It may go on in the lines below. */
  readonly start: number;
  readonly end: number;
  /** Whether there is more of the line before and behind. */
  readonly isCutBefore: boolean;
  readonly isCutBehind: boolean;
}

export interface RelatedPlace extends FileNames, Range {
  readonly message: string;
}

export interface ProblemFix {
  readonly title: string;
  /** In the file of the problem; empty for a fix that changes no text. */
  readonly edits: readonly (Range & { readonly newText: string })[];
}

/** How many files were checked, and what is known of the run beside its findings. */
export interface CheckedFiles {
  readonly files: number;
  /** How many findings were left out because they are known. */
  readonly known: number;
  /** Whether fixes were asked for. */
  readonly wasFixing: boolean;
  /** What could not be read: the path with the reason, in a sentence. */
  readonly unreadable: readonly (FileNames & { readonly message: string })[];
}

/** A form that findings are printed in, a file at a time: those of thousands of files need not fit into the memory. */
export interface FindingsForm {
  file(file: CheckedFile): string;
  end(all: CheckedFiles): string;
}
