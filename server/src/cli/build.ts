import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { buildModes } from "../builder/plan-archive.ts";
import { type Message, reasonsOf } from "../engine/build.ts";
import { writeArchive } from "../host/node/archive-writer.ts";
import { buildPackage } from "../host/node/build-package.ts";
import { translate } from "../host/node/language.ts";
import type { ExitCode } from "./main.ts";
import { oneOf, readDialect, readOptions } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm build`: writes the archive of a spec. */
export async function build(words: string[]): Promise<ExitCode> {
  const { values, positionals } = readOptions(words, {
    output: { type: "string" },
    base: { type: "string" },
    mode: { type: "string" },
    dialect: { type: "string" },
    version: { type: "string" },
    "stamp-date": { type: "string" },
    "stamp-host": { type: "string" },
    "strict-schema": { type: "string" },
    "allow-symlinks": { type: "boolean" },
    force: { type: "boolean" },
  });
  const [spec, ...others] = positionals;
  if (spec === undefined) throw new UsageError("There is no spec to build.");
  if (others.length > 0) throw new UsageError("One spec is built at a time.");
  if (!(await stat(spec).catch(() => undefined))?.isFile()) {
    throw new UsageError("“{path}” does not exist or is no file.", { path: spec });
  }
  const stampDate = values["stamp-date"];
  if (stampDate !== undefined && !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(stampDate)) {
    throw new UsageError("“{value}” is no date; write it as “YYYY-MM-DD hh:mm:ss”.", { value: stampDate });
  }

  const cancelled = new AbortController();
  const cancel = () => cancelled.abort();
  process.once("SIGINT", cancel);
  process.once("SIGTERM", cancel);
  const result = await buildPackage({
    spec,
    settings: { dialect: readDialect(values.dialect), profile: "framework", rules: {} },
    baseFolder: values.base,
    outputFolder: values.output,
    mode: oneOf("--mode", values.mode ?? "framework", buildModes),
    stampDate,
    stampHost: values["stamp-host"],
    version: values.version,
    force: values.force ?? false,
    allowSymlinks: values["allow-symlinks"] ?? false,
    strictSchema: oneOf("--strict-schema", values["strict-schema"] ?? "auto", ["auto", "on", "off"]),
    untrustedFolders: [],
    signal: cancelled.signal,
    write: writeArchive,
  });

  switch (result.kind) {
    case "built":
      for (const note of result.notes) complain(note);
      process.stdout.write(
        `${translate("{path}: {size} bytes, {files} files, {milliseconds} ms", {
          path: result.path,
          size: result.size,
          files: result.files,
          milliseconds: Math.round(result.milliseconds),
        })}\n`,
      );
      return 0;
    case "blocked": {
      const { source } = result.linted.tree;
      for (const { span, rule, ...message } of reasonsOf(result)) {
        const at = span && source.positionAt(span.start);
        complain(message, at ? `${spec}:${at.line + 1}:${at.character + 1}: ` : `${spec}: `, rule);
      }
      complain(
        result.canForce
          ? {
              text: "“{name}” was not built: {errors} errors. With --force it is built as the framework would.",
              values: { name: basename(spec), errors: result.errors.length },
            }
          : { text: "“{name}” was not built.", values: { name: basename(spec) } },
      );
      return 1;
    }
    case "failed":
      complain(result.message);
      complain(result.hint);
      return 1;
    case "cancelled":
      complain({ text: "The build was cancelled." });
      return 1;
  }
}

function complain({ text, values }: Message, place = "", rule?: string): void {
  process.stderr.write(`${place}${translate(text, values)}${rule === undefined ? "" : ` (${rule})`}\n`);
}
