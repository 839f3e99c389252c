/** The names of the files in which Git is told what to do with others. */
export type GitFileName = ".gitattributes" | ".gitignore";

/** One of these files, in the base folder of a package or in a folder above it. */
export interface GitFile {
  readonly name: GitFileName;
  /** Relative to the base folder, such as "../.gitignore". */
  readonly path: string;
  /** The folder it lies in, below the top of the working tree: empty for the top itself, else with `/` at its end. */
  readonly folder: string;
  readonly text: string;
}

/** What Git is told about the files of a package above the folders in which they lie. */
export interface GitRules {
  /** The base folder, below the top of the working tree, in the same form. The top, where there is no working tree. */
  readonly base: string;
  /** From the top down. */
  readonly files: readonly GitFile[];
}
