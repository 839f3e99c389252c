import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { DatabaseSettings } from "../../server/src/host/database-server.ts";
import { namedServer } from "../../server/src/node/databases/named-server.ts";
import {
  hasMariadb,
  hasPostgresql,
  startMariadb,
  startPostgresql,
  type TestServer,
} from "../support/database-servers.ts";

const folder = mkdtempSync(join(tmpdir(), "sopm-certificates-"));
after(() => rmSync(folder, { recursive: true }));
chmodSync(folder, 0o755);
const file = (name: string) => join(folder, name);
makeAuthority();
makeCertificate("DNS:localhost,IP:127.0.0.1");

interface Kind {
  readonly title: string;
  readonly isThere: () => boolean;
  readonly start: () => Promise<TestServer>;
  /** Says that the certificate is another one now. */
  readonly reload: string;
}

const kinds: readonly Kind[] = [
  {
    title: "PostgreSQL",
    isThere: hasPostgresql,
    async start() {
      const server = await startPostgresql();
      for (const [name, value] of [
        ["ssl_cert_file", file("server.pem")],
        ["ssl_key_file", file("server.key")],
        ["ssl", "on"],
      ]) {
        server.sql(`ALTER SYSTEM SET ${name} = '${value}'`);
      }
      server.sql("SELECT pg_reload_conf()");
      return server;
    },
    reload: "SELECT pg_reload_conf()",
  },
  {
    title: "MariaDB",
    isThere: hasMariadb,
    start: () =>
      startMariadb(undefined, [`--ssl-cert=${file("server.pem")}`, `--ssl-key=${file("server.key")}`]),
    reload: "FLUSH SSL",
  },
];

for (const { title, isThere, start, reload } of kinds) {
  if (!isThere()) continue;

  test(`a ${title} is let in only by a certificate that is for its host`, async (context) => {
    makeCertificate("DNS:localhost,IP:127.0.0.1");
    const server = await start();
    context.after(() => server.kill());
    const { settings } = server;
    const port = "port" in settings.at ? settings.at.port : 0;
    const ask = (host: string, tls: DatabaseSettings["tls"] = "verified") =>
      said({ ...settings, tls, at: { host, port } });
    for (const host of ["localhost", "127.0.0.1"])
      assert.match(await ask(host), new RegExp(`^${title} [\\d.]+$`));
    makeCertificate("DNS:other.example");
    server.sql(reload);
    for (const host of ["localhost", "127.0.0.1"]) {
      assert.match(
        await ask(host),
        /^No encrypted connection to the database “test” on .* comes about: .*altnames/,
      );
    }
    assert.match(await ask("localhost", "unverified"), new RegExp(`^${title} `));
    // Nobody has told this process of the authority.
    await assert.rejects(
      namedServer({ ...settings, tls: "verified" }).check({}),
      /^DatabaseUnavailable: No encrypted connection to the database “test” on .* comes about: /,
    );
    // A name of this computer is no proof for an address.
    makeCertificate("DNS:localhost");
    server.sql(reload);
    assert.match(await ask("127.0.0.1"), /^No encrypted connection to the database “test” /);
  });
}

/** What a process says of a server that trusts our authority. */
async function said(settings: DatabaseSettings): Promise<string> {
  const program = fileURLToPath(new URL("../support/checked-server.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program], {
    env: {
      ...process.env,
      NODE_EXTRA_CA_CERTS: file("authority.pem"),
      SOPM_TEST_SETTINGS: JSON.stringify(settings),
    },
  });
  return stdout.trim();
}

function makeAuthority(): void {
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Authority of a test", [
    ...["-keyout", file("authority.key"), "-out", file("authority.pem")],
  ]);
}

/** @param names as the certificate has them */
function makeCertificate(names: string): void {
  openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=server", [
    ...["-keyout", file("server.key"), "-out", file("server.csr")],
  ]);
  writeFileSync(file("names"), `subjectAltName=${names}\n`);
  openssl("x509", "-req", "-days", "2", "-CAcreateserial", "-extfile", file("names"), [
    ...["-in", file("server.csr"), "-CA", file("authority.pem"), "-CAkey", file("authority.key")],
    ...["-out", file("server.pem")],
  ]);
  chmodSync(file("server.key"), 0o600);
  // The server is another user.
  if (process.getuid?.() === 0) chownSync(file("server.key"), idOf("-u"), idOf("-g"));
}

function openssl(...words: readonly (string | readonly string[])[]): void {
  execFileSync("openssl", words.flat(), { stdio: "ignore" });
}

function idOf(option: string): number {
  return Number(execFileSync("id", [option, "nobody"], { encoding: "utf8" }));
}
