import { DatabaseUnavailable, type KeptDatabases, keptName } from "../host/database-server.ts";
import type { Plan } from "../lifecycle/plan.ts";
import type { MeasuredWork, VerifiedOperation } from "../report/verify-report.ts";
import type { ServedDatabases } from "../sandbox/served-databases.ts";
import type { SystemState } from "../system/system-state.ts";
import { differencesFrom, makeFramework, verifyPlan } from "./verify-package.ts";

/** The databases of one sandbox: each is made out of an earlier one, and executes what plans send. */
export class DatabasesOfSandbox implements ServedDatabases {
  readonly #kept: KeptDatabases;
  /** What the settings call the server. */
  readonly #server: string;

  constructor(kept: KeptDatabases, server: string) {
    this.#kept = kept;
    this.#server = server;
  }

  get kind() {
    return this.#kept.kind;
  }

  get name() {
    return this.#kept.name;
  }

  async begin(system: Pick<SystemState, "framework">): Promise<void> {
    await this.#kept.make(0);
    const first = await this.#kept.open(0);
    try {
      await makeFramework(first, system);
    } finally {
      await first.close();
    }
  }

  async tidy(needed: number, kept: ReadonlySet<number>): Promise<void> {
    const there = await this.#kept.numbers();
    if (!there.includes(needed)) {
      throw new DatabaseUnavailable({
        text: "The database “{database}” is not on the server “{name}”. Make the sandbox anew, or drop it.",
        values: { database: keptName(this.name, needed), name: this.#server },
      });
    }
    await this.#kept.drop(there.filter((number) => !kept.has(number)));
  }

  async perform(number: number, from: number, plans: readonly Plan[]): Promise<MeasuredWork> {
    await this.#kept.make(number, from);
    const database = await this.#kept.open(number);
    try {
      const operations: VerifiedOperation[] = [];
      for (const plan of plans) {
        const { before } = plan;
        // What went otherwise in an earlier operation was told by that one.
        const made = differencesFrom(before.database, before.framework.knowledge, await database.catalogue());
        operations.push({ ...(await verifyPlan({ plan }, database, { made })), assumptions: [] });
      }
      return {
        ...{ server: database.version, name: this.#server, database: keptName(this.name, number) },
        operations,
      };
    } finally {
      await database.close();
    }
  }

  drop(numbers: readonly number[]): Promise<void> {
    return this.#kept.drop(numbers);
  }

  dropAll(): Promise<void> {
    return this.#kept.dropAll();
  }

  close(): void {
    this.#kept.close();
  }
}
