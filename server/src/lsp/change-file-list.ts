import { withChangedList } from "../engine/sync-files.ts";
import { movesBelow } from "../features/moved-files.ts";
import { FolderCache } from "../host/folder-cache.ts";
import type { ChangeFileListParams, ChangeFileListResult } from "../protocol/files.ts";
import type { ProtocolEdit } from "../protocol/place.ts";
import { ignoringLine, isPassedOver } from "../rules/shared/git-files.ts";
import { lineEdits } from "../text/unified-diff.ts";
import { toTextEdit } from "./convert.ts";
import { readClosedSpec } from "./file-move-edits.ts";
import type { Session } from "./session.ts";

interface Candidate {
  readonly uri: string;
  readonly path: string;
  readonly baseFolder: string;
}

/** The edits that list files, or take them out, of the packages that are meant. Folders stand for what is in them. */
export async function changeFileListForEditor(
  { uris, change, specs }: ChangeFileListParams,
  session: Session,
): Promise<ChangeFileListResult> {
  const { world, documentOf } = session;
  const { translate } = world.texts;
  const files = uris.flatMap((uri) => world.paths.fromUri(uri) ?? []);
  const holders = candidates(files, session);
  const meant = specs ? holders.filter(({ uri }) => specs.includes(uri)) : holders;
  if (meant.length === 0)
    return { kind: "nothing", reason: translate("There is no package whose base folder holds these files.") };
  // Of packages within one another the innermost is meant.
  const depth = Math.max(...meant.map(({ baseFolder }) => baseFolder.length));
  const nearest = specs ? meant : meant.filter(({ baseFolder }) => baseFolder.length === depth);
  if (change === "add" && nearest.length > 1) return { kind: "choose", specs: nearest.map(({ uri }) => uri) };
  const documents: { uri: string; version: number | null; edits: readonly ProtocolEdit[] }[] = [];
  for (const { uri, path, baseFolder } of change === "add" ? nearest : meant) {
    const added = change === "add" ? await filesIn(files, baseFolder, session) : [];
    // Nothing is waited for between the text of an open spec and its version.
    const open = documentOf(uri);
    const tree = open?.tree ?? (await readClosedSpec(path, session))?.tree;
    if (!tree) continue;
    const text = tree.source.toString();
    const after = withChangedList(text, {
      moves:
        change === "add"
          ? []
          : movesBelow(
              baseFolder,
              baseFolder,
              files.map((from) => ({ from, to: undefined })),
              world.paths,
            ),
      added,
    });
    if (after === text) continue;
    const edits = lineEdits(text, after).map((edit) => toTextEdit(tree.source, edit));
    documents.push({ uri, version: open?.version ?? null, edits });
  }
  if (documents.length > 0) return { kind: "edits", documents };
  return {
    kind: "nothing",
    reason:
      change === "add"
        ? translate("All of these files are listed already, or there is none that could be.")
        : translate("None of these files is listed."),
  };
}

/** The specs, open or not, whose base folders hold any of these. */
function candidates(files: readonly string[], { workspace, world }: Session): readonly Candidate[] {
  const { below, toUri } = world.paths;
  const { documents, closedSpecs } = workspace;
  const open = documents
    .all()
    .flatMap(({ uri, path, baseFolder, kind }) =>
      path === undefined || baseFolder === undefined || kind !== "spec" ? [] : [{ uri, path, baseFolder }],
    );
  const opened = new Set(open.map(({ path }) => path));
  const closed = closedSpecs.paths.flatMap((path) => {
    const baseFolder = opened.has(path) ? undefined : closedSpecs.baseFolderOf(path);
    return baseFolder === undefined ? [] : [{ uri: toUri(path), path, baseFolder }];
  });
  return [...open, ...closed].filter(({ baseFolder }) =>
    files.some((file) => (below(baseFolder, file)?.length ?? 0) > 0),
  );
}

/** The files themselves, whatever they are, and those below the folders that neither Git nor opmbuild passes over. */
async function filesIn(
  files: readonly string[],
  baseFolder: string,
  { world }: Session,
): Promise<readonly string[]> {
  const cache = new FolderCache(world.packageDisk(baseFolder));
  await cache.prepare();
  const paths = files.flatMap((file) => world.paths.below(baseFolder, file)?.join("/") || []);
  const look = () => {
    const { facts } = cache;
    return paths.flatMap((path) => {
      const fact = facts.factOf(path);
      if (fact?.kind !== "directory") return fact?.kind === "file" ? [path] : [];
      const inside = (facts.files() ?? []).filter((each) => each.startsWith(`${path}/`));
      return inside.filter((each) => !ignoringLine(each, facts) && !isPassedOver(each, facts)).sort();
    });
  };
  let found = look();
  while (await cache.refresh()) found = look();
  return found;
}
