import type { LintSettings } from "../engine/lint.ts";
import { type FolderCaches, lintFile } from "../engine/lint-file.ts";
import { type SpecPath, specsBelow } from "../engine/specs-below.ts";
import { systemCode } from "../host/file-system.ts";
import type { Shell } from "../host/shell.ts";
import type { World } from "../host/world.ts";
import type { Message } from "../l10n/translate.ts";
import { triedDatabases } from "../protocol/databases.ts";
import type { FileNames } from "../report/found-problem.ts";
import { type Severity, severities } from "../rules/rule.ts";
import { baseFolderHint } from "./base-folder-hint.ts";
import type { ExitCode, Given } from "./command.ts";
import type { lintParameters } from "./commands.ts";
import { findingsForm } from "./findings-form.ts";
import { requireFolder } from "./folder-argument.ts";
import { type CheckedSpec, checkedFiles, fileNames } from "./found-problems.ts";
import { oneOf } from "./one-of.ts";
import { kindOfNamed } from "./package-argument.ts";
import { ruleNamed } from "./rule-argument.ts";
import { UsageError } from "./usage-error.ts";
import { requireVersion } from "./version-argument.ts";

/** `sopm lint`: prints what is wrong with specs. */
export async function lint(given: Given<typeof lintParameters>, shell: Shell): Promise<ExitCode> {
  const { world, print, complain, outputIsClosed } = shell;
  const { paths, format, dialect, profile, base, version } = given;
  const chosen = given.database.length > 0 ? given.database : triedDatabases;
  const databases = given["no-simulation"] ? [] : [...new Set(chosen)];
  const settings: LintSettings = { dialect, profile, rules: readRules(given.rule) };
  requireVersion(version, paths);
  await requireFolder(base, shell);
  for (const path of paths) await requireCheckable(path, world);

  const caches: FolderCaches = new Map();
  const form = await findingsForm(format, shell);
  const unreadable: (FileNames & { readonly message: string })[] = [];
  let failed = false;
  let files = 0;
  for await (const { path, problem } of specsIn(paths, world)) {
    if (outputIsClosed()) break;
    try {
      if (problem) throw problem;
      const linted = await lintFile(path, settings, world, { caches, baseFolder: base, version, databases });
      failed ||= linted.findings.some(({ severity }) => severity === "error");
      files++;
      const spec = { ...linted, path, baseFolder: base ?? world.paths.dirname(path) };
      for (const file of checkedFiles(spec, world)) {
        const hint = file.path === path ? hintOf(spec, base, shell) : undefined;
        print(form.file({ ...file, hint }));
      }
    } catch (error) {
      const reason = systemCode(error);
      if (reason === undefined) throw error;
      // One file that cannot be read is no reason to keep quiet about the others.
      const message: Message = { text: "“{path}” cannot be read: {reason}.", values: { path, reason } };
      complain(message.text, message.values);
      unreadable.push({ ...fileNames(path, world), message: world.texts.textOf(message) });
      failed = true;
    }
    // A run may go through the packages of a whole company, and needs each folder for its own specs only.
    if (caches.size >= keptFolders) caches.clear();
  }
  print(form.end({ files, unreadable, wasFixing: false }));
  return failed ? 1 : 0;
}

const keptFolders = 4;

function hintOf(
  { path, findings }: CheckedSpec,
  base: string | undefined,
  { lineOf, world }: Shell,
): string | undefined {
  const hint = baseFolderHint(path, base, findings, world.paths);
  return hint && lineOf(hint);
}

/** Reads `ID=SEVERITY`. @throws UsageError for a rule that does not exist */
function readRules(values: readonly string[]): Record<string, Severity | "off"> {
  const configured: Record<string, Severity | "off"> = {};
  for (const value of values) {
    const [id = "", severity = ""] = value.split("=");
    ruleNamed(id);
    if (severity === "") {
      throw new UsageError("--rule takes a rule and its severity, such as “{id}=off”.", { id });
    }
    configured[id] = oneOf("--rule", severity, [...severities, "off"]);
  }
  return configured;
}

/** Before anything is checked: half an answer to a command with a slip in it helps nobody. @throws UsageError */
async function requireCheckable(path: string, { named }: World): Promise<void> {
  // A pipe is read like a file, so that a spec may come from another program. A device may never end.
  if ((await kindOfNamed(path, named)) === "special") {
    throw new UsageError("“{path}” is neither a file nor a folder.", { path });
  }
}

/** The files to check, each once: those named, and every spec in the folders named, in the order of their names. */
async function* specsIn(named: readonly string[], world: World): AsyncIterable<SpecPath> {
  const seen = new Set<string>();
  for (const path of named) {
    // What has gone meanwhile is told when it is read.
    const kind = await world.named.kindOf(path).catch(() => undefined);
    const found = kind === "folder" ? specsBelow(path, world) : [{ path }];
    for await (const spec of found) {
      const absolute = world.paths.resolve(spec.path);
      if (!seen.has(absolute)) yield spec;
      seen.add(absolute);
    }
  }
}
