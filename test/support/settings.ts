import { builtIn, joined, layerOf } from "../../server/src/configuration/layers.ts";
import { type Settings, settingsOf } from "../../server/src/configuration/settings.ts";

/** The settings of an editor that sends this and has no configurations. */
export function settingsOfEditor(section: unknown): Settings {
  return settingsOf(joined([builtIn, layerOf(section, () => ({ kind: "editor" }))]));
}
