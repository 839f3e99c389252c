import type { FrameworkRelease } from "../dialect/switches.ts";
import type { KeptDatabases } from "../host/database-server.ts";
import { PackageError } from "../host/package-error.ts";
import type { Plan } from "../lifecycle/plan.ts";
import type { MeasuredWork } from "../report/verify-report.ts";
import type { ServedDatabase } from "../system/sandbox-description.ts";
import type { SystemState } from "../system/system-state.ts";

/** The servers that databases of sandboxes may be on. */
export interface SandboxServers {
  /**
   * Connects with one. Makes nothing yet.
   *
   * @param database what the names of the databases begin with; undefined for new ones
   * @returns undefined when no setting names the server, which is then asked nothing
   * @throws DatabaseUnavailable
   */
  connect(
    server: string,
    database: string | undefined,
    release: FrameworkRelease,
    signal?: AbortSignal,
  ): Promise<ServedDatabases | undefined>;
}

/**
 * The databases of one sandbox on a server. Each state that has another database than the one before has its own there, so
 * that nothing needs to be taken back: what the present state does not name is not used. All but `close` throw
 * DatabaseUnavailable.
 */
export interface ServedDatabases {
  readonly kind: KeptDatabases["kind"];
  /** What their names begin with. */
  readonly name: string;
  /** Makes the one of the first state, with the tables of the framework. */
  begin(system: Pick<SystemState, "framework">): Promise<void>;
  /** Drops what is not kept. @param needed the one that has to be there */
  tidy(needed: number, kept: ReadonlySet<number>): Promise<void>;
  /** Makes one out of an earlier one, and executes in it what plans send, each made on what the one before leaves. */
  perform(number: number, from: number, plans: readonly Plan[]): Promise<MeasuredWork>;
  drop(numbers: readonly number[]): Promise<void>;
  /** Drops all of them, and their user. */
  dropAll(): Promise<void>;
  close(): void;
}

/**
 * Does something with the databases of a sandbox.
 *
 * @param folder of the sandbox, for those who read why it is not done
 * @throws PackageError when no setting names the server
 * @throws DatabaseUnavailable
 */
export async function withDatabases<T>(
  servers: SandboxServers | undefined,
  { server, database }: Pick<ServedDatabase, "server"> & { readonly database: string | undefined },
  {
    folder,
    release,
    signal,
  }: {
    readonly folder: string;
    readonly release: FrameworkRelease;
    readonly signal?: AbortSignal | undefined;
  },
  work: (databases: ServedDatabases) => Promise<T>,
): Promise<T> {
  const databases = await servers?.connect(server, database, release, signal);
  if (!databases) throw new PackageError("sandbox-server-unknown", { folder, server });
  try {
    return await work(databases);
  } finally {
    databases.close();
  }
}
