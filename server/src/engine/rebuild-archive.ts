import type { BuildStamp } from "../builder/archive-part.ts";
import { type BuildMode, buildModes } from "../builder/build-mode.ts";
import { builtBytes } from "../builder/built-bytes.ts";
import { type FirstDifference, firstDifference } from "../builder/first-difference.ts";
import type { OpenedArchive } from "../builder/opened-archive.ts";
import { planArchive } from "../builder/plan-archive.ts";
import type { Refusal } from "../builder/refusal.ts";
import { detectDialect } from "../dialect/detect.ts";
import type { DialectId } from "../dialect/dialect.ts";
import { specOf } from "../model/package-spec.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { admittedRange } from "./admitted-releases.ts";
import { likelyDialect } from "./read-package.ts";
import { sourceOfArchive } from "./source-of-archive.ts";

/** A spec that an archive may have been built from, and what building it gives. */
export interface RebuiltArchive {
  readonly spec: string;
  readonly mode: BuildMode;
  /** Has to be named for the building, as the spec lets one think of another; undefined where not. */
  readonly dialect: DialectId | undefined;
  /** The archive's own, which building it takes as it is. */
  readonly stamp: BuildStamp;
  readonly outcome:
    | { readonly kind: "same" }
    | { readonly kind: "differs"; readonly difference: FirstDifference }
    | { readonly kind: "refused"; readonly refusals: readonly Refusal[] };
}

/**
 * Makes the spec of an archive and finds out whether it gives the archive back, byte for byte, when it is built with the
 * archive's own build data: by the frameworks' builder or by opmbuild. Where neither does, what the more likely one would
 * do counts.
 *
 * @returns undefined for an archive that is not well-formed or holds no package
 * @throws PackageError when a content cannot be read
 */
export async function rebuildArchive(archive: OpenedArchive): Promise<RebuiltArchive | undefined> {
  const tried: RebuiltArchive[] = [];
  for (const mode of likelyModes(archive)) {
    const rebuilt = await rebuildBy(mode, archive);
    if (!rebuilt || rebuilt.outcome.kind === "same") return rebuilt;
    tried.push(rebuilt);
  }
  return tried[0];
}

/** The most likely first: only opmbuild writes build data right before the end. */
function likelyModes({ text = "" }: OpenedArchive): readonly BuildMode[] {
  return /<\/BuildHost><\/[^>]+>\s*$/.test(text) ? [...buildModes].reverse() : buildModes;
}

async function rebuildBy(mode: BuildMode, archive: OpenedArchive): Promise<RebuiltArchive | undefined> {
  const spec = sourceOfArchive(archive, mode);
  if (spec === undefined) return undefined;
  const tree = SyntaxTree.parse(spec);
  const likely = likelyDialect(tree);
  // What the root element alone says.
  const byRoot = detectDialect({ root: tree.root?.name, frameworks: [] }).dialect;
  const { single } = archive.contents.structure!;
  const stamp = { date: single.BuildDate?.content ?? "", host: single.BuildHost?.content ?? "" };
  let first: RebuiltArchive | undefined;
  for (const dialect of mode === "framework" && byRoot !== likely ? [likely, byRoot] : [likely]) {
    const outcome = await outcomeOf(tree, mode, dialect, stamp, archive);
    const rebuilt = { spec, mode, dialect: dialect === likely ? undefined : dialect, stamp, outcome };
    if (outcome.kind === "same") return rebuilt;
    first ??= rebuilt;
  }
  return first;
}

async function outcomeOf(
  tree: SyntaxTree,
  mode: BuildMode,
  dialect: DialectId,
  stamp: BuildStamp,
  { bytes, files }: OpenedArchive,
): Promise<RebuiltArchive["outcome"]> {
  const plan = planArchive(tree, { mode, release: admittedRange(specOf(tree), dialect).highest, stamp });
  if (plan.kind === "refused") return { kind: "refused", refusals: plan.refusals };
  // Of files in one place the last one is there in the end.
  const contents = new Map(files.map(({ location = "", content }) => [location, content]));
  const built = builtBytes(plan.parts, (location) => contents.get(location));
  const difference = await firstDifference(bytes.pieces(0, bytes.size), built);
  return difference ? { kind: "differs", difference } : { kind: "same" };
}
