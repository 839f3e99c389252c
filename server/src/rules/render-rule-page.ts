import { type DialectId, dialectIds, productOf } from "../dialect/products.ts";
import { holdsAmong, releasesOf } from "../dialect/switches.ts";
import type { RuleText, RuleTexts } from "../host/rule-text.ts";
import { profileRows, profiles, profilesOf } from "./profiles.ts";
import type { Rule } from "./rule.ts";
import { severities } from "./rule.ts";

/** The page of a rule in Markdown. */
export function renderRulePage(rule: Rule, { group, summary, docs, bad, good, source }: RuleText): string {
  const { id, severity, policyPlugins } = rule;
  const chosen = profilesOf(id);
  const dialects = dialectsOfRule(rule);
  return [
    `# ${id}`,
    "",
    `${summary}.`,
    "",
    `- Group: [${titleOf(group)}](README.md#${anchorOf(titleOf(group))})`,
    `- Severity: ${severity}`,
    ...(dialects.length < dialectIds.length
      ? [`- Only for: ${dialects.map((dialect) => productOf(dialect).label).join(", ")}`]
      : []),
    ...(chosen ? [`- Only in the profile: ${chosen.map((profile) => `\`${profile}\``).join(", ")}`] : []),
    "",
    "## What happens",
    "",
    docs,
    "",
    "## What it says",
    "",
    ...messagesOf(rule).map((text) => `- ${escapeMarkdown(text)}`),
    "",
    "## Wrong",
    "",
    ...codeBlock(bad),
    "",
    "## Right",
    "",
    ...codeBlock(good),
    "",
    "## What proves it",
    "",
    `${source}.`,
    "",
    "## Switching it off",
    "",
    `In the settings: \`"sopm.rules": { "${id}": "off" }\`, or another severity. In a spec:`,
    `\`<!-- sopm-disable-file ${id} -->\` for the file, \`<!-- sopm-disable-line ${id} -->\` for a line and`,
    `\`<!-- sopm-disable-next-line ${id} -->\` for the line below.`,
    ...(policyPlugins ?? []).map(
      (plugin) =>
        `The code policy's \`<!-- nofilter(TidyAll::Plugin::Znuny::SOPM::${plugin}) -->\` switches it off as well.`,
    ),
    "",
  ].join("\n");
}

/** All that a rule may say. */
export function messagesOf({ message }: Rule): readonly string[] {
  return typeof message === "string" ? [message] : Object.values(message);
}

/** The dialects that a rule speaks in. */
export function dialectsOfRule(rule: Rule): readonly DialectId[] {
  return dialectIds.filter((dialect) => holdsAmong(rule, releasesOf(dialect)));
}

/** The index of all rules, by group. */
export function renderRuleIndex(groups: Readonly<Record<string, readonly Rule[]>>, texts: RuleTexts): string {
  const rules = Object.values(groups).flat();
  return [
    "# Rules",
    "",
    `There are ${rules.length} rules. Each has a page that says what happens and why, with an example.`,
    "",
    "An **error** means that the package fails, or silently does not do what it says; it stops a build until you say",
    "otherwise. A **warning** means that something most likely is not what you want. **Information** and **hints** are",
    "things to know. The setting `sopm.rules` gives a rule another severity or switches it off.",
    ...Object.entries(groups).flatMap(([group, rules]) => [
      "",
      `## ${titleOf(group)}`,
      "",
      "| Rule | Severity | |",
      "| --- | --- | --- |",
      ...rules.map(
        ({ id, severity }) =>
          `| [${id}](${id}.md) | ${severity}${profilesOf(id) ? ", only in [some profiles](#profiles)" : ""} | ${escapeMarkdown(texts[id]!.summary)} |`,
      ),
    ]),
    "",
    "## Profiles",
    "",
    "The setting `sopm.profile` and the option `--profile` choose what packages are held to. Nearly all rules speak in",
    "every profile. These do not; `sopm.rules` and `--rule` ask for one of them where the profile does not. What is",
    "said of one product's code policy is told of packages for that product alone.",
    "",
    `| Rule | ${profiles.map((profile) => `\`${profile}\``).join(" | ")} |`,
    `| --- |${profiles.map(() => " --- |").join("")}`,
    ...Object.entries(profileRows).map(
      ([row, chosen]) =>
        `| ${nameOfRow(row, rules)} | ${profiles.map((profile) => (chosen.includes(profile) ? "on" : "")).join(" | ")} |`,
    ),
    "",
  ].join("\n");
}

/** A rule, or the sentence of it that a row of the profiles is about. */
function nameOfRow(row: string, rules: readonly Rule[]): string {
  const [id = "", variant] = row.split("/");
  const message = rules.find((rule) => rule.id === id)?.message;
  const said = variant !== undefined && typeof message === "object" ? message[variant] : undefined;
  return `[${id}](${id}.md)${said === undefined ? "" : `: ${escapeMarkdown(said)}`}`;
}

/** The JSON schema of the setting `sopm.rules`. */
export function renderRuleSchema(rules: readonly Rule[], texts: RuleTexts): string {
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Severities by rule",
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(
      rules
        .map(({ id, severity }): [string, object] => [
          id,
          {
            description: `${texts[id]!.summary}.`,
            type: "string",
            enum: [...severities, "off"],
            default: severity,
          },
        ])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

const titles: Readonly<Record<string, string>> = {
  archive: "Archives and indexes",
  code: "Code sections",
  configuration: "Configuration",
  database: "Database",
  document: "Document",
  files: "Files",
  intro: "Intro texts",
  merge: "Conditions and merging",
  metadata: "Metadata",
  requirements: "Requirements",
  settings: "Settings",
  simulated: "What databases refuse",
};

function titleOf(group: string): string {
  return titles[group] ?? group;
}

function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(" ", "-");
}

/** Element names in angle brackets would be taken for HTML. */
function escapeMarkdown(text: string): string {
  return text.replace(/[<>*_|]/g, "\\$&");
}

/** An invisible byte order mark is shown by its name. */
function codeBlock(text: string): readonly string[] {
  return [
    text.startsWith("{") ? "```json" : "```xml",
    text.replaceAll("\ufeff", "(byte order mark)").replace(/^\n/, "(an empty line)\n"),
    "```",
  ];
}
