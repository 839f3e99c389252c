import { readFileSync } from "node:fs";
import {
  manifestSettings,
  restrictedSettings,
  renderConfigurationSchema as schemaOfConfigurations,
} from "../server/src/configuration/render-settings.ts";
import { dialectIds } from "../server/src/dialect/products.ts";
import { databaseKinds } from "../server/src/protocol/databases.ts";
import { profiles } from "../server/src/rules/profiles.ts";

/** The manifest with the settings as their rows have them. Its texts are elsewhere. */
export function renderManifest(): string {
  const manifest = JSON.parse(textOf("package.json"));
  manifest.contributes.configuration.properties = manifestSettings();
  manifest.capabilities.untrustedWorkspaces.restrictedConfigurations = restrictedSettings();
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The schema of configurations, with the texts of the manifest. */
export function renderConfigurationSchema(): string {
  return schemaOfConfigurations(JSON.parse(textOf("package.nls.json")));
}

/** The library with the types of its own that name products, profiles and databases. */
export function renderLibrary(): string {
  const union = (names: readonly string[], separator: string) =>
    names.map((name) => `${separator}${JSON.stringify(name)}`).join("");
  return textOf("server/src/library.ts")
    .replace(/(?<=export type Dialect =)[^;]+/, union(dialectIds, "\n  | "))
    .replace(/(?<=readonly profile\?: )[^;]+/, union(profiles, " | ").slice(3))
    .replace(/(?<=export type Database = )[^;]+/, union(databaseKinds, " | ").slice(3));
}

function textOf(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
}
