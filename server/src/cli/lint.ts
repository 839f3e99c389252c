import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { LintSettings } from "../engine/lint.ts";
import { translate } from "../host/node/language.ts";
import { type FolderCaches, type LintedFile, lintFile } from "../host/node/lint-file.ts";
import type { Finding } from "../rules/rule.ts";
import { rules } from "../rules/rules.ts";
import type { ExitCode } from "./main.ts";
import { oneOf, readDialect, readOptions, readProfile, readRules } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm lint`: prints what is wrong with specs. */
export async function lint(words: string[]): Promise<ExitCode> {
  const { values, positionals } = readOptions(words, {
    format: { type: "string" },
    dialect: { type: "string" },
    profile: { type: "string" },
    rule: { type: "string", multiple: true },
    base: { type: "string" },
  });
  const format = oneOf("--format", values.format ?? "text", ["text", "json"]);
  const settings: LintSettings = {
    dialect: readDialect(values.dialect),
    profile: readProfile(values.profile),
    rules: readRules(values.rule, new Set(rules.map(({ id }) => id))),
  };
  if (positionals.length === 0) throw new UsageError("There is no file or folder to check.");

  const caches: FolderCaches = new Map();
  const print = format === "json" ? jsonPrinter() : textPrinter();
  let failed = false;
  for await (const path of specsIn(positionals)) {
    const linted = await lintFile(path, settings, caches, values.base);
    failed ||= linted.findings.some(({ severity }) => severity === "error");
    print.file(path, linted);
  }
  print.end();
  return failed ? 1 : 0;
}

/** The files to check: those named, and every spec in the folders named, in the order of their names. */
async function* specsIn(paths: readonly string[]): AsyncIterable<string> {
  for (const path of paths) {
    const status = await stat(path).catch(() => undefined);
    if (!status) throw new UsageError("“{path}” does not exist or cannot be read.", { path });
    if (status.isDirectory()) yield* specsBelow(path);
    else yield path;
  }
}

async function* specsBelow(folder: string): AsyncIterable<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile() && entry.name.endsWith(".sopm")) yield path;
    else if (entry.isDirectory() && entry.name !== ".git" && entry.name !== "node_modules")
      yield* specsBelow(path);
  }
}

interface Printer {
  file(path: string, linted: LintedFile): void;
  end(): void;
}

/** One object with a list of files, each with its findings; lines and columns count from 1. */
function jsonPrinter(): Printer {
  const files: unknown[] = [];
  return {
    file(path, { dialect, findings, tree }) {
      files.push({
        file: path,
        dialect,
        findings: findings.map((finding) => {
          const start = tree.source.positionAt(finding.span.start);
          const end = tree.source.positionAt(finding.span.end);
          return {
            rule: finding.rule,
            severity: finding.severity,
            message: messageOf(finding),
            arguments: finding.arguments ?? {},
            line: start.line + 1,
            column: start.character + 1,
            endLine: end.line + 1,
            endColumn: end.character + 1,
            fixable: (finding.fixes?.length ?? 0) > 0,
          };
        }),
      });
    },
    end() {
      process.stdout.write(`${JSON.stringify({ files }, undefined, 2)}\n`);
    },
  };
}

/** A block per file with findings, and a line that counts. */
function textPrinter(): Printer {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  let files = 0;
  return {
    file(path, { findings, tree }) {
      files++;
      if (findings.length === 0) return;
      const rows = findings.map((finding) => {
        counts[finding.severity]++;
        const { line, character } = tree.source.positionAt(finding.span.start);
        return { finding, place: `${line + 1}:${character + 1}`, severity: severityName(finding) };
      });
      const placeWidth = Math.max(...rows.map(({ place }) => place.length));
      const severityWidth = Math.max(...rows.map(({ severity }) => severity.length));
      const lines = rows.map(
        ({ finding, place, severity }) =>
          `  ${place.padStart(placeWidth)}  ${severity.padEnd(severityWidth)}  ${messageOf(finding)}  (${finding.rule})\n`,
      );
      process.stdout.write(`${path}\n${lines.join("")}\n`);
    },
    end() {
      const { error, warning, information, hint } = counts;
      process.stdout.write(
        `${translate("{files} files checked: {errors} errors, {warnings} warnings, {others} hints.", {
          files,
          errors: error,
          warnings: warning,
          others: information + hint,
        })}\n`,
      );
    },
  };
}

function messageOf({ message, arguments: values }: Finding): string {
  return translate(message, values);
}

function severityName({ severity }: Finding): string {
  return translate(severity);
}
