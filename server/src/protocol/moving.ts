import type { ProtocolPosition } from "./place.ts";
import { request } from "./request.ts";

/** The scheme of texts that describe tables of the frameworks. Our own extension shows them. */
export const frameworkScheme = "sopm-framework";

/** Client to server: the text at such an address; null for one that the server knows nothing of. */
export const frameworkTextRequest = request<{ readonly uri: string }, string | null>("sopm/frameworkText");

/**
 * Client to server: why a name leads to no definition, in the reader's language, for somebody who has asked for it by
 * hand; null where there is a definition, or no name.
 */
export const nowhereRequest = request<NowhereParams, string | null>("sopm/nowhere");

export interface NowhereParams {
  readonly uri: string;
  readonly position: ProtocolPosition;
}
