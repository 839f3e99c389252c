import { type ArchivedFile, type OpenedArchive, specPartOf } from "../builder/opened-archive.ts";
import { type PackageSummary, summaryOf } from "../builder/package-summary.ts";
import { wholeOfArchive } from "../engine/whole-of-archive.ts";
import type { Shell } from "../host/shell.ts";
import type { Message } from "../l10n/translate.ts";
import { type ArchiveDamage, damageMessages } from "../report/archive-damage.ts";
import { fileNotes } from "../report/archive-words.ts";
import { oneLine, severalLines } from "../text/visible.ts";
import { complainAboutNoArchive, openArchiveArgument } from "./archive-argument.ts";
import type { showArchiveParameters } from "./archive-commands.ts";
import type { ExitCode, Given } from "./command.ts";
import { printResult } from "./print-result.ts";
import { table } from "./table.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm show`: what an archive holds. */
export async function show(given: Given<typeof showArchiveParameters>, shell: Shell): Promise<ExitCode> {
  const { archive: path, spec, file, format } = given;
  if (spec && file !== undefined) throw new UsageError("Name either --spec or --file.");
  const hasDigest = !spec && file === undefined;
  const whole = await wholeOfArchive(await openArchiveArgument(path, shell, { hasDigest }));
  if (!whole) {
    await complainAboutNoArchive(path, shell);
    return 1;
  }
  const { archive, damage } = whole;
  const tell = () => {
    for (const each of damageMessages(path, damage)) shell.complain(each);
    return damage ? 1 : 0;
  };
  if (file !== undefined) return Math.max(await showFile(archive, file, shell), tell()) as ExitCode;
  const text = damage ? undefined : specPartOf(archive)!;
  if (spec) {
    if (text === undefined)
      shell.complain("The spec is not shown, as it cannot be known what belongs into it.");
    else shell.print(shell.terminal ? severalLines(text) : text);
    return tell();
  }
  const summary = summaryOf(archive.contents);
  const digests: string[] = [];
  // One after the other, so that no more than one is in memory.
  for (const { content } of archive.files)
    digests.push(shell.world.files({ flush: false }).digest(await content.read()));
  const rows = archive.files.map((each, index) => ({ file: each, digest: digests[index]! }));
  printResult(shell, format, {
    data: {
      ...{ file: path, size: archive.bytes.size, ...summary },
      files: rows.map(({ file: each, digest }) => ({
        location: each.location ?? null,
        permission: each.permission ?? null,
        size: each.content.size,
        digest,
        isListedTwice: each.isRepeated,
        isLeftOut: each.isForbidden,
      })),
      spec: text ?? null,
      ...damageData(damage, shell),
    },
    text: textOf(archive, summary, rows, shell),
  });
  return tell();
}

/** Of an archive that is not whole: the first fault, and what is left out. */
function damageData(damage: ArchiveDamage | undefined, { lineOf }: Shell): object {
  if (!damage) return { fault: null, lost: [] };
  const lost = damage.lost.map((each) => ({
    ...(each.kind === "file" ? { location: each.location ?? null } : { element: each.name }),
    reason: lineOf(each.reason),
  }));
  return { fault: damage.fault, lost };
}

async function showFile({ files }: OpenedArchive, location: string, shell: Shell): Promise<ExitCode> {
  const found = files.findLast((each) => each.location === location);
  if (!found) {
    shell.complain("There is no file “{location}” in the archive.", { location });
    return 1;
  }
  const bytes = await found.content.read();
  // A terminal would obey what is in it.
  if (shell.terminal) shell.print(severalLines(new TextDecoder().decode(bytes)));
  else shell.printBytes(bytes);
  return 0;
}

interface FileRow {
  readonly file: ArchivedFile;
  readonly digest: string;
}

function textOf(
  { bytes, files }: OpenedArchive,
  summary: PackageSummary,
  rows: readonly FileRow[],
  { lineOf }: Shell,
): string {
  const { name, version, vendor, url, license, buildDate, buildHost, digest } = summary;
  const required = [...summary.requiredPackages, ...summary.requiredModules];
  const facts: readonly (readonly [Message["text"], string])[] = [
    ["Vendor", vendor ?? ""],
    ["Address", url ?? ""],
    ["Licence", license ?? ""],
    ["Frameworks", summary.frameworks.map(({ pattern }) => pattern ?? "").join(", ")],
    ["Requires", required.map((each) => [each.name, each.version].filter(Boolean).join(" ")).join(", ")],
    ["Built", [buildDate, buildHost].filter(Boolean).join(", ")],
    ["SHA-256", digest],
  ];
  const size = files.reduce((sum, { content }) => sum + content.size, 0);
  const title = { text: "Files: {count} ({size} B), in an archive of {total} B" };
  return [
    `${oneLine([name, version].filter(Boolean).join(" "))}\n`,
    table(
      facts.filter(([, value]) => value !== "").map(([text, value]) => [lineOf({ text }), value]),
      "  ",
    ),
    `\n${lineOf({ ...title, values: { count: files.length, size, total: bytes.size } })}\n`,
    table(
      rows.map((row) => rowOf(row, lineOf)),
      "  ",
    ),
  ].join("");
}

function rowOf({ file, digest }: FileRow, lineOf: Shell["lineOf"]): readonly string[] {
  const { location, permission = "", content } = file;
  const notes = fileNotes(file).map(lineOf);
  const name = location ?? lineOf({ text: "without a Location" });
  return [permission, String(content.size), digest, name, notes.join(", ")];
}
