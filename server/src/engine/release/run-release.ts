import { HistoryError, type HistoryOptions } from "../../host/commit-history.ts";
import type { CommitWriter } from "../../host/commit-writer.ts";
import { systemCode } from "../../host/file-system.ts";
import { messageOf, PackageError } from "../../host/package-error.ts";
import type { World } from "../../host/world.ts";
import type { Message } from "../../l10n/translate.ts";
import { base64Of, decodeBase64 } from "../../model/base64.ts";
import { type BuildWorld, buildPackage } from "../build-package.ts";
import { reasonsOf } from "../decide-build.ts";
import type { LintSettings } from "../lint.ts";
import { openArchive } from "../open-archive.ts";
import { makeIndex } from "../print-index.ts";
import { type ReleaseJournal, ReleaseJournals, type ReleaseStep, removeFiles } from "./release-journal.ts";
import { sbomText } from "./sbom.ts";

/** What a release asks of the world. */
export type ReleaseWorld = BuildWorld & Pick<World, "output" | "records" | "commitWriters">;

export interface RunOptions {
  readonly lint: LintSettings;
  readonly git: HistoryOptions;
  /** Hears of each step before and after it, and when it is noted; what it throws ends the run there. */
  readonly onStep?: (step: ReleaseStep, state: "begins" | "performed" | "noted") => void;
}

export type RunResult =
  | {
      readonly kind: "done";
      readonly journal: ReleaseJournal;
      /** Of one that was taken back, what stays, because somebody has changed it since. */
      readonly left: readonly Message[];
    }
  /** It is noted how far it is: it goes on when it is run again, or is taken back. */
  | { readonly kind: "stopped"; readonly step: ReleaseStep; readonly reasons: readonly Message[] };

/**
 * Does what remains of a release. Each step can be done again after a run that ended in the midst of it, and comes to the
 * same.
 */
export async function runRelease(
  begun: ReleaseJournal,
  world: ReleaseWorld,
  options: RunOptions,
): Promise<RunResult> {
  const journals = new ReleaseJournals(world);
  let journal = begun;
  await journals.write(journal);
  for (const step of journal.steps) {
    if (journal.done.includes(step)) continue;
    options.onStep?.(step, "begins");
    const outcome = await stoppedBy(() => perform[step](journal, world, options));
    if ("reasons" in outcome) return { kind: "stopped", step, reasons: outcome.reasons };
    options.onStep?.(step, "performed");
    const written = { ...journal.written, ...(await writtenBy(step, journal, world)) };
    journal = { ...outcome.journal, done: [...journal.done, step], written };
    await journals.write(journal);
    options.onStep?.(step, "noted");
  }
  await journals.remove(journal);
  return { kind: "done", journal, left: [] };
}

/** Takes back what a release that is not finished has done, the last step first. What somebody has changed since stays. */
export async function undoRelease(
  journal: ReleaseJournal,
  world: ReleaseWorld,
  options: RunOptions,
): Promise<RunResult> {
  let left: readonly Message[] = [];
  let isCommitLeft = false;
  // The step after those that are noted may be done as well.
  for (const step of journal.steps.slice(0, journal.done.length + 1).toReversed()) {
    options.onStep?.(step, "begins");
    // A spec whose commit stays is as it was committed.
    if (step === "spec" && isCommitLeft) continue;
    const outcome = await stoppedBy(async () => {
      const stays = await undo[step](journal, world, options);
      if (stays) left = [...left, stays];
      if (step === "commit") isCommitLeft = stays !== undefined;
      return { journal };
    });
    if ("reasons" in outcome) return { kind: "stopped", step, reasons: outcome.reasons };
    options.onStep?.(step, "performed");
  }
  // Where the last run was killed while it wrote, nothing else is written there any more.
  for (const folder of [world.paths.dirname(journal.spec), journal.outputFolder])
    await world.output.tidy(folder);
  await new ReleaseJournals(world).remove(journal);
  return { kind: "done", journal, left };
}

type Outcome = { readonly journal: ReleaseJournal } | { readonly reasons: readonly Message[] };

type Act<Result> = (journal: ReleaseJournal, world: ReleaseWorld, options: RunOptions) => Promise<Result>;

async function stoppedBy(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PackageError) return { reasons: [messageOf(error), { text: error.hint }] };
    if (error instanceof HistoryError) return { reasons: [gitFailed(error)] };
    const reason = systemCode(error);
    if (reason === undefined) throw error;
    const { path = "" } = error as { readonly path?: string };
    return { reasons: [{ text: "“{path}” cannot be written: {reason}.", values: { path, reason } }] };
  }
}

export function gitFailed({ kind, message }: HistoryError): Message {
  switch (kind) {
    case "too-slow":
      return { text: "Git has not answered in time." };
    case "cancelled":
      return { text: "It was cancelled." };
    default:
      // What to do about it stands in further lines, and all of them are told as one text.
      return { text: "Git refuses: {reason}", values: { reason: message.trim().replace(/\s+/g, " ") } };
  }
}

/** What is done, by step. */
const perform: Readonly<Record<ReleaseStep, Act<Outcome>>> = {
  async spec(journal, world) {
    const { spec, before, after } = journal;
    const now = base64Of(await world.packages.spec(spec));
    if (now === after) return { journal };
    if (now !== before) return { reasons: [changedSince(journal)] };
    await world.output.replace(spec, decodeBase64(before), decodeBase64(after));
    return { journal };
  },

  async commit(journal, world, options) {
    const { tag } = journal;
    if (!tag) return { journal };
    const commit = await (await writerOf(journal, world, options)).commit(commitOf(journal));
    return { journal: { ...journal, tag: { ...tag, commit } } };
  },

  async build(journal, world, { lint }) {
    const { spec, after, build, baseFolder, outputFolder } = journal;
    // Another spec would be another archive than the one that was promised.
    if (base64Of(await world.packages.spec(spec)) !== after) return { reasons: [changedSince(journal)] };
    const { dialect, ...rest } = build;
    const settings = { ...lint, dialect };
    const request = { spec, settings, ...rest, baseFolder, outputFolder, force: false };
    const result = await buildPackage({ ...request, strictSchema: "off", readsTags: false }, world);
    switch (result.kind) {
      case "built":
        return { journal };
      case "blocked":
        return { reasons: reasonsOf(result) };
      case "failed":
        return { reasons: [...result.messages, result.hint] };
      case "cancelled":
        return { reasons: [{ text: "It was cancelled." }] };
    }
  },

  async digest(journal, world) {
    const digest = await digestOf(journal, world);
    const name = world.paths.basename(journal.archive);
    // As sha256sum writes it, and checks it.
    await world.output.write(digestPath(journal), `${digest}  ${name}\n`);
    return { journal };
  },

  async sbom(journal, world) {
    const archive = await openArchive(journal.archive, world, { hasDigest: false });
    const files = world.files({ flush: false });
    const text = await sbomText(archive, await digestOf(journal, world), journal, files);
    await world.output.write(sbomPath(journal), text);
    return { journal };
  },

  async index(journal, world) {
    const { index, outputFolder, build } = journal;
    if (!index) return { journal };
    const { dialect } = index;
    const made = await makeIndex({ folder: outputFolder, dialect, mode: build.mode }, world);
    if (made.kind !== "rendered") return { reasons: [noIndex(made.path)] };
    await world.output.write(index.path, made.text);
    return { journal };
  },

  async tag(journal, world, options) {
    const { tag, time } = journal;
    if (tag?.commit === undefined) return { journal };
    const writer = await writerOf(journal, world, options);
    await writer.tag(tag.name, tag.commit, tag.message, time);
    return { journal };
  },
};

/** What takes it back, by step; it tells what stays. Each can be done again, and where nothing was done does nothing. */
const undo: Readonly<Record<ReleaseStep, Act<Message | undefined>>> = {
  async spec({ spec, before, after }, world) {
    const bytes = await world.packages.spec(spec);
    const now = base64Of(bytes);
    if (now === before) return undefined;
    if (now !== after) return stays(spec);
    await world.output.replace(spec, bytes, decodeBase64(before));
    return undefined;
  },

  async commit(journal, world, options) {
    const writer = await writerOf(journal, world, options);
    const opened = await world.histories?.open(world.paths.dirname(journal.spec), options.git);
    if (opened?.kind !== "opened") throw new HistoryError("failed");
    const commit = commitOf(journal);
    const { head } = opened.history;
    // Made in a run that ended before it was noted, it is the same one again.
    const noted = journal.tag?.commit;
    const made = noted ?? (await writer.prepare(commit));
    if (head !== commit.parent && head !== made) {
      if (noted === undefined) return undefined;
      const text = "Other commits have been made since, so that the commit {commit} of the release stays.";
      return { text, values: { commit: made.slice(0, 12) } };
    }
    await writer.takeBack(made, commit);
    return undefined;
  },

  build: (journal, world) => takeAway("build", journal, world),

  digest: (journal, world) => takeAway("digest", journal, world),

  sbom: (journal, world) => takeAway("sbom", journal, world),

  async index(journal, world) {
    const { index } = journal;
    if (!index || index.before === null) return takeAway("index", journal, world);
    if (await isChanged("index", journal, world)) return stays(index.path);
    await world.output.write(index.path, decodeBase64(index.before));
    return undefined;
  },

  async tag(journal, world, options) {
    const { tag } = journal;
    if (tag?.commit === undefined) return undefined;
    const isGone = await (await writerOf(journal, world, options)).untag(tag.name, tag.commit);
    if (isGone) return undefined;
    const text = "The tag “{name}” leads to another commit, and stays as it is.";
    return { text, values: { name: tag.name } };
  },
};

async function takeAway(
  step: ReleaseStep,
  journal: ReleaseJournal,
  world: ReleaseWorld,
): Promise<Message | undefined> {
  const path = fileOf(step, journal);
  if (path === undefined) return undefined;
  if (await isChanged(step, journal, world)) return stays(path);
  await removeFiles([path], world.files({ flush: false }));
  return undefined;
}

function stays(path: string): Message {
  return { text: "“{path}” has been changed since, and stays as it is.", values: { path } };
}

/** The file that a step makes; undefined where it makes none. */
function fileOf(step: ReleaseStep, journal: ReleaseJournal): string | undefined {
  switch (step) {
    case "build":
      return journal.archive;
    case "digest":
      return digestPath(journal);
    case "sbom":
      return sbomPath(journal);
    case "index":
      return journal.index?.path;
    default:
      return undefined;
  }
}

async function writtenBy(
  step: ReleaseStep,
  journal: ReleaseJournal,
  world: ReleaseWorld,
): Promise<ReleaseJournal["written"]> {
  const digest = await fileDigest(fileOf(step, journal), world);
  return digest === undefined ? {} : { [step]: digest };
}

/** Whether a file is another one than the release wrote. One that is gone is none, and so is one that was never noted. */
async function isChanged(step: ReleaseStep, journal: ReleaseJournal, world: ReleaseWorld): Promise<boolean> {
  const noted = journal.written?.[step];
  const digest = await fileDigest(fileOf(step, journal), world);
  return noted !== undefined && digest !== undefined && digest !== noted;
}

async function fileDigest(path: string | undefined, world: ReleaseWorld): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const [digest] = await world.files({ flush: false }).digests([path]);
  return typeof digest === "string" ? digest : undefined;
}

/** Files that are written beside the archive. */
export function digestPath({ archive }: Pick<ReleaseJournal, "archive">): string {
  return `${archive}.sha256`;
}

export function sbomPath({ archive }: Pick<ReleaseJournal, "archive">): string {
  return archive.replace(/\.opm$/, ".cdx.json");
}

async function digestOf({ archive }: ReleaseJournal, world: ReleaseWorld): Promise<string> {
  const [digest] = await world.files({ flush: false }).digests([archive]);
  if (typeof digest === "string") return digest;
  throw digest;
}

function commitOf({ spec, tag, time }: ReleaseJournal) {
  const { parent, path, message } = tag!;
  return { parent, path, file: spec, message, time };
}

/** @throws HistoryError */
async function writerOf(
  { spec }: ReleaseJournal,
  { commitWriters, paths }: ReleaseWorld,
  { git }: RunOptions,
): Promise<CommitWriter> {
  const writer = await commitWriters?.open(paths.dirname(spec), git);
  if (!writer) throw new HistoryError("failed", "git");
  return writer;
}

function changedSince({ spec }: ReleaseJournal): Message {
  return {
    text: "“{path}” has been changed since the release began. Put it back as it was, or take the release back.",
    values: { path: spec },
  };
}

function noIndex(path: string): Message {
  return { text: "No index is written, because no package can be read out of “{path}”.", values: { path } };
}
