import type { SchemaChange } from "../database/schema-change.ts";
import type { Message } from "../l10n/translate.ts";
import type { PackageIdentity, Step } from "../lifecycle/plan.ts";
import { checkTitles } from "./words.ts";

/** What a step does, or what it is about where nothing is done, in half a sentence. */
export function describeStep(step: Step): Message {
  switch (step.kind) {
    case "begin":
      return { text: "Begins" };
    case "end":
      return step.success ? { text: "Reports success" } : { text: "Reports failure" };
    case "check":
      return checkTitles[step.check];
    case "merge-begin":
      return { text: "Looks for packages to merge" };
    case "merge-end":
      return { text: "Ends the merge" };
    case "code-phase-begin":
      return { text: "Begins with {family}, {phase}", values: { family: step.family, phase: step.phase } };
    case "code-phase-end":
      return { text: "Ends {family}, {phase}", values: { family: step.family, phase: step.phase } };
    case "code":
      return describeCode(step);
    case "database-phase-begin":
      return { text: "Begins with {family}, {phase}", values: { family: step.family, phase: step.phase } };
    case "database-phase-end":
      return { text: "Ends {family}, {phase}", values: { family: step.family, phase: step.phase } };
    case "database-element":
      return {
        text: "{element} of {family}, {phase}",
        values: { element: step.element, family: step.family, phase: step.phase },
      };
    case "statement":
      return { text: "Runs SQL: {statement}", values: { statement: startOf(step.statement.sql) } };
    case "write-file":
      return { text: "Writes {path}", values: { path: step.location } };
    case "remove-file":
      return { text: "Removes {path}", values: { path: step.location } };
    case "package-table":
      return describeRegistration(step);
    case "configuration":
      return describeConfiguration(step.part, step.comment);
    case "clear-cache":
      return step.cache === "data" ? { text: "Clears the caches" } : { text: "Clears the loader's cache" };
    case "event":
      return { text: "Sends the event {event}", values: { event: step.event } };
  }
}

/** What is worth knowing beside the title: where a file went, which folders were made. */
export function noteStep(step: Step): readonly Message[] {
  switch (step.kind) {
    case "check":
      return step.forced ? [{ text: "Does not hold, and is passed over because of Force." }] : [];
    case "code":
      return [
        ...loadedModules(step.insight.modules),
        ...calledSubs(step.insight.calls),
        ...uninstalledPackages(step.insight.uninstalls),
      ];
    case "statement":
      return step.passedOver && step.statement.change ? [passedOver(step.statement.change)] : [];
    case "write-file":
      return [
        ...(step.savedTo === undefined
          ? step.existedBefore && step.outcome === "runs"
            ? [{ text: "Replaces the file that is there." }]
            : []
          : [{ text: "The file that was there goes to {path}.", values: { path: step.savedTo } }]),
        ...step.madeFolders.map((path) => ({ text: "Makes the folder {path}.", values: { path } })),
      ];
    case "remove-file":
      return [
        ...(step.savedTo === undefined
          ? []
          : [{ text: "The file was changed; a copy goes to {path}.", values: { path: step.savedTo } }]),
        ...(step.restoredFrom === undefined
          ? []
          : [{ text: "{path} takes its place again.", values: { path: step.restoredFrom } }]),
      ];
    case "configuration":
      return step.part === "read" ? noteReading(step) : [];
    default:
      return [];
  }
}

function noteReading({
  cleanup,
  losses,
}: Extract<Step, { readonly kind: "configuration" }>): readonly Message[] {
  return [
    ...losses.flatMap((loss): Message[] => [
      loss,
      { text: "The cause is in {path}, line {line}.", values: { path: loss.location, line: loss.line } },
    ]),
    ...(cleanup ? [] : [{ text: "Settings that are no longer defined stay." }]),
  ];
}

/** What came of a statement whose guard passed over it. */
export function passedOver(change: SchemaChange): Message {
  if ("guard" in change && change.guard === "swallow") {
    return { text: "The guard in the statement hides an error of the database, and nothing is done." };
  }
  switch (change.kind) {
    case "add-key":
      return foundByGuard(change.key.name);
    case "add-foreign-key":
      return foundByGuard(change.name);
    case "drop-key":
    case "drop-foreign-key":
      return {
        text: "The guard in the statement finds no “{name}”, so that nothing is dropped.",
        values: { name: change.name },
      };
    case "drop-table":
      return {
        text: "The guard in the statement finds no “{name}”, so that nothing is dropped.",
        values: { name: change.table },
      };
    default:
      return { text: "The guard in the statement passes over it, and nothing is done." };
  }
}

function foundByGuard(name: string): Message {
  return {
    text: "The guard in the statement finds “{name}”, which is there already, so that nothing is made.",
    values: { name },
  };
}

/** The phase a step belongs to; undefined for one that belongs to none. */
export function phaseOf(step: Step): string | undefined {
  return "phase" in step ? step.phase : undefined;
}

/** Characters of a statement that stand for it where it is named. */
const startLength = 80;

export function startOf(sql: string): string {
  const line = sql
    .slice(0, 4 * startLength)
    .replace(/\s+/g, " ")
    .trim();
  return line.length > startLength ? `${line.slice(0, startLength - 1)}…` : line;
}

interface NameAndVersion {
  readonly name: string;
  readonly version: string;
}

function identityValues({
  name = "?",
  version = "?",
}: Partial<PackageIdentity>): NameAndVersion & Record<string, string> {
  return { name, version };
}

function describeCode({
  family,
  phase,
  version,
  outcome,
}: Extract<Step, { readonly kind: "code" }>): Message {
  const runs = outcome === "runs" || outcome === "fails";
  if (version === undefined) {
    return { text: runs ? "Runs {family}, {phase}" : "{family}, {phase}", values: { family, phase } };
  }
  return {
    text: runs ? "Runs {family}, {phase}, for version {version}" : "{family}, {phase}, for version {version}",
    values: { family, phase, version },
  };
}

function describeRegistration(step: Extract<Step, { readonly kind: "package-table" }>): Message {
  const values = identityValues(step);
  switch (step.action) {
    case "add":
      return { text: "Adds {name} {version} to the package table", values };
    case "insert":
      return { text: "Writes the row of {name} {version}", values };
    case "delete":
      if (step.version === undefined) return { text: "Deletes the rows of {name}", values };
      return { text: "Deletes the row of {name} {version}", values };
    case "remove":
      if (step.version === undefined) return { text: "Removes {name} from the package table", values };
      return { text: "Removes {name} {version} from the package table", values };
    case "set-status":
      return { text: "Marks {name} {version} as installed", values };
  }
}

function describeConfiguration(
  part: Extract<Step, { readonly kind: "configuration" }>["part"],
  comment: string,
): Message {
  switch (part) {
    case "begin":
      return { text: "Begins with the configuration" };
    case "read":
      return { text: "Reads all configuration files" };
    case "deploy":
      return { text: "Deploys the configuration: {comment}", values: { comment } };
    case "end":
      return { text: "Ends with the configuration" };
  }
}

type Insight = Extract<Step, { readonly kind: "code" }>["insight"];

function loadedModules(modules: Insight["modules"]): readonly Message[] {
  return modules.map(({ name, loadable }) => {
    if (loadable === undefined) return { text: "Loads {name}.", values: { name } };
    return loadable
      ? { text: "Loads {name}, which is there.", values: { name } }
      : { text: "Loads {name}, which is not there at this moment.", values: { name } };
  });
}

function calledSubs(calls: Insight["calls"]): readonly Message[] {
  return calls.map(({ module, sub, exists }) =>
    exists
      ? { text: "Calls {sub} of {name}.", values: { sub, name: module } }
      : { text: "Calls {sub} of {name}, which has no such sub.", values: { sub, name: module } },
  );
}

function uninstalledPackages(uninstalls: Insight["uninstalls"]): readonly Message[] {
  return uninstalls.map(({ name, isSure, isInstalled }) => {
    if (name === undefined) {
      return {
        text: "May take out packages that were merged; their names are known only when the code runs.",
      };
    }
    const values = { name };
    if (!isInstalled) return { text: "Would take out the package {name}, which is not installed.", values };
    return isSure
      ? {
          text: "Takes out the package {name}: its files and its row go, its tables stay, and none of its sections runs.",
          values,
        }
      : { text: "May take out the package {name}, if the code comes to it; it is left here.", values };
  });
}
