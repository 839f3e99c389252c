import { familyOfIndexRoot, rootNames } from "../dialect/products.ts";
import type { World } from "../host/world.ts";
import type { Message } from "../l10n/translate.ts";
import { stopOf } from "../model/lenient-reading.ts";
import { isRootName } from "../rules/shared/root-child.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { isSettingsFile } from "./lint-settings-file.ts";

/** Bytes in which a file tells what it is. */
const beginning = 65_536;

/**
 * What a file is that cannot be read as what it was taken for, as a statement.
 *
 * @throws PackageError when it cannot be read
 */
export async function whatFileIs(
  path: string,
  { packages }: Pick<World, "packages">,
  takenFor: "package" | "index" = "package",
): Promise<Message> {
  const archive = await packages.archive(path);
  const length = Math.min(archive.size, beginning);
  const bytes = new Uint8Array(length);
  let at = 0;
  for await (const piece of archive.pieces(0, length)) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return whatBytesAre(bytes, length === archive.size, takenFor);
}

/** The same by its first bytes. @param isWhole whether there are no others */
export function whatBytesAre(
  bytes: Uint8Array,
  isWhole: boolean,
  takenFor: "package" | "index" = "package",
): Message {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return { text: "It is a ZIP archive." };
  if (startsWith(bytes, 0x1f, 0x8b)) return { text: "It is compressed with gzip." };
  const { text, problem } = decodeText(bytes);
  if (text.trim() === "") return { text: "It is empty." };
  if (problem?.id !== "utf-16" && bytes.includes(0)) return { text: "It is no text." };
  const tree = SyntaxTree.parse(text);
  const root = tree.root?.name;
  if (/^\s*<!doctype\s+html/i.test(text) || root?.toLowerCase() === "html")
    return {
      text: "It is a web page, as servers send one where somebody has to sign in, or nothing is found.",
    };
  if (root === undefined)
    return { text: /^\s*[{[]/.test(text) ? "It is JSON." : "There is no XML element in it." };
  if (familyOfIndexRoot(root)) return { text: "It is the index of a repository." };
  if (isSettingsFile(undefined, tree)) return { text: "It is a file of settings." };
  if (isRootName(root) && takenFor === "index") return { text: "It is a package." };
  if (!isRootName(root)) return { text: "Its root element is <{root}>.", values: { root } };
  const stop = isWhole ? stopOf(tree) : undefined;
  if (stop === undefined) return { text: "It begins as a package, of which nothing can be read." };
  const line = tree.source.positionAt(stop).line + 1;
  return { text: "It begins as a package, and is not well-formed from line {line} on.", values: { line } };
}

/** What a file is that was read as the index of a repository; undefined for one that begins as an index. */
export function whatElseThanIndex(bytes: Uint8Array): Message | undefined {
  const { text } = decodeText(bytes.subarray(0, beginning));
  return familyOfIndexRoot(SyntaxTree.parse(text).root?.name) ? undefined : whatListIs(bytes);
}

/** What a file is that was read as a list of repositories; undefined for one that may be such a list. */
export function whatElseThanList(bytes: Uint8Array): Message | undefined {
  const what = whatListIs(bytes);
  // The frameworks take any root element for that of a list.
  return what.values?.root === undefined ? what : undefined;
}

function whatListIs(bytes: Uint8Array): Message {
  return whatBytesAre(bytes.subarray(0, beginning), bytes.length <= beginning, "index");
}

function startsWith(bytes: Uint8Array, ...signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** The names of what a package begins with, for reading. */
export const packageRoots = Object.values(rootNames)
  .map((name) => `<${name}>`)
  .join(", ");
