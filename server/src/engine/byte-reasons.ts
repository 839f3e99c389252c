import type { OpenedArchive } from "../builder/opened-archive.ts";
import { specPartOf } from "../builder/opened-archive.ts";
import type { Message } from "../l10n/translate.ts";
import type { ByteReason, PackageComparison } from "../report/package-comparison.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { buildData } from "./package-parts.ts";

/** That of archives of which one is not whole. */
export const notWellFormed: ByteReason = { id: "layout", text: "At least one of them is not well-formed." };

/**
 * Why the bytes of two archives differ, as far as it shows in how they are written. That they do is known; where no other
 * reason is found it is the layout.
 */
export function byteReasons(
  before: OpenedArchive,
  after: OpenedArchive,
  { facts, files, database }: Pick<PackageComparison, "facts" | "files" | "database">,
): readonly ByteReason[] {
  const [one, other] = [writtenIn(before), writtenIn(after)];
  if (!one || !other) return [notWellFormed];
  const reasons: ByteReason[] = [];
  const add = (id: ByteReason["id"], message: Message) => reasons.push({ id, ...message });
  if (facts.length > 0)
    add("facts", {
      text: "Elements say something else: {names}.",
      values: { names: named(facts, "element") },
    });
  if (files.length > 0)
    add("files", { text: "Files differ: {names}.", values: { names: named(files, "location") } });
  if (database.length > 0)
    add("database", {
      text: "Database sections differ: {names}.",
      values: { names: named(database, "section") },
    });
  if (one.stamp !== other.stamp)
    add("stamp", {
      text: "They were built at another time or on another computer: {before}, {after}.",
      values: { before: one.stamp, after: other.stamp },
    });
  if (one.declaration !== other.declaration)
    add("declaration", {
      text: "The XML declarations differ: {before}, {after}.",
      values: { before: one.declaration, after: other.declaration },
    });
  if (one.root !== other.root)
    add("root", {
      text: "The root elements differ: {before}, {after}.",
      values: { before: one.root, after: other.root },
    });
  if (one.hasCarriageReturns !== other.hasCarriageReturns)
    add("line-ends", { text: "Lines end with CR and LF in one of them, and with LF in the other." });
  if (isOtherOrder(one.children, other.children))
    add("order", { text: "The elements stand in another order." });
  if (isOtherOrder(one.locations, other.locations))
    add("file-order", { text: "The files are listed in another order." });
  const changed = new Set(
    files.filter(({ isSameContent }) => !isSameContent).map(({ location }) => location),
  );
  const pairs = pairsOf(before, after).filter(([{ location = "" }]) => !changed.has(location));
  const isEncodedAlike = ([a, b]: Pair) => a.tag.attributes.get("Encode") === b.tag.attributes.get("Encode");
  const encoded = pairs.filter((pair) => !isEncodedAlike(pair)).length;
  if (encoded > 0)
    add("encoding", {
      text: "Files whose contents are encoded in another way: {count}.",
      values: { count: encoded },
    });
  const wrapped = pairs.filter(
    (pair) => isEncodedAlike(pair) && pair[0].writtenSize !== pair[1].writtenSize,
  ).length;
  if (wrapped > 0)
    add("wrapping", {
      text: "Files whose Base64 is broken into lines in another way: {count}.",
      values: { count: wrapped },
    });
  if (one.comments !== other.comments) add("comments", { text: "The comments differ." });
  if (reasons.length === 0 || isLaidOutOtherwise(one, other, reasons))
    add("layout", {
      text: "Blanks between elements, the order of attributes, or references and CDATA differ.",
    });
  return reasons;
}

interface Written {
  readonly declaration: string;
  /** Its start tag. */
  readonly root: string;
  readonly stamp: string;
  readonly hasCarriageReturns: boolean;
  /** Names of the elements right in the root, without what builders add. */
  readonly children: readonly string[];
  readonly locations: readonly string[];
  readonly comments: string;
  /** All between tags and in them, without contents and build data. */
  readonly bare: string;
}

function writtenIn(archive: OpenedArchive): Written | undefined {
  const text = specPartOf(archive);
  if (text === undefined) return undefined;
  const tree = SyntaxTree.parse(text);
  const root = tree.root!;
  const { BuildDate, BuildHost } = archive.contents.structure!.single;
  return {
    declaration: tree.declaration?.node.raw ?? "–",
    root: text.slice(root.startTagSpan.start, root.startTagSpan.end),
    stamp: [BuildDate?.content ?? "", BuildHost?.content ?? ""].join(" ").trim() || "–",
    hasCarriageReturns: text.includes("\r\n"),
    children: root.elements.map(({ name }) => name).filter((name) => !buildData.has(name)),
    locations: archive.files.map(({ location = "" }) => location),
    comments: (text.match(/<!--.*?-->/gs) ?? []).join(),
    bare: text.replace(/<(BuildDate|BuildHost)>[^<]*<\/\1>/g, ""),
  };
}

/** Whether two texts differ in more than what the reasons name, so that another one has to be named. */
function isLaidOutOtherwise(one: Written, other: Written, reasons: readonly ByteReason[]): boolean {
  // Where other elements are there than in the other one, nothing can be said about what is between them.
  if (reasons.some(({ id }) => contentReasons.has(id))) return false;
  const plain = ({ bare, declaration, root }: Written) =>
    bare
      .replace(declaration, "")
      .replace(root, "")
      .replace(/<!--.*?-->/gs, "")
      .replaceAll("\r\n", "\n");
  return plain(one) !== plain(other);
}

const contentReasons: ReadonlySet<ByteReason["id"]> = new Set([
  ...(["facts", "files", "database", "order", "file-order"] as const),
]);

function isOtherOrder(one: readonly string[], other: readonly string[]): boolean {
  const isSame = (a: readonly string[], b: readonly string[]) => a.every((each, index) => each === b[index]);
  return one.length === other.length && !isSame(one, other) && isSame([...one].sort(), [...other].sort());
}

type Pair = readonly [OpenedArchive["files"][number], OpenedArchive["files"][number]];

/** Files that both have, the first in one place with the first of the other. */
function pairsOf(before: OpenedArchive, after: OpenedArchive): readonly Pair[] {
  const others = new Map<string, OpenedArchive["files"][number][]>();
  for (const file of after.files) {
    const location = file.location ?? "";
    others.set(location, [...(others.get(location) ?? []), file]);
  }
  return before.files.flatMap((file): Pair[] => {
    const other = others.get(file.location ?? "")?.shift();
    return other ? [[file, other]] : [];
  });
}

/** So many names are told. */
const mostNames = 5;

function named<Row, Key extends keyof Row>(rows: readonly Row[], key: Key): string {
  const names = [...new Set(rows.map((row) => String(row[key])))];
  return [...names.slice(0, mostNames), ...(names.length > mostNames ? ["…"] : [])].join(", ");
}
