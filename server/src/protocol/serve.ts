import { type RequestFailed, request } from "./request.ts";

/** Client to server: serve a folder of archives as a repository, in place of one that is served already. */
export const serveRequest = request<ServeParams, ServeResult>("sopm/serve");

export interface ServeParams {
  /** Absolute path. */
  readonly folder: string;
  /** 0 for any that is free. */
  readonly port: number;
}

export type ServeResult = ServedRepository | RequestFailed;

export interface ServedRepository {
  readonly kind: "served";
  /** Such as "http://127.0.0.1:8008". */
  readonly url: string;
  readonly folder: string;
  /** How it is entered in the configuration of frameworks, in the reader's language. */
  readonly lines: readonly string[];
}

/** Client to server: serve no more. */
export const stopServingRequest = request<object, { readonly kind: "stopped" }>("sopm/stopServing");
