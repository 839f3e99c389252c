import type { Diagnostic } from "vscode-languageserver";
import { saidOfSpec } from "../configuration/base-folder.ts";
import { isConfigurationName } from "../configuration/configuration-file.ts";
import {
  type CheckedConfiguration,
  type ConfigurationReach,
  Configurations,
  type FoundConfigurations,
  withSeverities,
} from "../configuration/configurations.ts";
import { builtIn, editorLayer, joined, type Layer, valueIn } from "../configuration/layers.ts";
import { type Settings, settingsOf } from "../configuration/settings.ts";
import { patience } from "../host/patience.ts";
import { inTime } from "../host/timers.ts";
import { SourceText } from "../text/source-text.ts";
import { toDiagnostic } from "./convert.ts";
import { inBackground, logError } from "./in-background.ts";
import type { Session } from "./session.ts";

/** Configurations, which are open as JSON. */
export const configurationSelector = { scheme: "file", pattern: "**/{sopm.json,*.sopm.json}" };

/** What of a session settings depend on. */
type SettingsSession = Pick<Session, "connection" | "world" | "workspace" | "client" | "isTrusted">;

/** The settings of the files in a workspace folder. */
export interface FolderSettings {
  /** What the editor says of the folder, as text. */
  readonly said: string;
  /** @param path absolute, of the folder or a file in it */
  of(path: string): Promise<Settings>;
}

/**
 * The settings of documents and folders: what is built in, what configurations say, and what the editor says, which comes
 * first. What is wrong with configurations is told where it stands.
 */
export class ConfiguredSettings {
  /** What the client has sent by itself; those that can be asked are asked. */
  sent: Layer = new Map();
  readonly #session: SettingsSession;
  readonly #report: (uri: string, diagnostics: Diagnostic[]) => void;
  readonly #configurations: Configurations;
  /** What the editor has said last, by address. */
  readonly #answers = new Map<string, Layer>();
  /** Configurations that findings were told of, by path. */
  readonly #told = new Set<string>();

  /**
   * @param textOf what is written in an open file
   * @param report called with all that is wrong with a configuration
   */
  constructor(
    session: SettingsSession,
    textOf: (path: string) => string | undefined,
    report: (uri: string, diagnostics: Diagnostic[]) => void,
  ) {
    this.#session = session;
    this.#report = report;
    this.#configurations = new Configurations(session.world, textOf);
  }

  /** Those of a document, or of a workspace folder. */
  async of(uri: string): Promise<Settings> {
    return this.#with(await this.#ofEditor(uri), this.#session.world.paths.fromUri(uri));
  }

  /** Those of the files in a workspace folder, for which the editor is asked once. */
  async below(folder: string): Promise<FolderSettings> {
    const editor = await this.#ofEditor(this.#session.world.paths.toUri(folder));
    const said = JSON.stringify([...editor.keys()].map((key) => [key, valueIn(editor, key)]));
    return { said, of: (path) => this.#with(editor, path) };
  }

  /** The configurations that hold for a document. */
  async configurationsOf(uri: string): Promise<FoundConfigurations | undefined> {
    const path = this.#session.world.paths.fromUri(uri);
    return path === undefined ? undefined : this.#found(path);
  }

  /**
   * Takes notice of what has happened to files.
   *
   * @returns the folders below which something else may hold now
   */
  changed(paths: readonly string[]): readonly string[] {
    const concerned = paths.flatMap((path) => this.#configurations.changed(path));
    const { basename } = this.#session.world.paths;
    for (const path of paths) {
      if (isConfigurationName(basename(path)) || this.#told.has(path))
        inBackground(this.#session.connection, this.checkOne(path));
    }
    return concerned;
  }

  /** The same for a client that does not tell of files: whether one has changed. */
  hasChanged(): Promise<boolean> {
    return this.#configurations.hasChanged();
  }

  /** Something is trusted now that was not. */
  forget(): void {
    this.#configurations.forget();
  }

  /** Tells what is wrong with a configuration, whether a spec goes by it or not. */
  async checkOne(path: string): Promise<void> {
    const file = await this.#configurations.check(path, this.#reachOf(path));
    if (file) this.#tell(file, settingsOf(joined([builtIn, this.sent])));
    else if (this.#told.delete(path)) this.#report(this.#session.world.paths.toUri(path), []);
  }

  async #with(editor: Layer, path: string | undefined): Promise<Settings> {
    const found = path === undefined ? undefined : await this.#found(path);
    if (!path || !found || found.files.length === 0) return settingsOf(joined([builtIn, editor]));
    const settings = settingsOf(joined([builtIn, ...found.layers, this.#forSpec(editor, path)]));
    for (const file of found.files) this.#tell(file, settings);
    return settings;
  }

  /** A disk that does not answer has no configurations. */
  #found(path: string): Promise<FoundConfigurations | undefined> {
    const { world, workspace } = this.#session;
    const kind = workspace.folders.includes(path) ? "folder" : "file";
    return inTime(world.timers, patience, this.#configurations.of(path, kind, this.#reachOf(path)));
  }

  #reachOf(path: string): ConfigurationReach {
    const { workspace, isTrusted } = this.#session;
    return { workFolder: workspace.folderOf(path), isTrusted: isTrusted() };
  }

  #forSpec(editor: Layer, path: string): Layer {
    const { world, workspace } = this.#session;
    if (workspace.folders.includes(path)) return editor;
    return saidOfSpec(editor, path, workspace.folderOf(path) ?? world.paths.dirname(path), world.paths);
  }

  /** Without an answer of the editor it says what it has said before. */
  async #ofEditor(uri: string): Promise<Layer> {
    const { connection, client } = this.#session;
    if (!client().configuration) return this.sent;
    try {
      const section = await connection.workspace.getConfiguration({ scopeUri: uri, section: "sopm" });
      const layer = editorLayer(section);
      this.#answers.set(uri, layer);
      return layer;
    } catch (error) {
      logError(connection, error);
      return this.#answers.get(uri) ?? new Map();
    }
  }

  #tell(file: CheckedConfiguration, settings: Settings): void {
    const { client, world } = this.#session;
    const { path, text, findings } = withSeverities(file, settings.lint.rules);
    // The editor that has our schema says these itself.
    const told = client().ownCommands
      ? findings.filter(({ variant = "" }) => !saidBySchema.has(variant))
      : findings;
    const uri = world.paths.toUri(path);
    const source = SourceText.of(text);
    const home = { uri, source, baseFolder: undefined };
    if (told.length > 0) this.#told.add(path);
    else if (!this.#told.delete(path)) return;
    this.#report(
      uri,
      told.map((finding) => toDiagnostic(source, finding, home, this.#session)),
    );
  }
}

const saidBySchema: ReadonlySet<string> = new Set([
  ...["no-object", "missing-sign", "missing-value", "missing-key", "bad-text", "open-comment", "bad-sign"],
  ...["duplicate", "unknown-rule", "wrong-choice", "wrong-flag", "wrong-text", "wrong-form", "wrong-list"],
  "wrong-object",
]);
