import { basename, dirname } from "node:path";
import { Client, Query as PgQuery, type QueryConfig } from "pg";
import { mostNotices } from "../../host/database-server.ts";
import { postgresqlCatalogue } from "../postgresql-catalogue.ts";
import { offsetOf } from "../postgresql-offset.ts";
import { statesLost } from "../states-lost.ts";
import { prefixes } from "./database-name.ts";
import {
  CarefulSocket,
  type Driver,
  isFrom,
  type Login,
  oneByOne,
  onOneLine,
  type Query,
  type QueryRows,
  ServerError,
  type Session,
  type States,
} from "./driver.ts";
import type { UnavailableCode } from "./unavailable.ts";

/** PostgreSQL, from 11 on. */
export const postgresqlDriver: Driver = {
  async connect(login, given) {
    if (login.database !== undefined) return await connect(login, login.database, given);
    try {
      return await connect(login, "postgres", given);
    } catch (error) {
      // Some take it away, as its manual allows.
      if (!(error instanceof ServerError) || error.code !== "3D000") throw error;
      return await connect(login, "template1", given);
    }
  },

  needs: (session) => (isFrom(session, 11) ? undefined : "PostgreSQL 11"),

  async rightsOf({ query }) {
    const [row] = await query(`
      SELECT (current_setting('transaction_read_only') = 'off')::text,
        (rolsuper OR rolcreatedb)::text, (rolsuper OR rolcreaterole)::text,
        (rolsuper OR rolcreaterole OR rolreplication OR EXISTS (
          SELECT 1 FROM pg_roles other
          WHERE other.rolname LIKE 'pg\\_%' AND pg_has_role(other.oid, 'member')
        ) OR EXISTS (
          SELECT 1 FROM pg_database
          WHERE pg_has_role(datdba, 'member') AND NOT (${areOurs})
        ))::text
      FROM pg_roles WHERE rolname = current_user`);
    const [writes, makesDatabases, makesUsers, reachesFurther] = row!.map((value) => value === "true") as [
      boolean,
      boolean,
      boolean,
      boolean,
    ];
    return { writes, makesDatabases, makesUsers, reachesFurther };
  },

  grantFor: (user) => `ALTER ROLE ${quoted(user)} CREATEDB`,

  async lock({ query }, name) {
    const [row] = await query(`SELECT pg_try_advisory_lock(${lockOf(name)})::text`);
    return row![0] === "true";
  },

  async unlock({ query }, name) {
    await query(`SELECT pg_advisory_unlock(${lockOf(name)})`);
  },

  async found({ query }, _rights, start) {
    const rows = await query(`
      SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE starts_with(datname, ${text(start)})
      UNION ALL
      SELECT rolname, NULL FROM pg_roles WHERE starts_with(rolname, ${text(start)})`);
    return rows.map(([name, comment]) => ({ name: name!, comment: comment! }));
  },

  async makeUser({ query }, name, password) {
    await query(`CREATE ROLE ${quoted(name)} LOGIN PASSWORD ${text(password)}`);
    await query(`GRANT ${quoted(name)} TO CURRENT_USER`);
  },

  async admitUser(session, name, password) {
    const [known] = await session.query(`SELECT 1 FROM pg_roles WHERE rolname = ${text(name)}`);
    if (!known) return await postgresqlDriver.makeUser(session, name, password);
    await session.query(`ALTER ROLE ${quoted(name)} PASSWORD ${text(password)}`);
    await session.query(`GRANT ${quoted(name)} TO CURRENT_USER`);
  },

  async makeDatabase({ query }, name, { owner, from, comment }) {
    const ownership = owner === undefined ? "" : ` OWNER ${quoted(owner)}`;
    if (from !== undefined) await sendAway(query, from);
    const template = from === undefined ? "template0 ENCODING 'UTF8'" : quoted(from);
    await query(`CREATE DATABASE ${quoted(name)}${ownership} TEMPLATE ${template}`);
    await query(`COMMENT ON DATABASE ${quoted(name)} IS ${text(comment)}`);
  },

  async drop({ query }, name, { makesUsers }) {
    await sendAway(query, name);
    await query(`DROP DATABASE IF EXISTS ${quoted(name)}`);
    if (makesUsers) await query(`DROP ROLE IF EXISTS ${quoted(name)}`);
  },

  async end({ query }, other) {
    await query(`SELECT pg_terminate_backend(${other})`);
  },

  states,

  catalogue: ({ query }) => postgresqlCatalogue(async (sql) => (await query(sql)).map(([value]) => value!)),

  meaningOf(code) {
    return meanings[code] ?? meanings[code.slice(0, 2)];
  },
};

/**
 * Ends all connections with a database. Who drops or copies it waits for those who are still going, and ends what the server
 * does there by itself, which no user may end who is not its administrator.
 */
async function sendAway(query: Query, name: string): Promise<void> {
  await query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${text(name)} AND backend_type = 'client backend'`,
  );
}

/** Whether a database has a name of ours, for a statement. */
const areOurs = Object.values(prefixes)
  .map((start) => `starts_with(datname, ${text(start)})`)
  .join(" OR ");

/** By SQLSTATE, or by its class. */
const meanings: Readonly<Record<string, UnavailableCode>> = {
  "08": "gone",
  "28P01": "password-wrong",
  "53": "no-room",
  "53300": "limit-reached",
  "53400": "limit-reached",
  "57P01": "gone",
  "57P02": "gone",
  "57P03": "not-ready",
  "57P04": "gone",
  "57P05": "gone",
};

async function connect(login: Login, database: string, given: AbortSignal): Promise<Session> {
  const { at, tls, user, password, patience } = login;
  const client = new Client({
    ...("socket" in at ? socketOf(at.socket) : at),
    user,
    database,
    // As a function, so that neither the environment nor a file of passwords is asked in its place.
    password: () => password,
    ssl: tls === "off" ? false : { rejectUnauthorized: tls === "verified" },
    connectionTimeoutMillis: patience,
    application_name: "SOPM",
    client_encoding: "UTF8",
    stream: () => new CarefulSocket(),
    // The next statement is there already when one has been executed.
    pipeline: true,
    types: { getTypeParser: () => String as never },
  });
  /** Of what is asked at the moment. */
  let notices: string[] = [];
  let end: Error | undefined;
  client.on("notice", ({ severity, message }) => {
    if (notices.length < mostNotices) notices.push(onOneLine(`${severity}: ${message}`));
  });
  // Whoever waits for an answer hears of it; nobody else needs to.
  client.on("error", (error) => {
    end = error;
  });

  const ask = (Kind: typeof PgQuery, text: string) =>
    new Promise<{ readonly rows: QueryRows; readonly notices: readonly string[] }>((resolve, reject) => {
      const query = new Kind({ text, rowMode: "array" } as QueryConfig, (error, result) => {
        const said = notices;
        notices = [];
        if (error) reject(end ?? answered(error, text));
        // Several statements have several results.
        else resolve({ rows: Array.isArray(result) ? [] : result.rows, notices: said });
      });
      client.query(query);
    });
  const query = async (sql: string) => (await ask(PgQuery, sql)).rows;

  given.addEventListener("abort", () => destroy(client));
  try {
    await client.connect();
    // What the frameworks say when they connect.
    await query("SET standard_conforming_strings TO ON; SET datestyle TO 'iso'; SET NAMES 'utf8'");
    await query(neverIdle);
    const [row] = await query("SELECT pg_backend_pid()::text, current_setting('server_version')");
    return {
      id: row![0]!,
      version: `PostgreSQL ${row![1]!.split(" ")[0]}`,
      isDirect: String((client as unknown as { readonly processID: number }).processID) === row![0],
      kind: "postgresql",
      query,
      execute: async (sql) => (await ask(Statement, sql)).notices,
      end: () => destroy(client),
    };
  } catch (error) {
    destroy(client);
    throw answered(error, "");
  }
}

/** Has no connection ended because a run thinks, or does its work on the other one. What the server does not know it leaves. */
const neverIdle = `
  SELECT set_config(name, '0', false) FROM pg_settings
  WHERE name IN ('idle_session_timeout', 'idle_in_transaction_session_timeout')`;

/** What a client speaks through, as far as it is used here. */
interface Wire {
  readonly stream: CarefulSocket;
  parse(statement: { readonly text: string }): void;
  bind(values: object): void;
  describe(what: { readonly type: "P" }): void;
  execute(portal: object): void;
  sendCopyFail(reason: string): void;
  sync(): void;
}

function destroy(client: Client): void {
  (client as unknown as { readonly connection: Wire }).connection.stream.destroy();
}

/**
 * A statement of a package, of which the server takes one alone. Behind it comes that there are no rows for it. What asks for
 * some, as COPY FROM STDIN does, is refused by that, and does not take the next statement for them; all else passes over it.
 */
class Statement extends PgQuery {
  declare readonly text: string;

  override readonly submit = (connection: unknown) => {
    const wire = connection as Wire;
    wire.stream.cork();
    wire.parse({ text: this.text });
    wire.bind({});
    wire.describe({ type: "P" });
    wire.execute({});
    wire.sendCopyFail("a statement of a package has no rows");
    wire.sync();
    wire.stream.uncork();
  };
}

/** What a server has refused of a statement as such, all else as it is. */
function answered(error: unknown, sql: string): unknown {
  const { code, message, severity, position } = Object(error) as Record<string, string | undefined>;
  if (severity === undefined || code === undefined || message === undefined) return error;
  return new ServerError(code, message, position === undefined ? undefined : offsetOf(sql, Number(position)));
}

/**
 * States by savepoints. Nobody asks for one in most runs, and statements are executed as the frameworks execute them: each
 * for itself. From the first state on all is one transaction.
 */
function states({ query, execute }: Session): States {
  const kept: number[] = [];
  let next = 0;

  /** All three are sent at once: where the statement fails, nothing after it is taken until one goes back. */
  const executeInState = oneByOne(async (sql: string) => {
    const saved = query("SAVEPOINT statement");
    const executed = execute(sql);
    const released = query("RELEASE SAVEPOINT statement");
    await Promise.allSettled([saved, executed, released]);
    try {
      const notices = await executed;
      await released.catch(fail);
      return notices;
    } catch (error) {
      if (error instanceof ServerError) await query("ROLLBACK TO SAVEPOINT statement").catch(fail);
      throw error;
    }
  });

  return {
    execute: (sql) => (kept.length === 0 ? execute(sql) : executeInState(sql)),
    async mark() {
      if (kept.length === 0) await query("BEGIN");
      await query(`SAVEPOINT state_${next}`);
      kept.push(next);
      return next++;
    },
    async restore(number) {
      await query(`ROLLBACK TO SAVEPOINT state_${number}`);
      kept.length = kept.indexOf(number) + 1;
    },
  };
}

/** Says why a savepoint cannot be left. */
function fail(error: unknown): never {
  throw (error instanceof ServerError && statesLost(error.code)) || error;
}

/** A socket is known by its folder and the port in its name. */
function socketOf(path: string) {
  const [, port] = /^\.s\.PGSQL\.(\d+)$/.exec(basename(path)) ?? [];
  return port === undefined ? { host: path, port: 5432 } : { host: dirname(path), port: Number(port) };
}

function lockOf(name: string): string {
  return `${lockClass}, hashtext(${text(name)})`;
}

/** What our locks have in common, so that others do not meet them: “SOPM” as a number. */
const lockClass = 0x534f504d;

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
