import type { Rule } from "../rules/rule.ts";
import { rules } from "../rules/rules.ts";
import { closest } from "../text/similar.ts";
import { UsageError } from "./usage-error.ts";

/** The rule of an id that was typed. @throws UsageError when there is none */
export function ruleNamed(id: string): Rule {
  const rule = rules.find((each) => each.id === id);
  if (rule) return rule;
  const near = closest(
    id,
    rules.map((each) => each.id),
  );
  if (near !== undefined) {
    throw new UsageError("There is no rule “{id}”. Did you mean “{near}”?", { id, near });
  }
  throw new UsageError("There is no rule “{id}”; findings end with the name of theirs.", { id });
}
