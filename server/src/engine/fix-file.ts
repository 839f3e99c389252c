import { encodeLike } from "../text/encode.ts";
import { fixInRounds } from "./fix-rounds.ts";
import type { LintSettings } from "./lint.ts";
import { type LintedFile, type LintFileOptions, type LintWorld, lintFile } from "./lint-file.ts";

/** A file with the fixes in it that are made when nobody is asked; nothing has been written. */
export interface FixedFile {
  /** What is found in it afterwards. */
  readonly linted: LintedFile;
  /** What was in the file, and what is to be; the same object where nothing changes. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** How many fixes were made. */
  readonly fixed: number;
  /** False where there was something to fix that cannot be written in the encoding of the file. */
  readonly isEncodable: boolean;
}

/**
 * Makes all fixes in a file that are made when nobody is asked, see {@link fixInRounds}.
 *
 * @param path undefined for what lies in no file
 */
export async function fixFile(
  path: string | undefined,
  settings: LintSettings,
  world: LintWorld,
  options: LintFileOptions & { readonly bytes: Uint8Array },
): Promise<FixedFile> {
  const { bytes: before } = options;
  const read = async (bytes: Uint8Array) => ({
    ...(await lintFile(path, settings, world, { ...options, bytes })),
    bytes,
  });
  const first = await read(before);
  // What nobody can read nobody can write either.
  if (!first.isReadable) return { linted: first, before, after: before, fixed: 0, isEncodable: true };
  const { checked, fixed, isStuck } = await fixInRounds(first, async (text) => {
    const bytes = encodeLike(before, text);
    return bytes && read(bytes);
  });
  const { bytes: after, ...linted } = checked;
  return { linted, before, after, fixed, isEncodable: !isStuck };
}
