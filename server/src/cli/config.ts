import { joined, type Layer, type Said } from "../configuration/layers.ts";
import { type SettingRow, settingRows } from "../configuration/setting-rows.ts";
import type { Shell } from "../host/shell.ts";
import type { ExitCode, Given } from "./command.ts";
import type { configParameters } from "./commands.ts";
import { type Configured, ConfiguredRun, shownPath } from "./configured.ts";
import { requireFolder } from "./folder-argument.ts";
import { kindOfNamed } from "./package-argument.ts";
import { printResult } from "./print-result.ts";
import { table } from "./table.ts";
import { UsageError } from "./usage-error.ts";

/** `sopm config`: tells which settings hold for a file or a folder, and who has said so. */
export async function config(given: Given<typeof configParameters>, shell: Shell): Promise<ExitCode> {
  if (!given.show)
    throw new UsageError("Name --show as well: it prints the settings that hold, and where each comes from.");
  const { path = "." } = given;
  const kind = await kindOfNamed(path, shell.world.named);
  if (kind === "folder") await requireFolder(path, shell);
  const run = new ConfiguredRun(joined([]), shell);
  const configured = await run.of(path, kind === "folder" ? "folder" : "file");
  run.tell(configured);
  const rows = heldRows(configured.layer, shell);
  printResult(shell, given.format, {
    data: dataOf(path, configured, rows, shell),
    text: textOf(configured, rows, shell),
  });
  const isWrong = configured.found.files.some(({ findings }) =>
    findings.some(({ severity }) => severity === "error"),
  );
  return isWrong ? 1 : 0;
}

/** A setting, or a part of one, that holds. */
interface HeldRow {
  readonly key: string;
  /** Of a part its name. */
  readonly part?: string;
  readonly value: unknown;
  /** Where it is said: a path with a line, from 1; undefined for what is built in. */
  readonly place: { readonly path: string; readonly line: number } | undefined;
}

/** The settings that a configuration may say, in the order of their rows. */
function heldRows(layer: Layer, shell: Shell): readonly HeldRow[] {
  const rowOf = (key: string, { value, source }: Said, part?: string): HeldRow => ({
    ...{ key, value, ...(part !== undefined && { part }) },
    place: source.kind === "file" ? { path: shownPath(source.path, shell), line: source.line } : undefined,
  });
  return (settingRows as readonly SettingRow[])
    .filter(({ isOfEditor, isOfUser }) => !isOfEditor && !isOfUser)
    .flatMap(({ key }) => {
      const said = layer.get(key)!;
      if (!(said instanceof Map)) return [rowOf(key, said as Said)];
      return [...(said as ReadonlyMap<string, Said>)].map(([part, each]) => rowOf(key, each, part));
    });
}

function dataOf(path: string, { found }: Configured, rows: readonly HeldRow[], shell: Shell): object {
  return {
    path,
    files: found.files.map((file) => shownPath(file.path, shell)),
    settings: rows.map(({ key, part, value, place }) => ({
      ...{ key, ...(part !== undefined && { part }), value },
      source: place ? { kind: "file", ...place } : { kind: "built-in" },
    })),
    scenarios: [...found.scenarios].map(([name, scenario]) => ({
      name,
      ...Object.fromEntries([...scenario].map(([key, { value }]) => [key, value])),
    })),
  };
}

function textOf({ found }: Configured, rows: readonly HeldRow[], shell: Shell): string {
  const { lineOf } = shell;
  const files = found.files.map((file) => shownPath(file.path, shell));
  const head =
    files.length === 0
      ? lineOf({ text: "There is no sopm.json here. The built-in settings hold." })
      : lineOf({
          text: "Configurations; where they differ, the last one counts: {files}",
          values: { files: files.join(", ") },
        });
  const settings = rows.map(({ key, part, value, place }) => [
    part === undefined ? key : `${key}: ${part}`,
    place ? `${place.path}:${place.line}` : lineOf({ text: "built in" }),
    JSON.stringify(value),
  ]);
  const scenarios = [...found.scenarios].map(([name, scenario]) => [
    name,
    String(scenario.get("operation")?.value),
    placeOf(scenario.get("operation"), shell),
  ]);
  return [
    `${head}\n\n`,
    table(settings),
    ...(scenarios.length > 0 ? [`\n${lineOf({ text: "Scenarios for sopm dry-run --scenario:" })}\n`] : []),
    table(scenarios, "  "),
  ].join("");
}

function placeOf(said: Said | undefined, shell: Shell): string {
  return said?.source.kind === "file" ? `${shownPath(said.source.path, shell)}:${said.source.line}` : "";
}
