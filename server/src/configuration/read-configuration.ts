import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { ReadFile } from "../host/workspace-disk.ts";
import type { MessageArguments } from "../l10n/translate.ts";
import type { Finding, Fix } from "../rules/rule.ts";
import { rules } from "../rules/rules.ts";
import { closest } from "../text/similar.ts";
import { SourceText } from "../text/source-text.ts";
import type { Span } from "../text/span.ts";
import {
  type Configuration,
  configurationSize,
  fault,
  type Located,
  type Scenario,
  type Variant,
} from "./configuration-file.ts";
import { decodedJson } from "./decode-json.ts";
import type { Said, Source } from "./layers.ts";
import { scenarioRow, scenarioRows } from "./scenario-rows.ts";
import { isValueOf, ruleSeverities, type SettingRow, settingRow, settingRows } from "./setting-rows.ts";

/** Brackets in each other; a configuration needs three. */
const deepest = 32;

/**
 * Reads a configuration, however it is written. Never throws.
 *
 * @param file missing for what is there and is no regular file
 */
export function readConfiguration(path: string, file: ReadFile): Configuration {
  const empty = { path, isRoot: false, extends: [], layer: new Map(), scenarios: new Map() };
  const nothing = (variant: Variant, values: MessageArguments = {}): Configuration => ({
    ...empty,
    text: "",
    findings: [fault(variant, { start: 0, end: 0 }, values)],
  });
  switch (file.kind) {
    case "missing":
      return nothing("no-file");
    case "too-large":
      return nothing("too-large", { size: configurationSize / 1024 });
    case "unreadable":
      return nothing("unreadable", { reason: file.reason });
    case "read": {
      const decoded = decodedJson(file.bytes);
      if ("problem" in decoded) return nothing(decoded.problem);
      return { ...empty, ...readText(path, decoded.text) };
    }
  }
}

/** The same for a text, such as one that is typed. */
export function readConfigurationText(path: string, text: string): Configuration {
  return { ...readText(path, text), path };
}

function readText(path: string, text: string): Configuration {
  const source = SourceText.of(text);
  const findings: Finding[] = [];
  const tell = (...words: Parameters<typeof fault>) => findings.push(fault(...words));
  const layer = new Map<string, Said | ReadonlyMap<string, Said>>();
  const scenarios = new Map<string, Scenario>();
  const result = { path, text, isRoot: false, extends: [] as Located[], layer, scenarios, findings };
  const deep = tooDeepAt(text);
  if (deep) {
    tell("too-deep", deep, { most: deepest });
    return result;
  }
  const errors: ParseError[] = [];
  // A byte order mark is no part of the text.
  const root = parseTree(text.replace(/^\ufeff/, " "), errors, { allowTrailingComma: true });
  const [error] = errors;
  // What follows from the first one is not told as well.
  if (error && root?.type === "object") tellSyntax(error, text, tell);
  if (root?.type !== "object") {
    tell("no-object", root ? spanOf(root) : { start: 0, end: text.length });
    return result;
  }
  const sourceAt = (span: Span): Source => ({
    ...{ kind: "file", path, span },
    line: source.positionAt(span.start).line + 1,
  });
  for (const { key, keySpan, value, span } of pairsOf(root, tell)) {
    if (!value) continue;
    if (key === "$schema") {
      if (value.type !== "string") tell("wrong-text", spanOf(value), { key });
    } else if (key === "root") {
      if (value.type === "boolean") result.isRoot = value.value;
      else tell("wrong-flag", spanOf(value), { key });
    } else if (key === "extends") {
      const parts = value.type === "array" ? (value.children ?? []) : [value];
      for (const part of parts) {
        if (part.type === "string") result.extends.push({ value: part.value, span: insideQuotes(part) });
        else tell(value.type === "array" ? "wrong-list" : "wrong-text", spanOf(part), { key });
      }
    } else if (key === "scenarios") {
      if (value.type !== "object") tell("wrong-object", spanOf(value), { key });
      else {
        for (const each of pairsOf(value, tell)) {
          const scenario = each.value && readScenario(each.key, each.keySpan, each.value, tell, sourceAt);
          if (scenario) scenarios.set(each.key, scenario);
        }
      }
    } else {
      const row = settingRow(key);
      if (!row) tellUnknownKey(key, keySpan, { known: allKeys, present: keysOf(root) }, tell);
      else if (row.isOfUser) tellUserKey(row, keySpan, tell);
      else if (row.isOfEditor) tell("editor-key", keySpan, { key }, { severity: "warning" });
      else {
        const said = readValue(row, value, span, tell, sourceAt);
        if (said) layer.set(key, said);
      }
    }
  }
  return result;
}

type Tell = (...words: Parameters<typeof fault>) => unknown;

/** Keys of their own, which no editor has a setting for. */
const ownKeys = ["$schema", "root", "extends", "scenarios"];

const allKeys: readonly string[] = [
  ...ownKeys,
  ...(settingRows as readonly SettingRow[])
    .filter(({ isOfEditor, isOfUser }) => !isOfEditor && !isOfUser)
    .map(({ key }) => key),
];

function tellUserKey({ key, variable }: SettingRow, span: Span, tell: Tell): void {
  if (variable === undefined) tell("user-key-in-editor", span, { key }, { severity: "warning" });
  else tell("user-key", span, { key, variable }, { severity: "warning" });
}

function readScenario(
  scenario: string,
  nameSpan: Span,
  value: Node,
  tell: Tell,
  sourceAt: (span: Span) => Source,
): Scenario | undefined {
  if (value.type !== "object") {
    tell("wrong-object", spanOf(value), { key: scenario, scenario });
    return undefined;
  }
  const said = new Map<string, Said>();
  const meant = new Set<string | undefined>();
  for (const { key, keySpan, value: part, span } of pairsOf(value, tell)) {
    const row = scenarioRow(key);
    if (!row) {
      const known = scenarioRows.map((each) => each.key);
      meant.add(tellUnknownKey(key, keySpan, { known, present: keysOf(value) }, tell));
    } else {
      meant.add(key);
      const read = part && readValue(row, part, span, tell, sourceAt);
      if (read && !(read instanceof Map)) said.set(key, read as Said);
    }
  }
  if (!said.has("operation")) {
    // Of one that is misspelt it is told already.
    if (!meant.has("operation")) tell("no-operation", nameSpan, { scenario });
    return undefined;
  }
  if (["productVersion", "frameworkHome", "sandbox"].filter((key) => said.has(key)).length > 1) {
    tell("many-systems", nameSpan, { scenario });
    return undefined;
  }
  return said;
}

/** What a key says; undefined for what it does not take, which is told. */
function readValue(
  row: Pick<SettingRow, "key" | "type">,
  value: Node,
  span: Span,
  tell: Tell,
  sourceAt: (span: Span) => Source,
): Said | ReadonlyMap<string, Said> | undefined {
  const { key, type } = row;
  switch (type.kind) {
    case "severities":
    case "folders":
    case "reasons": {
      if (value.type !== "object") {
        tell("wrong-object", spanOf(value), { key });
        return undefined;
      }
      const parts = new Map<string, Said>();
      for (const pair of pairsOf(value, tell)) {
        if (!pair.value) continue;
        const isRead =
          type.kind === "folders"
            ? requireText(pair.key, pair.value, tell)
            : type.kind === "reasons"
              ? requireReason(pair.key, pair.value, tell)
              : requireRule(pair.key, pair.keySpan, keysOf(value), tell) &&
                requireChoice(pair.key, pair.value, ruleSeverities, tell);
        // A rule that is written twice has moved to the end, where the last one is.
        if (isRead) parts.set(pair.key, { value: pair.value.value, source: sourceAt(pair.span) });
      }
      return parts;
    }
    case "paths":
    case "names":
    case "choices": {
      if (value.type !== "array") {
        tell("wrong-list", spanOf(value), { key });
        return undefined;
      }
      const parts = (value.children ?? []).filter((part) =>
        type.kind === "choices" ? requireChoice(key, part, type.choices, tell) : requireText(key, part, tell),
      );
      return { value: parts.map((part) => part.value), source: sourceAt(span) };
    }
    case "choice":
      return requireChoice(key, value, type.choices, tell)
        ? { value: value.value, source: sourceAt(span) }
        : undefined;
    case "flag":
      if (value.type === "boolean") return { value: value.value, source: sourceAt(span) };
      tell("wrong-flag", spanOf(value), { key });
      return undefined;
    case "text":
    case "path": {
      if (!requireText(key, value, tell)) return undefined;
      if (type.kind === "text" && type.form && !isValueOf(row as SettingRow, value.value)) {
        const { example } = type.form;
        tell("wrong-form", spanOf(value), { key, value: shown(value.value), example });
        return undefined;
      }
      return { value: value.value, source: sourceAt(span) };
    }
  }
}

function requireText(key: string, value: Node, tell: Tell): boolean {
  if (value.type === "string") return true;
  tell("wrong-text", spanOf(value), { key });
  return false;
}

function requireReason(key: string, value: Node, tell: Tell): boolean {
  if (!requireText(key, value, tell)) return false;
  if (value.value.trim() !== "") return true;
  tell("no-reason", spanOf(value), { key });
  return false;
}

function requireChoice(key: string, value: Node, choices: readonly string[], tell: Tell): boolean {
  if (value.type === "string" && choices.includes(value.value)) return true;
  if (value.type !== "string") {
    tell("wrong-text", spanOf(value), { key });
    return false;
  }
  const near = closest(value.value, choices);
  const values = { key, value: shown(value.value), allowed: choices.join(", ") };
  tell(
    "wrong-choice",
    spanOf(value),
    values,
    near === undefined ? {} : replacedBy(near, insideQuotes(value), true),
  );
  return false;
}

/** @param present all that are written beside it */
function requireRule(rule: string, span: Span, present: ReadonlySet<string>, tell: Tell): boolean {
  if (rules.some(({ id }) => id === rule)) return true;
  const near = closest(
    rule,
    rules.map(({ id }) => id),
  );
  if (near === undefined) tell("unknown-rule", span, { rule: shown(rule) });
  else {
    const fixes = replacedBy(near, withoutQuotes(span), !present.has(near));
    tell("unknown-rule-near", span, { rule: shown(rule), near }, fixes);
  }
  return false;
}

/** @returns the known key that is most likely meant; undefined for one that is like none */
function tellUnknownKey(
  key: string,
  span: Span,
  { known, present }: { readonly known: readonly string[]; readonly present: ReadonlySet<string> },
  tell: Tell,
): string | undefined {
  // Who copies from the settings of the editor has the section in front; who nests them, its parts alone.
  const bare = key.replace(/^sopm\./, "");
  const meant = known.find((each) => each === bare) ?? closest(bare, known);
  const near = meant ?? known.find((each) => each.startsWith(`${bare}.`));
  if (near === undefined) tell("unknown-key", span, { key: shown(key) });
  else {
    const isSure = meant !== undefined && !present.has(meant);
    tell("unknown-key-near", span, { key: shown(key), near }, replacedBy(near, withoutQuotes(span), isSure));
  }
  return near;
}

/** @param isSure whether it is meant, and what is written elsewhere stays in effect */
function replacedBy(newText: string, span: Span, isSure: boolean): { readonly fixes: readonly Fix[] } {
  return {
    fixes: [
      {
        title: "Replace with “{name}”",
        arguments: { name: newText },
        edits: [{ span, newText }],
        ...(!isSure && { asks: true }),
      },
    ],
  };
}

interface Pair {
  readonly key: string;
  readonly keySpan: Span;
  /** Undefined where it is missing, which has been told. */
  readonly value: Node | undefined;
  /** Of both. */
  readonly span: Span;
}

/** The pairs of an object, of each key the last one. */
function pairsOf({ children = [] }: Node, tell: Tell): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  for (const property of children) {
    const [key, value] = property.children ?? [];
    if (!key) continue;
    const name = String(key.value);
    const before = pairs.get(name);
    if (before) tell("duplicate", spanOf(key), { key: shown(name) }, { severity: "warning" });
    pairs.delete(name);
    pairs.set(name, { key: name, keySpan: spanOf(key), value, span: spanOf(property) });
  }
  return [...pairs.values()];
}

function keysOf({ children = [] }: Node): ReadonlySet<string> {
  return new Set(children.map((property) => String(property.children?.[0]?.value)));
}

function spanOf({ offset, length }: Node): Span {
  return { start: offset, end: offset + length };
}

function insideQuotes(node: Node): Span {
  return withoutQuotes(spanOf(node));
}

function withoutQuotes({ start, end }: Span): Span {
  return { start: start + 1, end: Math.max(start + 1, end - 1) };
}

/** As much of a name as a message has room for. */
function shown(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}…` : name;
}

/** The first bracket that is nested too deep. The parser goes down with them. */
function tooDeepAt(text: string): Span | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (;;) {
    scanner.scan();
    const start = scanner.getTokenOffset();
    if (start >= text.length) return undefined;
    const sign = scanner.getTokenLength() === 1 ? text[start] : undefined;
    if (sign === "{" || sign === "[") depth++;
    else if (sign === "}" || sign === "]") depth--;
    if (depth > deepest) return { start, end: start + 1 };
  }
}

/** What is missing, by the parser’s name for it. */
const missingSigns: Readonly<Record<string, string>> = {
  ColonExpected: ":",
  CommaExpected: ",",
  CloseBraceExpected: "}",
  CloseBracketExpected: "]",
};

function tellSyntax({ error, offset, length }: ParseError, text: string, tell: Tell): void {
  const span = { start: offset, end: Math.max(offset + length, Math.min(offset + 1, text.length)) };
  const name = printParseErrorCode(error);
  const wanted = missingSigns[name];
  if (wanted) tell("missing-sign", span, { wanted });
  else if (name === "ValueExpected") tell("missing-value", span);
  else if (name === "PropertyNameExpected") tell("missing-key", span);
  else if (name === "UnexpectedEndOfComment") tell("open-comment", span);
  else if (/String|Escape|Unicode|InvalidCharacter/.test(name)) tell("bad-text", span);
  else tell("bad-sign", span, { text: shown(text.slice(span.start, span.end)) });
}
