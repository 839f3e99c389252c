import { type FileMove, moveFiles } from "../features/moved-files.ts";
import type { CommittedFiles, ContentNames } from "../host/committed-files.ts";
import { specOf } from "../model/package-spec.ts";
import type { RuleContext } from "../rules/rule-context.ts";
import { absentFiles } from "../rules/shared/absent-files.ts";
import { addable, listing, unlistedFiles } from "../rules/shared/new-files.ts";
import { fileList } from "../symbols/file-list.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { edited } from "../text/edit.ts";

/** How a file list and the files on the disk differ. All paths lead from the base folder on. */
export interface ListDifference {
  /** Listed files that are missing, and where the same bytes are now and nowhere else. */
  readonly moved: readonly (FileMove & { readonly to: string })[];
  /** Listed files that are missing, and other files of the same name that are not listed; mostly none. */
  readonly missing: readonly { readonly path: string; readonly likely: readonly string[] }[];
  /** Files that a package would have, and that are neither listed nor the new place of one that is. */
  readonly unlisted: readonly string[];
}

/** A file list that disk and commits are asked about. */
export interface AskedList {
  readonly tree: SyntaxTree;
  /** As it is known now; asked for again when more is known. */
  context(): RuleContext;
  /** Asks the disk what was asked for in vain; false when there was nothing. */
  refresh(): Promise<boolean>;
  /** Absolute. */
  readonly baseFolder: string;
  /** Who knows how files were before; undefined for nobody, and then none is known to have moved. */
  readonly committed: CommittedFiles | undefined;
}

/** More files than a package has beside those that it lists. */
const mostCompared = 5_000;

/** Finds out how a file list and the files on the disk differ. Nothing is changed. */
export async function compareFiles(asked: AskedList): Promise<ListDifference> {
  const spec = specOf(asked.tree);
  const list = fileList(spec);
  const look = () => {
    const context = asked.context();
    const absent = [...absentFiles(spec, context)].flat();
    const missing = absent.flatMap(({ file, absence }) => (absence === "missing" ? [file.path] : []));
    const files = context.folder.files();
    const others = (missing.length > 0 ? files : undefined)?.filter((path) => !list.has(path));
    const gone = new Set(missing);
    const there = list.files.map(({ path }) => path).filter((path) => !gone.has(path));
    return {
      missing,
      there,
      others: others ?? [],
      unlisted: addable(unlistedFiles(list, context) ?? [], context),
    };
  };
  let found = look();
  while (await asked.refresh()) found = look();
  const { missing, there, others, unlisted } = found;
  const moved = await movedOf(missing, there, others, asked);
  const gone = new Set(moved.map(({ from }) => from));
  const come = new Set(moved.map(({ to }) => to));
  return {
    moved,
    missing: missing
      .filter((path) => !gone.has(path))
      .map((path) => ({ path, likely: namesakes(path, others).filter((each) => !come.has(each)) })),
    unlisted: unlisted.filter((path) => !come.has(path)),
  };
}

/**
 * @param missing listed files that are not there
 * @param there listed files that are
 * @param others files that are there and not listed
 */
async function movedOf(
  missing: readonly string[],
  there: readonly string[],
  others: readonly string[],
  { committed, baseFolder }: AskedList,
) {
  if (!committed || missing.length === 0 || others.length === 0 || others.length > mostCompared) return [];
  const before = await committed.before(baseFolder, missing);
  if (before.size === 0) return [];
  const now = await committed.now(baseFolder, others);
  const moved = pairedFiles(before, now);
  if (moved.length === before.size || there.length > mostCompared) return moved;
  // What is not found may be in the place of another listed file, which has moved on.
  const thereNow = await committed.now(baseFolder, there);
  const thereBefore = await committed.before(baseFolder, there);
  const isSame = (path: string) => thereBefore.get(path) === thereNow.get(path);
  return pairedFiles(
    new Map([...before, ...[...thereBefore].filter(([path]) => !isSame(path))]),
    new Map([...now, ...[...thereNow].filter(([path]) => !isSame(path))]),
  );
}

/**
 * The files that have moved between two trees, as far as their content says it: the same bytes are gone from one place, and
 * have come to one.
 */
export function pairedFiles(gone: ContentNames, come: ContentNames): (FileMove & { readonly to: string })[] {
  const places = placesOf(come);
  return [...placesOf(gone)].flatMap(([content, from]) => {
    const to = places.get(content) ?? [];
    return from.length === 1 && to.length === 1 ? [{ from: from[0]!, to: to[0]! }] : [];
  });
}

function placesOf(names: ContentNames): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const [path, content] of names) places.set(content, [...(places.get(content) ?? []), path]);
  return places;
}

function namesakes(path: string, others: readonly string[]): readonly string[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return others.filter((other) => other === name || other.endsWith(`/${name}`)).slice(0, 3);
}

/** What is done to a file list. */
export interface ListChange {
  readonly moves: readonly FileMove[];
  readonly added: readonly string[];
}

/** A spec whose file list is changed; the same text where nothing changes, or where there is no place for a list. */
export function withChangedList(text: string, { moves, added }: ListChange): string {
  const moved = edited(text, moveFiles(specOf(SyntaxTree.parse(text)), moves).edits);
  const spec = specOf(SyntaxTree.parse(moved));
  const list = fileList(spec);
  const wanted = [...new Set(added)].filter((path) => !list.has(path));
  const edit = wanted.length > 0 ? listing(spec, wanted) : undefined;
  return edit ? edited(moved, [edit]) : moved;
}
