import type { Message } from "../l10n/translate.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
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
  | { readonly kind: "made"; readonly sandbox: Sandbox }
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
  const sandbox = await make(async (begun) => {
    for (const [index, read] of packages.entries()) {
      const reasons = await install(begun, read, withProgress, world);
      if (!reasons) continue;
      refused = { index, reasons };
      return;
    }
  });
  return refused ? { kind: "not-installed", ...refused } : { kind: "made", sandbox };
}

/** @returns why the package is not installed; undefined when it is */
async function install(
  sandbox: Sandbox,
  read: PackageReader,
  withProgress: WithProgress,
  { clock, texts }: Pick<SystemWorld, "clock" | "texts">,
): Promise<readonly Message[] | undefined> {
  const system = await sandbox.state();
  const { contents, specText } = await read(system.framework);
  const { plan } = await tryOperation({
    ...{ operation: "install", contents, specText, system, isStandIn: false, assumeRequirements: false },
    options: { now: clock.now() },
    language: texts.language,
  });
  if (plan.verdict !== "success") return plan.refusals;
  await withProgress((work) => sandbox.apply(plan, work));
  return undefined;
}
