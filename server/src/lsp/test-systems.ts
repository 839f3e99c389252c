import { readTestSystems } from "../configuration/test-system-settings.ts";
import { maintain, runUnitTests } from "../engine/test-system/maintenance.ts";
import { countPromises } from "../engine/test-system/promise-counts.ts";
import { runOnSystem } from "../engine/test-system/run-on-system.ts";
import { type ReachOptions, usualTimeLimits } from "../engine/test-system/system-reach.ts";
import { CommandsRefused, TestSystemError } from "../engine/test-system/test-system-error.ts";
import type { TestSystem } from "../host/test-system.ts";
import { messageText } from "../l10n/translate.ts";
import { isArchiveName } from "../model/archive-name.ts";
import type { DryRunDiagnostic } from "../protocol/dry-run.ts";
import {
  type AllowCommandsParams,
  allowCommandsMethod,
  type CommandPermission,
  type TestSystemOutput,
  type TestSystemRunParams,
  type TestSystemRunResult,
  type TestSystemTaskParams,
  type TestSystemTaskResult,
  testSystemOutputNotification,
  type UnitTestsParams,
  type UnitTestsResult,
  unitTestNotification,
} from "../protocol/test-systems.ts";
import { isAllGood, isAllKept, type PromiseReport } from "../report/promise-report.ts";
import { breakerTexts, promiseKindTitles, promiseSentence } from "../report/promise-words.ts";
import { renderCase } from "../report/render-case.ts";
import { renderPromisesText } from "../report/render-promises-text.ts";
import { linesTo } from "../text/lines-to.ts";
import { tell } from "./answer.ts";
import { buildForEditor } from "./build.ts";
import { toFirstLine } from "./convert.ts";
import { earlierChoice } from "./dry-run.ts";
import { systemWorld } from "./dry-run-system.ts";
import { failedText } from "./failed-text.ts";
import { type EditorPackage, editorPackageReader } from "./read-package.ts";
import { Refusal } from "./refusal.ts";
import type { Session } from "./session.ts";

/** Has a test system do an operation, and compares. @throws PackageError, Refusal */
export async function runOnTestSystem(
  { uri, operation, system: name, readsLog }: TestSystemRunParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<TestSystemRunResult> {
  const { world } = session;
  const system = await systemNamed(name, session);
  const settings = await session.settingsFor(uri);
  const path = world.paths.fromUri(uri);
  if (path === undefined)
    return failedText(
      world.texts,
      "“{uri}” is no file on this machine, and an archive is built from files.",
      {
        uri,
      },
    );
  let made: string | undefined;
  const work = async (): Promise<TestSystemRunResult> => {
    let archive = path;
    if (operation !== "uninstall" && !isArchiveName(path)) {
      made = await world.commands?.makeFolder();
      const built = await buildForEditor(
        { uri, force: false, ...(made !== undefined && { outputFolder: made }) },
        session,
        cancelled,
      );
      if (built.kind === "blocked") {
        const message = world.texts.translate("The package is not built because of errors: {messages}", {
          messages: built.messages.join(" "),
        });
        return { kind: "failed", message, hint: "" };
      }
      if (built.kind !== "built") return built;
      archive = built.path;
    }
    const reader = editorPackageReader(uri, settings, session, true);
    let last: EditorPackage | undefined;
    const report = await runOnSystem<EditorPackage>(
      {
        ...{ operation, system, readsLog },
        read: async (release) => {
          last = await reader(release);
          return last;
        },
        archive: async () => archive,
        earlier: (version) => earlierChoice({ kind: "version", version }, uri, session),
      },
      { ...world, ...systemWorld(session) },
      {
        ...reachOptions(session, cancelled),
        onStage: (stage) => say("stage", world.texts.textOf(stage), session),
      },
    );
    return await answerOf(report, last, session);
  };
  try {
    return await onTestSystem(work);
  } finally {
    if (made !== undefined) await world.files({ flush: false }).removeTree(made);
  }
}

/** @throws Refusal when the system cannot be used */
export async function doTestSystemTask(
  { system, task }: TestSystemTaskParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<TestSystemTaskResult> {
  return onTestSystem(async () => {
    const options = reachOptions(session, cancelled);
    const { succeeded, reason } = await maintain(
      task,
      await systemNamed(system, session),
      session.world,
      options,
    );
    return { kind: "done", succeeded, reason };
  });
}

/** Does work on a test system. @throws Refusal for what cannot be done there */
export async function onTestSystem<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TestSystemError) throw new Refusal(error.text);
    throw error;
  }
}

/** Runs Perl tests of packages, and tells what becomes of each. @throws Refusal when the system cannot be used */
export async function runTestsOnSystem(
  { system, run, files }: UnitTestsParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<UnitTestsResult> {
  const { connection, world } = session;
  return onTestSystem(async () => {
    try {
      await runUnitTests(await systemNamed(system, session), files, world, {
        ...reachOptions(session, cancelled),
        onResult: ({ file, result, reason }) =>
          tell(connection, unitTestNotification, {
            ...{ run, file, result },
            reason: reason ? world.texts.textOf(reason) : "",
          }),
      });
      return { kind: "ran" };
    } catch (error) {
      if (!(error instanceof CommandsRefused)) throw error;
      return { kind: "refused", message: world.texts.textOf(error.text) };
    }
  });
}

/** A system of the settings of the user; no workspace names any. @throws Refusal when there is none, or it may not be used */
export async function systemNamed(name: string, session: Session): Promise<TestSystem> {
  if (!session.isTrusted()) {
    throw new Refusal({
      text: "Test systems are used only from a workspace that is trusted, since a package can do anything there.",
    });
  }
  const { testSystems } = await session.settingsFor("");
  const { systems, faults } = readTestSystems(testSystems, session.world.paths);
  const found = systems.find((each) => each.name === name);
  if (found) return found;
  const fault = faults.find((each) => each.name === name);
  throw new Refusal(
    fault?.text ?? {
      text: "The setting {setting} names no test system “{name}”.",
      values: { setting: "sopm.testSystems", name },
    },
  );
}

/** How a system is reached for an editor: its reader is asked, and sees what is run. */
export function reachOptions(session: Session, signal: AbortSignal): ReachOptions {
  const { connection, workspace } = session;
  return {
    async ask({ name: system }, commands) {
      const params: AllowCommandsParams = { system, commands };
      try {
        const permission = await connection.sendRequest<CommandPermission>(allowCommandsMethod, params);
        return permission === "once" || permission === "always" ? permission : "no";
      } catch {
        // An editor that cannot show them has nobody who allows them.
        return "no";
      }
    },
    untrustedFolders: workspace.folders,
    timeLimits: usualTimeLimits,
    signal,
    onCommand: (command) => say("command", command, session),
    onOutput: linesTo((line) => say("output", line, session)),
  };
}

function say(kind: TestSystemOutput["kind"], line: string, { connection }: Session): void {
  tell(connection, testSystemOutputNotification, { kind, line });
}

async function answerOf(
  report: PromiseReport,
  read: EditorPackage | undefined,
  { world }: Session,
): Promise<TestSystemRunResult> {
  const { translate, textOf } = world.texts;
  const count = await countPromises(report, world.records);
  const isKept = isAllKept(report);
  const findings = report.promises.flatMap((promise): DryRunDiagnostic[] => {
    const { kind, subject, foretold, found, breaker, isKept, step } = promise;
    if (isKept) return [];
    const values = {
      what: `${textOf(promiseKindTitles[kind])} ${subject}`.trimEnd(),
      foretold: messageText(foretold, translate),
      found: messageText(found, translate),
      system: report.system,
    };
    const text = translate(
      "{what}: foretold {foretold}, found {found} on the test system “{system}”.",
      values,
    );
    const range = read?.source && step?.span ? toFirstLine(read.source, step.span) : firstLine;
    const message = breaker ? `${text} ${textOf(breakerTexts[breaker])}` : text;
    return [{ range, severity: 2, code: "foretold", message }];
  });
  return {
    kind: "compared",
    verdict: { kind: isAllGood(report) ? "good" : "bad", sentence: textOf(promiseSentence(report)) },
    text: renderPromisesText(report, count, { translate, width: undefined, colors: false }),
    ...(!isKept && { case: renderCase(report) }),
    findings,
  };
}

const firstLine = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
