import type {
  HiddenOffer,
  ListedRepository,
  Offer,
  OffersResult,
  SystemRepositories,
} from "../../../../server/src/protocol/repositories.ts";
import type { InSandbox } from "../explorer/sandbox-nodes.ts";

/** What stands in the view of repositories. */
export type RepositoryNode =
  | ({ readonly kind: "system"; readonly facts: SystemRepositories } & InSandbox)
  /** Those of one vendor. */
  | ({
      readonly kind: "vendor";
      readonly vendor: string;
      readonly nodes: readonly RepositoryNode[];
    } & InSandbox)
  | ({ readonly kind: "repository"; readonly facts: ListedRepository } & InSandbox)
  | ({ readonly kind: "offer"; readonly repository: ListedRepository; readonly offer: Offer } & InSandbox)
  /** What could be done with an offer. */
  | ({ readonly kind: "bring"; readonly repository: ListedRepository; readonly offer: Offer } & InSandbox)
  | ({ readonly kind: "requires"; readonly name: string } & InSandbox)
  | ({ readonly kind: "hidden"; readonly hidden: HiddenOffer } & InSandbox)
  | ({ readonly kind: "note"; readonly text: string } & InSandbox);

export function systemNodes(systems: readonly SystemRepositories[]): RepositoryNode[] {
  return systems.map((facts) => ({ kind: "system", facts, folder: facts.folder, sandbox: facts.name }));
}

/** The rows below a sandbox: its repositories, those of vendors first, and what there is to say of all. */
export function repositoryNodes({ folder, name, repositories, notes }: SystemRepositories): RepositoryNode[] {
  const of = { folder, sandbox: name };
  const byVendor = new Map<string, RepositoryNode[]>();
  for (const facts of repositories) {
    const nodes = byVendor.get(facts.vendor) ?? [];
    nodes.push({ kind: "repository", facts, ...of });
    byVendor.set(facts.vendor, nodes);
  }
  const others = byVendor.get("") ?? [];
  byVendor.delete("");
  const vendors = [...byVendor].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...vendors.map(([vendor, nodes]): RepositoryNode => ({ kind: "vendor", vendor, nodes, ...of })),
    ...others,
    ...notes.map((text): RepositoryNode => ({ kind: "note", text, ...of })),
  ];
}

/** The rows below a repository, updates first. @param withHidden whether what is not offered is listed as well */
export function offerNodes(
  { folder, sandbox, facts }: Extract<RepositoryNode, { readonly kind: "repository" }>,
  { offers, hidden }: OffersResult,
  withHidden: boolean,
): RepositoryNode[] {
  const of = { folder, sandbox };
  const nodes = offers.map((offer): RepositoryNode => ({ kind: "offer", repository: facts, offer, ...of }));
  const isUpdate = (node: RepositoryNode) => node.kind === "offer" && node.offer.isUpdate;
  return [
    ...nodes.filter(isUpdate),
    ...nodes.filter((node) => !isUpdate(node)),
    ...(withHidden ? hidden.map((each): RepositoryNode => ({ kind: "hidden", hidden: each, ...of })) : []),
  ];
}

/** The rows below an offer: what could be done with it, and what it requires. */
export function offerDetails(node: Extract<RepositoryNode, { readonly kind: "offer" }>): RepositoryNode[] {
  const { folder, sandbox, repository, offer } = node;
  const of = { folder, sandbox };
  const canBring = offer.isUpdate || offer.installed === undefined;
  return [
    ...(canBring ? [{ kind: "bring", repository, offer, ...of } as const] : []),
    ...offer.requires.map((name) => ({ kind: "requires", name, ...of }) as const),
  ];
}

export function updatesOf({ repositories }: SystemRepositories): number {
  return repositories.reduce((sum, { offers }) => sum + (offers?.updates ?? 0), 0);
}

/** By which menus know what can be done with a row, as words in a row such as "repository own header". */
export function contextOf(node: RepositoryNode): string {
  const words: string[] = [node.kind];
  if (node.kind === "system") {
    if (updatesOf(node.facts) > 0) words.push("updates");
  }
  if (node.kind === "repository") {
    if (node.facts.location !== undefined && !node.facts.isOfSettings) words.push("own");
    if (isInWeb(node.facts)) words.push("web");
  }
  if (node.kind === "offer" || node.kind === "bring")
    words.push(node.offer.isUpdate ? "update" : node.offer.installed === undefined ? "new" : "same");
  return words.join(" ");
}

export function isInWeb({ location, address }: ListedRepository): boolean {
  return /^https?:\/\//i.test(location ?? address);
}
