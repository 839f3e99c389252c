import { findingCertainty } from "../engine/finding-certainty.ts";
import type { LintSettings } from "../engine/lint.ts";
import { type FolderCaches, type LintedFile, lintFile } from "../engine/lint-file.ts";
import { type SpecPath, specsBelow } from "../engine/specs-below.ts";
import { systemCode } from "../host/file-system.ts";
import type { Shell } from "../host/shell.ts";
import type { World } from "../host/world.ts";
import type { Translate } from "../l10n/translate.ts";
import { triedDatabases } from "../protocol/databases.ts";
import { jsonLine } from "../report/json-text.ts";
import { findingsByFile, rangeOf, relatedPlaces, type ShownPlace } from "../rules/finding-place.ts";
import { findingText } from "../rules/finding-text.ts";
import { type Finding, type Severity, severities } from "../rules/rule.ts";
import { oneLine } from "../text/visible.ts";
import { baseFolderHint } from "./base-folder-hint.ts";
import type { ExitCode, Given } from "./command.ts";
import type { lintParameters } from "./commands.ts";
import { requireFolder } from "./folder-argument.ts";
import { oneOf } from "./one-of.ts";
import { kindOfNamed } from "./package-argument.ts";
import { ruleNamed } from "./rule-argument.ts";
import { UsageError } from "./usage-error.ts";
import { requireVersion } from "./version-argument.ts";

/** `sopm lint`: prints what is wrong with specs. */
export async function lint(given: Given<typeof lintParameters>, shell: Shell): Promise<ExitCode> {
  const { world, complain, outputIsClosed } = shell;
  const { paths, format, dialect, profile, base, version } = given;
  const chosen = given.database.length > 0 ? given.database : triedDatabases;
  const databases = given["no-simulation"] ? [] : [...new Set(chosen)];
  const settings: LintSettings = { dialect, profile, rules: readRules(given.rule) };
  requireVersion(version, paths);
  await requireFolder(base, shell);
  for (const path of paths) await requireCheckable(path, world);

  const caches: FolderCaches = new Map();
  const printer = format === "json" ? jsonPrinter(shell) : textPrinter(shell, base);
  let failed = false;
  let files = 0;
  for await (const { path, problem } of specsIn(paths, world)) {
    if (outputIsClosed()) break;
    try {
      if (problem) throw problem;
      const folder = base ?? world.paths.dirname(path);
      const linted: LintedSpec = {
        ...(await lintFile(path, settings, world, { caches, baseFolder: base, version, databases })),
        path,
        pathOf: (file) => world.paths.join(folder, file),
      };
      failed ||= linted.findings.some(({ severity }) => severity === "error");
      files++;
      printer.file(
        path,
        linted,
        linted.findings.filter(({ file }) => !file),
      );
      for (const [file, findings] of findingsByFile(linted.findings))
        printer.file(linted.pathOf(file.path), linted, findings);
    } catch (error) {
      const reason = systemCode(error);
      if (reason === undefined) throw error;
      // One file that cannot be read is no reason to keep quiet about the others.
      complain("“{path}” cannot be read: {reason}.", { path, reason });
      failed = true;
    }
    // A run may go through the packages of a whole company, and needs each folder for its own specs only.
    if (caches.size >= keptFolders) caches.clear();
  }
  printer.end(files);
  return failed ? 1 : 0;
}

const keptFolders = 4;

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

interface LintedSpec extends LintedFile {
  readonly path: string;
  /** The path of a file of the package, which is given from the base folder on. */
  readonly pathOf: (file: string) => string;
}

interface Printer {
  /** @param findings in the file at that path, a spec or one that it names */
  file(path: string, linted: LintedSpec, findings: readonly Finding[]): void;
  /** @param files how many specs were checked */
  end(files: number): void;
}

/**
 * One object with a list of files, each on a line of its own with its findings; lines and columns count from 1.
 * It is written as it comes, so that the findings of thousands of files need not fit into the memory.
 */
function jsonPrinter(shell: Shell): Printer {
  const { print } = shell;
  const { translate } = shell.world.texts;
  let separator = '{"files":[\n';
  return {
    file(path, linted, findings) {
      const { dialect, context, tree } = linted;
      const row = {
        file: path,
        dialect,
        findings: findings.map((finding) => {
          const range = rangeOf(finding, tree);
          return {
            rule: finding.rule,
            severity: finding.severity,
            certainty: findingCertainty(finding.rule, context),
            message: findingText(finding, translate),
            arguments: finding.arguments ?? {},
            ...lineColumns(range),
            related: relatedPlaces(finding, tree.source, linted.pathOf).map((place) => ({
              file: place.path ?? linted.path,
              message: translate(place.related.message, place.related.arguments),
              ...lineColumns(place),
            })),
            fixable: (finding.fixes?.length ?? 0) > 0,
          };
        }),
      };
      print(`${separator}${jsonLine(row)}`);
      separator = ",\n";
    },
    end() {
      print(separator === ",\n" ? "\n]}\n" : '{"files":[]}\n');
    },
  };
}

/** A block per file with findings, and a line that counts. */
function textPrinter(shell: Shell, base: string | undefined): Printer {
  const { print } = shell;
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  return {
    file(path, linted, findings) {
      if (findings.length === 0) return;
      const { translate } = shell.world.texts;
      const rows = findings.map((finding) => {
        counts[finding.severity]++;
        const { line, character } = rangeOf(finding, linted.tree).start;
        return {
          finding,
          line,
          place: `${line + 1}:${character + 1}`,
          severity: translate(finding.severity),
        };
      });
      const placeWidth = rows.reduce((width, { place }) => Math.max(width, place.length), 0);
      const severityWidth = rows.reduce((width, { severity }) => Math.max(width, severity.length), 0);
      const indent = " ".repeat(placeWidth + severityWidth + 6);
      const { shown, omitted } = withoutRepetition(rows);
      const lines = shown.map(({ finding, place, severity }) => {
        const said = `  ${place.padStart(placeWidth)}  ${severity.padEnd(severityWidth)}  ${oneLine(findingText(finding, translate))}  (${finding.rule})\n`;
        const places = relatedPlaces(finding, linted.tree.source, linted.pathOf).map(
          ({ path: place = linted.path, ...rest }) =>
            `${indent}${placeLine({ ...rest, path: place }, path, translate)}\n`,
        );
        const fix = finding.fixes?.[0];
        const wayOut = fix ? `${indent}→ ${oneLine(translate(fix.title, fix.arguments))}\n` : "";
        return `${said}${places.join("")}${wayOut}`;
      });
      for (const [rule, others] of omitted) {
        const places = [...new Set(others.map(({ line }) => line + 1))];
        const listed = places.slice(0, mostLines).join(", ") + (places.length > mostLines ? " …" : "");
        const text = "{rule}: {count} more of these, in lines {lines}";
        lines.push(`  ${translate(text, { rule, count: others.length, lines: listed })}\n`);
      }
      const hint = baseFolderHint(path, base, findings, shell.world.paths);
      if (hint) lines.push(`  ${shell.lineOf(hint)}\n`);
      print(`${oneLine(path)}\n${lines.join("")}\n`);
    },
    end(files) {
      const { error, warning, information, hint } = counts;
      const text = "Files checked: {files}. Errors: {errors}, warnings: {warnings}, others: {others}.";
      const values = { files, errors: error, warnings: warning, others: information + hint };
      print(`${shell.world.texts.translate(text, values)}\n`);
      if (error + warning + information + hint === 0) return;
      print(
        `${shell.world.texts.translate("“sopm explain RULE” tells what is behind a rule and how to do it right.")}\n`,
      );
    },
  };
}

/** Counted from 1. */
function lineColumns({ start, end }: Pick<ShownPlace, "start" | "end">) {
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** The path is left out where it is that of the block. */
function placeLine({ path, start, related }: ShownPlace, block: string, translate: Translate): string {
  const place = `${start.line + 1}:${start.character + 1}`;
  const where = path === undefined || path === block ? place : `${path}:${place}`;
  return oneLine(`${where}: ${translate(related.message, related.arguments)}`);
}

/** So many findings of one kind are shown of a file. The others are counted: they say the same of other elements. */
const mostAlike = 10;
const mostLines = 20;

/** The rows without those that say once more what many have said, and these by rule. */
function withoutRepetition<Row extends { readonly finding: Finding }>(rows: readonly Row[]) {
  const alike = new Map<string, number>();
  const omitted = new Map<string, Row[]>();
  const shown = rows.filter((row) => {
    const { rule, message, severity } = row.finding;
    const kind = `${rule} ${severity} ${message}`;
    const count = (alike.get(kind) ?? 0) + 1;
    alike.set(kind, count);
    if (count <= mostAlike) return true;
    const others = omitted.get(rule);
    if (others) others.push(row);
    else omitted.set(rule, [row]);
    return false;
  });
  return { shown, omitted };
}
