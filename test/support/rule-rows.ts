import { test } from "node:test";
import { rules } from "../../server/src/rules/rules.ts";
import { checkRule, type RuleCase } from "./check-rule.ts";
import { marked } from "./marked.ts";

/** A rule's id, a text with what the rule finds in `[[…]]`, and what else is expected of it. */
export type RuleRow = readonly [id: string, markedText: string, expected?: RuleCase];

/** One test per row. No text has a caret, so that `|` may stand in it. */
export function checkRows(rows: readonly RuleRow[]): void {
  for (const [id, markedText, expected] of rows) {
    test(`${id}: ${markedText.replace(/\s+/g, " ")}`, () => {
      const rule = rules.find((each) => each.id === id);
      if (!rule) throw new Error(`there is no rule ${id}`);
      checkRule(rule, marked(markedText, { caret: "\u0000" }), expected);
    });
  }
}

/** A package with this content. */
export function inRoot(content: string): string {
  return `<otrs_package version="1.0">${content}</otrs_package>`;
}
