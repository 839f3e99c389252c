import type { BuildStamp } from "../../builder/archive-part.ts";
import { productOf } from "../../dialect/products.ts";
import type { Message } from "../../l10n/translate.ts";
import { base64Of } from "../../model/base64.ts";
import { specOf } from "../../model/package-spec.ts";
import { compareStrictly } from "../../model/version.ts";
import { triedDatabases } from "../../protocol/databases.ts";
import { hasFaults } from "../../report/matrix-report.ts";
import { toTheEndOf } from "../../rules/steps.ts";
import { admittedRange } from "../admitted-releases.ts";
import { buildStamp } from "../build-stamp.ts";
import { type BuildDecision, decideBuild } from "../decide-build.ts";
import { versionsBeside } from "../find-known-documents.ts";
import { type FoundVersion, findVersionsWithNotes } from "../find-versions.ts";
import { type LintedFile, lintFile } from "../lint-file.ts";
import { Matrix } from "../matrix.ts";
import { packageReader } from "../read-package.ts";
import { gitObjections } from "./git-objections.ts";
import { type RaisedSpec, raisedSpec } from "./raised-spec.ts";
import { type ReleaseJournal, type ReleaseStep, releaseSteps } from "./release-journal.ts";
import {
  buildObjections,
  changeLogObjections,
  placeObjections,
  versionObjections,
} from "./release-objections.ts";
import type { ReleaseRequest } from "./release-request.ts";
import { tagOf } from "./release-tag.ts";
import type { ReleaseWorld } from "./run-release.ts";

export interface PreparedRelease {
  readonly journal: ReleaseJournal;
  /** What the new entry of the change log says; undefined where none is written. */
  readonly changeLog: string | undefined;
  readonly linted: LintedFile;
  /** Versions that upgrades were tried from. */
  readonly triedFrom: readonly string[];
  /** Why it must not be released. */
  readonly objections: readonly Message[];
  /** Why it had better not be; somebody may decide otherwise. */
  readonly doubts: readonly Message[];
  readonly notes: readonly Message[];
}

export type PrepareResult =
  | ({ readonly kind: "prepared" } & PreparedRelease)
  | { readonly kind: "impossible"; readonly reason: Message };

/**
 * Checks everything that a release is checked for, and says what it would do. Nothing is changed.
 *
 * @throws PackageError when the spec or something of it cannot be read
 */
export async function prepareRelease(request: ReleaseRequest, world: ReleaseWorld): Promise<PrepareResult> {
  const { spec, git, outputFolder, baseFolder } = request;
  const result = await raisedSpec(await world.packages.spec(spec), request, world);
  if (result.kind === "impossible") return result;
  const { raised } = result;
  const { versions, notes } = await findVersionsWithNotes(spec, world, {
    ...{ baseFolder, named: [...request.knownPackages, outputFolder], git },
  });
  const released = versions.filter(({ source }) => source.kind !== "commit");
  const opened = await world.histories?.open(world.paths.dirname(spec), git);
  const linted = await lintedAs(raised.after.bytes, request, world);
  const release = admittedRange(specOf(linted.tree), linted.dialect).highest;
  const stamp = buildStamp(request, release, world);
  const decision = decideBuild(linted, { mode: request.mode, release, stamp }, false);
  const tag = request.tag ? tagOf(raised, opened, released, world.paths.basename(spec)) : undefined;
  const index = await indexOf(request, linted, world);
  const journal = journalOf({ request, raised, decision, stamp, tag, index }, world);
  const committed = await gitObjections({ request, raised, tag: tag?.name, opened }, world);
  const objections = [
    ...buildObjections(decision),
    ...changeLogObjections(raised, request.changeLog),
    ...versionObjections(raised.version, released),
    ...(await placeObjections(journal, world)),
    ...committed.objections,
  ];
  // Upgrades to what is not well-formed are not tried.
  const upgrades =
    objections.length > 0 ? notTried : await tryUpgrades(request, raised.version, versions, world);
  return {
    ...{ kind: "prepared", journal, linted, objections, notes },
    changeLog: raised.hasEntry ? raised.said : undefined,
    triedFrom: upgrades.triedFrom,
    doubts: [...committed.doubts, ...upgrades.doubts],
  };
}

/** What a release is, before it is begun. */
interface Decided {
  readonly request: ReleaseRequest;
  readonly raised: RaisedSpec;
  readonly decision: BuildDecision;
  readonly stamp: BuildStamp;
  readonly tag: ReleaseJournal["tag"];
  readonly index: ReleaseJournal["index"];
}

function journalOf(
  { request, raised, decision, stamp, tag, index }: Decided,
  { clock, paths }: ReleaseWorld,
): ReleaseJournal {
  const { spec, baseFolder, outputFolder, mode, allowSymlinks, settings } = request;
  const { name, from, version, before, after, isChanged } = raised;
  // One that is not built has no name, and nothing is done then.
  const fileName = decision.kind === "build" ? decision.plan.fileName : `${name}-${version}.opm`;
  const archive = paths.join(outputFolder, fileName);
  return {
    ...{ format: 1, spec, name, from, version, done: [], baseFolder, outputFolder, archive },
    steps: releaseSteps.filter((step) => isWanted(step, { isChanged, tag, index })),
    ...{ before: base64Of(before.bytes), after: base64Of(after.bytes) },
    build: {
      ...{ mode, dialect: settings.dialect, allowSymlinks },
      ...{ stampDate: stamp.date, stampHost: stamp.host },
    },
    time: Math.floor(Date.parse(`${clock.nowInUtc().replace(" ", "T")}Z`) / 1000),
    ...(index && { index }),
    // Without a new commit the one that is there is tagged.
    ...(tag && { tag: isChanged ? tag : { ...tag, commit: tag.parent } }),
  };
}

function isWanted(
  step: ReleaseStep,
  { isChanged, tag, index }: { readonly isChanged: boolean; readonly tag: unknown; readonly index: unknown },
): boolean {
  switch (step) {
    case "spec":
      return isChanged;
    case "commit":
      return tag !== undefined && isChanged;
    case "index":
      return index !== undefined;
    case "tag":
      return tag !== undefined;
    default:
      return true;
  }
}

/** The spec as it is going to be, with all that its folder tells. */
async function lintedAs(
  bytes: Uint8Array,
  { spec, settings, baseFolder, databases, upgradesSince }: ReleaseRequest,
  world: ReleaseWorld,
): Promise<LintedFile> {
  const { known } = await versionsBeside(spec, world);
  const others = known.beside(spec);
  return lintFile(spec, settings, world, { bytes, baseFolder, databases, upgradesSince, others });
}

async function indexOf(
  { outputFolder, index }: ReleaseRequest,
  { dialect }: LintedFile,
  { paths, named, packages }: ReleaseWorld,
): Promise<ReleaseJournal["index"]> {
  const path = paths.join(outputFolder, productOf(dialect).indexFileName);
  if ((await named.kindOf(path).catch(() => undefined)) === "file") {
    return { path, dialect, before: base64Of(await packages.spec(path)) };
  }
  return index ? { path, dialect, before: null } : undefined;
}

const notTried = { triedFrom: [], doubts: [] };

/** Whether all older versions can be upgraded to this one. */
async function tryUpgrades(
  { spec, baseFolder, allowSymlinks, databases, upgradesSince }: ReleaseRequest,
  version: string,
  versions: readonly FoundVersion[],
  world: ReleaseWorld,
): Promise<{ readonly triedFrom: readonly string[]; readonly doubts: readonly Message[] }> {
  const older = versions.filter((each) => compareStrictly(each.version, version) < 0);
  if (older.length === 0) return notTried;
  const report = await toTheEndOf(
    new Matrix(world).run({
      read: packageReader(spec, world, { baseFolder, allowSymlinks, version }),
      versions: older,
      products: [],
      databases: databases.length > 0 ? databases : triedDatabases,
      since: upgradesSince === "" ? undefined : upgradesSince,
      kinds: ["straight", "step-by-step"],
    }),
  );
  const triedFrom = report.starts.map((start) => start.version);
  if (!hasFaults(report)) return { triedFrom, doubts: [] };
  const text =
    "Upgrades do not come to what a fresh install does, or fail. The upgrade matrix, “sopm matrix”, tells where.";
  return { triedFrom, doubts: [{ text }] };
}
