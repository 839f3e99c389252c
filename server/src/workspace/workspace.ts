import { baseFolderOf } from "../configuration/base-folder.ts";
import { baseFolderSettings, type Settings } from "../configuration/settings.ts";
import type { KnownSymbols } from "../features/known-symbols.ts";
import type { World } from "../host/world.ts";
import { specOf } from "../model/package-spec.ts";
import { fileList } from "../symbols/file-list.ts";
import { namedFilePath } from "../symbols/file-symbols.ts";
import { ClosedSpecs, type ClosedSpecsListener } from "./closed-specs.ts";
import { EditorConfigs } from "./editor-configs.ts";
import { Neighbours } from "./neighbours.ts";
import { type OpenDocument, OpenDocuments } from "./open-documents.ts";
import { OpenFiles } from "./open-files.ts";
import { symbolsBeside } from "./workspace-symbols.ts";

/**
 * What an editor has before it: folders, the documents that are open, and the specs in the folders that are not. Two in
 * one process share nothing.
 */
export class Workspace {
  readonly documents: OpenDocuments;
  readonly closedSpecs: ClosedSpecs;
  readonly neighbours: Neighbours;
  readonly editorConfigs: EditorConfigs;
  /** The files of packages that are open. */
  readonly files: OpenFiles;
  /** Absolute paths. */
  folders: readonly string[] = [];
  readonly #world: World;
  /** Absolute paths by those of specs. */
  readonly #chosenBaseFolders = new Map<string, string>();

  /**
   * @param listener asked for when closed specs are checked, which they are not before there are folders
   * @param onNeighboursChanged called with the absolute paths of documents that may have other findings now
   */
  constructor(
    world: World,
    listener: () => ClosedSpecsListener,
    onNeighboursChanged: (documents: ReadonlySet<string>) => void,
    files = new OpenFiles(),
  ) {
    this.#world = world;
    this.files = files;
    this.neighbours = new Neighbours((documents) => {
      for (const path of documents) this.closedSpecs.checkAgain(path);
      onNeighboursChanged(documents);
    });
    this.editorConfigs = new EditorConfigs(world);
    this.documents = new OpenDocuments(world, this.neighbours.known);
    this.closedSpecs = new ClosedSpecs(world, listener, this.neighbours);
  }

  /** The innermost workspace folder that a file lies in. */
  folderOf(path: string | undefined): string | undefined {
    const { below } = this.#world.paths;
    const inside = this.folders.filter((folder) => path !== undefined && below(folder, path));
    return inside.sort((a, b) => b.length - a.length)[0];
  }

  /** The folder below which the files of a spec are; both are absolute paths. */
  baseFolderOf(spec: string, settings: Settings): string {
    return baseFolderOf(spec, baseFolderSettings(settings), this.folderOf(spec), this.#world.paths);
  }

  /** Has the files of a spec looked for elsewhere, whatever the settings say. Both paths are absolute. */
  chooseBaseFolder(spec: string, folder: string): void {
    this.#chosenBaseFolders.set(spec, folder);
  }

  /** Settings of the editor, with the base folders that were chosen since it started. */
  withChosenBaseFolders(settings: Settings): Settings {
    if (this.#chosenBaseFolders.size === 0) return settings;
    const chosen = Object.fromEntries(this.#chosenBaseFolders);
    // The first that means a spec counts, and of one key the value that comes last.
    return { ...settings, baseFolders: { ...chosen, ...settings.baseFolders, ...chosen } };
  }

  /**
   * The names in all documents but one.
   *
   * @param document its absolute path; undefined for one that lies on no disk
   */
  symbolsBeside(document: string | undefined): KnownSymbols {
    return symbolsBeside(document, {
      known: this.neighbours.known,
      index: this.neighbours.names,
      documents: this.documents,
      files: this.files,
      fileOf: (path, file) => this.#fileOf(path, file),
    });
  }

  #fileOf(document: string, path: string): string | undefined {
    const open = this.documents.all().find((each) => each.path === document);
    if (open?.kind === "archive") return undefined;
    const base = open ? open.baseFolder : this.closedSpecs.baseFolderOf(document);
    const { join, below } = this.#world.paths;
    const file = base === undefined ? undefined : join(base, path);
    return file !== undefined && below(base!, file) ? file : undefined;
  }

  /** Takes what an open document tells others, as it is now. */
  typed(document: OpenDocument): void {
    const { path, baseFolder, kind, tree } = document;
    this.neighbours.typed(document);
    if (path === undefined || baseFolder === undefined || kind !== "spec") return;
    const files = fileList(specOf(tree)).matching(namedFilePath);
    this.closedSpecs.list(
      path,
      baseFolder,
      files.map((file) => file.path),
    );
  }

  /**
   * Gives a document its settings, and with them the folder its files are looked for in. One that was closed while the
   * settings were on their way gets nothing.
   */
  configure(document: OpenDocument, settings: Settings): void {
    const { path } = document;
    const baseFolder = path === undefined ? undefined : this.baseFolderOf(path, settings);
    this.documents.configure(document, settings, baseFolder);
    this.editorConfigs.look(document);
  }
}
