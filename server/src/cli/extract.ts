import { type Refusal, refusalKinds } from "../builder/refusal.ts";
import { extractArchive, type LeftOutFile, type WrittenSource } from "../engine/extract-archive.ts";
import { wholeOfArchive } from "../engine/whole-of-archive.ts";
import { systemCode } from "../host/file-system.ts";
import type { Shell } from "../host/shell.ts";
import type { Message } from "../l10n/translate.ts";
import type { ArchiveFault } from "../report/archive-damage.ts";
import { damagedMessage } from "../report/archive-words.ts";
import { jsonLine, jsonText } from "../report/json-text.ts";
import { complainAboutNoArchive, openArchiveArgument } from "./archive-argument.ts";
import type { extractParameters } from "./archive-commands.ts";
import type { ExitCode, Given } from "./command.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm extract`: writes the files of an archive, and its spec if it is to be a source again. */
export async function extract(given: Given<typeof extractParameters>, shell: Shell): Promise<ExitCode> {
  const { archive: path, output, force, format } = given;
  if (output === undefined) throw new UsageError("Name the folder to write into with --output.");
  const opened = await openArchiveArgument(path, shell, { hasDigest: false, largestInMemory });
  const { archive = opened, damage } = (await wholeOfArchive(opened)) ?? {};
  if (damage && archive.files.length === 0) {
    await complainAboutNoArchive(path, shell);
    return 1;
  }
  const asSource = given["as-source"] && !damage;
  const folder = shell.world.paths.resolve(output);
  try {
    const result = await extractArchive({ archive, folder, asSource, force }, shell.world);
    switch (result.kind) {
      case "unreadable":
        await complainAboutNoArchive(path, shell);
        return 1;
      case "in-the-way":
        tellInTheWay(result.paths, folder, shell);
        return 1;
      case "extracted": {
        const { files, size, damaged, source } = result;
        const lost = damage?.lost.filter((each) => each.kind === "file") ?? [];
        const leftOut = [...result.leftOut, ...lost];
        if (format === "json")
          shell.print(jsonText({ folder, files, size, damaged, ...dataOf(leftOut, source, shell) }));
        else {
          const values = { folder, count: files, size };
          shell.print(`${shell.lineOf({ text: "{folder}: files written: {count} ({size} B).", values })}\n`);
          if (source) tellSource(source, shell);
        }
        if (damage) complainAboutFault(path, damage.fault, shell);
        for (const each of leftOut) complainAboutLeftOut(each, shell);
        for (const location of damaged) shell.complain(damagedMessage(location, asSource));
        if (damage && given["as-source"])
          shell.complain("The spec is not written, as it cannot be known what belongs into it.");
        return damage || leftOut.length > 0 || damaged.length > 0 ? 1 : 0;
      }
    }
  } catch (error) {
    const reason = systemCode(error);
    if (reason === undefined) throw error;
    shell.complain("“{path}” cannot be written: {reason}.", { path: folder, reason });
    return 1;
  }
}

/** Bytes. Of a larger archive the files are so large that looking for each takes no time beside writing it. */
const largestInMemory = 32_000_000;

/** So many names are told. */
const mostNames = 10;

function complainAboutFault(path: string, { kind, line }: ArchiveFault, { complain }: Shell): void {
  switch (kind) {
    case "cut-off":
      complain(
        "“{path}” ends in line {line} in the middle. Only files that are whole are written; what stood behind that line is lost.",
        { path, line },
      );
      break;
    case "malformed":
      complain(
        "“{path}” is not well-formed; the first fault is in line {line}. Only files that are whole are written.",
        { path, line },
      );
      break;
    case "encoding":
      complain(
        "“{path}” is no UTF-8; the first bytes that are none are in line {line}. Only files without such bytes are written.",
        { path, line },
      );
  }
}

function complainAboutLeftOut({ location, reason }: LeftOutFile, { complain, lineOf }: Shell): void {
  if (location === undefined)
    complain("A file without Location is not written. {reason}", { reason: lineOf(reason) });
  else complain("“{location}” is not written. {reason}", { location, reason: lineOf(reason) });
}

function tellInTheWay(paths: readonly string[], folder: string, { complain, warn }: Shell): void {
  complain(
    "Nothing is written, because files of the archive are in “{folder}” already: {count}. With --force they are replaced.",
    { count: paths.length, folder },
  );
  for (const path of paths.slice(0, mostNames)) warn(`  ${path}`);
  if (paths.length > mostNames) warn("  …");
}

function tellSource(source: WrittenSource, { print, lineOf }: Shell): void {
  const { path, outcome } = source;
  switch (outcome.kind) {
    case "same":
      print(
        `${lineOf({ text: "{path}: building it gives the archive back, byte for byte:", values: { path } })}\n`,
      );
      print(`  ${buildCommand(source)}\n`);
      break;
    case "differs": {
      const { offset, line, before, after } = outcome.difference;
      print(
        `${lineOf({
          text: "{path}: building it gives another archive, as SOPM does not write like the builder of this one. They differ from byte {offset} on, line {line}:",
          values: { path, offset, line },
        })}\n`,
      );
      print(`  - ${jsonLine(before)}\n  + ${jsonLine(after)}\n`);
      break;
    }
    case "refused":
      print(`${lineOf({ text: "{path}: no archive can be built of it as it is.", values: { path } })}\n`);
      for (const each of outcome.refusals) print(`  ${lineOf(refusalMessage(each))}\n`);
  }
}

function refusalMessage({ id, values }: Refusal): Message {
  return { text: refusalKinds[id].text, values };
}

/** What somebody types to get the archive back. */
function buildCommand({ path, mode, dialect, stamp }: WrittenSource): string {
  return [
    ...["sopm build", quoted(path)],
    ...(mode === "opmbuild" ? ["--mode opmbuild"] : []),
    ...(dialect === undefined ? [] : [`--dialect ${dialect}`]),
    ...(stamp.date === "" ? [] : [`--stamp-date ${quoted(stamp.date)}`]),
    ...(stamp.host === "" ? [] : [`--stamp-host ${quoted(stamp.host)}`]),
  ].join(" ");
}

/** As a shell takes a word: nothing in it is obeyed. */
function quoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function dataOf(leftOut: readonly LeftOutFile[], source: WrittenSource | undefined, { lineOf }: Shell) {
  return {
    leftOut: leftOut.map(({ location = null, reason }) => ({ location, reason: lineOf(reason) })),
    source: source
      ? {
          spec: source.path,
          mode: source.mode,
          dialect: source.dialect ?? null,
          stampDate: source.stamp.date,
          stampHost: source.stamp.host,
          isSame: source.outcome.kind === "same",
          difference: source.outcome.kind === "differs" ? source.outcome.difference : null,
          ...(source.outcome.kind === "refused" && {
            refusals: source.outcome.refusals.map((each) => lineOf(refusalMessage(each))),
          }),
        }
      : null,
  };
}
