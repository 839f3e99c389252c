import { performance } from "node:perf_hooks";
import type {
  DatabaseMark,
  DatabaseUnavailable,
  ExecutedStatement,
  RunDatabase,
} from "../../host/database-server.ts";
import { ServerError, type Session } from "./driver.ts";
import type { Server } from "./server.ts";

/** A database that a session is connected with. */
export class ConnectedDatabase implements RunDatabase {
  readonly version: string;
  readonly kind: RunDatabase["kind"];
  readonly #server: Server;
  readonly #admin: Session;
  readonly #session: Session;
  readonly #states;
  readonly #drop: () => Promise<void>;
  /** Settles when the statements that were given have been executed. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Why nothing can be asked any more. */
  #end: DatabaseUnavailable | undefined;
  #closing: Promise<void> | undefined;

  /** @param drop what is done when it is closed; never throws */
  constructor(server: Server, admin: Session, session: Session, drop: () => Promise<void>) {
    this.version = session.version;
    this.kind = session.kind;
    this.#server = server;
    this.#admin = admin;
    this.#session = session;
    this.#states = server.driver.states(session);
    this.#drop = drop;
  }

  async execute(sql: string): Promise<ExecutedStatement> {
    if (this.#end) throw this.#end;
    const sent = this.#states.execute(sql);
    // Whether it is in time, and what an error means, is asked when its turn has come.
    sent.catch(() => {});
    const answered = this.#turn.then(() => this.#outcomeOf(sent));
    this.#turn = answered.catch(() => {});
    return await answered;
  }

  async #outcomeOf(sent: Promise<readonly string[]>): Promise<ExecutedStatement> {
    const start = performance.now();
    const taken = () => performance.now() - start;
    try {
      const notices = await this.#ask(
        () => sent,
        (error) => this.#isAboutStatement(error),
      );
      return { kind: "done", milliseconds: taken(), notices };
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      const { code, message, position } = error;
      const place = position === undefined ? {} : { position };
      return { kind: "failed", milliseconds: taken(), code, message, ...place };
    }
  }

  async mark(): Promise<DatabaseMark> {
    return { number: await this.#ask(() => this.#states.mark()) };
  }

  restore({ number }: DatabaseMark): Promise<void> {
    return this.#ask(() => this.#states.restore(number));
  }

  catalogue() {
    return this.#ask(() => this.#server.driver.catalogue(this.#session));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#end ??= this.#server.error("cancelled");
    this.#session.end();
    await this.#drop();
  }

  #isAboutStatement(error: unknown): boolean {
    return error instanceof ServerError && this.#server.driver.meaningOf(error.code) === undefined;
  }

  /** @param passes whether an error says nothing of the server */
  async #ask<T>(work: () => Promise<T>, passes: (error: unknown) => boolean = () => false): Promise<T> {
    if (this.#end) throw this.#end;
    try {
      return await this.#server.within(this.#server.patience.statement, work());
    } catch (error) {
      if (passes(error)) throw error;
      this.#end ??= this.#server.said(error, error instanceof ServerError ? "not-done" : "gone");
      await this.#stop();
      throw this.#end;
    }
  }

  /** Ends what the session may still be doing. */
  async #stop(): Promise<void> {
    const { driver, patience } = this.#server;
    const stopped = driver.end(this.#admin, this.#session.id);
    await this.#server.within(patience.answer, stopped, { isLast: true }).catch(() => {});
    this.#session.end();
  }
}
