import { lstatSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { type CatalogueTable, type ExecutedStatement, mostNotices } from "../host/database-server.ts";
import { postgresqlCatalogue } from "./postgresql-catalogue.ts";
import { offsetOf } from "./postgresql-offset.ts";
import { statesLost } from "./states-lost.ts";
import { checkOwnFolder, isOwn, makeOwnFolder } from "./user-cache-folder.ts";

/** What an engine is made of. */
export interface EngineParts {
  /** The folder of the package that has it. */
  readonly folder: string;
  /** Of that package. */
  readonly version: string;
  /** Where the state of an empty database is kept; undefined where there is no place for it. */
  readonly cache: string | undefined;
}

/** As far as they are used here. */
interface Pglite {
  execProtocol(
    message: Uint8Array,
    options: { readonly throwOnError: false; onNotice(notice: { readonly message?: string }): void },
  ): Promise<{ readonly messages: readonly BackendMessage[] }>;
  dumpDataDir(compression: "none"): Promise<Blob>;
  isInTransaction(): boolean;
}

interface PgliteModule {
  readonly PGlite: { create(options: object): Promise<Pglite> };
  readonly protocol: {
    readonly serialize: { query(text: string): Uint8Array; copyFail(reason: string): Uint8Array };
  };
}

type BackendMessage =
  | { readonly name: "dataRow"; readonly fields: readonly (string | null)[] }
  | { readonly name: "error"; readonly message: string; readonly code?: string; readonly position?: string }
  | { readonly name: string };

type RowMessage = Extract<BackendMessage, { readonly fields: unknown }>;
type ErrorMessage = Extract<BackendMessage, { readonly name: "error"; readonly message: string }>;

declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  Memory: new (size: { readonly initial: number; readonly maximum: number }) => object;
};

/** Pages of 64 KiB that a database may have, 768 MiB. An empty one has about a third of that. */
const mostPages = 12_288;

/** Locks of one transaction, which a run with marks is: several for each of some thousand tables. */
const configuration = ["max_locks_per_transaction = 512", "max_connections = 20"];

/** Who executes statements: nobody who may read or write the files of the server, as with a framework. */
const runRole = "sopm_run";
const firstStatements = [
  `CREATE ROLE ${runRole}`,
  `GRANT ALL ON SCHEMA public TO ${runRole}`,
  `GRANT CREATE ON DATABASE postgres TO ${runRole}`,
].join(";");

/**
 * PostgreSQL in WebAssembly, with all that it keeps in memory. It has no file of the machine, no process and no network. It
 * is to live in a thread of its own, which is ended when a statement takes too long.
 */
export class EmbeddedEngine {
  readonly #database: Pglite;
  readonly #serialize: PgliteModule["protocol"]["serialize"];
  #marks = 0;

  private constructor(database: Pglite, serialize: PgliteModule["protocol"]["serialize"]) {
    this.#database = database;
    this.#serialize = serialize;
  }

  /** @throws Error when the parts are others than they should be, or there is not enough memory */
  static async load({ folder, version, cache }: EngineParts): Promise<EmbeddedEngine> {
    const part = (name: string) => join(folder, "dist", name);
    takeAway();
    const { PGlite, protocol }: PgliteModule = await import(pathToFileURL(part("index.js")).href);
    const common = {
      pgliteWasmModule: await WebAssembly.compile(readFileSync(part("pglite.wasm"))),
      fsBundle: new Blob([readFileSync(part("pglite.data"))]),
    };
    const state = cache === undefined ? undefined : new StoredState(cache, version);
    const stored = state?.read();
    const database = await PGlite.create({
      ...common,
      ...(stored
        ? { loadDataDir: new Blob([stored], { type: "application/x-tar" }) }
        : {
            initdbWasmModule: await WebAssembly.compile(readFileSync(part("initdb.wasm"))),
            postgresqlconf: configuration,
          }),
    });
    const engine = new EmbeddedEngine(database, protocol.serialize);
    if (!stored) {
      await engine.#ask(firstStatements);
      state?.write(new Uint8Array(await (await database.dumpDataDir("none")).arrayBuffer()));
    }
    await engine.#ask(`SET SESSION AUTHORIZATION ${runRole}; SET client_min_messages TO notice`);
    return engine;
  }

  /** Such as "PostgreSQL 18.7". */
  async version(): Promise<string> {
    return (
      await this.#ask("SELECT 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1)")
    )[0]!;
  }

  /** @throws Error when the database cannot go on; DatabaseUnavailable when it cannot because of the statement */
  async execute(sql: string): Promise<ExecutedStatement> {
    const isMarked = this.#marks > 0;
    if (isMarked) await this.#ask("SAVEPOINT sopm_statement");
    const notices: string[] = [];
    const start = performance.now();
    const error = errorOf(await this.#send(sql, notices));
    const milliseconds = performance.now() - start;
    if (error && isOwnTrouble(error.code)) throw new Error(oneLine(error.message));
    if (isMarked) {
      const back = error ? "ROLLBACK TO SAVEPOINT sopm_statement;" : "";
      const trouble = errorOf(await this.#send(`${back}RELEASE SAVEPOINT sopm_statement`, []));
      if (trouble) throw statesLost(trouble.code) ?? new Error(oneLine(trouble.message));
    } else if (this.#database.isInTransaction()) await this.#ask("COMMIT");
    if (!error) return { kind: "done", milliseconds, notices };
    const { code = "", message, position } = error;
    return {
      ...{ kind: "failed", milliseconds, code, message: oneLine(message) },
      ...(position === undefined ? {} : { position: offsetOf(sql, Number(position)) }),
    };
  }

  /** @returns what `restore` takes */
  async mark(): Promise<number> {
    if (this.#marks === 0) await this.#ask("BEGIN");
    const mark = this.#marks++;
    await this.#ask(`SAVEPOINT sopm_mark_${mark}`);
    return mark;
  }

  async restore(mark: number): Promise<void> {
    await this.#ask(`ROLLBACK TO SAVEPOINT sopm_mark_${mark}`);
    this.#marks = mark + 1;
  }

  catalogue(): Promise<readonly CatalogueTable[]> {
    return postgresqlCatalogue((sql) => this.#ask(sql));
  }

  /** Statements of our own. @throws Error when they are refused */
  async #ask(sql: string): Promise<readonly string[]> {
    const messages = await this.#send(sql, []);
    const error = errorOf(messages);
    if (error) throw new Error(oneLine(error.message));
    return messages.flatMap((message) => (isRow(message) ? (message.fields[0] ?? "") : []));
  }

  async #send(sql: string, notices: string[]): Promise<readonly BackendMessage[]> {
    // What asks for rows, as COPY FROM STDIN does, is told that there are none; all else passes over it.
    const message = Buffer.concat([
      this.#serialize.query(sql),
      this.#serialize.copyFail("a statement of a package has no rows"),
    ]);
    const { messages } = await this.#database.execProtocol(message, {
      throwOnError: false,
      onNotice: ({ message = "" }) => {
        if (notices.length < mostNotices) notices.push(oneLine(message));
      },
    });
    return messages;
  }
}

function isRow(message: BackendMessage): message is RowMessage {
  return message.name === "dataRow";
}

function errorOf(messages: readonly BackendMessage[]): ErrorMessage | undefined {
  return messages.find((message): message is ErrorMessage => message.name === "error");
}

/** Whether the database has no room or cannot go on, so that the statement is not at fault. */
function isOwnTrouble(code: string | undefined): boolean {
  return code !== undefined && /^(?:53|57P|58|XX)/.test(code);
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").trim();
}

/** Takes from this thread what a database has no use for, and bounds its memory. */
function takeAway(): void {
  for (const name of ["WebSocket", "fetch", "XMLHttpRequest"]) Reflect.deleteProperty(globalThis, name);
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    constructor(size: { readonly initial: number; readonly maximum: number }) {
      super({ ...size, maximum: Math.min(size.maximum, mostPages) });
    }
  };
}

/** The state of an empty database in a file that nobody else can have written. Without it a start takes longer, no more. */
class StoredState {
  readonly #folder: string;
  readonly #name: string;

  constructor(folder: string, version: string) {
    this.#folder = folder;
    this.#name = `${statePrefix}${version}-${formatOfState}.tar.gz`;
  }

  read(): Uint8Array<ArrayBuffer> | undefined {
    try {
      const path = join(this.#folder, this.#name);
      checkOwnFolder(this.#folder);
      const stats = lstatSync(path);
      if (!stats.isFile() || !isOwn(stats)) return undefined;
      // One that is damaged is none.
      return new Uint8Array(gunzipSync(readFileSync(path)));
    } catch {
      return undefined;
    }
  }

  write(content: Uint8Array): void {
    const path = join(this.#folder, this.#name);
    const unfinished = `${path}.${process.pid}.${Date.now()}.tmp`;
    try {
      makeOwnFolder(this.#folder);
      writeFileSync(unfinished, gzipSync(content, { level: 3 }), { flag: "wx", mode: 0o600 });
      renameSync(unfinished, path);
      for (const name of readdirSync(this.#folder)) {
        const isOther = name.startsWith(statePrefix) && name !== this.#name;
        if (isOther && Date.now() - lstatSync(join(this.#folder, name)).mtimeMs > oldState)
          rmSync(join(this.#folder, name), { force: true });
      }
    } catch {
      rmSync(unfinished, { force: true });
    }
  }
}

const statePrefix = "postgresql-";

/** Raised where what is put into the state changes. */
const formatOfState = 1;

/** Milliseconds after which what another version has left is removed: a day, as others may be in use. */
const oldState = 86_400_000;
