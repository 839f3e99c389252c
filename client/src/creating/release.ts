import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type VersionPart, versionParts } from "../../../server/src/protocol/editing.ts";
import {
  type BegunRelease,
  begunReleasesRequest,
  type ReleaseOutcome,
  type ReleaseParams,
  releaseRequest,
} from "../../../server/src/protocol/release.ts";
import { oneLine } from "../../../server/src/text/visible.ts";
import { ask } from "../ask.ts";
import { showArchive } from "../build/build-outcome.ts";
import type { EntryEditor } from "../editing/edit-entry.ts";
import { inBackground } from "../in-background.ts";
import { showFailure } from "../show-failure.ts";
import { chooseSpec, savedSpec } from "../spec-target.ts";
import { reached } from "./walkthrough.ts";

type Planned = Extract<ReleaseOutcome, { kind: "planned" }>;

/**
 * Releases a package: asks for the version, the entry of the change log and what else is wanted, shows what is going to be
 * done, and does it. Goes on with a release that was begun, or takes it back.
 */
export function releaseCommand({ client, entries }: ReleaseParts) {
  return async (argument?: unknown): Promise<void> => {
    const chosen = await chooseSpec(argument);
    const spec = chosen && (await savedSpec(chosen, vscode.l10n.t("Save & Release…")));
    if (!spec) return;
    const send = sender(client.code2ProtocolConverter.asUri(spec), client);
    const first = await send({});
    if (first.kind === "begun") return goOn(first, send);
    if (first.kind !== "planned") return tell(first, send);
    const raise = await pickVersion(send, first);
    if (raise === undefined) return;
    const wishes: Partial<ReleaseParams> = raise === "same" ? {} : { raise };
    const plan = await send(wishes);
    if (plan.kind !== "planned") return tell(plan, send);
    const { name, version } = plan;
    const purpose = {
      name,
      version,
      closing: vscode.l10n.t("Closing it releases nothing."),
      mayBeEmpty: false,
    };
    const changeLog = plan.changeLog === null ? undefined : await entries.edit(purpose, plan.changeLog);
    if (plan.changeLog !== null && changeLog === undefined) return;
    const more = await pickMore();
    if (!more) return;
    const asked = { ...wishes, ...more, ...(changeLog === undefined ? {} : { changeLog }) };
    const whole = await send(asked);
    if (whole.kind !== "planned") return tell(whole, send);
    if (!(await isAgreed(whole))) return;
    return tell(await send({ ...asked, action: "run", force: whole.doubts.length > 0 }), send);
  };
}

/** Tells of releases in some folders that were begun and are not finished, in the editor or on a command line. */
export async function tellBegunReleases(
  folders: readonly vscode.WorkspaceFolder[],
  client: LanguageClient,
): Promise<void> {
  if (folders.length === 0 || !vscode.workspace.isTrusted) return;
  const uris = folders.map(({ uri }) => client.code2ProtocolConverter.asUri(uri));
  const found = await ask(client, begunReleasesRequest, { folders: uris });
  if (found.kind !== "begun-releases") return;
  for (const { uri, ...begun } of found.releases) inBackground(goOn(begun, sender(uri, client), false));
}

/** What a release takes. */
export interface ReleaseParts {
  readonly client: LanguageClient;
  readonly entries: EntryEditor;
}

/** Findings and upgrades of a large package take their time, between questions as well. */
function sender(uri: string, client: LanguageClient): Send {
  return (params) => {
    const { action = "ask" } = params;
    const work = () =>
      ask(client, releaseRequest, { ...{ uri, action, tag: false, index: false, force: false }, ...params });
    const location = vscode.ProgressLocation.Window;
    return Promise.resolve(vscode.window.withProgress({ location, title: progressTitle(action) }, work));
  };
}

function progressTitle(action: ReleaseParams["action"]): string {
  const texts: Readonly<Record<ReleaseParams["action"], string>> = {
    ask: vscode.l10n.t("Checking what a release would do"),
    run: vscode.l10n.t("Releasing the package"),
    undo: vscode.l10n.t("Taking the release back"),
  };
  return texts[action];
}

type Send = (params: Partial<ReleaseParams>) => Promise<ReleaseOutcome | { readonly kind: "cancelled" }>;

/** @param modal whether its reader has asked for a release, and waits */
async function goOn({ name, version, step }: BegunRelease, send: Send, modal = true): Promise<void> {
  const text = vscode.l10n.t("The release of {0} {1} was begun and is not finished.", name, version);
  const where = vscode.l10n.t("It stopped before or while this was done: {0}", step);
  const { forward, back } = waysOn();
  const answer = modal
    ? vscode.window.showWarningMessage(text, { modal, detail: where }, forward, back)
    : vscode.window.showWarningMessage(`${text} ${where}`, forward, back);
  await followWay(await answer, send);
}

function waysOn() {
  return { forward: vscode.l10n.t("Go On"), back: vscode.l10n.t("Take Back") };
}

async function followWay(answer: string | undefined, send: Send): Promise<void> {
  const { forward, back } = waysOn();
  if (answer === forward) await tell(await send({ action: "run" }), send);
  if (answer === back) await tell(await send({ action: "undo" }), send);
}

async function pickVersion(send: Send, same: Planned): Promise<VersionPart | "same" | undefined> {
  const raised = await Promise.all(
    versionParts.map(async (part) => ({ part, plan: await send({ raise: part }) })),
  );
  const items = [
    ...raised.flatMap(({ part, plan }) =>
      plan.kind === "planned"
        ? [{ label: plan.version, description: `${plan.from} → ${plan.version}`, part }]
        : [],
    ),
    { label: same.version, description: vscode.l10n.t("as it is"), part: "same" as const },
  ];
  const placeHolder = vscode.l10n.t("Which version is released?");
  return (await vscode.window.showQuickPick(items, { title: same.name, placeHolder }))?.part;
}

async function pickMore(): Promise<Pick<ReleaseParams, "tag" | "index"> | undefined> {
  const tag = { label: vscode.l10n.t("Commit the spec, and tag the commit") };
  const index = { label: vscode.l10n.t("Write the index of the folder") };
  const picked = await vscode.window.showQuickPick([tag, index], {
    canPickMany: true,
    placeHolder: vscode.l10n.t("What else, beside archive, SHA-256 and bill of materials?"),
  });
  return picked && { tag: picked.includes(tag), index: picked.includes(index) };
}

/** Whether what is going to be done is agreed to; never where something is against it. */
async function isAgreed({ name, version, steps, objections, doubts }: Planned): Promise<boolean> {
  const numbered = steps.map((step, index) => `${index + 1}. ${step}`);
  if (objections.length > 0) {
    const text = vscode.l10n.t("{0} {1} is not released.", name, version);
    await vscode.window.showWarningMessage(text, {
      modal: true,
      detail: [...objections, ...doubts].join("\n"),
    });
    return false;
  }
  const yes = doubts.length > 0 ? vscode.l10n.t("Release All the Same") : vscode.l10n.t("Release");
  const detail = [...doubts, ...(doubts.length > 0 ? [""] : []), ...numbered].join("\n");
  const text = vscode.l10n.t("Release {0} {1}?", name, version);
  return (await vscode.window.showWarningMessage(text, { modal: true, detail }, yes)) === yes;
}

async function tell(outcome: ReleaseOutcome | { readonly kind: "cancelled" }, send: Send): Promise<void> {
  switch (outcome.kind) {
    case "released": {
      reached("hasBuilt");
      reached("hasReleased");
      const { name, version, archive } = outcome;
      const shown = oneLine(vscode.workspace.asRelativePath(archive));
      inBackground(showArchive(vscode.l10n.t("{0} {1} is released: {2}", name, version, shown), archive));
      return;
    }
    case "taken-back": {
      const text = vscode.l10n.t("The release of {0} {1} is taken back.", outcome.name, outcome.version);
      inBackground(vscode.window.showInformationMessage([text, ...outcome.left].join(" ")));
      return;
    }
    case "stopped": {
      const text = vscode.l10n.t(
        "The release stopped there. It can go on when that is mended, or be taken back, now or when the package is released again.",
      );
      const { forward, back } = waysOn();
      const message = [...outcome.reasons, text].filter((each) => each !== "").join(" ");
      inBackground(
        Promise.resolve(vscode.window.showErrorMessage(message, forward, back)).then((answer) =>
          followWay(answer, send),
        ),
      );
      return;
    }
    case "failed":
      showFailure(outcome);
      return;
    case "planned":
      await isAgreed(outcome);
      return;
    default:
      return;
  }
}
