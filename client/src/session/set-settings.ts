import * as vscode from "vscode";
import type { ConfigurationParams } from "vscode-languageclient/node";

/** The section of our settings. */
const section = "sopm";

/**
 * Answers the server with the settings that somebody has set, and not with those that the manifest has by default: what
 * a sopm.json says comes between the two.
 *
 * @param keys of all settings, with the section
 */
export function setSettings({ items }: ConfigurationParams, keys: readonly string[]): unknown[] {
  return items.map(({ scopeUri }) => settingsFor(scopeUri ? vscode.Uri.parse(scopeUri) : undefined, keys));
}

/** The same for one file or folder, by their keys without the section. */
export function settingsFor(
  uri: vscode.Uri | undefined,
  keys: readonly string[],
): Readonly<Record<string, unknown>> {
  const settings = vscode.workspace.getConfiguration(section, uri);
  const names = keys.map((key) => key.slice(section.length + 1));
  return Object.fromEntries(
    names.filter((name) => isSet(settings.inspect(name))).map((name) => [name, settings.get(name)]),
  );
}

/** All settings, with the section. */
export function settingKeysOf({ extension }: vscode.ExtensionContext): readonly string[] {
  return Object.keys(extension.packageJSON.contributes.configuration.properties);
}

/** What `inspect` tells of a setting, by where it may be set. */
type Inspected = ReturnType<vscode.WorkspaceConfiguration["inspect"]>;

function isSet(inspected: Inspected): boolean {
  return [inspected?.globalValue, inspected?.workspaceValue, inspected?.workspaceFolderValue].some(
    (value) => value !== undefined,
  );
}
