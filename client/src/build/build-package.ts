import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { BuildOutcome } from "../../../server/src/protocol/build.ts";
import { oneLine } from "../../../server/src/text/visible.ts";
import { reached } from "../creating/walkthrough.ts";
import { inBackground } from "../in-background.ts";
import { savedSpec } from "../spec-target.ts";
import { runWithProgress } from "../with-progress.ts";
import { showOutcome } from "./build-outcome.ts";
import { type PackageBuild, requestBuild } from "./build-request.ts";

/**
 * Builds with everything around it: the offer to save, the progress, the message at the end.
 *
 * @returns how it ended, without waiting for the reader to answer the message; undefined when nothing was begun
 */
export async function buildPackage(
  client: LanguageClient,
  build: PackageBuild,
): Promise<BuildOutcome | undefined> {
  const spec = await savedSpec(build.spec, vscode.l10n.t("Save & Build"));
  if (!spec) return undefined;
  const outcome = await runWithProgress(
    vscode.l10n.t("Building {0}", oneLine(basename(spec.path))),
    (report, cancellation) => requestBuild(client, { ...build, spec }, report, cancellation),
  );
  if (outcome.kind === "built") reached("hasBuilt");
  inBackground(
    showOutcome(outcome, spec, () => inBackground(buildPackage(client, { ...build, spec, force: true }))),
  );
  return outcome;
}
