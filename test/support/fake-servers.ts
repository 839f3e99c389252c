import { DatabaseUnavailable, keptName } from "../../server/src/host/database-server.ts";
import type { Plan } from "../../server/src/lifecycle/plan.ts";
import { statementsOf } from "../../server/src/lifecycle/statements-of-plan.ts";
import type { MeasuredWork } from "../../server/src/report/verify-report.ts";
import type { SandboxServers, ServedDatabases } from "../../server/src/sandbox/served-databases.ts";

/** What servers of a test have, which outlives the processes that use them. */
export class FakeServers implements SandboxServers {
  /** What was executed in each database, by its name. */
  readonly databases: Map<string, readonly string[]>;
  /** Servers that settings name. */
  readonly named = new Set(["here"]);
  /** Told of each thing before it is done. Whoever throws has it not done. */
  before: (step: string) => void = () => {};
  #made: number;

  constructor(databases: ReadonlyMap<string, readonly string[]> = new Map(), made = 0) {
    this.databases = new Map(databases);
    this.#made = made;
  }

  /** As they are now, for another course of things. */
  copy(): FakeServers {
    return new FakeServers(this.databases, this.#made);
  }

  /** The names of the databases, and what was executed in them. */
  get content(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries([...this.databases].sort());
  }

  async connect(server: string, known: string | undefined): Promise<ServedDatabases | undefined> {
    if (!this.named.has(server)) return undefined;
    const name = known ?? `box${++this.#made}`;
    this.before("connect");
    const { databases } = this;
    const set = (number: number, content: readonly string[], step: string) => {
      this.before(step);
      databases.set(keptName(name, number), content);
    };
    const drop = async (numbers: readonly number[]) => {
      for (const number of numbers) {
        this.before("drop");
        databases.delete(keptName(name, number));
      }
    };
    const there = () =>
      [...databases.keys()]
        .filter((each) => each.startsWith(`${name}_`))
        .map((each) => Number(each.slice(name.length + 1)));
    return {
      kind: "postgresql",
      name,
      async begin() {
        set(0, [], "make");
        set(0, ["framework"], "statement");
      },
      async tidy(needed, kept) {
        if (!there().includes(needed)) throw new DatabaseUnavailable({ text: "It is not there." });
        await drop(there().filter((number) => !kept.has(number)));
      },
      async perform(number, from, plans: readonly Plan[]): Promise<MeasuredWork> {
        let content = databases.get(keptName(name, from))!;
        set(number, content, "make");
        for (const { statement } of plans.flatMap(statementsOf)) {
          content = [...content, statement.sql];
          set(number, content, "statement");
        }
        return { server: "Fake 1", name: server, database: keptName(name, number), operations: [] };
      },
      drop,
      dropAll: () => drop(there()),
      close() {},
    };
  }
}
