import { nothingFound } from "../configuration/configurations.ts";
import { scenarioTrials } from "../configuration/scenario-trials.ts";
import type { DryRunOutcome } from "../engine/dry-run.ts";
import { type PreparedTrials, prepareTrials } from "../engine/trials/prepare-trials.ts";
import type { ShownTrialOptions } from "../engine/trials/product-trials.ts";
import { TrialProblem } from "../engine/trials/trials-request.ts";
import { turnOfOthers } from "../host/timers.ts";
import { type Message, messageText } from "../l10n/translate.ts";
import type { Answer } from "../protocol/request.ts";
import type { TrialOutcome, TrialReport, TrialsResult } from "../protocol/trials.ts";
import { bySystem, type Trial, trialId } from "../report/trial-report.ts";
import { systemTitle, trialTitle } from "../report/trial-words.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { memo } from "../text/memo.ts";
import { oneLine } from "../text/visible.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { toFirstLine } from "./convert.ts";
import { tryToTheEnd } from "./dry-run.ts";
import { systemWorld } from "./dry-run-system.ts";
import { foundVersions } from "./found-versions.ts";
import { inTurns } from "./in-turns.ts";
import { type EditorPackage, editorPackageReader } from "./read-package.ts";
import { Refusal } from "./refusal.ts";
import type { Session } from "./session.ts";
import { workspacePackages } from "./workspace-packages.ts";

/** The trials of a document, by their systems. @throws PackageError */
export async function trialsForEditor(
  document: OpenDocument,
  session: Session,
  cancelled: AbortSignal,
): Promise<Answer<TrialsResult>> {
  const { tree, uri } = document;
  const { trials, contents } = await preparedFor(document, true, session, cancelled);
  const { paths, texts } = session.world;
  const textOf = (message: Message) => oneLine(messageText(message, texts.translate));
  const { Name } = contents.structure?.single ?? {};
  const span = Name?.element.span ?? tree.root?.nameSpan ?? { start: 0, end: 0 };
  const settings = await session.settingsFor(uri);
  const path = paths.fromUri(uri);
  const base = path === undefined ? undefined : session.workspace.baseFolderOf(path, settings);
  return {
    kind: "trials",
    name: oneLine(Name?.content?.trim() ?? ""),
    range: toFirstLine(tree.source, span),
    systems: [...bySystem(trials).values()].map((alike) => ({
      title: textOf(systemTitle(alike[0]!.trial)),
      trials: alike.map(({ trial, shown }) => ({
        id: trialId(trial),
        title: textOf(trialTitle(trial.subject)),
        report: reportOf(trial, shown !== undefined),
      })),
    })),
    tests:
      base === undefined
        ? []
        : contents.files.flatMap(({ location }) =>
            location?.endsWith(".t")
              ? [{ location: oneLine(location), uri: paths.toUri(paths.join(base, location)) }]
              : [],
          ),
  };
}

/** What comes of one of them. @throws PackageError */
export async function runTrialForEditor(
  document: OpenDocument,
  { trial: wanted, filesMayHaveChanged = true }: { trial: string; filesMayHaveChanged?: boolean | undefined },
  session: Session,
  cancelled: AbortSignal,
): Promise<Answer<TrialOutcome> | null> {
  const { tree } = document;
  const { timers, texts } = session.world;
  const isWanted = () => !cancelled.aborted && document.tree === tree;
  const { trials } = await preparedFor(document, filesMayHaveChanged, session, cancelled);
  // Whatever has arrived meanwhile comes first: it may be a keystroke, or that nobody wants the answer any more.
  await turnOfOthers(timers);
  if (!isWanted()) return { kind: "cancelled" };
  const found = trials.find(({ trial }) => trialId(trial) === wanted);
  if (!found) return null;
  const result = await inTurns(found.run(), () => turnOfOthers(timers), isWanted);
  if (!result) return { kind: "cancelled" };
  const textOf = (message: Message) => oneLine(messageText(message, texts.translate));
  const failures = result.kind === "failed" ? result.failures : [];
  const notes = result.kind === "unknown" ? result.reasons : result.kind === "passed" ? result.notes : [];
  return {
    kind: "tried",
    result: result.kind,
    failures: failures.map(({ message, span, compared }) => ({
      message: textOf(message),
      ...(span && document.kind === "spec" && { range: toFirstLine(tree.source, span) }),
      ...(compared && {
        compared: { expected: textOf(compared.expected), actual: textOf(compared.actual) },
      }),
    })),
    notes: notes.map(textOf),
  };
}

/**
 * The dry run of a trial that makes a system of its own. @throws PackageError, Refusal
 *
 * @param trial its id
 */
export async function trialDryRun(
  { uri, trial }: { readonly uri: string; readonly trial: string },
  options: ShownTrialOptions & { readonly filesMayHaveChanged: boolean },
  session: Session,
): Promise<DryRunOutcome<EditorPackage>> {
  const { filesMayHaveChanged } = options;
  const document = session.documentOf(uri);
  const cancelled = new AbortController().signal;
  const { trials } = document
    ? await preparedFor(document, filesMayHaveChanged, session, cancelled)
    : await prepared(uri, filesMayHaveChanged, session, cancelled);
  const found = trials.find((each) => trialId(each.trial) === trial);
  if (!found?.shown) throw new Refusal({ text: "The package does not have this trial any more." });
  const settings = await session.settingsFor(uri);
  try {
    const tried = await found.shown(options);
    const { framework } = tried.plan.before;
    const read = editorPackageReader(uri, settings, session, false);
    return { ...tried, package: await read(framework) };
  } catch (error) {
    if (error instanceof TrialProblem) throw new Refusal(error.reasons[0]!);
    throw error;
  }
}

/** What several trials of a document need is worked out once, as long as nothing changes. */
const keptOf = memo(
  (_document: OpenDocument): { last: { tree: SyntaxTree; prepared: PreparedTrials } | undefined } => ({
    last: undefined,
  }),
);

async function preparedFor(
  document: OpenDocument,
  filesMayHaveChanged: boolean,
  session: Session,
  cancelled: AbortSignal,
): Promise<PreparedTrials> {
  const kept = keptOf(document);
  const { uri, tree } = document;
  if (kept.last?.tree === tree && !filesMayHaveChanged) return kept.last.prepared;
  const result = await prepared(uri, filesMayHaveChanged, session, cancelled);
  if (document.tree === tree) kept.last = { tree, prepared: result };
  return result;
}

async function prepared(
  uri: string,
  filesMayHaveChanged: boolean,
  session: Session,
  cancelled: AbortSignal,
): Promise<PreparedTrials> {
  const settings = await session.settingsFor(uri);
  const { versions } = await foundVersions(uri, session, filesMayHaveChanged, cancelled);
  const found = (await session.configurationsOf(uri)) ?? nothingFound;
  return prepareTrials(
    {
      read: editorPackageReader(uri, settings, session, filesMayHaveChanged),
      versions,
      since: settings.upgradesSince === "" ? undefined : settings.upgradesSince,
      products: [],
      database: settings.system.database,
      siblings: workspacePackages(session),
      keptTables: settings.lint.keptTables ?? {},
      scenarios: scenarioTrials(found, settings, (name) => triedScenario(name, uri, session)),
    },
    systemWorld(session),
  );
}

async function triedScenario(scenario: string, uri: string, session: Session) {
  try {
    const options = { uri, operation: "install", scenario, workspacePackages: true } as const;
    return await tryToTheEnd(options, session, { digestFiles: false });
  } catch (error) {
    if (error instanceof Refusal) throw new TrialProblem(error.reason);
    throw error;
  }
}

/** @param isOwn whether the trial makes a system of its own */
function reportOf(trial: Trial, isOwn: boolean): TrialReport {
  const { system, database, subject } = trial;
  if (subject.kind === "scenario") return { operation: "install", scenario: subject.name };
  const on = {
    ...(system !== undefined && { system: { kind: "product", product: system } as const }),
    ...(database !== undefined && { database }),
    ...(isOwn && { trial: trialId(trial) }),
  };
  if (subject.kind === "upgrade") return { ...on, operation: "upgrade", from: subject.from };
  return { ...on, operation: operationsOf[subject.kind] };
}

const operationsOf = {
  install: "install",
  "install-with": "install",
  reinstall: "reinstall",
  uninstall: "uninstall",
  "install-again": "install",
  "update-all": "upgrade",
} as const;
