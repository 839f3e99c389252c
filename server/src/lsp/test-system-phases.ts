import { type PhaseName, phasesOfSpec } from "../engine/test-system/phase-package.ts";
import { runPhase } from "../engine/test-system/run-phase.ts";
import type { PhasesResult, RunPhaseParams, TestSystemTaskResult } from "../protocol/test-systems.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { systemWorld } from "./dry-run-system.ts";
import { editorPackageReader, readEditorPackage } from "./read-package.ts";
import { Refusal } from "./refusal.ts";
import type { Session } from "./session.ts";
import { onTestSystem, reachOptions, systemNamed } from "./test-systems.ts";

/** The phases of a spec that can be run alone; none of an archive. @throws PackageError */
export async function phasesOf(uri: string, session: Session): Promise<PhasesResult> {
  return { kind: "phases", phases: await namedPhases(uri, session) };
}

async function namedPhases(uri: string, session: Session): Promise<readonly PhaseName[]> {
  const open = session.documentOf(uri);
  if (open) return open.kind === "archive" ? [] : phasesOfSpec(open.tree);
  const { specText } = await readEditorPackage(uri, undefined, await session.settingsFor(uri), session);
  return specText === undefined ? [] : phasesOfSpec(SyntaxTree.parse(specText));
}

/** Has a test system run one phase of a spec. @throws PackageError, Refusal */
export async function runPhaseOnTestSystem(
  { uri, system, section, phase, from }: RunPhaseParams,
  session: Session,
  cancelled: AbortSignal,
): Promise<TestSystemTaskResult> {
  const name = (await namedPhases(uri, session)).find(
    (each) => each.section === section && each.phase === phase,
  );
  if (!name) {
    const values = { section, phase };
    throw new Refusal({ text: "The package has no {section} in the phase {phase}.", values });
  }
  const settings = await session.settingsFor(uri);
  return onTestSystem(async () => {
    const { succeeded, reason } = await runPhase(
      {
        ...name,
        from,
        system: await systemNamed(system, session),
        read: editorPackageReader(uri, settings, session, true),
      },
      { ...session.world, ...systemWorld(session) },
      reachOptions(session, cancelled),
    );
    return { kind: "done", succeeded, reason };
  });
}
