/**
 * SOPM as a library: what the command line does, for programs in Node. Nothing goes to the network, nothing is started,
 * and only `build` writes. Types and functions that are not named here may change with every version.
 */
import { defaultDatabase } from "./database/engines.ts";
import { buildPackage } from "./engine/build-package.ts";
import { reasonsOf } from "./engine/decide-build.ts";
import { dryRun as dryRunPackage } from "./engine/dry-run.ts";
import { earlierChoice } from "./engine/earlier-choice.ts";
import { findingCertainty } from "./engine/finding-certainty.ts";
import { lintContext, lintInSteps } from "./engine/lint.ts";
import { lintFile as lintFileOnDisk } from "./engine/lint-file.ts";
import { packageReader } from "./engine/read-package.ts";
import { Simulation } from "./engine/simulate.ts";
import { surroundingsOf } from "./engine/surroundings.ts";
import { versionSearch } from "./engine/version-search.ts";
import { noFolder } from "./host/folder-facts.ts";
import { english, type Message, messageText } from "./l10n/translate.ts";
import { specOf } from "./model/package-spec.ts";
import { nodeWorld } from "./node/world.ts";
import { triedDatabases } from "./protocol/databases.ts";
import { toJson } from "./report/render-json.ts";
import { rangeOf } from "./rules/finding-place.ts";
import { findingText } from "./rules/finding-text.ts";
import type { Finding as EngineFinding } from "./rules/rule.ts";
import type { RuleContext } from "./rules/rule-context.ts";
import { toTheEnd } from "./rules/steps.ts";
import { openSandbox } from "./sandbox/sandbox.ts";
import { sandboxWorld } from "./sandbox/sandbox-world.ts";
import { SyntaxTree } from "./syntax/tree.ts";
import { readProductVersion, unknownProduct } from "./system/product-version.ts";

const world = nodeWorld();
const { texts } = world;

/** The families of package formats. */
export type Dialect =
  | "otrs-legacy"
  | "otrs-5"
  | "otrs-6"
  | "otrs-8"
  | "znuny-6"
  | "znuny-7"
  | "otobo-10"
  | "otobo-11";

/** An error means that the package fails or silently does not do what it says. */
export type Severity = "error" | "warning" | "information" | "hint";

export interface LintOptions {
  /** Absent to tell it from the spec. */
  readonly dialect?: Dialect;
  /** Which rules speak: those about what the products do, those of the code policy of Znuny or OTOBO as well, or all. Absent for the first. */
  readonly profile?: "framework" | "znuny-policy" | "otobo-policy" | "strict";
  /** Severities by rule id; rules not named keep their own. */
  readonly rules?: Readonly<Record<string, Severity | "off">>;
  /** The databases that the package is tried on, to tell what they refuse; absent for none, as trying takes its time. */
  readonly databases?: readonly Database[];
}

export type Database = "mysql" | "mysql-8" | "postgresql" | "oracle";

/** Where something stands. All count from 1; the end is behind the last character, and a column is a UTF-16 unit. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One problem at one place. */
export interface Finding extends Place {
  /** Stable, kebab-case; `docs/rules/` has a page for each. */
  readonly rule: string;
  readonly severity: Severity;
  /** Whether the code of the releases that the package is for was run, or read, or one of them is taken for another. */
  readonly certainty: "run" | "read" | "assumed";
  /** Another file of the package that it is about, relative to the base folder; absent for the spec itself. */
  readonly file?: string;
  /** In the language of {@link setLanguage}. */
  readonly message: string;
}

export interface LintResult {
  /** The one asked for, or what the spec was taken for. */
  readonly dialect: Dialect;
  /** In the order of their places. */
  readonly findings: readonly Finding[];
}

/** Chooses the language of all texts from now on: "en", which is the default, or "de". */
export function setLanguage(language: "en" | "de"): void {
  texts.choose(language);
}

/** Checks the text of a spec. Nothing is known of its files, so that rules about them keep quiet. Never throws. */
export function lint(text: string, options: LintOptions = {}): LintResult {
  const tree = SyntaxTree.parse(text);
  const surroundings = surroundingsOf({ path: undefined, folder: noFolder }, world);
  const settings = settingsOf(options);
  const spec = specOf(tree);
  const chosen = lintContext(spec, settings, surroundings);
  const { databases = [] } = options;
  const simulated = toTheEnd(new Simulation(world.knowledge.knowledgeFor).run(spec, chosen, databases));
  const findings = toTheEnd(lintInSteps(spec, settings, surroundings, chosen, simulated));
  return { dialect: chosen.dialect, findings: findings.map((each) => toFinding(each, tree, chosen.context)) };
}

/**
 * Checks a spec (.sopm) or an archive (.opm) on disk, with all that its folder tells.
 *
 * @param options `baseFolder` is where the package's files are; absent for the folder of the spec. `version` is the one
 * that a spec is checked at; absent for the one that is written in it
 * @throws the error of the file system when the file cannot be read
 */
export async function lintFile(
  path: string,
  options: LintOptions & { readonly baseFolder?: string; readonly version?: string } = {},
): Promise<LintResult> {
  const linted = await lintFileOnDisk(path, settingsOf(options), world, options);
  const { dialect, context, findings, tree } = linted;
  return { dialect, findings: findings.map((finding) => toFinding(finding, tree, context)) };
}

export interface BuildOptions {
  /** Absent to tell it from the spec. */
  readonly dialect?: Dialect;
  /** Absent for the folder of the spec. */
  readonly outputFolder?: string;
  /** Where the package's files are; absent for the folder of the spec. */
  readonly baseFolder?: string;
  /** Whose bytes are written; absent for those of the framework's own builder. */
  readonly mode?: "framework" | "opmbuild";
  /** Replaces the version in the spec. */
  readonly version?: string;
  /** The databases that it is tried on before; absent for those that `sopm build` takes. A failure that is sure stops it. */
  readonly databases?: readonly Database[];
  /** "YYYY-MM-DD hh:mm:ss"; absent for `SOURCE_DATE_EPOCH`, else now. */
  readonly stampDate?: string;
  /** Absent for the name of this machine. */
  readonly stampHost?: string;
  /** True to build what the framework would build although it has errors. */
  readonly force?: boolean;
  /** True to follow symbolic links out of the base folder. */
  readonly allowSymlinks?: boolean;
  readonly signal?: AbortSignal;
}

/** Why there is no archive. */
export interface Reason {
  readonly message: string;
  /** Absent for refusals of the builder and of the disk. */
  readonly rule?: string;
  /** Another file of the package that the place is in, relative to the base folder; absent for the spec itself. */
  readonly file?: string;
  /** Absent for what is about the whole package. */
  readonly place?: Place;
}

export type BuildResult =
  | {
      readonly kind: "built";
      /** Absolute path of the archive. */
      readonly path: string;
      /** Bytes. */
      readonly size: number;
      readonly files: number;
    }
  | {
      /** `blocked`: the spec has errors; `failed`: the disk or the files did not play along. */
      readonly kind: "blocked" | "failed";
      readonly reasons: readonly Reason[];
      /** True when `force` would help. */
      readonly canForce: boolean;
    }
  | { readonly kind: "cancelled" };

/**
 * Builds the archive of a spec, under another name first, so that what stood there stays until the new one is whole.
 */
export async function build(spec: string, options: BuildOptions = {}): Promise<BuildResult> {
  const { mode = "framework", force = false, allowSymlinks = false, databases = triedDatabases } = options;
  const settings = settingsOf(options.dialect ? { dialect: options.dialect } : {});
  const request = {
    ...{ ...options, spec, mode, force, allowSymlinks, databases, settings },
    strictSchema: "off",
  } as const;
  const result = await buildPackage(request, world);
  switch (result.kind) {
    case "built":
      return { kind: "built", path: result.path, size: result.size, files: result.files };
    case "blocked": {
      const { tree } = result.linted;
      const reasons = reasonsOf(result).map(({ rule, span, file, ...message }) =>
        toReason(message, rule, span && { span, ...(file && { file }) }, tree),
      );
      return { kind: "blocked", reasons, canForce: result.canForce };
    }
    case "failed": {
      const { messages, span, linted } = result;
      const reasons = messages.map((message) => toReason(message, undefined, span && { span }, linted?.tree));
      return { kind: "failed", reasons, canForce: false };
    }
    case "cancelled":
      return { kind: "cancelled" };
  }
}

export interface DryRunOptions {
  /** Such as "Znuny 7.1.3"; absent for the newest that the package is made for. */
  readonly product?: string;
  /** Absent for MySQL. */
  readonly database?: Database;
  /**
   * What is installed before an upgrade: the path of a spec or an archive, or a version, which is taken as it was released
   * where a tag or a commit of Git, or an archive beside the spec, has it. An upgrade needs it.
   */
  readonly from?: string;
  /** Where the files of a spec are; absent for its folder. */
  readonly baseFolder?: string;
  /** A spec is taken as it is when built as this version; absent for the one that is written in it. */
  readonly version?: string;
}

/** The report of a dry run. `schemas/dry-run.schema.json`, which comes with the package, describes all of it. */
export interface DryRunReport {
  /** Of this form; it grows when something is removed or changes its meaning. */
  readonly version: number;
  readonly operation: Operation;
  readonly product: string;
  readonly package: {
    readonly name: string | null;
    readonly version: string | null;
    readonly vendor: string | null;
  };
  readonly verdict: {
    /** What the framework reports. */
    readonly kind: "success" | "refused" | "died" | "unknown";
    /** True when there is something to look at although it reports success. */
    readonly needsAttention: boolean;
    readonly sentence: string;
  };
  /** What is said about each area rests on: a release that was run or read, or one that another is taken for. */
  readonly basis: readonly {
    readonly area: string;
    readonly certainty: "run" | "read" | "assumed" | "unknown";
    readonly release: string | null;
  }[];
  /** What was taken for granted, because nobody said it. */
  readonly assumptions: readonly string[];
  /** In the order in which a system would take them. */
  readonly steps: readonly {
    readonly number: number;
    readonly kind: string;
    readonly title: string;
    readonly outcome: "runs" | "fails" | "skipped" | "never";
    /** False where nobody can tell whether it goes well; it is planned as if it did. */
    readonly certain: boolean;
    /** The weakest of what the outcome rests on. */
    readonly certainty: "run" | "read" | "assumed";
    /** Why it is so; null when there is nothing to say. */
    readonly reason: string | null;
    /** In the spec, from 1; null where there is no such place. */
    readonly line: number | null;
    readonly column: number | null;
  }[];
  readonly [more: string]: unknown;
}

export type Operation = "install" | "upgrade" | "reinstall" | "uninstall";

/**
 * Tells what an operation on a package would do to a system as it is delivered. Nothing is changed.
 *
 * @param path of a spec (.sopm) or an archive (.opm)
 * @throws TypeError for an unknown product, or when an upgrade does not say from what
 * @throws Error named `PackageError`, with a `code`, when the package or one of its files cannot be read
 */
export async function dryRun(
  operation: Operation,
  path: string,
  options: DryRunOptions = {},
): Promise<DryRunReport> {
  const { product, database = defaultDatabase, from, baseFolder, version } = options;
  const framework = product === undefined ? undefined : readProductVersion(product);
  if (product !== undefined && !framework) {
    throw new TypeError(messageText(unknownProduct(product), english));
  }
  const spec = world.paths.resolve(path);
  const earlier =
    operation !== "upgrade" || from === undefined
      ? undefined
      : await earlierChoice(from, { path: spec, ...versionSearch(spec, baseFolder, world.paths) }, world);
  if (operation === "upgrade" && !earlier) {
    throw new TypeError(
      "An upgrade needs “from”: the path of a spec or an archive, or a version such as 1.0.0.",
    );
  }
  const { report } = await dryRunPackage(
    {
      ...{ operation, database, from: earlier, options: {} },
      read: packageReader(path, world, { baseFolder, version }),
      system: framework ? { kind: "product", product: framework } : { kind: "fitting" },
    },
    { ...world, openSandbox: (folder) => openSandbox(folder, sandboxWorld(world, true)) },
  );
  return toJson(report, texts.translate);
}

function settingsOf({ dialect, profile = "framework", rules = {} }: LintOptions) {
  return { dialect: dialect ?? ("auto" as const), profile, rules };
}

function toFinding(finding: EngineFinding, tree: SyntaxTree, context: RuleContext): Finding {
  const { rule, severity, file } = finding;
  return {
    rule,
    severity,
    ...(file && { file: file.path }),
    certainty: findingCertainty(rule, context),
    message: findingText(finding, texts.translate),
    ...placeOf(finding, tree),
  };
}

function toReason(
  message: Message,
  rule: string | undefined,
  found: Found | undefined,
  tree: SyntaxTree | undefined,
): Reason {
  return {
    message: texts.textOf(message),
    ...(rule === undefined ? {} : { rule }),
    ...(found?.file && { file: found.file.path }),
    ...(found && tree ? { place: placeOf(found, tree) } : {}),
  };
}

type Found = Pick<EngineFinding, "span" | "file">;

function placeOf(found: Found, tree: SyntaxTree): Place {
  const { start, end } = rangeOf(found, tree);
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
