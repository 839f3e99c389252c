import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { accessSync, chownSync, constants, existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSettings } from "../../server/src/host/database-server.ts";

/** A server that runs for tests alone, on a port of this machine that nobody else reaches and on a socket. */
export interface TestServer {
  /** For its user, who may do everything. */
  readonly settings: DatabaseSettings;
  /** The same by the other way. */
  readonly bySocket: DatabaseSettings;
  /** A user who may log in and make no database; the password is the same. */
  readonly poorUser: string;
  /**
   * Runs SQL with the server's own client, as the user who may do everything.
   *
   * @param database in which; absent for none of those that somebody has made
   * @returns what it printed, a row a line
   */
  sql(statements: string, database?: string): string;
  /** Ends the server as a failing machine would. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Has its processes take a break, or go on. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
}

let postgresql: Promise<TestServer> | undefined;
let mariadb: Promise<TestServer> | undefined;

/** The PostgreSQL of this test process; undefined, with one line of output, where there is none to start. */
export async function postgresqlServer(): Promise<TestServer | undefined> {
  if (hasPostgresql()) postgresql ??= startPostgresql();
  return postgresql;
}

/** The MariaDB of this test process; undefined, with one line of output, where there is none to start. */
export async function mariadbServer(): Promise<TestServer | undefined> {
  if (hasMariadb()) mariadb ??= startMariadb();
  return mariadb;
}

export function hasPostgresql(): boolean {
  return postgresqlPrograms() !== undefined || leftOut("PostgreSQL");
}

export function hasMariadb(): boolean {
  return mariadbPrograms() !== undefined || leftOut("MariaDB");
}

/** A PostgreSQL of one's own, for those who do it harm. @param within absent for a folder with room enough */
export async function startPostgresql(within?: string): Promise<TestServer> {
  const programs = postgresqlPrograms()!;
  const place = makePlace(within);
  const data = join(place.folder, "data");
  place.run(join(programs, "initdb"), [
    ...["-D", data, "-U", "sopm", "--pwfile", place.passwordFile, "-A", "scram-sha-256"],
    ...["-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"],
  ]);
  place.run(
    join(programs, "postgres"),
    ["--single", "-D", data, "postgres"],
    `CREATE ROLE ${poorUser} LOGIN PASSWORD '${testPassword.replaceAll("'", "''")}'\n`,
  );
  const port = await freePort();
  const settings = Object.entries({
    ...{ listen_addresses: "127.0.0.1", port, unix_socket_directories: place.folder },
    ...{ fsync: "off", synchronous_commit: "off", full_page_writes: "off", shared_buffers: "32MB" },
    ...{ max_connections: 60, dynamic_shared_memory_type: "mmap", logging_collector: "off" },
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const isReady = /database system is ready to accept connections/;
  const server = await place.start([join(programs, "postgres"), "-D", data, ...settings], "QUIT", isReady);
  const socket = join(place.folder, `.s.PGSQL.${port}`);
  return {
    ...place.server("postgresql", port, socket, server),
    sql: (statements, database = "postgres") =>
      execFileSync(
        join(programs, "psql"),
        [
          ...["-XAtq", "-v", "ON_ERROR_STOP=1", "-h", place.folder, "-p", `${port}`, "-U", "sopm"],
          ...["-f", "-", database],
        ],
        { input: statements, encoding: "utf8", env: { ...process.env, PGPASSWORD: testPassword } },
      ),
  };
}

/**
 * A MariaDB of one's own, for those who do it harm.
 *
 * @param within absent for a folder with room enough
 * @param options words of its command line beside the usual ones
 */
export async function startMariadb(within?: string, options: readonly string[] = []): Promise<TestServer> {
  const programs = mariadbPrograms()!;
  const place = makePlace(within);
  const data = join(place.folder, "data");
  place.run(programs.install, [
    ...["--no-defaults", `--datadir=${data}`, "--skip-test-db", "--skip-name-resolve"],
    ...["--auth-root-authentication-method=normal", "--innodb-log-file-size=16M"],
  ]);
  const users = join(place.folder, "users.sql");
  const quoted = `'${testPassword.replaceAll(/['\\]/g, "\\$&")}'`;
  writeFileSync(
    users,
    [
      `CREATE USER sopm@'%' IDENTIFIED BY ${quoted};`,
      "GRANT ALL ON *.* TO sopm@'%' WITH GRANT OPTION;",
      `CREATE USER ${poorUser}@'%' IDENTIFIED BY ${quoted};`,
    ].join("\n"),
  );
  const [port, socket] = [await freePort(), join(place.folder, "mysql.sock")];
  const command = [
    ...[programs.server, "--no-defaults", `--datadir=${data}`, `--init-file=${users}`],
    ...[`--socket=${socket}`, `--port=${port}`, "--bind-address=127.0.0.1", "--skip-name-resolve"],
    ...["--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M", "--innodb-flush-log-at-trx-commit=0"],
    ...["--innodb-fast-shutdown=2", "--max-allowed-packet=64M", "--max-connections=60"],
    ...options,
  ];
  const server = await place.start(command, "KILL", /ready for connections/);
  return {
    ...place.server("mysql", port, socket, server),
    sql: (statements, database) =>
      execFileSync(
        programs.client,
        ["--no-defaults", "-BN", "-S", socket, "-u", "sopm", ...(database ? [database] : [])],
        {
          ...{ input: statements, encoding: "utf8", env: { ...process.env, MYSQL_PWD: testPassword } },
        },
      ),
  };
}

/** Of all users of these servers. */
export const testPassword = 'a pass\'word; with "quotes" \\ and $(more)';
const poorUser = "poor";

/** The variable that has the password for the programs that are tested. */
const environment = "SOPM_TEST_SERVER_PASSWORD";
process.env[environment] = testPassword;

/** A folder for a server, and what starts programs in it as an ordinary user, since servers refuse the superuser. */
function makePlace(within = isWritable("/dev/shm") ? "/dev/shm" : tmpdir()) {
  const folder = mkdtempSync(join(within, "sopm-server-"));
  const isSuperuser = process.getuid?.() === 0;
  const user = isSuperuser ? { uid: idOf("-u"), gid: idOf("-g") } : {};
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, `${testPassword}\n`);
  if (isSuperuser) for (const path of [folder, passwordFile]) chownSync(path, idOf("-u"), idOf("-g"));
  // Each server has a folder of its own for what is temporary: one that starts clears away what others have there.
  const env = { ...process.env, LC_ALL: "C", HOME: folder, TMPDIR: folder };
  return {
    folder,
    passwordFile,
    run(program: string, words: readonly string[], input = "") {
      const { status, stderr, error } = spawnSync(program, words, { ...user, env, cwd: folder, input });
      if (status !== 0) throw new Error(`${program}: ${error ?? stderr}`);
    },
    async start(command: readonly string[], end: string, isReady: RegExp): Promise<RunningServer> {
      // The shell sees the end of this process, however it comes, and clears everything away.
      const script = `"$@" </dev/null & echo $!; exec >/dev/null 2>&1; cat <&3; kill -${end} $!; wait $!; rm -rf "$PWD"`;
      const shell = spawn("/bin/sh", ["-c", `exec 3<&0; ${script}`, "sh", ...command], {
        ...{ ...user, env, cwd: folder, detached: true },
      });
      const ready = await untilReady(shell, isReady);
      for (const each of [shell, shell.stdin, shell.stdout, shell.stderr]) {
        (each as unknown as { unref(): void }).unref();
      }
      return { shell, id: ready };
    },
    server(kind: DatabaseSettings["kind"], port: number, socket: string, { shell, id }: RunningServer) {
      const settings = {
        name: "test",
        kind,
        user: "sopm",
        tls: "off",
        secret: { environment },
      } as const;
      return {
        settings: { ...settings, at: { host: "127.0.0.1", port } },
        bySocket: { ...settings, at: { socket } },
        poorUser,
        async kill() {
          shell.ref();
          const isGone = new Promise((resolve) => shell.once("exit", resolve));
          process.kill(id, "SIGKILL");
          shell.stdin!.end();
          await isGone;
        },
        signal(signal: NodeJS.Signals) {
          const ps = (...words: string[]) =>
            spawnSync("ps", words, { encoding: "utf8" }).stdout.trim().split(/\s+/);
          const all = [`${id}`, ...ps("-o", "pid=", "--ppid", `${id}`).filter(Boolean)];
          for (const each of all) process.kill(Number(each), signal);
          // It takes its threads some time.
          while (
            signal === "SIGSTOP" &&
            ps("-L", "-o", "stat=", "-p", all.join()).some((state) => !/^T/.test(state))
          );
        },
      };
    },
  };
}

interface RunningServer {
  readonly shell: ChildProcess;
  /** Of the process of the server itself. */
  readonly id: number;
}

/** @returns the id of the process of the server */
function untilReady(shell: ChildProcess, isReady: RegExp): Promise<number> {
  return new Promise((resolve, reject) => {
    let [id, said] = ["", ""];
    shell.stdout!.on("data", (data) => {
      id += data;
    });
    shell.stderr!.on("data", (data) => {
      said = `${said}${data}`.slice(-20_000);
      if (isReady.test(said)) resolve(Number(id));
    });
    shell.once("exit", () => reject(new Error(`the server does not start: ${said}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address!.port : 0));
    });
  });
}

function postgresqlPrograms(): string | undefined {
  const versions = ["18", "17", "16", "15", "14", "13"];
  const folders = versions.map((version) => `/usr/lib/postgresql/${version}/bin`);
  return folders.find((folder) => existsSync(join(folder, "initdb")));
}

function mariadbPrograms() {
  const programs = {
    server: "/usr/sbin/mariadbd",
    install: "/usr/bin/mariadb-install-db",
    client: "/usr/bin/mariadb",
  };
  return Object.values(programs).every((program) => existsSync(program)) ? programs : undefined;
}

function leftOut(name: string): false {
  console.log(`left out: tests with ${name}, which is not installed on this machine`);
  return false;
}

function idOf(option: string): number {
  return Number(execFileSync("id", [option, "nobody"], { encoding: "utf8" }));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
