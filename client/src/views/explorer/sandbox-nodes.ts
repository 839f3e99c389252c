import type { Operation } from "../../../../server/src/protocol/operations.ts";
import type { RequestFailed } from "../../../../server/src/protocol/request.ts";
import type { CheckedFile, SandboxFacts, SandboxOperation } from "../../../../server/src/protocol/sandbox.ts";
import type {
  PackageUpdate,
  SandboxPackage,
  SandboxPackageDetails,
} from "../../../../server/src/protocol/sandbox-view.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";

/** The sandbox that a row belongs to; its folder is an absolute path. */
export interface InSandbox {
  readonly folder: string;
  readonly sandbox: string;
}

/** What stands in the view of sandboxes. */
export type SandboxNode =
  | ({ readonly kind: "sandbox"; readonly facts: SandboxFacts } & InSandbox)
  /** `uri` is that of its archive in the sandbox. */
  | ({
      readonly kind: "installed";
      readonly uri: string;
      readonly facts: SandboxPackage;
      /** Undefined until somebody has looked at its files. */
      readonly details: SandboxPackageDetails | undefined;
    } & InSandbox)
  /** `uri` is empty for what has to be fetched first. */
  | ({ readonly kind: "action"; readonly uri: string } & OfferedAction & InSandbox)
  | ({ readonly kind: "file"; readonly file: CheckedFile } & InSandbox)
  | ({ readonly kind: "history" } & InSandbox)
  | ({ readonly kind: "operation"; readonly number: number; readonly facts: SandboxOperation } & InSandbox)
  | ({ readonly kind: "problem"; readonly message: string; readonly isDamaged: boolean } & InSandbox);

/** What could be done with an installed package, and why. */
export interface OfferedAction {
  readonly operation: Extract<Operation, "upgrade" | "reinstall">;
  readonly name: string;
  /** The versions before and after. */
  readonly before: string;
  readonly after: string;
  /** Where the newer version is; undefined where files are to be repaired. */
  readonly from: PackageUpdate["from"] | undefined;
  /** How many files are to be repaired. */
  readonly files: number;
}

/** How a package in a sandbox fares, the worst first: `missing` is one of which files are gone and none was changed. */
export type PackageState = "left" | "broken" | "missing" | "sound" | "unknown";

export function stateOf(
  { isInstalled }: Pick<SandboxPackage, "isInstalled">,
  details: Pick<SandboxPackageDetails, "isDeployed" | "files"> | undefined,
): PackageState {
  if (!isInstalled) return "left";
  if (!details) return "unknown";
  if (details.isDeployed) return "sound";
  return details.files.every(({ state }) => state === "missing") ? "missing" : "broken";
}

/** The rows below a sandbox: its packages, and what was done to it. */
export function installedNodes(
  of: InSandbox,
  packages: readonly SandboxPackage[],
  details: readonly SandboxPackageDetails[] | undefined,
): SandboxNode[] {
  const { folder, sandbox } = of;
  const rows = packages.map((facts): SandboxNode => {
    const found = details?.find(({ name, version }) => name === facts.name && version === facts.version);
    return { kind: "installed", uri: facts.uri, facts, details: found, folder, sandbox };
  });
  return [...rows, { kind: "history", folder, sandbox }];
}

/** The rows below a package: what should be done with it, then the files that are not as it brought them. */
export function detailNodes(node: Extract<SandboxNode, { readonly kind: "installed" }>): SandboxNode[] {
  const { folder, sandbox, facts, details, uri } = node;
  if (!details) return [];
  const { name, version } = facts;
  const { update, isDeployed, files } = details;
  const of = { folder, sandbox };
  const nodes: SandboxNode[] = [];
  const action = { kind: "action", name, before: version, ...of } as const;
  if (update) {
    const { version: after, from } = update;
    const of = from.kind === "workspace" ? from.uri : "";
    nodes.push({ ...action, operation: "upgrade", uri: of, after, from, files: 0 });
  }
  if (!isDeployed)
    nodes.push({
      ...{ ...action, operation: "reinstall", uri },
      ...{ after: version, from: undefined, files: files.length },
    });
  return [...nodes, ...files.map((file): SandboxNode => ({ kind: "file", file, ...of }))];
}

export function operationNodes(
  { folder, sandbox }: InSandbox,
  operations: readonly SandboxOperation[],
): SandboxNode[] {
  return operations.map((facts) => ({ kind: "operation", number: facts.number, facts, folder, sandbox }));
}

/** How many packages are not as they were installed. */
export function brokenPackages(details: readonly SandboxPackageDetails[]): number {
  return details.filter(({ isDeployed }) => !isDeployed).length;
}

/** The sandbox that a file is in; undefined for one that is in none of them. All are absolute paths. */
export function sandboxAround(path: string, folders: Iterable<string>): string | undefined {
  return [...folders].find((folder) => path.startsWith(folder) && /^[/\\]/.test(path.slice(folder.length)));
}

/**
 * By which menus know what can be done with a row, as words in a row such as "installed broken update chosen".
 *
 * @param chosen the folder of the sandbox that dry runs are tried on
 */
export function contextOf(node: SandboxNode, chosen: string | undefined): string {
  const words: string[] = [node.kind];
  if (node.kind === "sandbox" && node.facts.problem !== undefined) {
    words.push(node.facts.isDamaged ? "damaged" : "unusable");
  }
  if (node.kind === "installed") {
    words.push(stateOf(node.facts, node.details));
    if (node.details?.update) words.push("update");
  }
  if (node.kind === "operation" && node.facts.canGoBackTo && !node.facts.isPresent) words.push("past");
  if (node.kind === "problem" && node.isDamaged) words.push("damaged");
  if (node.folder === chosen) words.push("chosen");
  return words.join(" ");
}

/** The row that says why a sandbox cannot be used. */
export function problemNode(
  { folder, sandbox }: InSandbox,
  { message, hint, damaged }: Pick<RequestFailed, "message" | "hint" | "damaged">,
): SandboxNode {
  const isDamaged = damaged !== undefined;
  // Of what is damaged the row itself has the way out.
  return {
    kind: "problem",
    message: isDamaged ? message : `${message} ${hint}`.trim(),
    isDamaged,
    folder,
    sandbox,
  };
}

/** The folder of the sandbox in what a command was called with: its path, or a row of the view. */
export function sandboxIn(argument: unknown): string | undefined {
  if (typeof argument === "string") return argument;
  const { folder } = (argument ?? {}) as { readonly folder?: unknown };
  return typeof folder === "string" ? folder : undefined;
}

/** What the package of a row is called, such as "Acme 1.0.0"; undefined for what is no row of an installed package. */
export function installedIn(argument: unknown): string | undefined {
  const { kind, facts } = Object(argument) as Partial<Extract<SandboxNode, { readonly kind: "installed" }>>;
  return kind === "installed" && facts ? oneLine(`${facts.name} ${facts.version}`) : undefined;
}

/** The addresses of specs and archives in a list as editors drag them. */
export function draggedPackages(list: string): readonly string[] {
  return list.split(/\r?\n/).filter((uri) => uri !== "" && !uri.startsWith("#") && /\.s?opm$/i.test(uri));
}
