import type { Message } from "../l10n/translate.ts";

/** What the framework writes to its log while it reads configuration, in our words. */
export interface ConfigurationLogEntry extends Message {
  readonly id: ConfigurationLogId;
  readonly priority: "error";
}

export type ConfigurationLogId = keyof typeof configurationLogTexts;

/** One row per line that the framework logs. */
export const configurationLogTexts = {
  "config-empty": "The configuration file “{file}” is empty or cannot be read, and is left out.",
  "config-init-invalid":
    "The configuration file “{file}” is left out: init of {root} is “{init}”, not Framework, Application, Config or Changes in double quotes.",
  "config-malformed": "The configuration file “{file}” is left out: it is not well-formed XML (line {line}).",
  "config-entities":
    "The configuration file “{file}” is left out: it declares entities, which are not expanded here.",
  "config-root-missing": "The configuration file “{file}” is left out: it has no element {root}.",
  "config-root-repeated": "The configuration file “{file}” is left out: it has several elements {root}.",
  "config-version": "The configuration file “{file}” is left out: version of {root} is not 2.0.",
  "config-old-item": "The old ConfigItem “{name}” in “{file}” is left out.",
  "setting-malformed": "The setting “{name}” in “{file}” is not well-formed XML.",
  "setting-left-out": "The setting “{name}” in “{file}” is left out, because nothing could be read from it.",
  "definition-missing": "The setting “{name}” has no element Value.",
  "value-not-read":
    "The value of the setting “{name}” cannot be found out, because there is no element Value.",
  "value-missing": "The setting “{name}” has no value that could be stored.",
  "value-type-unknown": "There is no value type “{type}”, so the setting “{name}” has no value.",
  "value-not-single": "The setting “{name}” has several values where one is expected; it becomes empty.",
  "option-unknown": "The setting “{name}” selects “{option}”, which is not among its options.",
  "setting-not-updated": "The setting “{name}” cannot be stored; the definition from before stays.",
  "settings-refused": "The database refuses the new settings because of “{name}”: {column} cannot be stored.",
  "settings-not-stored": "None of the new settings is stored, and the configuration is not deployed.",
} as const;

export function logEntry(
  id: ConfigurationLogId,
  values: ConfigurationLogEntry["values"] = {},
): ConfigurationLogEntry {
  return { id, priority: "error", text: configurationLogTexts[id], values };
}
