import type { PackageContents } from "../builder/package-contents.ts";
import type { DatabaseKind } from "../database/engines.ts";
import { doAlike, type Release, readAlike } from "../dialect/switches.ts";
import type { Message } from "../l10n/translate.ts";
import type { Operation } from "../lifecycle/operation.ts";
import type { Plan } from "../lifecycle/plan.ts";
import type { PlanOptions } from "../lifecycle/plan-options.ts";
import { answerOf } from "../report/answer.ts";
import { FolderHome, readCheckout, readCheckoutList, readHomeTables } from "../sandbox/checkout-home.ts";
import type { ProductVersion } from "../system/product-version.ts";
import { SystemFacts } from "../system/system-facts.ts";
import type { SystemState } from "../system/system-state.ts";
import { defaultSystem, deliveredSystem, oldestFor, productFor } from "./default-system.ts";
import { inputsOf } from "./report-inputs.ts";
import { type SiblingPackages, siblingsOf, withInstalled, withSiblings } from "./sibling-packages.ts";
import { type BarePackage, withStandIns } from "./stand-in.ts";
import type { PackageReader, ReadPackage, SystemWorld } from "./system-world.ts";
import { keptFor, lastPromiseCounts } from "./test-system/promise-counts.ts";
import { planTried, type TriedOperation, type TryRequest, tryOperation } from "./try-operation.ts";

/** The system that a dry run is tried on. */
export type SystemChoice =
  /** The sandbox in a folder. */
  | { readonly kind: "sandbox"; readonly folder: string }
  /** A system as it is delivered, with the files in the home of a framework. */
  | {
      readonly kind: "home";
      readonly folder: string;
      /** Absent for the one that its configuration says. */
      readonly database?: DatabaseKind;
    }
  /** A product as it is delivered. */
  | { readonly kind: "product"; readonly product: ProductVersion }
  /** The product that the package is made for, as it is delivered. */
  | { readonly kind: "fitting" };

/** What is installed before an upgrade. */
export type EarlierChoice<Read extends ReadPackage = ReadPackage> =
  | { readonly kind: "version"; readonly version: string }
  /** @param package the one that it is upgraded to */
  | {
      readonly kind: "package";
      readonly read: (release: Release, upgradedTo: Read) => Promise<PackageContents>;
      /** The versions that it is upgraded to before, in order; absent for none. */
      readonly readVia?: (release: Release, upgradedTo: Read) => Promise<readonly PackageContents[]>;
      /** Where it is from; absent for what is told by its name. */
      readonly origin?: Message | undefined;
    };

export interface DryRunRequest<Read extends ReadPackage> {
  readonly operation: Operation;
  readonly read: PackageReader<Read>;
  readonly system: SystemChoice;
  /** Of a system as it is delivered, unless the home of a framework says another. */
  readonly database: DatabaseKind;
  /** Undefined for what the system has. */
  readonly from?: EarlierChoice<Read> | undefined;
  /** Whether packages that are required are taken to be installed; undefined for all systems but sandboxes. */
  readonly assumeRequirements?: boolean | undefined;
  /** What the system says it has installed, of which nobody knows more; absent for a system that nobody has asked. */
  readonly listed?: readonly BarePackage[] | undefined;
  /** Packages that are installed before, in this order; absent for none. */
  readonly before?: readonly PackageReader<ReadPackage>[] | undefined;
  /** Packages that are there to be installed when they are required; absent for none. */
  readonly siblings?: SiblingPackages | undefined;
  /** False where nobody waits for all files of a spec to be read for their digest. */
  readonly digestFiles?: boolean;
  /** Whether the report also tells what would be otherwise if the documentation were right. */
  readonly compareWithDocumentation?: boolean;
  readonly options: Pick<PlanOptions, "entrance" | "force" | "assume">;
}

export interface DryRunOutcome<Read extends ReadPackage> extends TriedOperation {
  /** As it was read for the system. */
  readonly package: Read;
}

/**
 * Tells what an operation on a package would do to a system. Nothing is changed.
 *
 * @throws PackageError when the system, the package or one of its files cannot be read
 */
export async function dryRun<Read extends ReadPackage>(
  request: DryRunRequest<Read>,
  world: SystemWorld,
): Promise<DryRunOutcome<Read>> {
  const { operation, compareWithDocumentation = false, options, from } = request;
  const found = await findSystem(request, world);
  const { system, isStandIn } = found;
  const readFor = async ({ framework }: SystemState, before: Read | undefined) =>
    before && readAlike(before.contents.release, framework) ? before : await request.read(framework);
  const read = await readFor(system, found.read);
  const now = world.clock.now();
  const assumeRequirements = request.assumeRequirements ?? isStandIn;
  const { listed } = request;
  const counts = await lastPromiseCounts(world.records);
  const origins = from?.kind === "package" && from.origin ? [from.origin] : [];
  const requestOn = async (delivered: SystemState, of: Read): Promise<TryRequest> => {
    const bare = listed ? withStandIns(delivered, listed, of.contents) : delivered;
    const before = await Promise.all(
      (request.before ?? []).map(async (each) => (await each(bare.framework)).contents),
    );
    const named = await withInstalled(before, bare, { assumeRequirements, now });
    const { siblings } = request;
    const required = siblings
      ? await withSiblings(of.contents, named.system, siblings, { assumeRequirements, now })
      : { system: named.system, notes: [], plans: [] };
    const { system: tested } = required;
    const workspace = siblings ? await siblingsOf(of.contents, tested, siblings) : [];
    return {
      ...{
        operation,
        system: tested,
        notes: [...origins, ...named.notes, ...required.notes],
        prepared: [...named.plans, ...required.plans],
        isStandIn,
        isListed: listed !== undefined,
        kept: keptFor(bare.framework, counts),
        compareWithDocumentation,
      },
      ...{ contents: of.contents, specText: of.specText },
      from:
        from?.kind === "package"
          ? {
              kind: "archive",
              contents: await from.read(tested.framework, of),
              via: (await from.readVia?.(tested.framework, of)) ?? [],
            }
          : from,
      assumeRequirements,
      options: { ...options, now, workspace },
      language: world.texts.language,
    };
  };
  const oldest = request.system.kind === "fitting" ? oldestSystem(read, system, world) : undefined;
  const planOldest = async ({ steps }: Plan): Promise<Plan | undefined> => {
    if (!oldest) return undefined;
    const asked = await requestOn(oldest, await readFor(oldest, read));
    // What is written or removed here as well as there is no difference, and may be thousands of steps.
    const withoutFileSteps = steps.every(
      (step) => (step.kind !== "write-file" && step.kind !== "remove-file") || answerOf(step) === "runs",
    );
    return planTried({ ...asked, options: { ...asked.options, withoutFileSteps } });
  };
  const inputs = await inputsOf(read, system, world.files({ flush: false }), request.digestFiles ?? true);
  const tried = await tryOperation({ ...(await requestOn(system, read)), inputs }, planOldest);
  return { ...tried, package: read };
}

/** The oldest release that a package may be installed on, if something of it is known to be otherwise. */
function oldestSystem(
  { contents }: ReadPackage,
  { framework, database }: SystemState,
  { knowledge: { knowledgeFor } }: SystemWorld,
): SystemState | undefined {
  const oldest = oldestFor(contents, framework);
  if (!oldest) return undefined;
  const system = defaultSystem(oldest, database.kind, knowledgeFor);
  const isSame = doAlike(oldest, framework) && system.framework.knowledge === framework.knowledge;
  return isSame ? undefined : system;
}

interface FoundSystem<Read> {
  readonly system: SystemState;
  /** True when nobody named a sandbox. */
  readonly isStandIn: boolean;
  /** The package as it was read to find out what it is made for; absent when that was not needed. */
  readonly read?: Read;
}

async function findSystem<Read extends ReadPackage>(
  { system: choice, database, read }: DryRunRequest<Read>,
  world: SystemWorld,
): Promise<FoundSystem<Read>> {
  const { knowledgeFor } = world.knowledge;
  switch (choice.kind) {
    case "sandbox":
      return { system: await (await world.openSandbox(choice.folder)).state(), isStandIn: false };
    case "home": {
      const { folder } = choice;
      const disk = world.files({ flush: true });
      const { framework, databaseKind = database } = await readCheckout(folder, disk);
      const { product, version } = framework;
      const tables = await readHomeTables(folder, disk, knowledgeFor(product, version));
      const delivered = deliveredSystem(framework, choice.database ?? databaseKind, tables.knowledge);
      const facts = new SystemFacts();
      const home = facts.home(new FolderHome(folder, disk, await readCheckoutList(folder, disk)));
      const named = { ...delivered.framework, tablesProblem: tables.problem };
      return { system: { ...delivered, framework: named, facts, home }, isStandIn: true };
    }
    case "product":
      return { system: defaultSystem(choice.product, database, knowledgeFor), isStandIn: true };
    case "fitting": {
      const fitting = await readForProduct(read);
      return {
        system: defaultSystem(fitting.product, database, knowledgeFor),
        isStandIn: true,
        read: fitting.read,
      };
    }
  }
}

/**
 * Reads a package to find out which version of a product it is made for: it says so however it is read.
 *
 * @throws PackageError when it cannot be read
 */
export async function readForProduct<Read extends ReadPackage>(
  read: PackageReader<Read>,
): Promise<{ readonly product: ProductVersion; readonly read: Read }> {
  const found = await read(undefined);
  return { product: productFor(found.contents), read: found };
}
