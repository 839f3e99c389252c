import type { Files } from "./family.ts";

/** A mistake put into the clean family, and what has to be said of it. */
export interface Fault {
  /** What its author did wrong. */
  readonly what: string;
  readonly plant: (files: Files) => void;
  /** The rule that speaks, or the rules, where two of them see it from two sides. */
  readonly rules: string | readonly string[];
  /** The file that the finding stands in. */
  readonly file: string;
  /** What stands in the line of the finding. */
  readonly at: string;
  /** What else is true of it and may be said, too. */
  readonly beside?: readonly string[];
}

/** Puts one text in the place of another that stands in the file once. */
export function replace(files: Files, file: string, part: string, replacement: string): void {
  const text = files[file];
  if (text === undefined) throw new Error(`there is no ${file}`);
  const [before, after, ...more] = text.split(part);
  if (after === undefined || more.length > 0) throw new Error(`not once in ${file}: ${part}`);
  files[file] = `${before}${replacement}${after}`;
}

/** What does that when it is called. */
export function replacing(file: string, part: string, replacement: string): (files: Files) => void {
  return (files) => replace(files, file, part, replacement);
}
