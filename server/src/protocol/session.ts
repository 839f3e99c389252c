import { notification } from "./request.ts";

/** What the client passes as `initializationOptions`. */
export interface InitializationOptions {
  /** False in a workspace that is not trusted: no program is started and no code compiled then. */
  readonly trusted: boolean;
  /** The editor's display language as a BCP 47 tag such as "de". */
  readonly locale: string;
  /** Absolute path of a folder that the editor keeps for us; the sandboxes that belong to no workspace are in it. */
  readonly storageFolder?: string;
  /** Absolute path of a folder with optional parts, such as the one of the second extension; see `engines.ts`. */
  readonly partsFolder?: string;
  /** True when the client has commands of its own, which are then offered above the root element. */
  readonly ownCommands?: boolean;
}

/** Client to server: the workspace has become trusted, so Java may be started and code be compiled. */
export const trustNotification = notification<Readonly<Record<string, never>>>("sopm/trust");

/** Server to client: what the language status item shows for a document. */
export const statusNotification = notification<StatusParams>("sopm/status");

export interface StatusParams {
  readonly uri: string;
  /** Dialect id such as "znuny-7". */
  readonly dialect: string;
  /** How people call the dialect, such as "Znuny 7". */
  readonly dialectLabel: string;
  /** Where the dialect comes from. */
  readonly dialectSource: "setting" | "detected" | "default";
  readonly profile: string;
  /** What is known of the newest release that the package is for, and of which release it is known. */
  readonly basis: { readonly certainty: "run" | "read" | "assumed"; readonly release: string };
}
