import type { PackageContents } from "../../builder/package-contents.ts";
import { codeFamilies } from "../../model/package-spec.ts";
import type { TrialResult, TrialSubject } from "../../report/trial-report.ts";
import type { AsyncSteps } from "../../rules/steps.ts";
import type { ProductVersion } from "../../system/product-version.ts";
import type { PackageVersion } from "../package-version.ts";
import type { SiblingPackages } from "../sibling-packages.ts";
import type { TryRequest } from "../try-operation.ts";
import { canUpdateAll } from "../update-all-trial.ts";
import type { ProductTrials } from "./product-trials.ts";
import type { OptionalPackage, TrialStarts } from "./trial-starts.ts";

/** A trial that is made on each product. */
export interface ProductTrial {
  readonly subject: TrialSubject;
  readonly run: (work: ProductTrials) => AsyncSteps<TrialResult>;
  /** What is tried; absent where the same operation on the system as it is delivered says it. */
  readonly request?: (starts: TrialStarts) => Promise<TryRequest>;
}

/** What is known of a package beside what it holds. */
export interface KnownEarlier {
  /** The versions that upgrades are tried from, the oldest first. */
  readonly starts: readonly PackageVersion[];
  readonly siblings: SiblingPackages | undefined;
}

/** The trials that make sense of a package on a product, in the order in which they are told. */
export async function chooseTrials(
  contents: PackageContents,
  product: ProductVersion,
  { starts, siblings }: KnownEarlier,
): Promise<readonly ProductTrial[]> {
  const hasFiles = contents.files.some(({ location }) => location !== undefined);
  const latest = starts.at(-1);
  const updatesAll = latest && siblings && (await canUpdateAll(contents, product, siblings));
  return [
    { subject: { kind: "install" }, run: (work) => work.install() },
    ...optionalPackages(contents).map(installWith),
    ...(hasFiles ? [reinstall] : []),
    { subject: { kind: "uninstall" }, run: (work) => work.uninstall() },
    installAgain,
    ...starts.map(
      ({ version }): ProductTrial => ({
        subject: { kind: "upgrade", from: version },
        run: (work) => work.upgrade(version, starts),
      }),
    ),
    ...(updatesAll ? [updateAll(latest, siblings)] : []),
  ];
}

function installWith(optional: OptionalPackage): ProductTrial {
  return {
    subject: { kind: "install-with", package: optional.name },
    run: (work) => work.installWith(optional),
    request: (starts) => starts.withPackage(optional),
  };
}

const reinstall: ProductTrial = {
  subject: { kind: "reinstall" },
  run: (work) => work.reinstall(),
  request: (starts) => starts.withChangedFile(),
};

const installAgain: ProductTrial = {
  subject: { kind: "install-again" },
  run: (work) => work.installAgain(),
  request: (starts) => starts.behindUninstall(),
};

function updateAll(latest: PackageVersion, siblings: SiblingPackages): ProductTrial {
  return {
    subject: { kind: "update-all" },
    run: (work) => work.updateAll(latest, siblings),
    request: (starts) => starts.withinUpdate(latest, siblings),
  };
}

/** Far above what any package names. */
const mostOptional = 50;

/** Packages that sections ask for, or that are merged, and that are not required. */
function optionalPackages({ structure }: PackageContents): readonly OptionalPackage[] {
  if (!structure) return [];
  const { repeated, database } = structure;
  const sections = [
    ...codeFamilies.flatMap((family) => repeated[family]),
    ...Object.values(database).flatMap((phases) => [...phases.values()].flat()),
  ];
  const asked = sections.flatMap((tag) =>
    tag.kind === "start" ? [tag.attributes.get("IfPackage"), tag.attributes.get("IfNotPackage")] : [],
  );
  const merged = new Set(repeated.PackageMerge.map(({ attributes }) => attributes.get("Name")));
  const required = new Set(repeated.PackageRequired.map(({ content }) => content));
  const names = [...new Set([...merged, ...asked])].filter(
    (name): name is string => name !== undefined && name !== "" && !required.has(name),
  );
  return names.slice(0, mostOptional).map((name) => ({ name, isMerged: merged.has(name) }));
}
