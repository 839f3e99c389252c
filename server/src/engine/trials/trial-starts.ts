import { packageName, packageVersion } from "../../builder/package-contents.ts";
import { stopped } from "../../host/clock.ts";
import { contentOf } from "../../host/file-content.ts";
import type { Message } from "../../l10n/translate.ts";
import type { Operation } from "../../lifecycle/operation.ts";
import type { Plan } from "../../lifecycle/plan.ts";
import { ChangedSystem } from "../../system/changed-system.ts";
import { homePath } from "../../system/home-path.ts";
import type { ProductVersion } from "../../system/product-version.ts";
import type { SystemState } from "../../system/system-state.ts";
import { defaultSystem } from "../default-system.ts";
import { type DryRunOutcome, dryRun } from "../dry-run.ts";
import type { PackageVersion } from "../package-version.ts";
import { newestOf, type SiblingPackages, withInstalled } from "../sibling-packages.ts";
import { withStandIns } from "../stand-in.ts";
import type { ReadPackage, SystemWorld } from "../system-world.ts";
import { planTried, type TryRequest } from "../try-operation.ts";
import { type UpdatedPackages, updateAll } from "../update-all-trial.ts";
import { TrialProblem, type TrialsRequest } from "./trials-request.ts";

/** A package that may be there or not, and changes what an install does. */
export interface OptionalPackage {
  readonly name: string;
  /** Whether it is merged, which depends on all that it holds. */
  readonly isMerged: boolean;
}

type StartsRequest = Pick<TrialsRequest, "read" | "database" | "siblings">;

/**
 * The systems on which trials of one package on one product begin, and what is asked of them there. The install and the
 * uninstall that others go on from are worked out once.
 */
export class TrialStarts {
  readonly product: ProductVersion;
  readonly #request: StartsRequest;
  readonly #world: SystemWorld;
  #installation: Promise<DryRunOutcome<ReadPackage>> | undefined;
  #uninstallation: Promise<Plan> | undefined;

  constructor(product: ProductVersion, request: StartsRequest, world: SystemWorld) {
    this.product = product;
    this.#request = request;
    // Systems are compared, and rows with the time of their making would tell when each of them was made.
    this.#world = { ...world, clock: stopped(world.clock) };
  }

  /** The install on the system as it is delivered, whatever comes of it. @throws PackageError */
  install(): Promise<DryRunOutcome<ReadPackage>> {
    const { read, database, siblings } = this.#request;
    this.#installation ??= dryRun(
      {
        ...{ operation: "install", read, database, siblings, digestFiles: false, options: {} },
        system: { kind: "product", product: this.product },
      },
      this.#world,
    );
    return this.#installation;
  }

  /** The install, where it succeeds. @throws PackageError, TrialProblem */
  async installed(): Promise<{ readonly plan: Plan; readonly read: ReadPackage }> {
    const { plan, package: read } = await this.install();
    if (plan.verdict !== "success") throw new TrialProblem(notInstalled(plan));
    return { plan, read };
  }

  /** The uninstall behind it. @throws PackageError */
  uninstall(): Promise<Plan> {
    this.#uninstallation ??= this.install().then((done) =>
      planTried(this.#requestOf("uninstall", done.plan.after, done.package)),
    );
    return this.#uninstallation;
  }

  /** An install where an optional package is. @throws PackageError, TrialProblem */
  async withPackage({ name, isMerged }: OptionalPackage): Promise<TryRequest> {
    const { plan, package: read } = await this.install();
    const { siblings } = this.#request;
    const { before } = plan;
    const found = (await siblings?.named(name, before.framework)) ?? [];
    const newest = newestOf(found);
    if (newest) {
      const now = this.#world.clock.now();
      const named = await withInstalled([newest], before, { assumeRequirements: true, now });
      if (!named.system.packages.some((row) => row.name === name)) throw new TrialProblem(...named.notes);
      const version = packageVersion(newest);
      const note = { text: "{package} is installed before.", values: { package: `${name} ${version}` } };
      return this.#requestOf("install", named.system, read, note);
    }
    if (isMerged) {
      throw new TrialProblem({
        text: "The package {name} is merged, and is not among the packages that are known here, so that nobody can tell what becomes of its parts.",
        values: { name },
      });
    }
    const system = withStandIns(before, [{ name, version: "1.0.0" }], read.contents);
    const note = {
      text: "{package} is taken to be installed. Nothing else is known of it.",
      values: { package: name },
    };
    return this.#requestOf("install", system, read, note);
  }

  /** A reinstall where somebody has changed a file. @throws PackageError, TrialProblem */
  async withChangedFile(): Promise<TryRequest> {
    const { plan, read } = await this.installed();
    const { contents } = read;
    const changed = contents.files.find(({ location, content }) => location !== undefined && content);
    const path = changed?.location === undefined ? undefined : homePath(changed.location);
    const entry = path === undefined ? undefined : plan.after.home.entry(path);
    if (path === undefined || entry?.kind !== "file")
      throw new TrialProblem({ text: "No file of the package is there that could be changed." });
    const system = new ChangedSystem(plan.after);
    const content = contentOf(new TextEncoder().encode("changed\n"));
    system.apply({ part: "home", change: { kind: "write", path, content, mode: entry.mode } });
    const note = { text: "The package is installed, and {path} was changed since.", values: { path } };
    return this.#requestOf("reinstall", system.state(), read, note);
  }

  /** An install where the package was, and is not any more. @throws PackageError, TrialProblem */
  async behindUninstall(): Promise<TryRequest> {
    const { read } = await this.installed();
    const uninstalled = await this.uninstall();
    if (uninstalled.verdict !== "success") {
      throw new TrialProblem({
        text: "The uninstall does not come to an end, so that nothing can be installed again.",
      });
    }
    const note = { text: "The package was installed and uninstalled before." };
    return this.#requestOf("install", uninstalled.after, read, note);
  }

  /** The upgrade of the package in its turn. @throws PackageError, TrialProblem */
  async withinUpdate(latest: PackageVersion, siblings: SiblingPackages): Promise<TryRequest> {
    const updated = await this.update(latest, siblings);
    if (updated.kind === "not-begun") throw new TrialProblem(...updated.reasons);
    const read = await this.#request.read(this.product);
    const name = packageName(read.contents);
    const turn = updated.results.findIndex(({ task, plan }) => task.name === name && plan !== undefined);
    const plan = updated.results[turn]?.plan;
    if (!plan) {
      const { refusal, explanations } = updated.plan;
      const reasons = [...(refusal ? [refusal] : []), ...explanations.map(({ reason }) => reason)];
      const text = "The update of all packages does not come to {name}.";
      throw new TrialProblem({ text, values: { name }, ...(reasons[0] && { further: reasons[0] }) });
    }
    const before = updated.results.slice(0, turn).filter((each) => each.plan !== undefined);
    const names = before.map(({ task: { name: each, offered } }) => `${each} ${offered.entry.version}`);
    const note =
      names.length === 0
        ? { text: "In the update of all packages this one comes first." }
        : {
            text: "In the update of all packages these come before: {packages}.",
            values: { packages: names.join(", ") },
          };
    return this.#requestOf(plan.operation, plan.before, read, note);
  }

  /** The update of all packages, from the last version before. @throws PackageError */
  async update(latest: PackageVersion, siblings: SiblingPackages): Promise<UpdatedPackages> {
    const { contents } = await this.#request.read(this.product);
    const { contents: earlier } = await latest.read(this.product);
    const { knowledge, clock } = this.#world;
    const system = defaultSystem(this.product, this.#request.database, knowledge.knowledgeFor);
    return updateAll({ contents, earlier, system, siblings, now: clock.now() });
  }

  #requestOf(
    operation: Operation,
    system: SystemState,
    { contents, specText }: ReadPackage,
    ...notes: readonly Message[]
  ): TryRequest {
    const { clock, texts } = this.#world;
    return {
      ...{ operation, contents, specText, system, isStandIn: false, assumeRequirements: true, notes },
      options: { now: clock.now() },
      language: texts.language,
    };
  }
}

function notInstalled({ before: { framework } }: Plan): Message {
  return {
    text: "The package cannot be installed on {product}, so that there is nothing to go on from.",
    values: { product: `${framework.product} ${framework.version}` },
  };
}
