import { editorLayer, type Layer } from "../configuration/layers.ts";
import { type SettingRow, settingRows } from "../configuration/setting-rows.ts";
import type { Shell } from "../host/shell.ts";
import { UsageError } from "./usage-error.ts";

/** Has the settings of the editor that runs a command, as its tasks do. */
const variable = "SOPM_SETTINGS";

/**
 * What the editor says that runs this command: settings by their keys, as one JSON object in a variable of the environment.
 * Paths start at the current folder. Nothing where there is none.
 *
 * @throws UsageError for what is no JSON object
 */
export function editorSettings({ world: { machine, paths } }: Shell): Layer {
  const text = machine.variable(variable);
  if (!text) return new Map();
  const section = objectIn(text);
  if (!section)
    throw new UsageError("The variable {name} is no JSON object with settings.", { name: variable });
  const absolute = (value: unknown) =>
    typeof value === "string" && value !== "" ? paths.resolve(value) : value;
  const rows: readonly SettingRow[] = settingRows;
  return editorLayer(
    Object.fromEntries(
      Object.entries(section).map(([key, value]) => {
        const kind = rows.find((row) => row.key === key)?.type.kind;
        if (kind === "path") return [key, absolute(value)];
        return [key, kind === "paths" && Array.isArray(value) ? value.map(absolute) : value];
      }),
    ),
  );
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
