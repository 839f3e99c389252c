import type { SystemChoice, Verdict } from "./dry-run.ts";
import type { Operation } from "./operations.ts";
import { notification, type RequestCancelled, type RequestFailed, request } from "./request.ts";
import type { CheckedPackage, SandboxParams } from "./sandbox.ts";

/** Client to server: the packages that a sandbox has, by what its package table says. No file is looked at for it. */
export const sandboxPackagesRequest = request<SandboxParams, SandboxPackagesResult>("sopm/sandboxPackages");

/** Server to client, once it has asked: something was done to a sandbox, or it was made. */
export const sandboxChangedNotification = notification<SandboxParams>("sopm/sandboxChanged");

export type SandboxPackagesResult =
  | { readonly kind: "packages"; readonly packages: readonly SandboxPackage[] }
  | RequestFailed;

export interface SandboxPackage {
  readonly name: string;
  readonly version: string;
  readonly vendor: string;
  /** False for a row that an operation has left behind. */
  readonly isInstalled: boolean;
  /** URI of its archive in the sandbox. */
  readonly uri: string;
}

/** Client to server: what it takes a look at files and archives to tell of these packages. */
export const sandboxDetailsRequest = request<SandboxParams, SandboxDetailsResult>("sopm/sandboxDetails");

export type SandboxDetailsResult =
  | { readonly kind: "details"; readonly packages: readonly SandboxPackageDetails[] }
  | RequestFailed;

/** Of an installed package: with what the deploy check says of its files. */
export interface SandboxPackageDetails extends CheckedPackage {
  /** True for one that the package manager's screen does not list. */
  readonly isHidden: boolean;
  /** The newest of what could be upgraded to; absent where nothing newer is known. */
  readonly update?: PackageUpdate;
}

export interface PackageUpdate {
  readonly version: string;
  readonly from: /** In the workspace: the URI of a spec or an archive. */
    | { readonly kind: "workspace"; readonly uri: string }
    /** In a repository that was fetched, as the framework asks for it; `file` is the path of the archive there. */
    | { readonly kind: "repository"; readonly name: string; readonly file: string };
}

/** Client to server: what could be done with a package on a system, and how each would end. Changes nothing. */
export const outlookRequest = request<OutlookParams, OutlookResult>("sopm/outlook");

export interface OutlookParams {
  /** URI of a spec or an archive. */
  readonly uri: string;
  /** Absent: what the settings say, else a version of the product that the package is made for. */
  readonly system?: SystemChoice;
  /** Those that are to be tried; `fitting` for the one that fits what the system has. */
  readonly operations: readonly (Operation | "fitting")[];
}

export type OutlookResult =
  | {
      readonly kind: "outlook";
      readonly name: string;
      readonly version: string;
      /** What the system has of it; undefined where it is not installed. */
      readonly installed: string | undefined;
      /** Install what is not there, reinstall the same version, else upgrade. */
      readonly fitting: Operation;
      readonly tried: readonly { readonly operation: Operation; readonly verdict: Verdict }[];
    }
  | RequestFailed
  | RequestCancelled;

/** Client to server: the text that the package manager's screen shows before or after an operation; null for none. */
export const shownIntroRequest = request<ShownIntroParams, ShownIntroResult | null>("sopm/shownIntro");

export interface ShownIntroParams {
  /** URI of a spec or an archive. */
  readonly uri: string;
  readonly operation: Operation;
  readonly phase: "pre" | "post";
}

export type ShownIntroResult =
  | {
      readonly kind: "intro";
      /** Such as "Acme 1.0.0". */
      readonly title: string;
      /** What stands in the view; a fragment in which nothing is run or loaded. */
      readonly html: string;
      readonly style: string;
    }
  | RequestFailed;
