import {
  type KeptDatabases,
  keptName,
  type OpenDatabase,
  type OpenOptions,
} from "../../host/database-server.ts";
import { ConnectedDatabase } from "./connected-database.ts";
import { isSandboxName, makeName } from "./database-name.ts";
import { type Login, type Rights, ServerError, type Session } from "./driver.ts";
import { commentFor, newPassword } from "./open-run.ts";
import { type Asked, Server } from "./server.ts";

/**
 * Connects with a server to make, change and drop databases of one sandbox.
 *
 * @param known what their names begin with; undefined for new ones
 * @throws DatabaseUnavailable
 */
export async function keepDatabases(
  asked: Asked,
  known: string | undefined,
  { signal, characterBytes = 4 }: OpenOptions,
): Promise<KeptDatabases> {
  const server = await Server.of(asked, signal);
  // What a sandbox says may have been written by anybody.
  if (known !== undefined && !isSandboxName(known)) throw server.error("not-of-sandbox", { database: known });
  const entered = await server.enter("sandbox");
  return new Kept(server, entered, known ?? makeName("sandbox", new Date()), characterBytes);
}

class Kept implements KeptDatabases {
  readonly kind: KeptDatabases["kind"];
  readonly version: string;
  readonly name: string;
  readonly #server: Server;
  readonly #admin: Session;
  readonly #rights: Rights;
  readonly #login: Login;
  readonly #characterBytes: number;
  /** Of the user that the databases belong to; undefined until it is there, or where there is none. */
  #password: string | undefined;

  constructor(
    server: Server,
    { admin, rights, login }: Awaited<ReturnType<Server["enter"]>>,
    name: string,
    characterBytes: number,
  ) {
    this.kind = admin.kind;
    this.version = admin.version;
    this.name = name;
    this.#server = server;
    this.#admin = admin;
    this.#rights = rights;
    this.#login = login;
    this.#characterBytes = characterBytes;
  }

  async numbers(): Promise<readonly number[]> {
    const start = keptName(this.name, 0).slice(0, -1);
    const found = await this.#ask(() => this.#server.driver.found(this.#admin, this.#rights, start));
    return found.flatMap(({ name }) => {
      const rest = name.slice(start.length);
      return /^(?:0|[1-9]\d{0,8})$/.test(rest) ? Number(rest) : [];
    });
  }

  async make(number: number, from?: number): Promise<void> {
    await this.drop([number]);
    const own = await this.#ownUser();
    const options = {
      ...(own && { owner: own.user }),
      ...(from !== undefined && { from: keptName(this.name, from) }),
      ...{ comment: commentFor("a sandbox"), characterBytes: this.#characterBytes },
    };
    await this.#ask(() =>
      this.#server.driver.makeDatabase(this.#admin, keptName(this.name, number), options),
    );
  }

  async open(number: number): Promise<OpenDatabase> {
    const own = await this.#ownUser();
    const database = keptName(this.name, number);
    const session = await this.#ask(() => this.#server.connect({ ...this.#login, ...own, database }));
    return new ConnectedDatabase(this.#server, this.#admin, session, async () => {});
  }

  async drop(numbers: readonly number[]): Promise<void> {
    const { driver } = this.#server;
    for (const number of numbers) {
      const database = keptName(this.name, number);
      await this.#ask(() => driver.drop(this.#admin, database, { ...this.#rights, makesUsers: false }));
    }
  }

  async dropAll(): Promise<void> {
    await this.drop(await this.numbers());
    await this.#ask(() => this.#server.driver.drop(this.#admin, this.name, this.#rights));
  }

  close(): void {
    this.#admin.end();
  }

  /** The user that the databases belong to, with the password of this connection; undefined where the login makes none. */
  async #ownUser(): Promise<{ readonly user: string; readonly password: string } | undefined> {
    if (!this.#rights.makesUsers) return undefined;
    if (this.#password === undefined) {
      const password = newPassword();
      await this.#ask(() => this.#server.driver.admitUser(this.#admin, this.name, password));
      this.#password = password;
    }
    return { user: this.name, password: this.#password };
  }

  /** Copies of databases take longer than answers. */
  async #ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#server.within(this.#server.patience.statement, work());
    } catch (error) {
      throw this.#server.said(error, error instanceof ServerError ? "not-kept" : "gone");
    }
  }
}
