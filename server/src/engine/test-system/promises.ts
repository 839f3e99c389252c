import type { PackageContents } from "../../builder/package-contents.ts";
import { plainName } from "../../database/table.ts";
import type { Message } from "../../l10n/translate.ts";
import { checkDeployment } from "../../lifecycle/deploy-check.ts";
import type { Plan, Step } from "../../lifecycle/plan.ts";
import { tableOf } from "../../proof/database-object.ts";
import type { ComparedPromise, PromiseBreaker } from "../../report/promise-report.ts";
import { pathsTouched } from "../../report/system-difference.ts";
import type { SettingValue } from "../../sysconfig/setting.ts";
import { whenKnown } from "../../system/system-facts.ts";
import { type Digester, digestOf } from "../report-inputs.ts";
import type { ListedPackage } from "./console-answers.ts";

/** A promise that nobody has looked at yet. */
export type OpenPromise = Pick<ComparedPromise, "subject" | "foretold" | "step">;

/** What a plan says of a file behind it. */
export interface FilePromise extends OpenPromise {
  /** Below the home. */
  readonly path: string;
  /** Its SHA-256 in hexadecimal; "there" for one whose content nobody knows, "gone" for none. */
  readonly digest: string;
}

/** What a plan says of a table that its statements are about. */
export interface TablePromise extends OpenPromise {
  readonly table: string;
  /** Undefined for no table. */
  readonly columns: readonly string[] | undefined;
}

/** What a plan says of a setting that it changes. */
export interface SettingPromise extends OpenPromise {
  /** Undefined for no setting. */
  readonly value: SettingValue | undefined;
}

/**
 * What a plan says of the files that its steps touch. A file in doubt is left out.
 *
 * @throws PackageError when a content cannot be read
 */
export async function filePromises(plan: Plan, digester: Digester): Promise<readonly FilePromise[]> {
  const promises: FilePromise[] = [];
  for (const path of pathsTouched(plan.steps)) {
    const step = lastStepOn(plan, ({ changes }) =>
      changes.some(
        (change) =>
          change.part === "home" &&
          ("path" in change.change
            ? change.change.path === path
            : [change.change.from, change.change.to].includes(path)),
      ),
    );
    if (step?.doubt) continue;
    const entry = plan.after.home.entry(path);
    if (entry && entry.kind !== "file") continue;
    const facts = { path, subject: path, step: step && placeOfStep(step) };
    if (!entry) promises.push({ ...facts, digest: "gone", foretold: noFile });
    else if (typeof entry.content === "object") {
      const digest = await digestOf(entry.content, digester);
      promises.push({ ...facts, digest, foretold: fileWith(digest) });
    } else promises.push({ ...facts, digest: "there", foretold: someFile });
  }
  return promises;
}

const noFile: Message = { text: "no file" };
const someFile: Message = { text: "a file" };

function fileWith(digest: string): Message {
  return { text: "a file with the digest {digest}", values: { digest: digest.slice(0, 12) } };
}

/** @param found digest of the file; undefined where there is none */
export function comparedFile(
  promise: FilePromise,
  found: string | undefined,
  code: CodeNames,
): ComparedPromise {
  const { path, digest, subject, foretold, step } = promise;
  const isKept = digest === "there" ? found !== undefined : digest === (found ?? "gone");
  const text = found === undefined ? noFile : digest === "there" ? someFile : fileWith(found);
  return compared("file", { subject, foretold, step }, text, isKept, code.names(path) ? "code" : "sopm");
}

/** What a plan says of the tables that its statements are about, as far as it is sure. */
export function tablePromises(plan: Plan): readonly TablePromise[] {
  const promises = new Map<string, TablePromise | undefined>();
  for (const step of plan.steps) {
    const change = step.kind === "statement" ? step.statement.change : undefined;
    if (!change) continue;
    const names = [tableOf(change), change.kind === "rename-table" ? change.to : undefined];
    for (const name of names) {
      if (name === undefined) continue;
      const table = plan.after.database.table(name);
      const key = plainName(name);
      if (step.doubt || table === "unknown") promises.set(key, undefined);
      else if (promises.get(key) !== undefined || !promises.has(key)) {
        const columns = table?.columns.map((column) => column.name);
        const foretold: Message = columns
          ? { text: "a table with the columns {columns}", values: { columns: columns.join(", ") } }
          : noTable;
        promises.set(key, { table: name, subject: name, columns, foretold, step: placeOfStep(step) });
      }
    }
  }
  return [...promises.values()].filter((promise) => promise !== undefined);
}

const noTable: Message = { text: "no table" };
const someTable: Message = { text: "a table" };

/** @param found the tables that there are, each with its columns, of which there are none where nobody told them */
export function comparedTable(
  { table, columns, subject, foretold, step }: TablePromise,
  found: ReadonlyMap<string, ReadonlySet<string>>,
  code: CodeNames,
): readonly ComparedPromise[] {
  const there = found.get(plainName(table));
  const breaker = code.names(table) ? "code" : "sopm";
  const said = columns && there && there.size > 0 ? foretold : columns ? someTable : foretold;
  const isKept = (columns !== undefined) === (there !== undefined);
  const promises = [
    compared("table", { subject, foretold: said, step }, there ? someTable : noTable, isKept, breaker),
  ];
  if (!columns || !there || there.size === 0) return promises;
  const own = new Set(columns.map(plainName));
  for (const column of new Set([...own, ...there])) {
    const [isForetold, isThere] = [own.has(column), there.has(column)];
    const promise = { subject: `${table}.${column}`, foretold: isForetold ? aColumn : noColumn, step };
    promises.push(compared("column", promise, isThere ? aColumn : noColumn, isForetold === isThere, breaker));
  }
  return promises;
}

const aColumn: Message = { text: "a column" };
const noColumn: Message = { text: "no column" };

/** What a plan says of the settings that it adds, changes or removes. */
export function settingPromises({ before, after, steps }: Plan): readonly SettingPromise[] {
  if (before.settings === after.settings) return [];
  const step = steps.findLast(({ changes }) => changes.some(({ part }) => part === "settings"));
  return [...new Set([...before.settings.keys(), ...after.settings.keys()])].flatMap(
    (name): SettingPromise[] => {
      const [old, now] = [before.settings.get(name), after.settings.get(name)];
      if (old === now || (now && !now.valid) || now?.invisible) return [];
      const value = now?.value;
      const foretold: Message =
        value === undefined
          ? noSetting
          : typeof value === "string"
            ? { text: "the value “{value}”", values: { value } }
            : someSetting;
      return [{ subject: name, value, foretold, step: step && placeOfStep(step) }];
    },
  );
}

const noSetting: Message = { text: "no setting" };
const someSetting: Message = { text: "a setting" };

/** @param found what there is: its text where it is one, and undefined for no setting */
export function comparedSetting(
  { subject, value, foretold, step }: SettingPromise,
  found: { readonly text: string | undefined } | undefined,
): ComparedPromise {
  const text: Message = !found
    ? noSetting
    : found.text === undefined
      ? someSetting
      : { text: "the value “{value}”", values: { value: found.text } };
  const isKept =
    (value === undefined) === (found === undefined) &&
    (typeof value !== "string" || found?.text === undefined || found.text === value);
  return compared("setting", { subject, foretold, step }, text, isKept, "people");
}

/**
 * What became of the package in the list, and of its files as the framework itself sees them.
 *
 * @param contents as the system has stored it
 * @param isHidden whether the list leaves the package out
 * @throws PackageError when a content cannot be read
 */
export async function comparedPackages(
  plan: Plan,
  contents: PackageContents,
  found: readonly ListedPackage[],
  isHidden: boolean,
): Promise<readonly ComparedPromise[]> {
  const names = new Set([
    plan.package.name,
    ...[...plan.before.packages, ...plan.after.packages].map((row) => row.name),
  ]);
  const promises: ComparedPromise[] = [];
  for (const name of names) {
    if (name === undefined || (isHidden && name === plan.package.name)) continue;
    const foretold = plan.after.packages.filter((row) => row.name === name).map((row) => row.version);
    const there = found.filter((row) => row.name === name).map((row) => row.version);
    const isKept = [...foretold].sort().join("\n") === [...there].sort().join("\n");
    promises.push(
      compared(
        "package",
        { subject: name, foretold: inList(foretold), step: undefined },
        inList(there),
        isKept,
        "sopm",
      ),
    );
  }
  const own = found.find((row) => row.name === plan.package.name);
  const isInstalled = plan.after.packages.some((row) => row.name === plan.package.name);
  // What a reinstall of another archive is compared with is the one that is stored.
  const isSure = plan.verdict === "success" && isInstalled && plan.operation !== "reinstall";
  if (own?.isDeployed === undefined || !isSure) return promises;
  const { isDeployed } = await whenKnown(plan.after.facts, () => checkDeployment(contents, plan.after));
  promises.push(
    compared(
      "deployment",
      { subject: own.name, foretold: deployment(isDeployed), step: undefined },
      deployment(own.isDeployed),
      isDeployed === own.isDeployed,
      "sopm",
    ),
  );
  return promises;
}

function inList(versions: readonly string[]): Message {
  return versions.length > 0
    ? { text: "installed in version {version}", values: { version: versions.join(", ") } }
    : { text: "not installed" };
}

function deployment(isDeployed: boolean): Message {
  return isDeployed
    ? { text: "all files are as the package has them" }
    : { text: "some files are not as the package has them" };
}

/** Whether the operation itself ended as it was foretold. */
export function comparedOutcome(
  { verdict, refusals }: Plan,
  succeeded: boolean,
  lastWords: string,
): ComparedPromise {
  const [refusal] = refusals;
  const foretold: Message =
    verdict === "success"
      ? { text: "success" }
      : refusal
        ? { text: "a refusal:", further: { text: refusal.text, values: refusal.values ?? {} } }
        : { text: "a failure" };
  const found: Message = succeeded
    ? { text: "success" }
    : { text: "a failure: {reason}", values: { reason: lastWords || "–" } };
  const isKept = (verdict === "success") === succeeded;
  return compared("outcome", { subject: "", foretold, step: undefined }, found, isKept, "console");
}

function compared(
  kind: ComparedPromise["kind"],
  promise: OpenPromise,
  found: Message,
  isKept: boolean,
  breaker: PromiseBreaker,
): ComparedPromise {
  const { subject, foretold, step } = promise;
  return { kind, subject, foretold, found, isKept, step, breaker: isKept ? undefined : breaker };
}

function lastStepOn({ steps }: Plan, isOn: (step: Step) => boolean): Step | undefined {
  return steps.findLast(isOn);
}

function placeOfStep({ number, key, span }: Step) {
  return { number, key, span };
}

/** Which words stand in code of the package that was run, and might so have changed something of that name. */
export interface CodeNames {
  readonly names: (subject: string) => boolean;
}

/** @throws PackageError when a setup module cannot be read */
export async function codeNames(plan: Plan, { files }: PackageContents): Promise<CodeNames> {
  const texts = plan.steps.flatMap((step) =>
    step.kind === "code" && step.outcome === "runs" ? [step.code] : [],
  );
  if (texts.length > 0) {
    for (const { location = "", content } of files) {
      if (content && /^(?:Custom\/)?var\/packagesetup\/[^/]*\.pm$/.test(location))
        texts.push(new TextDecoder().decode(await content.read()));
    }
  }
  const all = texts.join("\n").toLowerCase();
  return { names: (subject) => all.includes((subject.split("/").at(-1) ?? subject).toLowerCase()) };
}
