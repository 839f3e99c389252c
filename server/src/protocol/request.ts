/**
 * A request of ours as both sides know it: the method, and for the compiler what is asked and what is answered. The
 * server's `answer` and the client's `ask` take it, so that a name and its types are written down once.
 */
export interface Request<Params, Result> {
  readonly method: string;
  /** Never there; the compiler reads it. */
  readonly types?: (params: Params, result: Result) => [Params, Result];
}

/** What one side says to the other without waiting for an answer. */
export interface Notification<Params> {
  readonly method: string;
  /** Never there; the compiler reads it. */
  readonly types?: (params: Params) => Params;
}

export function request<Params, Result>(method: `sopm/${string}`): Request<Params, Result> {
  return { method };
}

export function notification<Params>(method: `sopm/${string}`): Notification<Params> {
  return { method };
}

/** What is asked, or said. */
export type ParamsOf<Kind extends { readonly types?: unknown }> =
  NonNullable<Kind["types"]> extends (params: infer Params, ...others: never[]) => unknown ? Params : never;

/** Something went wrong outside the package. Both texts are in the reader's language; the hint may be empty. */
export interface RequestFailed {
  readonly kind: "failed";
  readonly message: string;
  readonly hint: string;
  /** The folder of a sandbox that a repair may make usable again; absent from all other failures. */
  readonly damaged?: string;
}

export interface RequestCancelled {
  readonly kind: "cancelled";
}

/** What comes back for any request: a result, or why there is none. */
export type Answer<Result> = Result | RequestFailed | RequestCancelled;
