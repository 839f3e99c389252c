import type { Knowledge } from "../../knowledge/knowledge.ts";
import { memo } from "../../text/memo.ts";
import type { RuleContext } from "../rule-context.ts";

/** The first part of the name of a setting, which those that belong together share. */
export function familyOf(name: string): string {
  return name.split("::")[0]!;
}

/**
 * Whether the framework has settings of the same family: it may then read one under a name that it puts together, such
 * as `Frontend::Module###` with an action. Undefined where its settings are not known.
 */
export function isFrameworkFamily(name: string, { knowledge }: RuleContext): boolean | undefined {
  return families(knowledge)?.has(familyOf(name));
}

const families = memo((knowledge: Knowledge): ReadonlySet<string> | undefined => {
  const lists = (knowledge.parts ?? [knowledge]).map((part) => part.settingNames());
  const names = lists.flatMap((list) => list ?? []);
  return names.length === 0 ? undefined : new Set(names.map((name) => familyOf(name.split("###")[0]!)));
});

/** What the tree begins with in which administrators look for settings. */
export const topGroups = [
  "CloudService",
  "Core",
  "Daemon",
  "GenericInterface",
  "Frontend",
  "WebApp",
] as const;

/** What the `Navigation` of a setting looks like that stands in one of these groups. */
export function belowOneOf(groups: readonly string[]): RegExp {
  return new RegExp(`^(?:${groups.join("|")})(?:::|$)`);
}
