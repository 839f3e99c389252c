import type { Span } from "../text/span.ts";
import { isPartOf, isValueOf, type SettingRow, settingRows } from "./setting-rows.ts";

/** Who says something. */
export type Source =
  /** What holds where nobody says anything. */
  | { readonly kind: "built-in" }
  /** A configuration; `path` is absolute, and the span has key and value. */
  | { readonly kind: "file"; readonly path: string; readonly span: Span; readonly line: number }
  | { readonly kind: "editor" }
  /** An option of the command line, such as "--profile". */
  | { readonly kind: "option"; readonly name: string };

export interface Said {
  readonly value: unknown;
  readonly source: Source;
}

/**
 * What somebody says about settings, by their keys. All of it is what its setting takes. Of a setting that has parts, such
 * as the severities of rules, each part is said by itself.
 */
export type Layer = ReadonlyMap<string, Said | ReadonlyMap<string, Said>>;

/** Several layers as one, the last of which comes first. Parts that one is silent about are as another one says. */
export function joined(layers: readonly Layer[]): Layer {
  const all = new Map<string, Said | ReadonlyMap<string, Said>>();
  for (const layer of layers) {
    for (const [key, said] of layer) {
      const before = all.get(key);
      // What is said anew comes last, as of several patterns the first one counts.
      const isInParts = before instanceof Map && said instanceof Map;
      all.set(key, isInParts ? new Map([...said, ...without(before, said)]) : said);
    }
  }
  return all;
}

/** The value of a setting as one: a text, a flag, a list, or an object for what has parts. Undefined where none is said. */
export function valueIn(layer: Layer, key: string): unknown {
  const said = layer.get(key);
  if (!(said instanceof Map)) return (said as Said | undefined)?.value;
  return Object.fromEntries(
    [...(said as ReadonlyMap<string, Said>)].map(([part, { value }]) => [part, value]),
  );
}

/** What holds where nobody says anything. */
export const builtIn: Layer = builtInBy((row) => row.default);

/** The same for a shell. */
export const builtInForShell: Layer = builtInBy((row) => row.shellDefault ?? row.default);

function builtInBy(defaultOf: (row: SettingRow) => unknown): Layer {
  return new Map(settingRows.map((row) => [row.key, saidOf(row, defaultOf(row), { kind: "built-in" })]));
}

/**
 * What an editor sends of its section `sopm`, or what options say: an object with keys as they are written, or with their
 * parts in each other. Anything unusable counts as not said.
 */
export function layerOf(section: unknown, sourceOf: (key: string) => Source): Layer {
  const layer = new Map<string, Said | ReadonlyMap<string, Said>>();
  for (const row of settingRows as readonly SettingRow[]) {
    const value = valueAt(section, row.key);
    if (!isValueOf(row, value)) continue;
    const usable = Array.isArray(value) ? value.filter((part) => isPartOf(row, part)) : value;
    layer.set(row.key, saidOf(row, usable, sourceOf(row.key)));
  }
  return layer;
}

/** What an editor says in its section `sopm`. */
export function editorLayer(section: unknown): Layer {
  return layerOf(section, () => ({ kind: "editor" }));
}

/** @param value one that the setting takes */
function saidOf(row: SettingRow, value: unknown, source: Source): Said | ReadonlyMap<string, Said> {
  if (!hasParts(row)) return { value, source };
  const parts = Object.entries(value as object).filter(([, part]) => isPartOf(row, part));
  return new Map(parts.map(([name, part]) => [name, { value: part, source }]));
}

/** Whether each part of a value is said by itself. */
function hasParts({ type: { kind } }: SettingRow): boolean {
  return kind === "severities" || kind === "folders" || kind === "reasons";
}

function valueAt(section: unknown, key: string): unknown {
  if (typeof section !== "object" || section === null) return undefined;
  if (Object.hasOwn(section, key)) return (section as Record<string, unknown>)[key];
  const [first = "", ...rest] = key.split(".");
  if (rest.length === 0 || !Object.hasOwn(section, first)) return undefined;
  return valueAt((section as Record<string, unknown>)[first], rest.join("."));
}

function without(parts: ReadonlyMap<string, Said>, others: ReadonlyMap<string, Said>): [string, Said][] {
  return [...parts].filter(([name]) => !others.has(name));
}
