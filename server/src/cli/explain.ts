import { productOf } from "../dialect/products.ts";
import type { RuleText } from "../host/rule-text.ts";
import type { Shell } from "../host/shell.ts";
import type { Texts } from "../l10n/texts.ts";
import { profilesOf } from "../rules/profiles.ts";
import { dialectsOfRule, messagesOf } from "../rules/render-rule-page.ts";
import type { Rule } from "../rules/rule.ts";
import { severalLines } from "../text/visible.ts";
import { wrapped } from "../text/wrapped.ts";
import type { ExitCode, Given } from "./command.ts";
import { lineWidth } from "./help.ts";
import { printResult } from "./print-result.ts";
import { ruleNamed } from "./rule-argument.ts";
import type { explainParameters } from "./spec-commands.ts";

/** `sopm explain`: prints what a rule is for, with an example. */
export async function explain(given: Given<typeof explainParameters>, shell: Shell): Promise<ExitCode> {
  const rule = ruleNamed(given.rule);
  const { texts, ruleTexts, rulePage } = shell.world;
  const about = ruleTexts()[rule.id]!;
  const { group, docs, bad, good, source } = about;
  const data = {
    rule: rule.id,
    group,
    severity: rule.severity,
    profiles: profilesOf(rule.id) ?? null,
    dialects: dialectsOfRule(rule),
    summary: texts.translate(about.summary),
    text: docs,
    messages: messagesOf(rule).map((message) => texts.translate(message)),
    ...{ wrong: bad, right: good, source, page: rulePage(rule.id) },
  };
  printResult(shell, given.format, { data, text: explanation(rule, about, texts) });
  return 0;
}

function explanation(rule: Rule, about: RuleText, { translate, language }: Texts): string {
  const { id, severity, where, whereNot } = rule;
  const profiles = profilesOf(id);
  const indented = (text: string) => text.replace(/^(?=.)/gm, "  ");
  const paragraph = (text: string) => indented(wrapped(text, lineWidth - 2).join("\n"));
  const part = (title: string, lines: readonly string[]) => ["", translate(title), ...lines];
  const products = dialectsOfRule(rule).map((dialect) => productOf(dialect).label);
  const lines = [
    `${id} (${translate(severity)})`,
    ...wrapped(`${translate(about.summary)}.`, lineWidth),
    ...(where || whereNot ? [translate("Only for: {names}", { names: products.join(", ") })] : []),
    ...(profiles ? [translate("Only in the profile: {names}", { names: profiles.join(", ") })] : []),
    ...part("What happens", [
      // What is said about rules is not translated; whoever asked for another language is told so.
      ...(language === "en" ? [] : [paragraph(translate("This part is in English alone."))]),
      paragraph(about.docs),
    ]),
    ...part(
      "What it says",
      messagesOf(rule).map((message) => paragraph(translate(message))),
    ),
    ...part("Wrong", [indented(severalLines(about.bad))]),
    ...part("Right", [indented(severalLines(about.good))]),
    ...part("What proves it", [paragraph(`${about.source}.`)]),
    ...part("Switching it off", [
      `  --rule ${id}=off`,
      `  "sopm.rules": { "${id}": "off" }`,
      `  <!-- sopm-disable-file ${id} -->`,
    ]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
