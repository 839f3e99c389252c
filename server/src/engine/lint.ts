import { detectDialect } from "../dialect/detect.ts";
import type { DialectId } from "../dialect/dialect.ts";
import { productOf } from "../dialect/products.ts";
import { schemaFor } from "../dialect/schema.ts";
import type { FolderFacts } from "../host/folder-facts.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { PackageSpec } from "../model/package-spec.ts";
import type { Finding, Profile, Severity } from "../rules/rule.ts";
import type { RuleContext } from "../rules/rule-context.ts";
import { rules } from "../rules/rules.ts";
import { RuleSet, runRules } from "../rules/run-rules.ts";
import type { SyntaxTree } from "../syntax/tree.ts";

export interface LintSettings {
  /** "auto" to tell it from the document. */
  readonly dialect: DialectId | "auto";
  readonly profile: Profile;
  /** Severities by rule id; rules not named keep their own. */
  readonly rules: Readonly<Record<string, Severity | "off">>;
}

export const defaultLintSettings: LintSettings = { dialect: "auto", profile: "framework", rules: {} };

/** What the outside knows of a document, beside its text. */
export interface LintSurroundings {
  readonly fileName: string | undefined;
  readonly kind: "spec" | "archive";
  readonly folder: FolderFacts;
  /** The facts of the framework that a dialect belongs to. */
  readonly knowledge: (dialect: DialectId) => Knowledge;
  /** "YYYY-MM-DD", local time. */
  readonly today: string;
}

export interface LintResult {
  readonly dialect: DialectId;
  readonly dialectSource: "setting" | "detected" | "default";
  readonly findings: readonly Finding[];
  /** What the rules knew; to be given back for the next version of the same document. */
  readonly context: RuleContext;
}

const ruleSet = new RuleSet(rules);

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
  const spec = new PackageSpec(tree);
  const { dialect, dialectSource } = chooseDialect(spec, settings);
  const context = keepIfEqual(previous, {
    dialect,
    schema: schemaFor(dialect),
    product: productOf(dialect),
    profile: settings.profile,
    kind: surroundings.kind,
    fileName: surroundings.fileName,
    packageName: spec.name,
    packageVersion: spec.version,
    folder: surroundings.folder,
    knowledge: surroundings.knowledge(dialect),
    today: surroundings.today,
    configured: settings.rules,
  });
  return { dialect, dialectSource, findings: runRules(tree, context, ruleSet), context };
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
