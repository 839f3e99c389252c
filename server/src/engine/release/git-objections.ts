import { HistoryError, type OpenedHistory } from "../../host/commit-history.ts";
import { type FileContent, isSameContent } from "../../host/file-content.ts";
import type { Message } from "../../l10n/translate.ts";
import { fileList } from "../../symbols/file-list.ts";
import { CommittedPackages, readObjectsOf } from "../history/committed-packages.ts";
import type { RaisedSpec } from "./raised-spec.ts";
import type { ReleaseRequest } from "./release-request.ts";
import { gitFailed, type ReleaseWorld } from "./run-release.ts";

interface GitQuestion {
  readonly request: ReleaseRequest;
  readonly raised: RaisedSpec;
  /** The name of the new tag; undefined for none. */
  readonly tag: string | undefined;
  readonly opened: OpenedHistory | undefined;
}

/** What is released should be what is committed, so that the archive can be built again. */
export async function gitObjections(
  { request, raised, tag, opened }: GitQuestion,
  world: ReleaseWorld,
): Promise<{ readonly objections: readonly Message[]; readonly doubts: readonly Message[] }> {
  const { spec, git } = request;
  if (opened?.kind !== "opened" || !world.histories) {
    const text =
      "Nothing can be tagged, because the spec lies in no working copy of Git with a commit, or Git cannot be asked.";
    return { objections: request.tag ? [{ text }] : [], doubts: [] };
  }
  try {
    const { history } = opened;
    const packages = new CommittedPackages(history, readObjectsOf(world.histories));
    const changed = await changedSinceCommit(packages, raised.before, request, world);
    const doubts = changed.length === 0 ? [] : [notCommitted(changed)];
    const objections: Message[] = [];
    if (tag !== undefined) {
      if (history.tags.some((each) => each.name === tag)) {
        objections.push({ text: "There is a tag “{name}” already.", values: { name: tag } });
      }
      const writer = await world.commitWriters?.open(world.paths.dirname(spec), git);
      if (!writer) objections.push({ text: "Nothing can be tagged here." });
      else await writer.identity();
    }
    return { objections, doubts };
  } catch (error) {
    if (error instanceof HistoryError) return { objections: [gitFailed(error)], doubts: [] };
    throw error;
  }
}

function notCommitted(paths: readonly string[]): Message {
  const [path = ""] = paths;
  if (paths.length === 1) {
    const text =
      "“{path}” is not committed as it is, so that the archive could not be built again from a commit.";
    return { text, values: { path } };
  }
  const named = paths.slice(0, mostNamed).join(", ");
  const values = { count: paths.length, files: paths.length > mostNamed ? `${named}, …` : named };
  const text =
    "{count} files are not committed as they are, so that the archive could not be built again from a commit: {files}";
  return { text, values };
}

/** So many names are told. */
const mostNamed = 10;

async function changedSinceCommit(
  packages: CommittedPackages,
  { bytes, spec: own }: RaisedSpec["before"],
  { spec, baseFolder, allowSymlinks }: ReleaseRequest,
  world: ReleaseWorld,
): Promise<readonly string[]> {
  const { paths } = world;
  const { head, names, top } = packages.history;
  const changed: string[] = [];
  const fileName = paths.basename(spec);
  const committed = await packages.specAt(head, [...names, fileName]);
  const same = committed && isSameText(await packages.specBytes(committed), bytes);
  if (!same) changed.push(fileName);
  // Of files elsewhere nobody has a commit here.
  const real = await world.named.realPath(baseFolder).catch(() => baseFolder);
  const base = paths.below(top, real);
  if (!base) return changed;
  const locations = fileList(own).files.map(({ path }) => path);
  const [onDisk, inGit] = [
    await world.packages.filesOf(baseFolder, allowSymlinks),
    packages.filesOf(head, base),
  ];
  await Promise.all([onDisk.find(locations), inGit.find(locations)]);
  for (const location of locations) {
    const [now, then] = [onDisk.contentOf(location), inGit.contentOf(location)];
    // What is missing is found by a rule.
    if (now && !(then && (await isSameFile(now, then)))) changed.push(location);
  }
  return changed;
}

async function isSameFile(now: FileContent, then: FileContent): Promise<boolean> {
  if (await isSameContent(now, then)) return true;
  // Git may be told to write other line ends.
  return isSameText(await now.read(), await then.read());
}

function isSameText(a: Uint8Array, b: Uint8Array): boolean {
  const [first, second] = [withoutReturns(a), withoutReturns(b)];
  return first.length === second.length && first.every((byte, at) => byte === second[at]);
}

function withoutReturns(bytes: Uint8Array): Uint8Array {
  return bytes.includes(13) ? bytes.filter((byte, at) => byte !== 13 || bytes[at + 1] !== 10) : bytes;
}
