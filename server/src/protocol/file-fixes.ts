import type { ProtocolEdit, ProtocolRange } from "./place.ts";
import { request } from "./request.ts";

/**
 * Client to server: what can be done about findings in a file that a spec names, such as one with settings. The server
 * knows it as it is on disk, so that nobody should ask while it has changes that are not saved.
 */
export const fileFixesRequest = request<FileFixesParams, readonly FileFix[]>("sopm/fileFixes");

export interface FileFixesParams {
  readonly uri: string;
  readonly range: ProtocolRange;
}

export interface FileFix {
  /** In the reader's language. */
  readonly title: string;
  /** The rule whose finding it mends. */
  readonly rule: string;
  /** True for the fix to take when nobody chooses. */
  readonly isPreferred: boolean;
  readonly edits: readonly ProtocolEdit[];
}
