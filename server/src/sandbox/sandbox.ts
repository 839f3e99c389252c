import { keyOf } from "../dialect/switches.ts";
import { keptName } from "../host/database-server.ts";
import { PackageError } from "../host/package-error.ts";
import type { Plan } from "../lifecycle/plan.ts";
import { statementsOf } from "../lifecycle/statements-of-plan.ts";
import type { MeasuredWork } from "../report/verify-report.ts";
import { frameworkHome } from "../system/framework-home.ts";
import { filesOf, type HomeFiles } from "../system/home.ts";
import type { OperationRecord } from "../system/operation-record.ts";
import type { PackageTable } from "../system/package-table.ts";
import type { SandboxDescription } from "../system/sandbox-description.ts";
import type { SystemData } from "../system/system-data.ts";
import { SystemFacts } from "../system/system-facts.ts";
import type { SystemChange, SystemState } from "../system/system-state.ts";
import { carryOut, fromStoredArchives, prepareArchives } from "./carry-out.ts";
import { FolderHome, readCheckoutList, requireCheckout } from "./checkout-home.ts";
import { readDataFile } from "./data-file.ts";
import { readDescription, writeDescription } from "./description-file.ts";
import { type FileActions, fileActionsFor } from "./file-actions.ts";
import { HomeFolderFiles } from "./home-folder.ts";
import { type Journal, journalOf, readJournal, sizeOfJournal } from "./journal.ts";
import { type LoggedOperation, readOperationLog } from "./operation-log.ts";
import type { WorkOptions } from "./perform-actions.ts";
import { type Recovery, recover, sweep } from "./recover.ts";
import { problemOf, sandboxError } from "./sandbox-error.ts";
import { effectiveOperations, newestOf, SandboxFolder, type StateName } from "./sandbox-folder.ts";
import { SandboxHome } from "./sandbox-home.ts";
import { inUse, livingHolder, lockSandbox } from "./sandbox-lock.ts";
import { contextOf, type SandboxWorld } from "./sandbox-world.ts";
import { type ServedDatabases, withDatabases } from "./served-databases.ts";
import { digestsOf, requireSlots } from "./slot-digests.ts";
import {
  type LoadedState,
  loadState,
  placesOf,
  readRecord,
  servedBy,
  writeRestoredState,
  writeState,
} from "./state-files.ts";
import { namesInOrder } from "./state-order.ts";
import { type PreparedArchive, SandboxArchives } from "./stored-archives.ts";
import { undoActions } from "./undo-actions.ts";

export type { LoggedOperation } from "./operation-log.ts";
export type { SandboxWorld } from "./sandbox-world.ts";

/** What one operation does to a system, decided on before. */
export interface SystemWork
  extends Pick<OperationRecord, "kind" | "name" | "version" | "previousVersion" | "verdict"> {
  /** As {@link Sandbox.state} gave it. */
  readonly before: SystemState;
  readonly after: SystemState;
  /** Those to the files and to the package table that lead from one to the other, in order. */
  readonly changes: readonly SystemChange[];
  /** What has all this in it, in order; absent for what sends nothing to a database. */
  readonly plans?: readonly Plan[];
}

export interface DoneOperation {
  readonly number: number;
  readonly record: OperationRecord;
  /** What the database behind the sandbox said; absent where it has none, and where nothing was sent to it. */
  readonly measured?: MeasuredWork;
}

/** Work that has been decided on, and not begun. */
interface PreparedWork {
  readonly before: LoadedState;
  readonly after: SystemData;
  readonly journal: Journal;
  readonly actions: FileActions;
  /** In the order in which they are stored. */
  readonly archives: readonly PreparedArchive[];
  readonly record: OperationRecord;
}

/**
 * Opens a sandbox. When its last operation was cut off it is first brought to the state before or after that.
 *
 * @param folder an absolute path
 * @throws PackageError when there is none, or none that can be read
 */
export async function openSandbox(folder: string, world: SandboxWorld): Promise<Sandbox> {
  const sandbox = new Sandbox(folder, world);
  await sandbox.prepare();
  return sandbox;
}

/** A folder that stands for one system, with its past. Several may be open on one folder, here and elsewhere. */
export class Sandbox {
  readonly #sandbox: SandboxFolder;
  readonly #world: SandboxWorld;
  #description: SandboxDescription | undefined;
  #delivered: { readonly of: SandboxDescription; readonly home: HomeFiles } | undefined;
  #read: { readonly of: SandboxDescription; readonly context: ReturnType<typeof contextOf> } | undefined;
  #archives: { readonly release: string; readonly archives: SandboxArchives } | undefined;
  /** The last state read, with what tells its file from others: it never changes, but the sandbox may be made anew. */
  #loaded: { readonly identity: string | undefined; readonly state: Promise<LoadedState> } | undefined;
  #recovery: Recovery | undefined;

  constructor(folder: string, world: SandboxWorld) {
    this.#sandbox = new SandboxFolder(folder, world.files);
    this.#world = world;
  }

  get folder(): string {
    return this.#sandbox.folder;
  }

  /** What it stands for, as of the last look at it, which {@link prepare} is. */
  get description(): SandboxDescription {
    if (!this.#description) throw new Error("the sandbox has not been looked at yet");
    return this.#description;
  }

  /** What became of an operation that was found cut off, the last time one was; undefined when none was. */
  get recovery(): Recovery | undefined {
    return this.#recovery;
  }

  /** Makes sure that it can be read and is in one of its states. @throws PackageError */
  async prepare(): Promise<void> {
    await this.#mapped(async () => {
      await this.#look();
      if (await this.#sandbox.isThere(this.#sandbox.journal)) await this.#recoverAlone();
    });
  }

  /**
   * The system as it is now. Its files are looked at when they are asked for, so that it is one as long as nobody
   * changes the sandbox.
   *
   * @throws PackageError when it cannot be read, or when somebody is just changing it
   */
  async state(): Promise<SystemState> {
    await this.prepare();
    return this.#mapped(async () => this.#stateOf(await this.#load()));
  }

  /**
   * The packages that it has, for whoever only looks: nothing is locked or changed for it.
   *
   * @returns undefined while an operation is under way, or when one was cut off
   * @throws PackageError when they cannot be read
   */
  async packages(): Promise<SystemState["packages"] | undefined> {
    return this.#mapped(async () => {
      await this.#look();
      if (await this.#sandbox.isThere(this.#sandbox.journal)) return undefined;
      return (await this.#load()).system.packages;
    });
  }

  /** What the server calls the database that belongs to the system as it is now; undefined where it has none. @throws PackageError */
  async servedDatabase(): Promise<string | undefined> {
    return this.#mapped(async () => {
      const { served } = this.description;
      return served && keptName(served.database, servedBy(await this.#load()));
    });
  }

  /** Everything that was ever done, the oldest first. @throws PackageError */
  async operations(): Promise<readonly LoggedOperation[]> {
    return this.#mapped(async () => readOperationLog(this.#sandbox, await this.#names()));
  }

  /** Files that are said to be the framework's at another path, which the framework does not have: path -> that path. */
  async unknownOrigins(): Promise<ReadonlyMap<string, string>> {
    const delivered = await this.#deliveredHome();
    const { ledger } = (await this.#load()).system.files;
    const moved = [...ledger].flatMap(([path, entry]): [string, string][] =>
      entry.kind === "file" ? [[path, entry.origin]] : [],
    );
    const origins = await delivered.lookAt(moved.map(([, origin]) => origin));
    return new Map(moved.filter((_, index) => origins[index]?.kind !== "file"));
  }

  /**
   * Performs a plan.
   *
   * @returns undefined when it was refused without changing anything
   * @throws PackageError when the sandbox is not as the plan takes it to be, or cannot be changed; it is then as before
   */
  async apply(plan: Plan, options: WorkOptions = {}): Promise<DoneOperation | undefined> {
    const changes = plan.steps.flatMap((step) => step.changes);
    if (plan.verdict !== "success" && changes.length === 0) return undefined;
    const { operation: kind, verdict, before, after, installedVersion: previousVersion } = plan;
    const { name, version } = plan.package;
    return this.perform(
      { kind, verdict, before, after, changes, previousVersion, name, version, plans: [plan] },
      options,
    );
  }

  /** Performs work of any kind; what {@link apply} says holds for it too. */
  async perform(work: SystemWork, options: WorkOptions = {}): Promise<DoneOperation> {
    return this.#alone(async (names) => {
      const current = await this.#load(names);
      if (work.before.packages !== current.system.packages) throw this.#error("sandbox-outdated");
      const prepared = await this.#prepared(work, current, options);
      return prepared.journal.database === undefined
        ? this.#carryOut(prepared, options)
        : this.#carryOutOnServer(prepared, work.plans ?? [], names, options);
    });
  }

  /**
   * Brings the system back to what it was after an operation. Files that were changed by hand since are kept in the
   * folder `kept` of the sandbox when the undo takes them away.
   *
   * @param to the number of an operation that was not undone; 0 is the making of the sandbox
   * @throws PackageError when there is no such operation or the sandbox cannot be changed; it is then as before
   */
  async undo(to: number, options: WorkOptions = {}): Promise<DoneOperation> {
    return this.#alone(async (names) => {
      const newest = newestOf(names);
      const effective = effectiveOperations(names, newest);
      const place = effective.indexOf(to);
      if (place === -1) throw this.#error("sandbox-operation-unknown", { number: to });
      const undone = effective.slice(0, place);
      await this.#refuseNewer(names, [newest, ...undone]);
      const journals: Journal[] = [];
      for (const number of undone) journals.push(await this.#doneJournal(number));
      await requireSlots(this.#sandbox, journals, options);
      const target = await placesOf(this.#sandbox, names, to);
      // What cannot be read then must not become the present.
      await loadState(this.#sandbox, names, to, await this.#context());
      const home = new HomeFolderFiles(this.#sandbox.home, this.#world.files);
      const actions = await undoActions(journals, home, this.folder);
      const number = newest + 1;
      const journal = journalOf(actions, { number, kind: "undo", subject: "", archives: [], undone });
      const record: OperationRecord = {
        ...{
          kind: "undo",
          name: undefined,
          version: undefined,
          previousVersion: undefined,
          verdict: "success",
        },
        ...{ date: this.#world.now(), files: actions.takes.length + actions.puts.length, undoneTo: to },
      };
      const carry = () =>
        carryOut(this.#sandbox, journal, actions, [], options, () =>
          writeRestoredState(this.#sandbox, { number, undoneTo: to }, record, target),
        );
      if (!(await this.#hasOtherDatabase(names, newest, target))) await carry();
      else {
        await this.#withDatabases(servedBy(target), names, options, async (databases) => {
          await carry();
          // What cannot be dropped is dropped by the next operation.
          await databases.drop(undone).catch(() => {});
        });
      }
      return { number, record };
    });
  }

  /** Undoes everything that was done since the sandbox was made. @throws PackageError as {@link undo} */
  async reset(options: WorkOptions = {}): Promise<DoneOperation> {
    return this.undo(this.description.firstState, options);
  }

  /** Changes what no package operation does: the name, the repositories, what the system has. @throws PackageError */
  async configure(
    changes: Partial<
      Pick<
        SandboxDescription,
        | "name"
        | "vendor"
        | "repositories"
        | "operatingSystem"
        | "perlModules"
        | "assumeModules"
        | "firstState"
        | "served"
      >
    >,
  ): Promise<void> {
    await this.#alone(async () => {
      const description = { ...this.description, ...changes };
      await writeDescription(this.#sandbox, description);
      this.#description = description;
    });
  }

  /** Does something while nobody may change the sandbox, such as copying it. @throws PackageError */
  async whileLocked<T>(work: (sandbox: SandboxFolder) => Promise<T>): Promise<T> {
    return this.#alone(() => work(this.#sandbox));
  }

  /** Decides what work comes to. Archives are written under names that nobody looks for; nothing else is changed. */
  async #prepared(work: SystemWork, current: LoadedState, options: WorkOptions): Promise<PreparedWork> {
    const home = await this.#homeOf(current);
    const homeChanges = work.changes.flatMap((each) => (each.part === "home" ? [each.change] : []));
    const { actions, files } = await fileActionsFor(
      homeChanges,
      home,
      await this.#deliveredHome(),
      current.system.files,
      this.#sandbox,
    );
    const byDigest = await prepareArchives(this.#sandbox, work.changes, work.after.packages);
    const archives = [...byDigest.values()];
    const number = current.number + 1;
    const database = this.#databaseFor(work, number);
    const journal = journalOf(actions, {
      ...{ number, kind: work.kind, undone: [] },
      digests: await digestsOf(this.#sandbox, actions.takes, home.real, options),
      subject: [work.name, work.version].filter((word) => word !== undefined).join(" "),
      archives: archives.filter(({ isStored }) => !isStored).map(({ digest }) => digest),
      ...(database !== undefined && { database }),
    });
    const { packages, settings } = work.after;
    return {
      ...{ before: current, journal, archives },
      actions: fromStoredArchives(actions, archives),
      record: this.#recordOf(work, sizeOfJournal(journal) - actions.folders.length),
      after: {
        packages: withStoredDigests(packages, byDigest),
        ...{ database: work.after.database, settings, files },
      },
    };
  }

  /** What the server calls the database that work makes there; undefined where it sends nothing to one. */
  #databaseFor({ plans = [] }: SystemWork, number: number): string | undefined {
    const { served } = this.description;
    const isSent = served !== undefined && plans.some((plan) => statementsOf(plan).length > 0);
    return isSent ? keptName(served.database, number) : undefined;
  }

  /** @param onServer makes the database of the new state; absent where it has that of the state before */
  async #carryOut(
    { before, journal, actions, archives, record, after }: PreparedWork,
    options: WorkOptions,
    onServer?: () => Promise<MeasuredWork>,
  ): Promise<DoneOperation> {
    const { number } = journal;
    const name = { number, undoneTo: undefined };
    let done: DoneOperation = { number, record };
    await carryOut(this.#sandbox, journal, actions, archives, options, async () => {
      if (onServer) done = { ...done, measured: await onServer() };
      await writeState(this.#sandbox, name, record, after, before, onServer ? number : undefined);
    });
    return done;
  }

  #carryOutOnServer(
    prepared: PreparedWork,
    plans: readonly Plan[],
    names: ReadonlyMap<number, StateName>,
    options: WorkOptions,
  ): Promise<DoneOperation> {
    const { number } = prepared.journal;
    const from = servedBy(prepared.before);
    return this.#withDatabases(from, names, options, async (databases) => {
      try {
        return await this.#carryOut(prepared, options, () => databases.perform(number, from, plans));
      } catch (error) {
        await this.#dropUnlessNamed(number, databases);
        throw error;
      }
    });
  }

  /** What a newer version has done is its to take back; of what cannot be read for other reasons an undo is the way out. */
  async #refuseNewer(names: ReadonlyMap<number, StateName>, numbers: readonly number[]): Promise<void> {
    for (const number of new Set(numbers)) {
      await problemOf(async () => {
        await readRecord(this.#sandbox, names, number);
      });
    }
  }

  /** Whether another database belongs to the present, as far as that can be read, than to an earlier state. */
  async #hasOtherDatabase(
    names: ReadonlyMap<number, StateName>,
    newest: number,
    target: Pick<LoadedState, "served">,
  ): Promise<boolean> {
    if (!this.description.served) return false;
    try {
      return servedBy(await placesOf(this.#sandbox, names, newest)) !== servedBy(target);
    } catch (error) {
      if (!(error instanceof PackageError && error.code === "sandbox-damaged")) throw error;
      return true;
    }
  }

  /** @param needed the database that has to be there */
  #withDatabases<T>(
    needed: number,
    names: ReadonlyMap<number, StateName>,
    { signal }: WorkOptions,
    work: (databases: ServedDatabases) => Promise<T>,
  ): Promise<T> {
    const { description, folder } = this;
    const effective = new Set(effectiveOperations(names, newestOf(names)));
    return withDatabases(
      this.#world.servers,
      description.served!,
      { folder, release: description, signal },
      async (databases) => {
        await databases.tidy(needed, effective);
        return work(databases);
      },
    );
  }

  /**
   * Drops the database of an operation that was taken back. As long as there is its journal, its state may still become the
   * present. What is not dropped here is dropped by the next operation.
   */
  async #dropUnlessNamed(number: number, databases: ServedDatabases): Promise<void> {
    try {
      if (!(await this.#sandbox.isThere(this.#sandbox.journal))) await databases.drop([number]);
    } catch {
      // Why the operation failed is told already.
    }
  }

  #recordOf({ kind, name, version, previousVersion, verdict }: SystemWork, files: number): OperationRecord {
    return {
      kind,
      name,
      version,
      previousVersion,
      verdict,
      date: this.#world.now(),
      files,
      undoneTo: undefined,
    };
  }

  async #doneJournal(number: number): Promise<Journal> {
    const journal = await readDataFile(this.#sandbox, this.#sandbox.done(number), readJournal);
    if (journal?.number === number) return journal;
    // A repair has found that nobody knows what it did.
    const isKnown = !journal && number <= this.description.firstState;
    if (isKnown) throw this.#error("sandbox-operation-unknown", { number: number - 1 });
    const reason = journal ? "number" : "missing";
    throw this.#error("sandbox-damaged", { file: `undo/${number}/done.data`, reason });
  }

  /** The present. Who asks while it is being read waits for the same object, by which it is known again. */
  async #load(known?: ReadonlyMap<number, StateName>): Promise<LoadedState> {
    const names = known ?? (await this.#names());
    const number = newestOf(names);
    const identity = await this.#sandbox.identityOf(names.get(number)!);
    if (this.#loaded && this.#loaded.identity === identity) return this.#loaded.state;
    const state = this.#context().then((context) => loadState(this.#sandbox, names, number, context));
    const loaded = { identity, state };
    this.#loaded = loaded;
    try {
      return await state;
    } catch (error) {
      if (this.#loaded === loaded) this.#loaded = undefined;
      throw error;
    }
  }

  /** A home has its tables read once. */
  #context(): ReturnType<typeof contextOf> {
    const { description } = this;
    if (this.#read?.of !== description)
      this.#read = { of: description, context: contextOf(description, this.#world) };
    return this.#read.context;
  }

  async #names(): Promise<ReadonlyMap<number, StateName>> {
    const { firstState } = this.description;
    try {
      return await namesInOrder(this.#sandbox, firstState);
    } catch {
      // Somebody may just have completed an operation, whose state was there before anything else changed.
      return namesInOrder(this.#sandbox, firstState);
    }
  }

  async #stateOf(loaded: LoadedState): Promise<SystemState> {
    const { product, version, dialect, operatingSystem, perlModules, assumeModules } = this.description;
    const { packages, database, settings } = loaded.system;
    const release = keyOf({ dialect, version });
    if (this.#archives?.release !== release) {
      this.#archives = { release, archives: new SandboxArchives(this.#sandbox, { dialect, version }) };
    }
    const context = await this.#context();
    const facts = new SystemFacts();
    return {
      framework: {
        ...{ product, version, dialect, operatingSystem, perlModules, assumeModules },
        knowledge: context.knowledge,
        tablesProblem: context.problem,
      },
      ...{ packages, database, settings, facts },
      archives: facts.archives(this.#archives.archives),
      home: facts.home(await this.#homeOf(loaded)),
    };
  }

  async #homeOf({ system }: LoadedState): Promise<SandboxHome> {
    const { home, files } = this.#sandbox;
    return new SandboxHome(home, files, await this.#deliveredHome(), system.files);
  }

  /** The framework's files before anything was done. */
  async #deliveredHome(): Promise<HomeFiles> {
    const { description } = this;
    const { origin, product, version } = description;
    const { files } = this.#world;
    if (origin.kind === "checkout") {
      await requireCheckout(origin.folder, files);
      return new FolderHome(origin.folder, files, await readCheckoutList(origin.folder, files));
    }
    if (this.#delivered?.of !== description) {
      const knowledge = this.#world.knowledgeFor(product, version);
      this.#delivered = { of: description, home: filesOf(frameworkHome(knowledge)) };
    }
    return this.#delivered.home;
  }

  /** Reads what it stands for. */
  async #look(): Promise<void> {
    this.#description = await readDescription(this.#sandbox);
    await this.#sandbox.requireFolders();
  }

  async #recoverAlone(): Promise<void> {
    const holder = await livingHolder(this.#sandbox);
    // Whoever is at work has done a part of it.
    if (holder) throw inUse(this.folder, holder);
    await this.#alone(async () => undefined);
  }

  /** Does something with the right to write, in one of the sandbox's states. */
  #alone<T>(work: (names: ReadonlyMap<number, StateName>) => Promise<T>): Promise<T> {
    return this.#mapped(async () => {
      await this.#look();
      const release = await lockSandbox(this.#sandbox, this.#world.now());
      try {
        this.#recovery = (await recover(this.#sandbox)) ?? this.#recovery;
        const names = await this.#names();
        await sweep(this.#sandbox, newestOf(names));
        return await work(names);
      } catch (error) {
        await this.#sweepUnlessCutOff();
        throw error;
      } finally {
        await release();
      }
    });
  }

  /** Nothing that was begun stays behind, but for what an operation needs that could not even be taken back. */
  async #sweepUnlessCutOff(): Promise<void> {
    try {
      if (await this.#sandbox.isThere(this.#sandbox.journal)) return;
      await sweep(this.#sandbox, newestOf(await this.#names()));
    } catch {
      // Why it failed is told already; the next who writes sweeps again.
    }
  }

  async #mapped<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw await sandboxError(error, this.#sandbox);
    }
  }

  #error(code: PackageError["code"], values: Readonly<Record<string, string | number>> = {}): PackageError {
    return new PackageError(code, { folder: this.folder, ...values });
  }
}

/** A package table whose rows name the archives that the sandbox keeps for them. */
function withStoredDigests(
  packages: PackageTable,
  stored: ReadonlyMap<string, PreparedArchive>,
): PackageTable {
  if (stored.size === 0) return packages;
  return packages.map((row) => ({ ...row, digest: stored.get(row.digest)?.digest ?? row.digest }));
}
