import { readFileSync } from "node:fs";
import { dialectIds } from "../server/src/dialect/products.ts";
import { databaseKinds, databaseTitles, defaultDatabase } from "../server/src/protocol/databases.ts";

/** The manifest with the settings that offer products and databases as the rows have them. Its texts are elsewhere. */
export function renderManifest(): string {
  const manifest = JSON.parse(textOf("package.json"));
  const settings = manifest.contributes.configuration.properties;
  const descriptions = ["auto", ...dialectIds].map((id) => `%setting.dialect.${camelCase(id)}%`);
  Object.assign(settings["sopm.dialect"], {
    enum: ["auto", ...dialectIds],
    markdownEnumDescriptions: descriptions,
  });
  Object.assign(settings["sopm.database"], {
    enum: databaseKinds,
    enumItemLabels: Object.values(databaseTitles),
    default: defaultDatabase,
  });
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The library with the types of its own that name products and databases. */
export function renderLibrary(): string {
  const union = (names: readonly string[], separator: string) =>
    names.map((name) => `${separator}${JSON.stringify(name)}`).join("");
  return textOf("server/src/library.ts")
    .replace(/(?<=export type Dialect =)[^;]+/, union(dialectIds, "\n  | "))
    .replace(/(?<=readonly database\?: )[^;]+/, union(databaseKinds, " | ").slice(3));
}

function textOf(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
}

function camelCase(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
