import type { Verdict } from "./dry-run.ts";
import { notification, type RequestCancelled, type RequestFailed, request } from "./request.ts";
import type { SandboxParams } from "./sandbox.ts";

/** Client to server: the repositories of all sandboxes, with what is known of each. Nothing is fetched for it. */
export const repositoriesRequest = request<Readonly<Record<string, never>>, RepositoriesResult>(
  "sopm/repositories",
);

/** Server to client, once it has asked: there is something else to tell of repositories now. */
export const repositoriesChangedNotification =
  notification<Readonly<Record<string, never>>>("sopm/repositoriesChanged");

export interface RepositoriesResult {
  readonly kind: "repositories";
  readonly systems: readonly SystemRepositories[];
}

/** A sandbox that can be used, with the repositories that it knows. */
export interface SystemRepositories {
  /** Absolute path. */
  readonly folder: string;
  readonly name: string;
  /** Such as "Znuny 7.1.3". */
  readonly product: string;
  /** In the order in which the framework asks them; until they are fetched, as they were entered. */
  readonly repositories: readonly ListedRepository[];
  /** What the framework writes to its log about all of them, and what could not be read, a sentence each. */
  readonly notes: readonly string[];
}

export interface ListedRepository {
  /** As the framework asks for it: its name or its address. */
  readonly source: string;
  /** What it is called; the address of one without a name. */
  readonly name: string;
  /** The address or folder, as it may be shown. */
  readonly address: string;
  /** As it was entered; absent for what a document that lists repositories, or an installed package, has brought. */
  readonly location?: string;
  /** True for such a document. It offers nothing itself. */
  readonly isRoot: boolean;
  /** True for what the settings of the user name for all sandboxes. */
  readonly isOfSettings: boolean;
  /** Whose packages it has; empty for nobody's in particular. */
  readonly vendor: string;
  /** The installed package whose settings have added it; absent for all others. */
  readonly broughtBy?: string;
  /** What is known of it; absent while it was not fetched, and for one that could not be. */
  readonly offers?: { readonly offers: number; readonly updates: number; readonly hidden: number };
  /** Why it cannot be read; empty where nothing is wrong. */
  readonly problem: string;
}

/** Client to server: what a repository that was fetched offers; null for one that was not. Nothing is fetched for it. */
export const offersRequest = request<OffersParams, OffersResult | null>("sopm/offers");

export interface OffersParams extends SandboxParams {
  readonly source: string;
}

export interface OffersResult {
  readonly kind: "offers";
  readonly offers: readonly Offer[];
  readonly hidden: readonly HiddenOffer[];
}

export interface Offer {
  readonly name: string;
  readonly version: string;
  readonly file: string;
  readonly vendor: string;
  readonly description: string;
  /** What is installed of it; absent where nothing is. */
  readonly installed?: string;
  /** True for one that is newer than what is installed. */
  readonly isUpdate: boolean;
  /** What it requires, such as "Base 1.0.0". */
  readonly requires: readonly string[];
}

/** An entry of the index that the system is not offered, with the reason in the reader's language. */
export interface HiddenOffer {
  readonly name: string;
  readonly version: string;
  readonly reason: string;
}

/** What an editor says of itself whenever something is fetched. */
export interface FetchParams extends SandboxParams {
  /** Absent: the environment says which proxy is asked, if any. */
  readonly proxy?: {
    readonly address: string;
    readonly exceptFor: readonly string[];
    /** Of the header `Proxy-Authorization`; empty for none. */
    readonly authorization: string;
  };
  readonly workDoneToken?: string | number;
}

/** Client to server: fetch the indexes of a sandbox's repositories. Reports progress and can be cancelled. */
export const fetchRepositoriesRequest = request<FetchParams, FetchedRepositories>("sopm/fetchRepositories");

export type FetchedRepositories =
  /** So many of them could not be read. */
  { readonly kind: "fetched"; readonly failed: number } | RequestFailed | RequestCancelled;

/** Client to server: have a sandbox know other repositories. What it knows already is as it is named now. */
export const changeRepositoriesRequest = request<ChangeRepositoriesParams, ChangedRepositories>(
  "sopm/changeRepositories",
);

export interface ChangeRepositoriesParams extends SandboxParams {
  readonly add?: {
    /** An address in the web, or the absolute path of a folder; of a root document that of the document. */
    readonly location: string;
    /** Empty for one that is called as its address. */
    readonly name: string;
    readonly vendor: string;
    readonly isRoot: boolean;
  };
  /** As it was entered. */
  readonly drop?: string;
}

export type ChangedRepositories = { readonly kind: "changed" } | RequestFailed;

/** What is to be brought from the repositories into a sandbox. */
export type WantedPackages =
  /** A package with all that it requires. */
  { readonly kind: "package"; readonly name: string } | { readonly kind: "all" };

/** Client to server: in which order that would be done, and how each step would end. Fetches archives; changes nothing. */
export const orderRequest = request<OrderParams, OrderResult>("sopm/order");

export interface OrderParams extends FetchParams {
  readonly wanted: WantedPackages;
}

export type OrderResult = OrderedSteps | RequestFailed | RequestCancelled;

export interface OrderedSteps {
  readonly kind: "order";
  /** Why nothing is begun; empty where something is. */
  readonly refusal: string;
  readonly steps: readonly OrderedStep[];
  /** What cannot be brought up to date: the class that the framework puts it in, and which edge caused it. */
  readonly failures: readonly OrderFailure[];
  /** What else its reader should know, a sentence each. */
  readonly notes: readonly string[];
}

export interface OrderedStep {
  readonly name: string;
  /** What is installed; absent where nothing is. */
  readonly before?: string;
  readonly version: string;
  readonly source: string;
  readonly file: string;
  readonly action: "install" | "upgrade" | "compare";
  /** What it comes to, such as "Base 1.0.0 is installed". */
  readonly outcome: string;
  readonly verdict: Verdict;
  /** Why it fails; empty where it does not. */
  readonly reason: string;
  /** When the package manager's screen shows an introduction of it. */
  readonly intros: readonly ("pre" | "post")[];
}

export interface OrderFailure {
  readonly name: string;
  /** As the framework calls it, such as "DependencyFail". */
  readonly failure: string;
  readonly reason: string;
  /** What a stricter look would have come to; empty where it comes to the same. */
  readonly remark: string;
}

/** Client to server: do it, one package after the other. Reports progress and can be cancelled between two of them. */
export const performOrderRequest = request<PerformOrderParams, PerformedOrder>("sopm/performOrder");

export interface PerformOrderParams extends OrderParams {
  /** The steps that the reader has agreed to: name, version and source of each. */
  readonly agreed: readonly { readonly name: string; readonly version: string; readonly source: string }[];
}

export type PerformedOrder =
  | ({ readonly kind: "performed"; readonly isComplete: boolean } & Omit<OrderedSteps, "kind">)
  /** Something else would be done by now. Nothing was changed. */
  | { readonly kind: "changed" }
  | RequestFailed
  | RequestCancelled;

/** Client to server: the archive of an offer as a file on the disk, fetched if it is in the web. */
export const offeredArchiveRequest = request<OfferedArchiveParams, OfferedArchive>("sopm/offeredArchive");

export interface OfferedArchiveParams extends FetchParams {
  readonly source: string;
  readonly file: string;
}

export type OfferedArchive =
  | { readonly kind: "archive"; readonly uri: string }
  | RequestFailed
  | RequestCancelled;

/** Server to client: the header that a server wants to see, as "Authorization: Bearer …"; null where none is kept. */
export const repositoryHeaderMethod = "sopm/repositoryHeader";

export interface RepositoryHeaderParams {
  readonly address: string;
}

/** What the header is kept under, for an address. */
export function repositoryHeaderKey(address: string): string {
  return `repository header ${address.replace(/\/+$/, "")}`;
}
