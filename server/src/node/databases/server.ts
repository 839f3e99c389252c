import {
  type DatabaseSettings,
  DatabaseUnavailable,
  type EditorSecrets,
  placeOf,
  type ServerCheck,
} from "../../host/database-server.ts";
import type { MessageArguments } from "../../l10n/translate.ts";
import type { Purpose } from "./database-name.ts";
import { type Driver, type Login, type Rights, ServerError, type Session } from "./driver.ts";
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
export interface Asked {
  readonly settings: DatabaseSettings;
  readonly secrets: EditorSecrets | undefined;
  readonly patience: Patience;
}

/** What can be done with a server. @throws DatabaseUnavailable */
export async function checkServer(asked: Asked, signal?: AbortSignal): Promise<ServerCheck> {
  const server = await Server.of(asked, signal);
  const { admin, rights } = await server.enter("run");
  admin.end();
  return { version: admin.version, hasOwnUsers: rights.makesUsers };
}

/** A server, as far as one waits for it. */
export class Server {
  readonly driver: Driver;
  readonly patience: Patience;
  readonly signal: AbortSignal | undefined;
  readonly #settings: DatabaseSettings;
  readonly #secrets: EditorSecrets | undefined;

  private constructor(
    driver: Driver,
    { settings, secrets, patience }: Asked,
    signal: AbortSignal | undefined,
  ) {
    this.driver = driver;
    this.patience = patience;
    this.signal = signal;
    this.#settings = settings;
    this.#secrets = secrets;
  }

  static async of(asked: Asked, signal: AbortSignal | undefined): Promise<Server> {
    return new Server(await drivers[asked.settings.kind](), asked, signal);
  }

  /** Comes in, to make databases. */
  async enter(
    purpose: Purpose,
  ): Promise<{ readonly admin: Session; readonly rights: Rights; readonly login: Login }> {
    const { at, tls, user, secret, name } = this.#settings;
    const found = secret ? await readSecret(secret, () => this.#secrets?.(name)) : { password: "" };
    if ("missing" in found) throw this.error(found.missing, found.values);
    const login = { at, tls, user, password: found.password, patience: this.patience.answer };
    const admin = await this.connect(login).catch((error: unknown) => {
      throw this.said(error, error instanceof ServerError ? "not-let-in" : "no-answer");
    });
    try {
      return { admin, rights: await this.#rightsOf(admin, purpose), login };
    } catch (error) {
      admin.end();
      throw this.said(error, "refused");
    }
  }

  /** What may be done there. @throws DatabaseUnavailable where that is not enough, or too much */
  async #rightsOf(admin: Session, purpose: Purpose): Promise<Rights> {
    if (!admin.isDirect) throw this.error("pooled");
    const needed = this.driver.needs(admin);
    if (needed !== undefined) throw this.error("too-old", { version: admin.version, needed });
    const rights = await this.ask(this.driver.rightsOf(admin, purpose));
    const grant = this.driver.grantFor(this.#settings.user, purpose);
    if (!rights.writes) throw this.error("read-only");
    if (!rights.makesDatabases) throw this.error("no-right", { grant });
    if (rights.reachesFurther && !rights.makesUsers) throw this.error("too-mighty", { grant });
    return rights;
  }

  /** Makes a connection, of which nothing is left where it takes too long or the run is cancelled. */
  async connect(login: Login): Promise<Session> {
    const given = new AbortController();
    try {
      return await this.ask(this.driver.connect(login, given.signal));
    } catch (error) {
      given.abort();
      throw error;
    }
  }

  /** Waits for an answer to something of our own. */
  ask<T>(work: Promise<T>): Promise<T> {
    return this.within(this.patience.answer, work);
  }

  /**
   * Waits for an answer, unless the run is cancelled, and not without end.
   *
   * @param isLast whether it is waited for in a cancelled run as well
   */
  within<T>(
    milliseconds: number,
    work: Promise<T>,
    { isLast }: { readonly isLast?: boolean } = {},
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (then: () => void) => {
        clearTimeout(timer);
        this.signal?.removeEventListener("abort", cancel);
        then();
      };
      const timer = setTimeout(() => {
        settle(() => reject(this.error("too-slow", { seconds: Math.ceil(milliseconds / 1000) })));
      }, milliseconds);
      const cancel = () => settle(() => reject(this.error("cancelled")));
      work.then(
        (value) => settle(() => resolve(value)),
        (error) => settle(() => reject(error)),
      );
      if (isLast) return;
      if (this.signal?.aborted) cancel();
      else this.signal?.addEventListener("abort", cancel);
    });
  }

  error(code: UnavailableCode, values: MessageArguments = {}, cause?: unknown): DatabaseUnavailable {
    const { name, user, at } = this.#settings;
    return unavailable(code, { name, user, place: placeOf(at), ...values }, cause);
  }

  /** What an error says of the server. @param otherwise what it means where nobody knows it */
  said(error: unknown, otherwise: UnavailableCode): DatabaseUnavailable {
    if (error instanceof DatabaseUnavailable) return error;
    const { message = String(error), code = "" } = Object(error) as { message?: string; code?: string };
    const isAnswer = error instanceof ServerError;
    const meaning = isAnswer ? this.driver.meaningOf(code) : meaningOfFailure(code, message);
    return this.error(
      meaning ?? otherwise,
      { reason: (isAnswer ? `${code} ${message}` : message || code).replace(/\.$/, "") },
      error,
    );
  }
}

/** What an error of Node, or of what speaks to the server, means; undefined where nobody knows it. */
function meaningOfFailure(code: string, message: string): UnavailableCode | undefined {
  if (/^(?:ENOTFOUND|EAI_)/.test(code)) return "host-unknown";
  if (/^(?:ERR_TLS|ERR_SSL|EPROTO|HANDSHAKE_(?:NO_SSL|SSL_ERROR))|CERT|SIGNATURE/.test(code))
    return "tls-failed";
  if (/\bSSL\b/i.test(message)) return "tls-failed";
  if (/client password must be a non-empty string/.test(message)) return "password-empty";
  if (/^(?:PROTOCOL_(?!CONNECTION_LOST)|HANDSHAKE|ERR_BUFFER|ERR_OUT_OF_RANGE|ERR_INVALID)/.test(code))
    return "not-spoken";
  if (/^Received unexpected \w+ message from backend/.test(message)) return "not-spoken";
  return undefined;
}
