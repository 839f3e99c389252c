import type { Shell } from "../host/shell.ts";
import type { CheckedFile } from "../report/found-problem.ts";
import { addressOf, fingerprintName } from "../report/render-sarif.ts";
import { fileNames } from "./found-problems.ts";
import { kindOfNamed } from "./package-argument.ts";
import { UsageError } from "./usage-error.ts";

/** Findings that are known and no longer told. */
export class Baseline {
  /** Fingerprints by the addresses of files; those that were met again are taken out. */
  readonly #left: Map<string, Set<string>>;
  #known = 0;

  constructor(fingerprints: Map<string, Set<string>>) {
    this.#left = fingerprints;
  }

  /** How many findings were left out. */
  get known(): number {
    return this.#known;
  }

  /** A file without what is known of it. */
  without(file: CheckedFile): CheckedFile {
    const left = this.#left.get(addressOf(file));
    if (!left) return file;
    const problems = file.problems.filter(({ fingerprint }) => !left.delete(fingerprint));
    this.#known += file.problems.length - problems.length;
    return { ...file, problems };
  }

  /**
   * How many of the known findings are gone, by the addresses of their files.
   *
   * @param wasChecked whether a file was checked, or would have been if it were still there
   */
  gone(wasChecked: (address: string) => boolean): ReadonlyMap<string, number> {
    const counts = [...this.#left].map(([address, { size }]) => [address, size] as const);
    return new Map(counts.filter(([address, size]) => size > 0 && wasChecked(address)));
  }
}

/**
 * Reads the SARIF log of an earlier run.
 *
 * @throws UsageError when there is none that can be used
 */
export async function readBaseline(path: string, { world }: Shell): Promise<Baseline> {
  const kind = await kindOfNamed(path, world.named);
  if (kind === "folder" || kind === "special")
    throw new UsageError("“{path}” is no file; name the SARIF log of an earlier run.", { path });
  const log = parsed(await world.named.read(path), path);
  const results = resultsOf(log);
  if (!results)
    throw new UsageError(
      "“{path}” is no baseline, because it is no SARIF log of version 2.1.0. Write one with --write-baseline.",
      { path },
    );
  const fingerprints = new Map<string, Set<string>>();
  for (const result of results) {
    const [address, fingerprint] = identityOf(result);
    if (address === undefined || fingerprint === undefined) continue;
    const known = fingerprints.get(address);
    if (known) known.add(fingerprint);
    else fingerprints.set(address, new Set([fingerprint]));
  }
  if (results.length > 0 && fingerprints.size === 0) {
    throw new UsageError(
      "“{path}” is no baseline, because none of its results has a fingerprint of SOPM. Write one with --write-baseline.",
      { path },
    );
  }
  return new Baseline(fingerprints);
}

/** Whether a file lies in one of the folders that were named. */
export function liesInNamed(address: string, folders: readonly string[], world: Shell["world"]): boolean {
  return folders.some((folder) => {
    const { portablePath } = fileNames(folder, world);
    return portablePath === "" || address.startsWith(`${addressOf({ portablePath })}/`);
  });
}

function parsed(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    // Cut off, in another encoding, longer than a text can be, or something else.
    throw new UsageError(
      "“{path}” is no baseline, because it is not whole or no JSON. Write one with --write-baseline.",
      { path },
    );
  }
}

/** Undefined for what is no log. Nothing is taken to be as the format wants it. */
function resultsOf(log: unknown): readonly unknown[] | undefined {
  const runs = at(log, "runs");
  if (at(log, "version") !== "2.1.0" || !Array.isArray(runs)) return undefined;
  return runs.flatMap((run: unknown) => {
    const results = at(run, "results");
    return Array.isArray(results) ? (results as unknown[]) : [];
  });
}

function identityOf(
  result: unknown,
): readonly [address: string | undefined, fingerprint: string | undefined] {
  const address = at(result, "locations", 0, "physicalLocation", "artifactLocation", "uri");
  const fingerprint = at(result, "partialFingerprints", fingerprintName);
  return [
    typeof address === "string" ? address : undefined,
    typeof fingerprint === "string" ? fingerprint : undefined,
  ];
}

function at(value: unknown, ...names: readonly (string | number)[]): unknown {
  let found = value;
  for (const name of names) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string | number, unknown>)[name];
  }
  return found;
}
