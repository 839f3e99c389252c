import assert from "node:assert/strict";
import { test } from "node:test";
import type { PackageError } from "../../server/src/host/package-error.ts";
import {
  addressBelow,
  isLocalHost,
  readWebAddress,
  redirectTarget,
  shownAddress,
} from "../../server/src/host/web-address.ts";
import { headersFor, readAddressHeaders } from "../../server/src/host/web-headers.ts";

const base = "https://packages.example.com/znuny";

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as PackageError).code;
  }
  return "done";
}

test("a file of a repository lies below its address, whatever an index says", () => {
  assert.equal(addressBelow(base, "Acme-1.0.0.opm").href, `${base}/Acme-1.0.0.opm`);
  assert.equal(addressBelow(base, "a b/ä.opm").href, `${base}/a%20b/%C3%A4.opm`);
  // A leading slash, as opmbuild writes it.
  assert.equal(addressBelow(base, "/Acme.opm").href, `${base}//Acme.opm`);
  for (const file of [
    "../other/Acme.opm",
    "a/../../Acme.opm",
    "%2e%2e/Acme.opm",
    ".%2E/Acme.opm",
    "..\\Acme.opm",
    "a/..%2f..%2fAcme.opm",
    "a%5c..%5cAcme.opm",
  ])
    assert.equal(
      codeOf(() => addressBelow(base, file)),
      "web-file-elsewhere",
      file,
    );
  // An address as the name of a file stays a name.
  assert.equal(new URL(addressBelow(base, "http://127.0.0.1/x.opm").href).host, "packages.example.com");
});

test("an address without a path keeps its server, whatever is put behind it", () => {
  assert.equal(
    codeOf(() => addressBelow("https://example.com", "@127.0.0.1/x")),
    "done",
  );
  assert.equal(addressBelow("https://example.com", "@127.0.0.1/x").host, "example.com");
});

test("only addresses of the web are read, and none with a password, which is not shown either", () => {
  for (const text of [
    "file:///etc/passwd",
    "ftp://example.com/x",
    "data:text/xml,<a/>",
    "https://",
    "example.com",
  ])
    assert.equal(
      codeOf(() => readWebAddress(text)),
      "web-address",
      text,
    );
  const secret = "https://user:secret@example.com/znuny";
  assert.equal(
    codeOf(() => readWebAddress(secret)),
    "web-password-in-address",
  );
  assert.equal(shownAddress(secret), "https://example.com/znuny");
  assert.equal(shownAddress("https://example.com/x?token=secret"), "https://example.com/x?…");
  assert.equal(shownAddress("https://user:p@ss@example.com/"), "https://example.com/");
});

test("redirects lead to the web, from https to https only, and nobody else leads to this computer", () => {
  const from = new URL(`${base}/otrs.xml`);
  assert.equal(redirectTarget(from, "/mirror/otrs.xml").href, "https://packages.example.com/mirror/otrs.xml");
  assert.equal(redirectTarget(from, "https://cdn.example.net/x").host, "cdn.example.net");
  assert.equal(redirectTarget(new URL("http://a.example/"), "https://b.example/").protocol, "https:");
  for (const to of [
    undefined,
    "http://packages.example.com/otrs.xml",
    "file:///etc/passwd",
    "data:text/xml,<a/>",
    "ftp://example.com/",
    "javascript:alert(1)",
    "https://user:pw@example.com/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://x.localhost/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://0.0.0.0/",
    "https://169.254.169.254/latest/meta-data",
    "https://[fe80::1]/",
    "https://",
  ])
    assert.equal(
      codeOf(() => redirectTarget(from, to)),
      "web-redirect",
      to,
    );
  // On this computer a server may well be moved.
  const local = new URL("http://localhost:8000/otrs.xml");
  assert.equal(redirectTarget(local, "http://127.0.0.1:9000/otrs.xml").port, "9000");
});

test("hosts that only this computer or the network beside it knows", () => {
  for (const host of ["localhost", "127.0.0.1", "[::1]", "::", "::ffff:7f00:1", "169.254.1.1", "0.0.0.0"])
    assert.ok(isLocalHost(host), host);
  for (const host of ["example.com", "10.0.0.1", "127.example.com", "[2001:db8::1]", "localhost.example.com"])
    assert.ok(!isLocalHost(host), host);
});

test("a header goes to the addresses below its own, and to nobody else", () => {
  const headers = readAddressHeaders(
    `# repositories\n\n${base} Authorization: Bearer abc\n  https://other.example:8443 X-Key:  k e y \r\n`,
    "the file",
  );
  const sent = (url: string) => headersFor(new URL(url), headers);
  assert.deepEqual(sent(`${base}/otrs.xml`), { Authorization: "Bearer abc" });
  assert.deepEqual(sent("https://other.example:8443/a"), { "X-Key": "k e y" });
  for (const url of [
    "https://packages.example.com/znunyx/otrs.xml",
    "https://packages.example.com/",
    "http://packages.example.com/znuny/otrs.xml",
    "https://packages.example.com.evil.example/znuny/otrs.xml",
    "https://other.example/a",
  ])
    assert.deepEqual(sent(url), {}, url);
});

test("a line that is no header is told by its number and never by its text", () => {
  for (const line of [
    "Authorization: Bearer secret",
    "https://example.com Authorization Bearer secret",
    "https://user:secret@example.com A: b",
    "https://example.com Host: secret",
    "https://example.com Transfer-Encoding: chunked",
    "https://example.com A:",
    "https://example.com A: b\u0000c",
    "ftp://example.com A: secret",
  ]) {
    assert.throws(
      () => readAddressHeaders(`\n${line}`, "headers.txt"),
      (error: PackageError) =>
        error.code === "web-headers" &&
        error.message.startsWith("Line 2 of headers.txt") &&
        !error.message.includes("secret"),
      line,
    );
  }
});
