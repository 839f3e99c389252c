import { homepage } from "../../../package.json";

/**
 * The address of the page of a rule, for logs that are read elsewhere; undefined as long as the project has no home. A path
 * would not do in its place: the log takes addresses that mean the same everywhere (SARIF 2.1.0, 3.49.12).
 *
 * @param home of the project, as its manifest names it
 */
export function ruleAddress(rule: string, home: string = homepage): string | undefined {
  // No owner begins with a hyphen, but the one that stands for the real one does.
  const [repository] = /^https:\/\/github\.com\/(?!-)[\w-]+\/[\w.-]+/.exec(home) ?? [];
  return repository === undefined ? undefined : `${repository}/blob/HEAD/docs/rules/${rule}.md`;
}
