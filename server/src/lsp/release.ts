import { prepareRelease } from "../engine/release/prepare-release.ts";
import { type ReleaseJournal, ReleaseJournals } from "../engine/release/release-journal.ts";
import type { ReleaseRequest } from "../engine/release/release-request.ts";
import { stepMessage } from "../engine/release/release-words.ts";
import { type RunOptions, runRelease, undoRelease } from "../engine/release/run-release.ts";
import type { ReleaseOutcome, ReleaseParams } from "../protocol/release.ts";
import { oneLine } from "../text/visible.ts";
import { begunRelease, shownIn } from "./begun-releases.ts";
import { failedText } from "./failed-text.ts";
import type { Session } from "./session.ts";

/** @throws PackageError when the spec or something of it cannot be read */
export async function releaseForEditor(params: ReleaseParams, session: Session): Promise<ReleaseOutcome> {
  const { world } = session;
  const { texts, paths } = world;
  const spec = paths.fromUri(params.uri);
  // A release starts Git, and writes what a workspace says.
  if (!session.isTrusted()) return failedText(texts, "A package is released in trusted workspaces only.");
  if (spec === undefined) return failedText(texts, "Save the spec into the folder of its package first.");
  const request = await requestOf(spec, params, session);
  const options: RunOptions = { lint: request.settings, git: request.git };
  const begun = await new ReleaseJournals(world).of(spec);
  if (begun) {
    if (params.action === "run") return run(begun, options, session);
    return params.action === "undo"
      ? takeBack(begun, options, session)
      : { kind: "begun", ...begunRelease(begun, session) };
  }
  if (params.action === "undo") return failedText(texts, "There is no release to take back.");
  const prepared = await prepareRelease(request, world);
  if (prepared.kind === "impossible") return failedText(texts, prepared.reason.text, prepared.reason.values);
  const { journal, changeLog, objections, doubts } = prepared;
  const isRefused = objections.length > 0 || (doubts.length > 0 && !params.force);
  if (params.action === "run" && !isRefused) return run(journal, options, session);
  const line = (message: Parameters<typeof texts.textOf>[0]) => oneLine(texts.textOf(message));
  return {
    ...{ kind: "planned", name: journal.name, from: journal.from, version: journal.version },
    steps: journal.steps.map((step) => line(stepMessage(step, journal, shownIn(session)))),
    changeLog: changeLog ?? null,
    objections: objections.map(line),
    doubts: doubts.map(line),
  };
}

async function requestOf(
  spec: string,
  { uri, raise, changeLog, tag, index }: ReleaseParams,
  session: Session,
): Promise<ReleaseRequest> {
  const { dirname, resolve } = session.world.paths;
  const settings = await session.settingsFor(uri);
  const { build, lint, simulation, upgradesSince, knownPackages } = settings;
  const start = session.workspace.folderOf(spec) ?? dirname(spec);
  return {
    ...{ spec, settings: lint, mode: build.mode, allowSymlinks: build.allowSymlinks, upgradesSince },
    baseFolder: session.workspace.baseFolderOf(spec, settings) ?? dirname(spec),
    outputFolder: build.outputFolder === "" ? dirname(spec) : resolve(start, build.outputFolder),
    stampDate: build.stampDate || undefined,
    stampHost: build.stampHost || undefined,
    databases: simulation.databases,
    knownPackages: knownPackages.map((each) => resolve(start, each)),
    ...{ raise, changeLog, tag, index },
    git: { untrustedFolders: [dirname(spec), ...session.workspace.folders] },
  };
}

async function run(
  journal: ReleaseJournal,
  options: RunOptions,
  { world }: Session,
): Promise<ReleaseOutcome> {
  const result = await runRelease(journal, world, options);
  if (result.kind === "stopped") return { kind: "stopped", reasons: result.reasons.map(world.texts.textOf) };
  const { name, version, archive } = journal;
  return { kind: "released", name, version, archive };
}

async function takeBack(
  journal: ReleaseJournal,
  options: RunOptions,
  { world }: Session,
): Promise<ReleaseOutcome> {
  const result = await undoRelease(journal, world, options);
  const { textOf } = world.texts;
  if (result.kind === "stopped") return { kind: "stopped", reasons: result.reasons.map(textOf) };
  const { name, version } = journal;
  return { kind: "taken-back", name, version, left: result.left.map(textOf) };
}
