import type { Operation } from "./operations.ts";
import { type RequestFailed, request } from "./request.ts";

/** Client to server: the dry runs that the configurations of a package name. */
export const scenariosRequest = request<ScenariosParams, ScenariosResult>("sopm/scenarios");

export interface ScenariosParams {
  /** URI of a `.sopm` or `.opm` file. */
  readonly uri: string;
}

export type ScenariosResult =
  | {
      readonly kind: "scenarios";
      /** In the order of the configurations. */
      readonly scenarios: readonly ListedScenario[];
    }
  | RequestFailed;

export type ListedScenario =
  | {
      readonly kind: "usable";
      readonly name: string;
      readonly operation: Operation;
      /** What it does and on what, in the reader's language: one fact each, none that is left to the settings. */
      readonly facts: readonly string[];
      readonly force: boolean;
      /** Whether it is an upgrade that says neither what is installed before nor a sandbox, which may know. */
      readonly needsEarlier: boolean;
    }
  /** One that cannot be tried. */
  | { readonly kind: "broken"; readonly name: string; readonly problem: string };
