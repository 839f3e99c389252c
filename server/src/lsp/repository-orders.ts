import type { PackageContents } from "../builder/package-contents.ts";
import { switchesOf } from "../dialect/switches.ts";
import type { OpenRepositories } from "../engine/open-repositories.ts";
import { upgradeMemory } from "../engine/package-manager/upgrade-memory.ts";
import { failedOutcomes, type PerformedTask, performTasks } from "../engine/perform-tasks.ts";
import { upgradeAll } from "../engine/upgrade-all.ts";
import type { Texts } from "../l10n/texts.ts";
import type { Message } from "../l10n/translate.ts";
import type { Plan } from "../lifecycle/plan.ts";
import { quirks } from "../lifecycle/quirks.ts";
import type { Verdict } from "../protocol/dry-run.ts";
import type {
  OrderedStep,
  OrderedSteps,
  OrderParams,
  OrderResult,
  PerformedOrder,
  PerformOrderParams,
} from "../protocol/repositories.ts";
import { renderShownIntro } from "../report/render-intros.ts";
import { outcomeMessage, violationMessage } from "../report/task-words.ts";
import { countAnswers, verdictOf, verdictText } from "../report/verdict.ts";
import type { OrderExplanation, OrderViolation } from "../repository/explain-order.ts";
import { joinSources } from "../repository/joined-sources.ts";
import { allResults, type PackageTask, type TaskResult } from "../repository/perform-in-order.ts";
import { planInstallWithDependencies } from "../repository/plan-install-with-dependencies.ts";
import { basisOf } from "../system/basis.ts";
import { oneLine } from "../text/visible.ts";
import { inBackground } from "./in-background.ts";
import { type FetchedOffers, fetchOffers } from "./known-offers.ts";
import { measuredNotes } from "./measured-notes.ts";
import { workDone } from "./progress.ts";
import type { Session } from "./session.ts";

/** In which order packages would be brought into a sandbox, and how each step would end. @throws PackageError */
export async function orderForEditor(
  params: OrderParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<OrderResult> {
  const fetched = await fetchOffers(params, session, cancelled);
  return (await tried(fetched, params, session)).order;
}

/** Does it, if it is still what its reader has agreed to. @throws PackageError */
export async function performOrderForEditor(
  params: PerformOrderParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<PerformedOrder> {
  const fetched = await fetchOffers(params, session, cancelled);
  const { tasks } = await tried(fetched, params, session);
  const keyOf = (name: string, version: string, source: string) => JSON.stringify([name, version, source]);
  const agreed = params.agreed.map(({ name, version, source }) => keyOf(name, version, source));
  const present = tasks.map(({ name, offered: { entry, source } }) =>
    keyOf(oneLine(name), oneLine(entry.version), oneLine(source)),
  );
  if (JSON.stringify(agreed) !== JSON.stringify(present)) return { kind: "changed" };
  const done = await performed(fetched, params, session, cancelled);
  return { ...done, kind: "performed" };
}

interface Tried {
  readonly order: OrderedSteps;
  readonly tasks: readonly PackageTask[];
}

async function tried(
  fetched: FetchedOffers,
  { wanted, folder }: OrderParams,
  session: Session,
): Promise<Tried> {
  const { sandbox, opened } = fetched;
  const { clock } = session.world;
  const options = { force: false, now: clock.now() };
  if (wanted.kind === "package") {
    const system = await sandbox.state();
    const plan = planInstallWithDependencies(
      wanted.name,
      system,
      joinSources(opened.options),
      opened.archive,
      options,
    );
    const results = plan.refusal ? [] : await allResults(plan.results());
    const words = await stepsInWords({ ...plan, results }, fetched, session);
    return { tasks: plan.tasks, order: { kind: "order", ...words } };
  }
  const done = await upgradeAll(
    { ...allRequest(fetched, folder, session), dryRun: true, withProgress: (work) => work({}) },
    session.world,
  );
  if (done.kind !== "done") {
    const refusal = done.kind === "refused" ? done.reason : notRemembered;
    return {
      tasks: [],
      order: { kind: "order", ...(await stepsInWords({ refusal, results: [] }, fetched, session)) },
    };
  }
  const { plan, results } = done;
  const words = await stepsInWords({ ...plan, results }, fetched, session);
  return { tasks: plan.tasks, order: { kind: "order", ...words } };
}

async function performed(
  fetched: FetchedOffers,
  { wanted, folder, workDoneToken }: PerformOrderParams,
  session: Session,
  signal: AbortSignal,
): Promise<Omit<Extract<PerformedOrder, { readonly kind: "performed" }>, "kind">> {
  const { sandbox, opened } = fetched;
  const { clock } = session.world;
  const withProgress = progressOf(session, workDoneToken, signal);
  if (wanted.kind === "package") {
    const options = { force: false, now: clock.now() };
    const joined = joinSources(opened.options);
    const plan = planInstallWithDependencies(
      wanted.name,
      await sandbox.state(),
      joined,
      opened.archive,
      options,
    );
    const results = await performTasks(
      plan.tasks,
      { sandbox, archive: opened.archive, options, withProgress },
      ({ outcome }) => failedOutcomes.has(outcome),
    );
    const isComplete = results.every(({ outcome }) => !failedOutcomes.has(outcome));
    return { isComplete, ...(await stepsInWords({ ...plan, results, applied: true }, fetched, session)) };
  }
  const done = await upgradeAll(
    { ...allRequest(fetched, folder, session), dryRun: false, withProgress },
    session.world,
  );
  if (done.kind !== "done") {
    const refusal = done.kind === "refused" ? done.reason : notRemembered;
    return { isComplete: false, ...(await stepsInWords({ refusal, results: [] }, fetched, session)) };
  }
  const { plan, results, isComplete } = done;
  return { isComplete, ...(await stepsInWords({ ...plan, results, applied: true }, fetched, session)) };
}

const notRemembered: Message = {
  text: "Nothing is upgraded, because the sandbox cannot remember that it was begun.",
};

function allRequest({ sandbox, opened }: FetchedOffers, folder: string, session: Session) {
  return {
    ...{ sandbox, repositories: opened.options, archive: opened.archive, force: false },
    memory: upgradeMemory(folder, session.world, (path, error) =>
      session.connection.console.warn(oneLine(`${path}: ${String(error)}`)),
    ),
    moment: new Date(),
  };
}

/** Reports how far each package is, and ends at the next file when it is cancelled. */
function progressOf(
  { connection, world }: Session,
  token: string | number | undefined,
  signal: AbortSignal,
): Parameters<typeof performTasks>[1]["withProgress"] {
  return (work) =>
    work({
      signal,
      onProgress({ done, total }) {
        if (token === undefined) return;
        const message = world.texts.translate("file {files} of {total}", { files: done, total });
        const report = { kind: "report", message, percentage: 0 } as const;
        inBackground(connection, connection.sendProgress(workDone, token, report));
      },
    });
}

interface Outcome {
  readonly refusal: Message | undefined;
  readonly results: readonly PerformedTask[];
  readonly explanations?: readonly OrderExplanation[];
  readonly violations?: readonly OrderViolation[];
  readonly applied?: boolean;
}

async function stepsInWords(
  { refusal, results, explanations = [], violations = [], applied = false }: Outcome,
  { opened, faults, sources, sandbox }: FetchedOffers,
  { world: { texts } }: Session,
): Promise<Omit<OrderedSteps, "kind">> {
  const { textOf } = texts;
  const said = new Set<unknown>(faults.map(({ url }) => url));
  const log = [...opened.log, ...joinSources(opened.options).log].filter(
    ({ values }) => !said.has(values?.url),
  );
  const { description } = sandbox;
  const { title, note } = quirks["not-verified"];
  const blocks = switchesOf(description).blocksUnverified ? [title, note] : [];
  return {
    refusal: refusal ? textOf(refusal) : "",
    steps: await Promise.all(results.map((result) => stepOf(result, applied, opened, texts))),
    failures: explanations.map(({ name, failure, reason, remark }) => ({
      ...{ name: oneLine(name), failure, reason: textOf(reason), remark: remark ? textOf(remark) : "" },
    })),
    notes: [
      ...[...sources.notes, ...log, ...faults.map(({ reason }) => reason), ...blocks].map(textOf),
      ...results.flatMap(({ measured }) => (measured ? measuredNotes(measured, texts) : [])),
      ...violations.map((each) => `${textOf(violationMessage(each))}.`),
    ],
  };
}

async function stepOf(
  { task, outcome, plan, reason }: TaskResult,
  applied: boolean,
  { archive }: Pick<OpenRepositories, "archive">,
  texts: Texts,
): Promise<OrderedStep> {
  const { textOf } = texts;
  const { name, offered, installedVersion, action } = task;
  const sentence = textOf(outcomeMessage(task, outcome));
  return {
    name: oneLine(name),
    ...(installedVersion !== undefined && { before: oneLine(installedVersion) }),
    version: oneLine(offered.entry.version),
    ...{ source: oneLine(offered.source), file: offered.entry.file, action },
    outcome: sentence,
    verdict: plan
      ? verdictIn(plan, applied, texts)
      : { kind: failedOutcomes.has(outcome) ? "bad" : "good", sentence },
    reason: reason ? textOf(reason) : "",
    intros: action === "compare" || !plan ? [] : introsIn(await archive(offered), action, texts),
  };
}

function introsIn(
  contents: PackageContents | undefined,
  operation: "install" | "upgrade",
  { language }: Texts,
): OrderedStep["intros"] {
  const structure = contents?.structure;
  const phases = ["pre", "post"] as const;
  return structure
    ? phases.filter((phase) => renderShownIntro(structure, operation, phase, language) !== undefined)
    : [];
}

function verdictIn(plan: Plan, applied: boolean, { translate }: Texts): Verdict {
  const { framework, database } = plan.before;
  const basis = basisOf(framework, database.kind);
  const verdict = verdictOf(plan, countAnswers(plan.steps), basis, { applied, oldest: undefined });
  return { kind: verdict.tone, sentence: verdictText(verdict, translate) };
}
