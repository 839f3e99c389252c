import { tlsModes } from "../host/database-server.ts";
import { databaseKinds, serverKinds } from "../protocol/databases.ts";
import { scenarioRows } from "./scenario-rows.ts";
import { ruleSeverities, type SettingRow, settingRows } from "./setting-rows.ts";
import type { testSystemKeys } from "./test-system-settings.ts";

/** The settings as the manifest of the extension declares them. Its texts are elsewhere. */
export function manifestSettings(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    settingRows.map((row: SettingRow) => {
      const { type, ...form } = valueSchema(row);
      return [
        `sopm.${row.key}`,
        {
          order: row.order,
          markdownDescription: `%setting.${row.key}%`,
          type,
          scope: row.scope ?? "resource",
          ...form,
          ...choiceTexts(row),
          default: row.default,
        },
      ];
    }),
  );
}

/** The settings that the editor passes over in a workspace that is not trusted. */
export function restrictedSettings(): readonly string[] {
  return settingRows.filter((row: SettingRow) => row.needsTrust).map(({ key }) => `sopm.${key}`);
}

/**
 * The JSON schema of configurations. Keys that it does not know are left to us: editors with a schema would say the same
 * with less.
 *
 * @param texts those of the manifest, by their names
 */
export function renderConfigurationSchema(texts: Readonly<Record<string, string>>): string {
  const settings = settingRows
    .filter((row: SettingRow) => !row.isOfEditor && !row.isOfUser)
    .map((row: SettingRow): [string, object] => {
      const markdownDescription = inConfiguration(texts[`setting.${row.key}`]!);
      // Each rule has a text of its own there.
      const value = row.key === "rules" ? { allOf: [{ $ref: "rules.schema.json" }] } : valueSchema(row);
      return [row.key, { markdownDescription, ...value, default: row.default }];
    });
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "What SOPM goes by: sopm.json",
    type: "object",
    allowTrailingCommas: true,
    properties: {
      $schema: { type: "string", description: "The schema of this file, for editors." },
      root: {
        type: "boolean",
        default: false,
        description: "Whether folders above this one are left out of the search for configurations.",
      },
      extends: {
        description:
          "Configurations that this one builds on: paths from the folder of this file on. What is said here comes before what is said there, and of several the last one comes first.",
        oneOf: [
          { type: "string", minLength: 1 },
          { type: "array", items: { type: "string", minLength: 1 } },
        ],
      },
      ...Object.fromEntries(settings),
      scenarios: {
        type: "object",
        description:
          "Dry runs by name, for “sopm dry-run --scenario NAME” and the command “Dry Run Scenario…”.",
        additionalProperties: {
          type: "object",
          required: ["operation"],
          additionalProperties: false,
          properties: Object.fromEntries(
            scenarioRows.map((row): [string, object] => [
              row.key,
              { description: row.text, ...valueSchema(row) },
            ]),
          ),
        },
      },
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

/** What a value looks like. */
function valueSchema({
  type,
}: Pick<SettingRow, "type">): { readonly type: string } & Readonly<Record<string, unknown>> {
  switch (type.kind) {
    case "choice":
      return { type: "string", enum: type.choices };
    case "flag":
      return { type: "boolean" };
    case "text":
      return {
        type: "string",
        ...(type.form && { pattern: type.form.pattern }),
      };
    case "path":
      return { type: "string" };
    case "paths":
    case "names":
      return { type: "array", items: { type: "string" } };
    case "choices":
      return { type: "array", uniqueItems: true, items: { type: "string", enum: type.choices } };
    case "severities":
      return { type: "object", additionalProperties: { type: "string", enum: ruleSeverities } };
    case "folders":
    case "reasons":
      return { type: "object", additionalProperties: { type: "string" } };
    case "servers":
      return { type: "object", additionalProperties: serverSchema };
    case "systems":
      return { type: "object", additionalProperties: systemSchema };
  }
}

/** A server, of which an editor helps to write down. */
const serverSchema = {
  type: "object",
  required: ["kind", "user"],
  additionalProperties: false,
  properties: {
    kind: { type: "string", enum: serverKinds },
    host: { type: "string" },
    port: { type: "integer", minimum: 1, maximum: 65535 },
    socket: { type: "string" },
    user: { type: "string" },
    tls: { type: "string", enum: tlsModes },
    secret: {
      type: "object",
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
      properties: { environment: { type: "string" }, file: { type: "string" }, editor: { const: true } },
    },
  },
} as const;

const words = { type: "array", items: { type: "string", minLength: 1 } } as const;

const sharedFolder = {
  type: "object",
  additionalProperties: false,
  required: ["here", "there"],
  properties: { here: { type: "string" }, there: { type: "string", pattern: "^/" } },
} as const;

/** A test system, the same. */
const systemSchema = {
  type: "object",
  required: ["command", "home"],
  additionalProperties: false,
  properties: {
    command: words,
    home: { type: "string", pattern: "^/" },
    copy: words,
    folder: { type: "string", pattern: "^/" },
    shared: sharedFolder,
    mounts: { type: "array", items: sharedFolder },
    product: { type: "string" },
    database: { type: "string", enum: databaseKinds },
    tables: words,
  },
} as const satisfies {
  readonly properties: Readonly<Record<(typeof testSystemKeys)[number], object>>;
} & Readonly<Record<string, unknown>>;

/** What the editor shows beside choices, and of a text that does not fit. */
function choiceTexts({ key, type }: SettingRow): object {
  if (type.kind === "text" && type.hasLines) return { editPresentation: "multilineText" };
  if (type.kind === "text" && type.form) return { patternErrorMessage: `%setting.${key}.pattern%` };
  if (type.kind !== "choice") return {};
  if (type.labels) return type.labels.length > 0 ? { enumItemLabels: type.labels } : {};
  return {
    markdownEnumDescriptions: type.choices.map((choice) => `%setting.${key}.${camelCase(choice)}%`),
  };
}

/** A text about a setting with the names that settings have in configurations. */
function inConfiguration(text: string): string {
  return text.replace(/#sopm\.([\w.]+)#/g, "$1");
}

function camelCase(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
