import { type ArchivePlan, type BuildOptions, planArchive } from "../builder/plan-archive.ts";
import { type Refusal, refusalKinds, refuse } from "../builder/refusal.ts";
import type { Message } from "../l10n/translate.ts";
import { findingMessage } from "../rules/finding-text.ts";
import type { Finding, NamedText } from "../rules/rule.ts";
import type { Span } from "../text/span.ts";
import type { LintedFile } from "./lint-file.ts";

export type BuildDecision =
  | { readonly kind: "build"; readonly plan: Extract<ArchivePlan, { readonly kind: "archive" }> }
  | {
      readonly kind: "blocked";
      readonly errors: readonly Finding[];
      readonly refusals: readonly Refusal[];
      /** True when the framework's builder would go on all the same, and so may we. */
      readonly canForce: boolean;
    };

/**
 * Decides whether a spec is built: not when the framework's builder would refuse it or when building it is not safe,
 * and not with error findings unless `force` is set. What databases refuse is an error where an installation or an upgrade
 * surely fails for it.
 */
export function decideBuild(
  { isReadable, tree, findings }: Pick<LintedFile, "isReadable" | "tree" | "findings">,
  options: BuildOptions,
  force: boolean,
): BuildDecision {
  if (!isReadable) return refusedBuild(findings, refuse("encoding"));
  const plan = planArchive(tree, options);
  if (plan.kind === "refused") return refusedBuild(findings, ...plan.refusals);
  const errors = findings.filter(isError);
  if (errors.length > 0 && !force) {
    const canForce = !errors.some(({ rule }) => withoutFile.has(rule));
    return { kind: "blocked", errors, refusals: [], canForce };
  }
  return { kind: "build", plan };
}

/** The decision about a spec that nobody builds. */
function refusedBuild(findings: readonly Finding[], ...refusals: readonly Refusal[]) {
  return { kind: "blocked", errors: findings.filter(isError), refusals, canForce: false } as const;
}

/** What these rules find makes the framework's builder fail as well, because it has nothing to read. */
const withoutFile: ReadonlySet<string> = new Set([
  "base-folder-elsewhere",
  "file-not-found",
  "file-case-mismatch",
]);

function isError({ severity }: Finding): boolean {
  return severity === "error";
}

/** One reason why a spec is not built. */
export interface Reason extends Message {
  /** Absent for what is missing or about the whole spec. */
  readonly span?: Span;
  /** The file that the span lies in; absent for the spec. */
  readonly file?: NamedText;
  /** The rule that found it; absent for refusals of the builder. */
  readonly rule?: string;
}

/** What blocks a build: refusals first, then the findings. */
export function reasonsOf({
  errors,
  refusals,
}: Extract<BuildDecision, { readonly kind: "blocked" }>): Reason[] {
  return [
    ...refusals.map(refusalReason),
    ...errors.map((finding) => {
      const { span, rule, file } = finding;
      return { ...findingMessage(finding), span, rule, ...(file && { file }) };
    }),
  ];
}

/** What the framework's builder, or ours, has against a spec. */
export function refusalReason({ id, values, span }: Refusal): Reason {
  return { text: refusalKinds[id].text, values, ...(span ? { span } : {}) };
}
