import { baseFolderOf, saidOfSpec } from "../configuration/base-folder.ts";
import { isConfigurationName } from "../configuration/configuration-file.ts";
import {
  type CheckedConfiguration,
  Configurations,
  type FoundConfigurations,
  withSeverities,
} from "../configuration/configurations.ts";
import { builtInForShell, joined, type Layer, layerOf, type Said } from "../configuration/layers.ts";
import { isIgnored } from "../configuration/passed-over.ts";
import { type SettingKey, settingRow } from "../configuration/setting-rows.ts";
import { baseFolderSettings, type Settings, settingsOf } from "../configuration/settings.ts";
import { lintContext } from "../engine/lint.ts";
import type { SpecFileOptions } from "../engine/read-package.ts";
import { surroundingsOf } from "../engine/surroundings.ts";
import { noFolder } from "../host/folder-facts.ts";
import type { Shell } from "../host/shell.ts";
import { specOf } from "../model/package-spec.ts";
import { findingText } from "../rules/finding-text.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { shownLineColumn } from "../text/source-text.ts";
import { oneLine } from "../text/visible.ts";
import type { Given, Parameters } from "./command.ts";
import { editorSettings } from "./editor-settings.ts";
import { type CheckedSpec, fileNames } from "./found-problems.ts";

/** What holds for one file or folder. */
export interface Configured {
  readonly settings: Settings;
  /** Where each setting comes from. */
  readonly layer: Layer;
  readonly found: FoundConfigurations;
  /** Whether anybody says something of settings beside the options. */
  readonly isConfigured: boolean;
}

/** What configurations, an editor that runs the command, and its options come to. Each configuration is read once in a run. */
export class ConfiguredRun {
  readonly #shell: Shell;
  readonly #options: Layer;
  readonly #editor: Layer;
  readonly #told: Set<string>;
  readonly #configurations: Configurations;
  /** What some say otherwise than on disk, by absolute path. */
  readonly #texts = new Map<string, string>();

  /**
   * @param options what the command line says, which comes first
   * @param before a run of the same command with other options, which has read and told what it needed
   */
  constructor(options: Layer, shell: Shell, before?: ConfiguredRun) {
    this.#options = options;
    this.#shell = shell;
    this.#editor = before ? before.#editor : editorSettings(shell);
    this.#told = before ? before.#told : new Set();
    this.#configurations = before
      ? before.#configurations
      : new Configurations(shell.world, (path) => this.#texts.get(path));
  }

  /** @param path of a file or a folder; undefined for what lies in no file, which is taken to be in the current folder */
  async of(path: string | undefined, kind: "file" | "folder" = "file"): Promise<Configured> {
    const { paths } = this.#shell.world;
    const found = await this.#configurations.of(
      paths.resolve(path ?? "."),
      path === undefined ? "folder" : kind,
      // Nobody has said of a folder that it is trusted, though they work in it.
      { workFolder: paths.resolve("."), isTrusted: false },
    );
    const editor =
      path === undefined || kind === "folder"
        ? this.#editor
        : saidOfSpec(this.#editor, paths.resolve(path), paths.resolve("."), paths);
    const layer = joined([builtInForShell, ...found.layers, editor, this.#options]);
    return { settings: settingsOf(layer), layer, found, isConfigured: found.layers.length + editor.size > 0 };
  }

  /**
   * Where the files of a package that was named are, and how they are read. What is wrong with its configurations is told.
   *
   * @param named what options say of it
   */
  async filesOf(
    path: string,
    { base, version }: { readonly base?: string | undefined; readonly version?: string | undefined } = {},
  ): Promise<SpecFileOptions> {
    const configured = await this.of(path);
    this.tell(configured);
    const { allowSymlinks } = configured.settings.build;
    return { baseFolder: baseOf(path, base, configured, this.#shell), allowSymlinks, version };
  }

  /** What a configuration has passed over of a folder that was named; nothing where none says so. */
  async passedOver(folder: string): Promise<(path: string) => boolean> {
    const { paths } = this.#shell.world;
    const { layer, settings } = await this.of(folder, "folder");
    const said = layer.get("ignoredFolders") as Said;
    if (said.source.kind !== "file") return () => false;
    const start = paths.dirname(said.source.path);
    return (path) => isIgnored(settings.ignoredFolders, paths.below(start, paths.resolve(path)) ?? []);
  }

  /** Takes notice of files that are checked themselves, whatever they hold for: of configurations among them they tell. */
  leaveOut(named: Iterable<string | undefined>): void {
    const { paths } = this.#shell.world;
    for (const path of named) {
      if (path !== undefined && isConfigurationName(paths.basename(path)))
        this.#told.add(paths.resolve(path));
    }
  }

  /** What is wrong with a configuration that somebody has named; undefined when it cannot be read at all. */
  async check(path: string): Promise<CheckedConfiguration | undefined> {
    const { paths } = this.#shell.world;
    return this.#configurations.check(paths.resolve(path), {
      workFolder: paths.resolve("."),
      isTrusted: false,
    });
  }

  /** Has a configuration say something else from now on. */
  take(path: string, text: string): void {
    this.#texts.set(path, text);
    this.#configurations.forget();
  }

  /**
   * Configurations of a file with something wrong in them that was not told before, as their rules are set.
   *
   * @param isTold whether one is told of though nothing is wrong
   */
  untold(
    { found, settings }: Configured,
    isTold: (path: string) => boolean = () => false,
  ): readonly CheckedConfiguration[] {
    return found.files
      .map((file) => withSeverities(file, settings.lint.rules))
      .filter(({ path, findings }) => findings.length > 0 || isTold(path))
      .filter(({ path }) => !this.#told.has(path) && this.#told.add(path));
  }

  /** Says on standard error what is wrong with the configurations of a file. */
  tell(configured: Configured): void {
    const { world, warn } = this.#shell;
    for (const { path, text, findings } of this.untold(configured)) {
      const { source } = SyntaxTree.parse(text);
      for (const finding of findings) {
        const place = `${shownPath(path, this.#shell)}:${shownLineColumn(source.positionAt(finding.span.start))}`;
        warn(`${oneLine(place)}: ${oneLine(findingText(finding, world.texts.translate))} (${finding.rule})`);
      }
    }
  }
}

/** What the options of a command say about settings. */
export function optionsLayer<Rows extends Parameters>(
  rows: Rows,
  given: Given<Rows>,
  others: Partial<Record<SettingKey, unknown>> = {},
): Layer {
  const names = new Map<string, string>();
  const section: Record<string, unknown> = {};
  for (const [name, { setting, kind }] of Object.entries(rows)) {
    if (setting === undefined) continue;
    const value: unknown = given[name];
    const isTyped = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
    if (!isTyped) continue;
    names.set(setting, `--${name}`);
    // A flag says what it is called for, which is not always “true”.
    if (kind !== "flag" || settingRow(setting)?.type.kind === "flag") section[setting] = value;
  }
  for (const [key, value] of Object.entries(others)) if (names.has(key)) section[key] = value;
  return layerOf(section, (key) => ({ kind: "option", name: names.get(key)! }));
}

/**
 * The folder that has the files of a spec, where somebody has said it; undefined for that of the spec.
 *
 * @param named by an option
 */
export function baseOf(
  spec: string,
  named: string | undefined,
  { settings, isConfigured }: Configured,
  { world: { paths } }: Shell,
): string | undefined {
  if (named !== undefined || !isConfigured) return named;
  const absolute = paths.resolve(spec);
  const folder = baseFolderOf(absolute, baseFolderSettings(settings), undefined, paths);
  return folder === paths.dirname(absolute) ? undefined : folder;
}

/** A configuration as something that was checked, for the forms that findings are printed in. */
export function asChecked(
  { path, text, findings }: CheckedConfiguration,
  { lint }: Settings,
  shell: Shell,
): CheckedSpec {
  const { world } = shell;
  const surroundings = surroundingsOf({ path, folder: noFolder }, world);
  return {
    ...lintContext(specOf(SyntaxTree.parse("")), lint, surroundings),
    ...{ findings, tree: SyntaxTree.parse(text), isReadable: true },
    ...{ path: shownPath(path, shell), baseFolder: world.paths.dirname(path) },
  };
}

/** A path as somebody would have named it. */
export function shownPath(path: string, { world }: Shell): string {
  return world.paths.below(world.paths.resolve("."), path) ? fileNames(path, world).portablePath : path;
}
