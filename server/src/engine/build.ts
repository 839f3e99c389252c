import { type ArchivePlan, type BuildOptions, planArchive } from "../builder/plan-archive.ts";
import { type Refusal, refusalKinds } from "../builder/refusal.ts";
import type { MessageArguments } from "../l10n/translate.ts";
import type { Finding } from "../rules/rule.ts";
import type { SyntaxTree } from "../syntax/tree.ts";

/** A text for the reader: an English template and its values, to be translated at the border. */
export interface Message {
  readonly text: string;
  readonly values?: MessageArguments;
}

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
 * and not with error findings unless `force` is set.
 */
export function decideBuild(
  tree: SyntaxTree,
  findings: readonly Finding[],
  options: BuildOptions,
  force: boolean,
): BuildDecision {
  const plan = planArchive(tree, options);
  const errors = findings.filter(({ severity }) => severity === "error");
  if (plan.kind === "refused") return { kind: "blocked", errors, refusals: plan.refusals, canForce: false };
  if (errors.length > 0 && !force) return { kind: "blocked", errors, refusals: [], canForce: true };
  return { kind: "build", plan };
}

/** What blocks a build, in words: refusals first, then the findings, each once. */
export function reasonsOf({
  errors,
  refusals,
}: Extract<BuildDecision, { readonly kind: "blocked" }>): Message[] {
  return [
    ...refusals.map(({ id, values }) => ({ text: refusalKinds[id].text, values })),
    ...errors.map(({ message, arguments: values = {} }) => ({ text: message, values })),
  ];
}
