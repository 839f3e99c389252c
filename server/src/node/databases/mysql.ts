import { isIP } from "node:net";
import { type Connection, createConnection, type QueryError, type ResultSetHeader } from "mysql2";
import { mostNotices } from "../../host/database-server.ts";
import { type Purpose, prefixes } from "./database-name.ts";
import {
  CarefulSocket,
  type Driver,
  isFrom,
  type Login,
  oneByOne,
  onOneLine,
  ServerError,
  type Session,
} from "./driver.ts";
import { mysqlCatalogue } from "./mysql-catalogue.ts";
import { asCopied, mysqlStates } from "./mysql-states.ts";
import { quotedName, quotedText } from "./mysql-text.ts";
import type { UnavailableCode } from "./unavailable.ts";

/** MariaDB and MySQL. */
export const mysqlDriver: Driver = {
  connect,

  needs: (session) => {
    if (session.kind === "mysql") return isFrom(session, 10, 2) ? undefined : "MariaDB 10.2";
    return isFrom(session, 5, 7) ? undefined : "MySQL 5.7";
  },

  async rightsOf({ query }, purpose) {
    const [[readOnly]] = (await query("SELECT @@GLOBAL.read_only")) as [[string]];
    const grants = (await query("SHOW GRANTS")).map(([grant]) => grant!);
    const further = grants.filter((grant) => !isBounded(grant));
    const everywhere = further.filter((grant) => /\bON \*\.\* TO\b/.test(grant));
    const has = (right: RegExp) =>
      everywhere.some((grant) => /^GRANT ALL\b/.test(grant) || right.test(grant));
    return {
      writes: /^(?:0|OFF)$/.test(readOnly),
      makesDatabases: has(/\bCREATE(?=,| ON\b)/) || grants.some((grant) => isFor(purpose, grant)),
      makesUsers: has(/\bCREATE USER\b/) && everywhere.some((grant) => grant.includes("WITH GRANT OPTION")),
      reachesFurther: further.length > 0,
    };
  },

  grantFor: (user, purpose) => `GRANT ALL ON \`${patternOf(prefixes[purpose])}%\`.* TO ${quotedText(user)}`,

  async lock({ query }, name) {
    const [row] = await query(`SELECT GET_LOCK(${quotedText(name)}, 0)`);
    return row![0] === "1";
  },

  async unlock({ query }, name) {
    await query(`SELECT RELEASE_LOCK(${quotedText(name)})`);
  },

  async found(session, { makesUsers }, start) {
    const { query } = session;
    const comment = keepsComments(session) ? "schema_comment" : "NULL";
    const ours = `LIKE '${patternOf(start)}%'`;
    const databases = await query(
      `SELECT schema_name, ${comment} FROM information_schema.schemata WHERE schema_name ${ours}`,
    );
    const users = makesUsers ? await query(`SELECT user, NULL FROM mysql.user WHERE user ${ours}`) : [];
    return [...databases, ...users].map(([name, comment]) => ({ name: name!, comment: comment! }));
  },

  async makeUser(session, name, password) {
    await session.query(`CREATE USER ${await account(session, name)} IDENTIFIED BY ${quotedText(password)}`);
  },

  async admitUser(session, name, password) {
    const user = await account(session, name);
    await session.query(`CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY ${quotedText(password)}`);
    await session.query(`ALTER USER ${user} IDENTIFIED BY ${quotedText(password)}`);
  },

  async makeDatabase(session, name, { owner, from, comment, characterBytes }) {
    const set = characterBytes === 3 ? "utf8" : "utf8mb4";
    const remark = keepsComments(session) ? ` COMMENT ${quotedText(comment)}` : "";
    await session.query(`CREATE DATABASE ${quotedName(name)} DEFAULT CHARSET=${set}${remark}`);
    if (from !== undefined) await copyTables(session, from, name);
    if (owner === undefined) return;
    const all = quotedName(patternOf(name));
    await session.query(`GRANT ALL ON ${all}.* TO ${await account(session, owner)}`);
  },

  async drop(session, name, { makesUsers }) {
    const { query } = session;
    const connected = await query(
      `SELECT id FROM information_schema.processlist WHERE db = ${quotedText(name)} AND id <> CONNECTION_ID()`,
    );
    for (const [id] of connected) {
      // It may have gone by itself.
      await query(`KILL ${id}`).catch(onlyRefused);
    }
    await query(`DROP DATABASE IF EXISTS ${quotedName(name)}`);
    if (!makesUsers) return;
    for (const [host] of await query(`SELECT host FROM mysql.user WHERE user = ${quotedText(name)}`)) {
      await query(`DROP USER IF EXISTS ${quotedText(name)}@${quotedText(host!)}`);
    }
  },

  async end({ query }, other) {
    await query(`KILL ${other}`);
  },

  states: mysqlStates,

  catalogue: ({ query, kind }) => mysqlCatalogue(query, kind === "mysql"),

  meaningOf: (code) => meanings[code],
};

/** Whether something can be written to a database. */
function keepsComments(session: Session): boolean {
  return session.kind === "mysql" && isFrom(session, 10, 5);
}

const meanings: Readonly<Record<string, UnavailableCode>> = {
  1021: "no-room",
  1037: "no-room",
  1038: "no-room",
  1040: "limit-reached",
  1041: "no-room",
  1045: "password-wrong",
  1053: "gone",
  1114: "no-room",
  1135: "no-room",
  1203: "limit-reached",
  1226: "limit-reached",
  1698: "password-wrong",
  1927: "gone",
  3159: "tls-wanted",
};

async function connect(
  { at, tls, user, password, database, patience }: Login,
  given: AbortSignal,
): Promise<Session> {
  const connection = createConnection({
    ...("socket" in at ? { socketPath: at.socket } : { host: hostToProve(at.host), port: at.port }),
    user,
    password,
    ...(database !== undefined && { database }),
    ...(tls !== "off" && {
      ssl: { rejectUnauthorized: tls === "verified", verifyIdentity: tls === "verified" },
    }),
    connectTimeout: patience,
    charset: "utf8mb4",
    // A server may not ask for files of this computer.
    flags: ["-LOCAL_FILES"],
    disableEval: true,
    rowsAsArray: true,
    typeCast: (field, _next) => field.string("utf8"),
    stream: () => {
      const socket = new CarefulSocket();
      return "socket" in at ? socket.connect(at.socket) : socket.connect(at.port, at.host).setNoDelay(true);
    },
  });
  given.addEventListener("abort", () => connection.destroy());
  let end: Error | undefined;
  // Whoever waits for an answer hears of it; nobody else needs to.
  connection.on("error", (error) => {
    end = error;
  });
  const ask = (sql: string) =>
    new Promise<unknown>((resolve, reject) => {
      connection.query(sql, (error, result) => {
        if (error) reject(end ?? answered(error));
        else resolve(result);
      });
    });
  const query = async (sql: string) => {
    const result = await ask(sql);
    return Array.isArray(result) ? (result as (string | null)[][]) : [];
  };
  try {
    await connected(connection);
    // What the frameworks say when they connect, in the wider form that all that are kept use.
    await query("SET NAMES utf8mb4");
    // Nor is a connection ended because a run thinks, or does its work on the other one.
    await query(`SET SESSION wait_timeout = ${longestIdle}`);
    const [row] = await query("SELECT VERSION(), CONNECTION_ID()");
    const isMariadb = row![0]!.includes("MariaDB");
    return {
      id: row![1]!,
      isDirect: String(connection.threadId) === row![1],
      version: `${isMariadb ? "MariaDB" : "MySQL"} ${row![0]!.split("-")[0]}`,
      kind: isMariadb ? "mysql" : "mysql-8",
      query,
      // What a statement is warned of is forgotten with the next one.
      execute: oneByOne(async (sql: string) => {
        const result = await ask(sql);
        if (!((result as ResultSetHeader).warningStatus > 0)) return [];
        const warnings = await query(`SHOW WARNINGS LIMIT ${mostNotices}`);
        return warnings.map(([level, code, message]) => onOneLine(`${level} ${code}: ${message}`));
      }),
      end: () => connection.destroy(),
    };
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

/**
 * What the library holds a certificate against, which gets a connection that is made already. It passes over addresses, and
 * has the certificate be for this computer then; with a dot behind it one is a name to it, and an address to Node.
 */
function hostToProve(host: string): string {
  return isIP(host) === 0 ? host : `${host}.`;
}

/** Seconds, the most that servers of all systems take. */
const longestIdle = 2_147_483;

function connected(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => {
      if (error) reject(answered(error));
      else resolve();
    });
  });
}

/** What a server has refused as such, by number and its own text, since some names that the library knows are wrong. */
function answered(error: QueryError | Error): unknown {
  const { errno, sqlMessage } = error as { readonly errno?: number; readonly sqlMessage?: string };
  return errno !== undefined && sqlMessage !== undefined ? new ServerError(String(errno), sqlMessage) : error;
}

function onlyRefused(error: unknown): void {
  if (!(error instanceof ServerError)) throw error;
}

/** A user as the server sees somebody who comes from here. */
async function account({ query }: Session, name: string): Promise<string> {
  const [row] = await query("SELECT SUBSTRING_INDEX(USER(), '@', -1)");
  return `${quotedText(name)}@${quotedText(row![0]!)}`;
}

/** Makes the tables of a database in another one, which is empty, and puts their rows into them. */
async function copyTables({ query }: Session, from: string, to: string): Promise<void> {
  const source = quotedName(from);
  const tables = await query(`SHOW FULL TABLES FROM ${source} WHERE table_type = 'BASE TABLE'`);
  const names = tables.map(([name]) => quotedName(name!));
  await query(`USE ${quotedName(to)}`);
  await asCopied(query, async () => {
    for (const name of names) {
      const [made] = await query(`SHOW CREATE TABLE ${source}.${name}`);
      await query(made![1]!);
      await query(`INSERT INTO ${name} SELECT * FROM ${source}.${name}`);
    }
  });
}

/** A name, or the start of one, where an underscore stands for itself. */
function patternOf(name: string): string {
  return name.replaceAll("_", "\\_");
}

/** Whether a right is for databases that we make alone, or none. */
function isBounded(grant: string): boolean {
  return (
    /^GRANT USAGE ON \*\.\* TO\b(?!.* WITH GRANT OPTION)/.test(grant) ||
    isFor("run", grant) ||
    isFor("sandbox", grant)
  );
}

function isFor(purpose: Purpose, grant: string): boolean {
  // Some releases double backslashes.
  return grant.replaceAll("\\", "").startsWith(`GRANT ALL PRIVILEGES ON \`${prefixes[purpose]}%\`.* TO `);
}
