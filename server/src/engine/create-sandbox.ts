import type { Message } from "../l10n/translate.ts";
import type { MeasuredWork } from "../report/verify-report.ts";
import type { DoneOperation, Sandbox } from "../sandbox/sandbox.ts";
import type { PackageReader, SystemWorld, WithProgress } from "./system-world.ts";
import { tryOperation } from "./try-operation.ts";

export interface CreateSandboxRequest {
  /**
   * Makes the sandbox, which appears when `begin` is done with it.
   *
   * @throws PackageError
   */
  readonly make: (begin: (sandbox: Sandbox) => Promise<void>) => Promise<Sandbox>;
  /** What is installed in it, in this order. */
  readonly packages: readonly PackageReader[];
  readonly withProgress: WithProgress;
}

export type CreateSandboxOutcome =
  | {
      readonly kind: "made";
      readonly sandbox: Sandbox;
      /** What the database behind it said, by package; none where nothing was sent to one. */
      readonly measured: readonly MeasuredWork[];
    }
  /** The sandbox is there, with the packages before this one. */
  | {
      readonly kind: "not-installed";
      /** The place of the package in the list. */
      readonly index: number;
      readonly reasons: readonly Message[];
    };

/** Makes a sandbox and installs packages in it. @throws PackageError when that is not possible; then there is none */
export async function createSandbox(
  { make, packages, withProgress }: CreateSandboxRequest,
  world: Pick<SystemWorld, "clock" | "texts">,
): Promise<CreateSandboxOutcome> {
  let refused: { readonly index: number; readonly reasons: readonly Message[] } | undefined;
  const measured: MeasuredWork[] = [];
  const sandbox = await make(async (begun) => {
    for (const [index, read] of packages.entries()) {
      const { reasons, done } = await install(begun, read, withProgress, world);
      if (done?.measured) measured.push(done.measured);
      if (!reasons) continue;
      refused = { index, reasons };
      return;
    }
  });
  return refused ? { kind: "not-installed", ...refused } : { kind: "made", sandbox, measured };
}

/** @returns why the package is not installed, or what was done */
async function install(
  sandbox: Sandbox,
  read: PackageReader,
  withProgress: WithProgress,
  { clock, texts }: Pick<SystemWorld, "clock" | "texts">,
): Promise<{ readonly reasons?: readonly Message[]; readonly done?: DoneOperation | undefined }> {
  const system = await sandbox.state();
  const { contents, specText } = await read(system.framework);
  const { plan } = await tryOperation({
    ...{ operation: "install", contents, specText, system, isStandIn: false, assumeRequirements: false },
    options: { now: clock.now() },
    language: texts.language,
  });
  if (plan.verdict !== "success") return { reasons: plan.refusals };
  return { done: await withProgress((work) => sandbox.apply(plan, work)) };
}
