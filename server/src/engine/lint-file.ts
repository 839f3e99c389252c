import type { DatabaseKind } from "../database/engines.ts";
import { FolderCache } from "../host/folder-cache.ts";
import { noFolder } from "../host/folder-facts.ts";
import type { OtherPackages } from "../host/known-packages.ts";
import { PerlCache } from "../host/perl-cache.ts";
import type { PerlChecker } from "../host/perl-checker.ts";
import type { World } from "../host/world.ts";
import { atVersion, type SpecAtVersion } from "../model/at-version.ts";
import { codeFamilies, type PackageSpec, specOf } from "../model/package-spec.ts";
import { askAhead } from "../rules/ask-ahead.ts";
import { relocated } from "../rules/finding-place.ts";
import type { ComparedReport, Finding, SimulatedReport } from "../rules/rule.ts";
import { perlVerdict } from "../rules/shared/perl-faults.ts";
import { toTheEnd } from "../rules/steps.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { isIndex } from "./index-document.ts";
import { type LintResult, type LintSettings, lint, lintContext, lintInSteps } from "./lint.ts";
import { isSettingsFile, lintSettingsFile } from "./lint-settings-file.ts";
import type { SiblingPackages } from "./sibling-packages.ts";
import { mayBeSimulated } from "./simulation-excerpt.ts";
import { type SurroundingWorld, surroundingsOf } from "./surroundings.ts";

export interface LintedFile extends LintResult {
  /** The file as it is written, which all findings refer to. */
  readonly tree: SyntaxTree;
  /** False when its bytes are in no encoding that the frameworks read. */
  readonly isReadable: boolean;
}

/** Folders that several specs lie in are looked at once. */
export type FolderCaches = Map<string, FolderCache>;

/** What a check of a file asks of the world. */
export type LintWorld = SurroundingWorld &
  Pick<World, "named" | "packageDisk" | "packages" | "files" | "machine">;

export interface LintFileOptions {
  readonly caches?: FolderCaches | undefined;
  /** Where the package's files are; absent for the folder of the spec. */
  readonly baseFolder?: string | undefined;
  /** Checked as it is at this version; absent for the one that is written in it. */
  readonly version?: string | undefined;
  /** Who is asked about code; absent for nobody. */
  readonly perl?: PerlChecker | undefined;
  /** What is in the file; absent to have it read. */
  readonly bytes?: Uint8Array | undefined;
  /** The databases that the package is tried on; none by default. */
  readonly databases?: readonly DatabaseKind[];
  /** The first released version that upgrades are tried from; absent for all. */
  readonly upgradesSince?: string;
  /** The packages beside it; absent where none are known. */
  readonly others?: OtherPackages | undefined;
  /** Packages that those of an index may require; absent where nobody knows of any. */
  readonly siblings?: SiblingPackages | undefined;
}

/**
 * Checks a file that somebody has named, with all that the disk and our knowledge of the frameworks have to say.
 *
 * @param path undefined for what lies in no file; then its bytes are given
 * @throws SystemError when the file cannot be read
 */
export async function lintFile(
  path: string | undefined,
  settings: LintSettings,
  world: LintWorld,
  options: LintFileOptions = {},
): Promise<LintedFile> {
  const { caches = new Map(), baseFolder = path === undefined ? "." : world.paths.dirname(path) } = options;
  const { text, problem } = decodeText(options.bytes ?? (await world.named.read(path!)));
  const written = SyntaxTree.parse(text);
  if (isSettingsFile(path, written)) {
    const found = lintSettingsFile(path, written, settings, world);
    return { ...found, tree: written, isReadable: problem === undefined };
  }
  // What few files need is loaded for those.
  if (isIndex(path === undefined ? undefined : world.paths.basename(path), written)) {
    const { archivesBeside, lintIndex } = await import("./lint-index.ts");
    const archive = path === undefined ? undefined : await archivesBeside(world.paths.dirname(path), world);
    const result = await lintIndex(
      written,
      settings,
      surroundingsOf({ path, folder: noFolder, decodingProblem: problem }, world),
      { archive, siblings: options.siblings },
    );
    return { ...result, tree: written, isReadable: problem === undefined };
  }
  const released = atVersion(written, options.version);
  const { tree } = released;
  const folder = world.paths.resolve(baseFolder);
  let cache = caches.get(folder);
  if (!cache) {
    cache = new FolderCache(world.packageDisk(folder));
    caches.set(folder, cache);
    await cache.prepare();
  }
  const perl = options.perl && new PerlCache(options.perl);
  const { others } = options;
  const surroundings = () =>
    surroundingsOf({ path, folder: cache.facts, perl: perl?.facts, decodingProblem: problem, others }, world);
  const spec = specOf(tree);
  const check = async () => {
    // It is looked up first, because each answer would mean another check.
    do askAhead(spec, lintContext(spec, settings, surroundings()).context);
    while (await cache.refresh());
    let result: LintResult;
    do result = lint(tree, settings, surroundings());
    while (await cache.refresh());
    return result;
  };
  // Perl has a thread of its own.
  const isPerlAsked = perl && settings.rules["code-perl-syntax"] !== "off";
  const [isRefused, checked] = await Promise.all([isPerlAsked && isAnyRefused(spec, perl), check()]);
  let result = isRefused ? lint(tree, settings, surroundings()) : checked;
  let compared: readonly ComparedReport[] = [];
  if (result.context.kind === "archive" && path !== undefined && problem === undefined) {
    const { compareWithSpec } = await import("./compare-archive.ts");
    compared = await compareWithSpec(path, tree, result.dialect, baseFolder, world);
  }
  const { databases = [], upgradesSince } = options;
  let simulated: readonly SimulatedReport[] = [];
  if (databases.length > 0 && mayBeSimulated(spec, result)) {
    // What plans operations is loaded for those who want it.
    const { Simulation } = await import("./simulate.ts");
    const simulation = new Simulation(world.knowledge.knowledgeFor);
    simulated = toTheEnd(simulation.run(spec, result, databases, others, upgradesSince));
  }
  if (simulated.length > 0 || compared.length > 0) {
    const findings = toTheEnd(lintInSteps(spec, settings, surroundings(), result, simulated, compared));
    result = { ...result, findings };
  }
  const findings =
    tree === written ? result.findings : result.findings.map((each) => asWritten(each, released));
  return { ...result, findings, tree: written, isReadable: problem === undefined };
}

/** Whether Perl refuses any code of a package. */
async function isAnyRefused(spec: PackageSpec, perl: PerlCache): Promise<boolean> {
  const verdicts = () => [...spec.sections(codeFamilies)].map((section) => perlVerdict(section, perl.facts));
  verdicts();
  return (await perl.refresh()) && verdicts().some((verdict) => verdict?.kind === "refused");
}

/** A finding about a spec at another version, in the text as it is written. What would change that version is no fix. */
function asWritten(finding: Finding, { toWritten, isPutIn }: SpecAtVersion): Finding {
  const { file, fixes } = finding;
  if (file || !fixes) return relocated(finding, toWritten);
  const kept = fixes.filter(
    ({ edits, together = [] }) => ![...edits, ...together].some(({ span }) => isPutIn(span)),
  );
  return relocated({ ...finding, fixes: kept }, toWritten);
}
