import type { Connection } from "vscode-languageserver";
import type { FoundConfigurations } from "../configuration/configurations.ts";
import type { Settings } from "../configuration/settings.ts";
import type { World } from "../host/world.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { ClientCapabilities } from "./client-capabilities.ts";
import type { FolderSettings } from "./configured-settings.ts";

/** One editor and what it has open, as the parts of the server know it. Two sessions in one process share nothing. */
export interface Session {
  readonly connection: Connection;
  readonly world: World;
  readonly workspace: Workspace;
  /** What the client can do; until it has said so, nothing. */
  client(): ClientCapabilities;
  /** Undefined for what is not open. */
  documentOf(uri: string): OpenDocument | undefined;
  settingsFor(uri: string): Promise<Settings>;
  settingsBelow(folder: string): Promise<FolderSettings>;
  /** The configurations that hold for a document; undefined for what lies on no disk. */
  configurationsOf(uri: string): Promise<FoundConfigurations | undefined>;
  /** Looks for the files of a spec elsewhere from now on, whatever the settings say. Both paths are absolute. */
  setBaseFolder(spec: string, folder: string): void;
  isTrusted(): boolean;
  /** Absolute path; undefined for an editor that keeps none for us. */
  storageFolder(): string | undefined;
}
