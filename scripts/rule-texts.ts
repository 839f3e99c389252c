import { readFileSync } from "node:fs";
import type { RuleText, RuleTexts } from "../server/src/host/rule-text.ts";
import { ruleFiles, rulesFolder } from "./rule-list.ts";

/** The texts of all rules, each from the file of its name beside it. */
export function loadRuleTexts(): RuleTexts {
  return Object.fromEntries(
    ruleFiles().flatMap(({ group, ids }) =>
      ids.map((id) => {
        const markdown = readFileSync(new URL(`${group}/${id}.md`, rulesFolder), "utf8");
        return [id, { group, ...readRuleText(markdown, `${group}/${id}.md`) }];
      }),
    ),
  );
}

/** The texts as one file, which ships. */
export function renderRuleTexts(texts: RuleTexts): string {
  return `${JSON.stringify(texts, undefined, 2)}\n`;
}

const form =
  /^# (?<summary>[^\n]+)\n\n(?<docs>.+?)\n\n## Wrong\n\n```(?:xml|json)\n(?<bad>.+?)\n```\n\n## Right\n\n```(?:xml|json)\n(?<good>.+?)\n```\n\n## What proves it\n\n(?<source>.+?)\n$/s;

/** @throws when it has not the form that all have */
function readRuleText(markdown: string, file: string): Omit<RuleText, "group"> {
  const parts = form.exec(markdown)?.groups;
  if (!parts)
    throw new Error(`${file} has not the form of the others: title, text, Wrong, Right, What proves it`);
  const { summary = "", docs = "", bad = "", good = "", source = "" } = parts;
  return {
    summary,
    docs: joined(docs),
    bad: withUnseen(bad),
    good: withUnseen(good),
    source: joined(source),
  };
}

/** Where a line ends says nothing. */
function joined(text: string): string {
  return text.replaceAll("\n", " ");
}

/** What nobody would see is written in words; see `codeBlock` of the pages. */
function withUnseen(example: string): string {
  return example.replaceAll("(byte order mark)", "\ufeff").replace(/^\(an empty line\)\n/, "\n");
}
