import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { performance } from "node:perf_hooks";
import {
  type DatabaseMark,
  type DatabaseSettings,
  DatabaseUnavailable,
  type EditorSecrets,
  type ExecutedStatement,
  type OpenOptions,
  type RunDatabase,
  type ServerCheck,
} from "../../host/database-server.ts";
import type { MessageArguments } from "../../l10n/translate.ts";
import { type Driver, type Login, type Rights, ServerError, type Session } from "./driver.ts";
import { makeRunName, timeOfRun } from "./run-name.ts";
import { readSecret } from "./secret.ts";
import { type UnavailableCode, unavailable } from "./unavailable.ts";

/** Milliseconds that a server is waited for. */
export interface Patience {
  /** For a connection, and for each thing of our own that is asked. */
  readonly answer: number;
  /** For a statement of a package, and for remembering a state and going back to it. */
  readonly statement: number;
}

export const usualPatience: Patience = { answer: 15_000, statement: 60_000 };

/** Each comes with a library, which is loaded for those who want it. */
const drivers: Readonly<Record<DatabaseSettings["kind"], () => Promise<Driver>>> = {
  postgresql: async () => (await import("./postgresql.ts")).postgresqlDriver,
  mysql: async () => (await import("./mysql.ts")).mysqlDriver,
};

/** Who is asked, and how long. */
interface Asked {
  readonly settings: DatabaseSettings;
  readonly secrets: EditorSecrets | undefined;
  readonly patience: Patience;
}

/** Makes a database for a run. @throws DatabaseUnavailable */
export async function openRun(asked: Asked, options: OpenOptions): Promise<RunDatabase> {
  const server = new Server(await drivers[asked.settings.kind](), asked, options.signal);
  const { driver } = server;
  const { admin, rights, login } = await server.enter();
  const name = makeRunName(new Date());
  /** Takes away what was made. Whatever fails here is taken away by the next run. */
  const drop = async () => {
    try {
      await server.within(server.patience.answer, driver.drop(admin, name, rights), { isLast: true });
    } catch {}
    admin.end();
  };
  try {
    await server.ask(tidyUp(driver, admin, rights));
    // Whoever tidies up sees by it that the run goes on; it is there before anything else is, and goes with its process.
    if (!(await server.ask(driver.lock(admin, name)))) throw server.error("name-taken", { database: name });
    const own = rights.makesUsers
      ? { user: name, password: randomBytes(24).toString("base64url") }
      : undefined;
    if (own) await server.ask(driver.makeUser(admin, name, own.password));
    await server.ask(
      driver.makeDatabase(admin, name, {
        ...(own && { owner: own.user }),
        comment: `SOPM: for one run, made by process ${process.pid} on ${hostname()} at ${new Date().toISOString()}`,
        characterBytes: options.characterBytes ?? 4,
      }),
    );
    const session = await server.ask(driver.connect({ ...login, ...own, database: name }), (late) =>
      late.end(),
    );
    return new Run(server, admin, session, drop);
  } catch (error) {
    const { code } = Object(error) as { code?: string };
    // What has that name is somebody else's.
    if (error instanceof ServerError && takenCodes.has(code!)) {
      admin.end();
      throw server.error("name-taken", { database: name }, error);
    }
    await drop();
    throw server.said(error, "refused");
  }
}

/** What is said when there is a database, or a user, of that name. */
const takenCodes = new Set(["42P04", "42710", "1007", "1396"]);

/** What can be done with a server. @throws DatabaseUnavailable */
export async function checkServer(asked: Asked, signal?: AbortSignal): Promise<ServerCheck> {
  const server = new Server(await drivers[asked.settings.kind](), asked, signal);
  const { admin, rights } = await server.enter();
  admin.end();
  return { version: admin.version, hasOwnUsers: rights.makesUsers };
}

/** Drops what runs have left behind that are over. */
async function tidyUp(driver: Driver, admin: Session, rights: Rights): Promise<void> {
  const found = await driver.leftovers(admin, rights);
  const names = new Set(found.filter(isOfRun).map(({ name }) => name));
  for (const foreign of found.filter((each) => !isOfRun(each))) names.delete(foreign.name);
  for (const name of names) {
    const isOver = await driver.lock(admin, name);
    const isOld = Date.now() - timeOfRun(name)!.getTime() > longestRun;
    try {
      if (isOver || isOld) await driver.drop(admin, name, rights);
    } catch (error) {
      // Another user has made it, or another one of us is faster.
      if (!(error instanceof ServerError)) throw error;
    } finally {
      if (isOver) await driver.unlock(admin, name);
    }
  }
}

/** A day: a run that takes longer does not go on. */
const longestRun = 24 * 60 * 60 * 1000;

/** Whether we have made it: the name says so, and nobody has written anything else to it. */
function isOfRun({ name, comment }: { readonly name: string; readonly comment: string | null }): boolean {
  return timeOfRun(name) !== undefined && (!comment || comment.startsWith("SOPM: "));
}

/** A server, as far as one waits for it. */
class Server {
  readonly driver: Driver;
  readonly patience: Patience;
  readonly signal: AbortSignal | undefined;
  readonly #settings: DatabaseSettings;
  readonly #secrets: EditorSecrets | undefined;

  constructor(driver: Driver, { settings, secrets, patience }: Asked, signal: AbortSignal | undefined) {
    this.driver = driver;
    this.patience = patience;
    this.signal = signal;
    this.#settings = settings;
    this.#secrets = secrets;
  }

  /** Comes in, to make databases. */
  async enter(): Promise<{ readonly admin: Session; readonly rights: Rights; readonly login: Login }> {
    const { at, tls, user, secret, name } = this.#settings;
    const found = secret ? await readSecret(secret, () => this.#secrets?.(name)) : { password: "" };
    if ("missing" in found) throw this.error(found.missing, found.values);
    const login = { at, tls, user, password: found.password, patience: this.patience.answer };
    const admin = await this.ask(this.driver.connect(login), (late) => late.end()).catch((error: unknown) => {
      throw this.said(error, "no-answer");
    });
    try {
      const rights = await this.ask(this.driver.rightsOf(admin));
      const grant = this.driver.grantFor(user);
      if (!rights.makesDatabases) {
        throw this.error("no-right", { grant });
      }
      if (rights.reachesFurther && !rights.makesUsers) throw this.error("too-mighty", { grant });
      return { admin, rights, login };
    } catch (error) {
      admin.end();
      throw this.said(error, "refused");
    }
  }

  /** Waits for an answer to something of our own. @param late what becomes of one that comes too late */
  ask<T>(work: Promise<T>, late?: (value: T) => void): Promise<T> {
    return this.within(this.patience.answer, work, { late });
  }

  /** Waits for an answer, unless the run is cancelled, and not without end. */
  within<T>(
    milliseconds: number,
    work: Promise<T>,
    { late, isLast }: { readonly late?: ((value: T) => void) | undefined; readonly isLast?: boolean } = {},
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      let isOpen = true;
      const settle = (then: () => void) => {
        if (!isOpen) return;
        isOpen = false;
        clearTimeout(timer);
        this.signal?.removeEventListener("abort", cancel);
        then();
      };
      const timer = setTimeout(() => {
        settle(() => reject(this.error("too-slow", { seconds: Math.ceil(milliseconds / 1000) })));
      }, milliseconds);
      const cancel = () => settle(() => reject(this.error("cancelled")));
      work.then(
        (value) => (isOpen ? settle(() => resolve(value)) : late?.(value)),
        (error) => settle(() => reject(error)),
      );
      if (isLast) return;
      if (this.signal?.aborted) cancel();
      else this.signal?.addEventListener("abort", cancel);
    });
  }

  error(code: UnavailableCode, values: MessageArguments = {}, cause?: unknown): DatabaseUnavailable {
    const { name, user, at } = this.#settings;
    const place = "socket" in at ? at.socket : `${at.host}:${at.port}`;
    return unavailable(code, { name, user, place, ...values }, cause);
  }

  /** What an error says of the server. @param otherwise what it means where nobody knows it */
  said(error: unknown, otherwise: UnavailableCode): DatabaseUnavailable {
    if (error instanceof DatabaseUnavailable) return error;
    const { message = String(error), code = "" } = Object(error) as { message?: string; code?: string };
    const isAnswer = error instanceof ServerError;
    const meaning = isAnswer ? this.driver.meaningOf(code) : meaningOfFailure(code, message);
    return this.error(
      meaning ?? otherwise,
      { reason: isAnswer ? `${code} ${message}` : message || code },
      error,
    );
  }
}

/** What an error of Node, or of what speaks to the server, means; undefined where nobody knows it. */
function meaningOfFailure(code: string, message: string): UnavailableCode | undefined {
  if (/^(?:ENOTFOUND|EAI_)/.test(code)) return "host-unknown";
  if (/^(?:ERR_TLS|ERR_SSL|EPROTO|HANDSHAKE_NO_SSL)|CERT|SIGNATURE/.test(code)) return "tls-failed";
  if (/\bSSL\b/i.test(message)) return "tls-failed";
  if (/^(?:PROTOCOL_(?!CONNECTION_LOST)|HANDSHAKE|ERR_BUFFER|ERR_OUT_OF_RANGE|ERR_INVALID)/.test(code))
    return "not-spoken";
  return undefined;
}

class Run implements RunDatabase {
  readonly version: string;
  readonly kind: RunDatabase["kind"];
  readonly #server: Server;
  readonly #admin: Session;
  readonly #session: Session;
  readonly #states;
  readonly #drop: () => Promise<void>;
  /** Why nothing can be asked any more. */
  #end: DatabaseUnavailable | undefined;
  #closing: Promise<void> | undefined;

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
    const start = performance.now();
    const taken = () => performance.now() - start;
    try {
      const notices = await this.#ask(
        () => this.#states.execute(sql),
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
      this.#end ??= this.#server.said(error, "gone");
      await this.#stop();
      throw this.#end;
    }
  }

  /** Ends what the session may still be doing. */
  async #stop(): Promise<void> {
    const { driver, patience } = this.#server;
    const stopped = driver.cancel(this.#admin, this.#session.id);
    await this.#server.within(patience.answer, stopped, { isLast: true }).catch(() => {});
    this.#session.end();
  }
}
