import { type RequestFailed, request } from "./request.ts";

/** What a new package may bring beside its spec and its documentation. */
export const packageParts = ["module", "frontend", "table", "setup", "test", "translations", "ci"] as const;
export type PackagePart = (typeof packageParts)[number];

/** Client to server: what can be chosen for a new package. */
export const newPackageChoicesRequest = request<object, NewPackageChoices>("sopm/newPackageChoices");

export interface NewPackageChoices {
  /** Such as "Znuny 7.1", the newest of each product first. */
  readonly products: readonly string[];
  /** By product, such as "Znuny", the licence that packages for it have where nobody says otherwise. */
  readonly licenses: Readonly<Record<string, string>>;
}

/** Client to server: write a new package into a folder. Nothing is overwritten. */
export const newPackageRequest = request<NewPackageParams, NewPackageResult>("sopm/newPackage");

export interface NewPackageParams {
  /** Absolute path; made where it is not there. Absent where it is not chosen yet: then nothing is written. */
  readonly folder?: string;
  readonly name: string;
  /** Such as "Znuny 7.1"; at least one. */
  readonly products: readonly string[];
  readonly vendor: string;
  /** Absent for one that stands for it until it is known. */
  readonly url?: string;
  /** Absent for the one of the product's code policy. */
  readonly license?: string;
  readonly parts: readonly string[];
  /** True to say only whether this could be made: nothing is written. */
  readonly checkOnly: boolean;
}

export type NewPackageResult =
  | {
      readonly kind: "made";
      /** Absolute path; the name alone where no folder was named. */
      readonly spec: string;
      /** From the folder on, with `/`. */
      readonly files: readonly string[];
    }
  | RequestFailed;
