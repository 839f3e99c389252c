import type { PackageSpec } from "../model/package-spec.ts";
import type { RuleContext } from "../rules/rule-context.ts";
import type { SyntaxTree } from "../syntax/tree.ts";

/** A document with all that features may know of it. */
export interface FeatureDocument {
  readonly tree: SyntaxTree;
  /** The package that `tree` tells of. */
  readonly spec: PackageSpec;
  /** What the rules knew when they looked at `tree`: dialect, files on disk, knowledge of the framework. */
  readonly context: RuleContext;
}
