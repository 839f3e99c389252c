import { isReadByName } from "./package-structure.ts";

/**
 * Whether the frameworks' builder may write the text of an element into the archive: what stands before its first child,
 * blanks included. What it writes without text it also writes without any blanks of the author's.
 *
 * @param level nesting depth, the root element being 1
 * @source Znuny 7.1, OTOBO 11, OTRS 5 and 3.1, PackageBuild
 */
export function isTextWritten(name: string, level: number): boolean {
  return isReadByName(name) || !isWrittenOnOwnLines({ name, level });
}

/** Whether a tag of a database section gets lines of its own in an archive; then the text in it is left out. */
export function isWrittenOnOwnLines({
  name,
  level,
}: {
  readonly name: string;
  readonly level: number;
}): boolean {
  return level <= 3 || /Foreign|Reference|Index/.test(name);
}
