import type { Message } from "../l10n/translate.ts";
import type { Difference, OpenPart } from "../proof/compare-systems.ts";
import type { Block, FailedStep, PathVerdict } from "../proof/upgrade-paths.ts";
import { databaseTitles } from "../protocol/databases.ts";
import type { MatrixColumn, MatrixReport, MatrixRow, Told } from "./matrix-report.ts";

/** Words that all forms of a matrix share. */

export const verdictTitles: Readonly<Record<PathVerdict, Message>> = {
  same: { text: "same" },
  differs: { text: "differs" },
  fails: { text: "fails" },
  refused: { text: "refused" },
  unknown: { text: "not known" },
};

/** What each verdict means, in the order of a legend. */
export const verdictTexts: Readonly<Record<PathVerdict, Message>> = {
  same: {
    text: "Tables, columns, keys, rows of the package, settings and files are as after a fresh install, and an uninstall leaves the same. What code does is not followed.",
  },
  differs: { text: "Something of that is not as after a fresh install." },
  fails: { text: "A step of the last upgrade, or of an uninstall behind it, fails." },
  refused: { text: "The framework refuses it." },
  unknown: { text: "It cannot be compared, and the reason is told below." },
};

export const verdictSigns: Readonly<Record<PathVerdict, string>> = {
  same: "✓",
  differs: "≠",
  fails: "✗",
  refused: "⊘",
  unknown: "?",
};

export function matrixTitle({ package: { name = "", version = "" } }: MatrixReport): Message {
  return { text: "Upgrade matrix of {package}", values: { package: `${name} ${version}`.trim() } };
}

/** What a row is about. */
export function rowTitle({ start, kind }: Pick<MatrixRow, "start" | "kind">): Message {
  if (start === undefined) return { text: "fresh install" };
  const values = { version: start };
  return kind === "straight"
    ? { text: "from {version}", values }
    : { text: "from {version}, step by step", values };
}

export function countsText({ counts, rows, columns }: MatrixReport): Message {
  const { same, differs, fails, refused, unknown } = counts;
  return {
    text: "Paths: {paths}, systems: {systems}. The same: {same}, different: {differs}, failed: {fails}, refused: {refused}, not known: {unknown}.",
    values: { paths: rows.length, systems: columns.length, same, differs, fails, refused, unknown },
  };
}

export function noStarts({ since }: MatrixReport): Message {
  if (since === undefined)
    return { text: "No older version is known, so that only a fresh install was tried." };
  return {
    text: "No older version from {since} on is known, so that only a fresh install was tried.",
    values: { since },
  };
}

export function passedOverText({ since = "", passedOver }: MatrixReport): Message {
  return {
    text: "Versions before {since} do not count: {versions}.",
    values: { since, versions: passedOver.join(", ") },
  };
}

export const differencesTitle: Message = { text: "What differs" };
export const failuresTitle: Message = { text: "Steps that fail" };
export const refusalsTitle: Message = { text: "What is refused" };
export const openTitle: Message = { text: "What cannot be compared" };

/** What it is, and why; the reason may speak of other tables than the one that it leaves open. */
export function openSentences({ kind, subject, reason }: OpenPart): {
  readonly sentence: Message;
  readonly why?: Message;
} {
  if (kind === "start") return { sentence: reason };
  return {
    sentence: { text: "The table {table} cannot be compared.", values: { table: subject } },
    why: reason,
  };
}
export const earlierTitle: Message = { text: "Steps of older versions that failed on the way" };
export const blocksTitle: Message = { text: "What upgrades run" };
export const legendTitle: Message = { text: "What the words mean" };
export const pathTitle: Message = { text: "Path" };

/** What a difference is, as one sentence. */
export function differenceText({ kind, table, name, fresh, other, operation }: Difference): Message {
  const isMissing = other === undefined;
  const text = differenceSentences[kind][isMissing ? 0 : fresh === undefined ? 1 : 2];
  const message = { text, values: { table, name, fresh: fresh ?? "", other: other ?? "" } };
  return operation === "uninstall" ? { ...message, further: behindUninstall } : message;
}

const behindUninstall: Message = { text: "It shows behind an uninstall." };

/** Of what is missing, of what is there only after upgrades, and of what is otherwise. */
const differenceSentences: Readonly<Record<Difference["kind"], readonly [string, string, string]>> = {
  table: [
    "Upgraded systems have no table {table}.",
    "Upgraded systems have the table {table}, and fresh ones do not.",
    "",
  ],
  column: [
    "Upgraded systems have no column {name} in {table}.",
    "Upgraded systems have the column {name} in {table}, and fresh ones do not.",
    "",
  ],
  "column-type": of("The column {name} of {table} is {other} on upgraded systems and {fresh} on fresh ones."),
  "column-size": of("The column {name} of {table} is {other} on upgraded systems and {fresh} on fresh ones."),
  "column-required": of(
    "The column {name} of {table} is {other} on upgraded systems and {fresh} on fresh ones.",
  ),
  "column-default": [
    "The column {name} of {table} has no default on upgraded systems, and {fresh} on fresh ones.",
    "The column {name} of {table} has the default {other} on upgraded systems, and none on fresh ones.",
    "The column {name} of {table} has the default {other} on upgraded systems and {fresh} on fresh ones.",
  ],
  "column-counter": of("The column {name} of {table} counts by itself only on some of the systems."),
  "primary-key": [
    "Upgraded systems have no primary key in {table}.",
    "Upgraded systems have the primary key {other} in {table}, and fresh ones have none.",
    "The primary key of {table} is {other} on upgraded systems and {fresh} on fresh ones.",
  ],
  key: [
    "Upgraded systems have no key {name} in {table}: {fresh}.",
    "Upgraded systems have the key {name} in {table}, and fresh ones do not: {other}.",
    "The key {name} of {table} is {other} on upgraded systems and {fresh} on fresh ones.",
  ],
  "key-name": of("A key of {table} is called {other} on upgraded systems and {fresh} on fresh ones."),
  "foreign-key": [
    "Upgraded systems have no foreign key {fresh} in {table}.",
    "Upgraded systems have the foreign key {other} in {table}, and fresh ones do not.",
    "",
  ],
  row: [
    "Upgraded systems have no row in {table} with {fresh}.",
    "Upgraded systems have a row in {table} with {other}, and fresh ones do not.",
    "A row of {table} has {other} on upgraded systems and {fresh} on fresh ones.",
  ],
  setting: [
    "Upgraded systems have no setting {name}.",
    "Upgraded systems have the setting {name}, and fresh ones do not.",
    "The setting {name} is otherwise on upgraded systems than on fresh ones.",
  ],
  file: [
    "Upgraded systems have no file {name}.",
    "Upgraded systems have the file {name}, and fresh ones do not.",
    "The file {name} is otherwise on upgraded systems than on fresh ones.",
  ],
};

function of(text: string): readonly [string, string, string] {
  return [text, text, text];
}

/** Which step fails, in which operation of the present version. */
export function failureText({ operation, label: step }: FailedStep): Message {
  return { text: failureSentences[operation], values: { step } };
}

/** The same of an older version. */
export function earlierText({ operation, label: step, version = "?" }: FailedStep): Message {
  const text =
    operation === "install"
      ? "{step} fails in the install of {version}."
      : "{step} fails in the upgrade to {version}.";
  return { text, values: { step, version } };
}

const failureSentences: Readonly<Record<FailedStep["operation"], string>> = {
  install: "{step} fails in a fresh install.",
  upgrade: "{step} fails in the upgrade.",
  reinstall: "{step} fails in a reinstall.",
  uninstall: "{step} fails in an uninstall.",
};

/** From where it is so, the first version first. */
export function startsText({ starts, isStepByStep }: Told<unknown>): Message | undefined {
  const versions = starts.filter((start) => start !== undefined).join(", ");
  if (versions === "") return undefined;
  return isStepByStep
    ? { text: "In upgrades from {versions}, step by step.", values: { versions } }
    : { text: "In upgrades from {versions}.", values: { versions } };
}

/** On which systems it is so; undefined for all of them. */
export function columnsText(
  { columns }: Told<unknown>,
  { columns: all }: Pick<MatrixReport, "columns">,
): Message | undefined {
  if (columns.length === all.length) return undefined;
  return { text: "Only on {systems}.", values: { systems: columns.map(columnTitle).join(", ") } };
}

export function columnTitle({ product, database }: MatrixColumn): string {
  return `${product} ${databaseTitles[database]}`;
}

const blockTitles: Readonly<Record<Block["outcome"], Message>> = {
  runs: { text: "runs: {blocks}." },
  fails: { text: "fails: {blocks}." },
  skipped: { text: "is skipped: {blocks}." },
  never: { text: "never runs: {blocks}." },
};

export const blockOutcomes = Object.keys(blockTitles) as readonly Block["outcome"][];

/** Those with one outcome; undefined for none. */
export function blocksText(blocks: readonly Block[], outcome: Block["outcome"]): Message | undefined {
  const names = blocks
    .filter((block) => block.outcome === outcome)
    .map(({ label, version }) => (version === undefined ? label : `${label} ${version}`));
  if (names.length === 0) return undefined;
  return { text: blockTitles[outcome].text, values: { blocks: names.join(", ") } };
}

/** Neighbouring columns of one product. */
export function productsOf(columns: readonly MatrixColumn[]): ReadonlyMap<string, readonly number[]> {
  const products = new Map<string, number[]>();
  for (const [index, { product }] of columns.entries()) {
    const known = products.get(product);
    if (known) known.push(index);
    else products.set(product, [index]);
  }
  return products;
}
