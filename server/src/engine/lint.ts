import { detectDialect } from "../dialect/detect.ts";
import type { DialectId } from "../dialect/dialect.ts";
import { productOf } from "../dialect/products.ts";
import { schemaFor } from "../dialect/schema.ts";
import type { FolderFacts } from "../host/folder-facts.ts";
import type { OtherPackages } from "../host/known-packages.ts";
import type { PerlFacts } from "../host/perl-checker.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Release } from "../knowledge/releases.ts";
import { type PackageSpec, specOf } from "../model/package-spec.ts";
import type { Profile } from "../rules/profiles.ts";
import type { ComparedReport, Finding, Severity, SimulatedReport } from "../rules/rule.ts";
import type { DocumentKind, RuleContext } from "../rules/rule-context.ts";
import { rules } from "../rules/rules.ts";
import { RuleSet, runRules } from "../rules/run-rules.ts";
import { type Steps, toTheEnd } from "../rules/steps.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import type { DecodingProblem } from "../text/decode.ts";
import { admittedRange, admittedReleases } from "./admitted-releases.ts";

export interface LintSettings {
  /** "auto" to tell it from the document. */
  readonly dialect: DialectId | "auto";
  readonly profile: Profile;
  /** The text that is wanted in the head of each file of code; absent or blank for any. */
  readonly licenseHeader?: string;
  /** Why tables are left on purpose behind an uninstall, by their names; absent for none. */
  readonly keptTables?: Readonly<Record<string, string>>;
  /** Severities by rule id; rules not named keep their own. */
  readonly rules: Readonly<Record<string, Severity | "off">>;
}

export const defaultLintSettings: LintSettings = { dialect: "auto", profile: "framework", rules: {} };

const noTables = {};

/** What the outside knows of a document, beside its text. */
export interface LintSurroundings {
  readonly fileName: string | undefined;
  readonly kind: DocumentKind;
  readonly folder: FolderFacts;
  /** What Perl says of the code in it; absent where nobody asks it. */
  readonly perl?: PerlFacts | undefined;
  /** Why its bytes are not what the frameworks read; absent when they are, and for text that never was bytes. */
  readonly decodingProblem?: DecodingProblem | undefined;
  /** The facts of releases of a framework, the newest last; the same object for the same releases. */
  readonly knowledge: (releases: readonly Release[]) => Knowledge;
  /** "YYYY-MM-DD", local time. */
  readonly today: string;
  /** The packages beside the one that is checked; absent where none are known. */
  readonly others?: OtherPackages | undefined;
}

/** What a document is checked with. */
export interface LintContext {
  readonly dialect: DialectId;
  readonly dialectSource: "setting" | "detected" | "default";
  /** What the rules know; to be given back for the next version of the same document. */
  readonly context: RuleContext;
}

export interface LintResult extends LintContext {
  readonly findings: readonly Finding[];
}

const ruleSet = new RuleSet(rules);

/** The rules about the index of a repository. What it has in common with a package is the form of XML. */
const indexRuleSet = new RuleSet(
  rules.filter(
    ({ id, scope }) => scope === "comparison" || id === "xml-not-wellformed" || id === "xml-doctype",
  ),
);

/**
 * Everything that is wrong with a document. Pure: the same arguments give the same findings, in the editor as on the
 * command line.
 *
 * @param previous the context of the version before, so that what is still true is not found out again
 */
export function lint(
  tree: SyntaxTree,
  settings: LintSettings,
  surroundings: LintSurroundings,
  previous?: RuleContext,
): LintResult {
  const spec = specOf(tree);
  const chosen = lintContext(spec, settings, surroundings, previous);
  return { ...chosen, findings: toTheEnd(lintInSteps(spec, settings, surroundings, chosen)) };
}

/** What a document is to be checked with. It is found out without checking anything. */
export function lintContext(
  spec: PackageSpec,
  settings: LintSettings,
  surroundings: LintSurroundings,
  previous?: RuleContext,
): LintContext {
  const { dialect, dialectSource } = chooseDialect(spec, settings);
  const releases = admittedRange(spec, dialect);
  const context = keepIfEqual(previous, {
    dialect,
    releases,
    schema: schemaFor(dialect, releases),
    product: productOf(dialect),
    profile: settings.profile,
    licenseHeader: settings.licenseHeader?.trim() ? settings.licenseHeader : undefined,
    keptTables: settings.keptTables ?? noTables,
    kind: surroundings.kind,
    fileName: surroundings.fileName,
    packageName: spec.name,
    packageVersion: spec.version,
    folder: surroundings.folder,
    perl: surroundings.perl,
    knowledge: surroundings.knowledge(admittedReleases(spec, dialect, dialectSource === "setting")),
    today: surroundings.today,
    configured: settings.rules,
  });
  return { dialect, dialectSource, context };
}

/**
 * The work of {@link lint} a piece at a time. What was found out before it is given up is not found out again for the
 * next version of the document.
 *
 * @param simulated what came of trying the package; nobody tries it here
 * @param compared what came of comparing the document with others; nobody does here
 */
export function* lintInSteps(
  spec: PackageSpec,
  settings: LintSettings,
  { decodingProblem, others }: Pick<LintSurroundings, "decodingProblem" | "others">,
  { context }: LintContext,
  simulated: readonly SimulatedReport[] = [],
  compared: readonly ComparedReport[] = [],
): Steps<readonly Finding[]> {
  const chosen = context.kind === "index" ? indexRuleSet : ruleSet;
  const found = yield* runRules(spec, context, chosen, { simulated, compared, others });
  return decodingProblem ? withEncoding(found, decodingProblem, settings) : found;
}

const encodingRule = "xml-encoding-not-utf8";

/** What rules see in the text of such a file, which is no longer what it was, and they say it less surely. */
const encodingSymptoms: ReadonlySet<string> = new Set([encodingRule, "xml-replacement-character"]);

/** Adds that nobody can read the file. */
function withEncoding(
  findings: readonly Finding[],
  problem: DecodingProblem,
  settings: LintSettings,
): readonly Finding[] {
  const others = findings.filter(({ rule }) => !encodingSymptoms.has(rule));
  const severity = settings.rules[encodingRule] ?? "error";
  if (severity === "off") return others;
  const start = problem.id === "not-utf-8" ? problem.textOffset : 0;
  const span = { start, end: start + 1 };
  const finding: Finding = { rule: encodingRule, severity, span, ...encodingMessage(problem) };
  return [...others, finding].sort((a, b) => a.span.start - b.span.start);
}

function encodingMessage(problem: DecodingProblem): Pick<Finding, "message" | "arguments"> {
  if (problem.id === "not-utf-8") {
    return {
      message:
        "The framework refuses to read this file, because the bytes here are no UTF-8. Save it as UTF-8.",
    };
  }
  return {
    message: "The framework cannot read this file, because it is written in {encoding}. Save it as UTF-8.",
    arguments: { encoding: problem.id === "utf-16" ? "UTF-16" : problem.encoding },
  };
}

/** The dialect of a spec, and whether the settings, the spec or nobody said so. */
function chooseDialect(
  spec: PackageSpec,
  settings: Pick<LintSettings, "dialect">,
): Pick<LintResult, "dialect" | "dialectSource"> {
  if (settings.dialect !== "auto") return { dialect: settings.dialect, dialectSource: "setting" };
  const { dialect, certain } = detectDialect({ root: spec.root?.name, frameworks: spec.frameworks });
  return { dialect, dialectSource: certain ? "detected" : "default" };
}

function keepIfEqual(previous: RuleContext | undefined, next: RuleContext): RuleContext {
  if (!previous) return next;
  const keys = Object.keys(next) as (keyof RuleContext)[];
  return keys.every((key) => Object.is(previous[key], next[key])) ? previous : next;
}
