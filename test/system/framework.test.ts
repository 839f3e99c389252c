import assert from "node:assert/strict";
import { test } from "node:test";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { readArchiveList, readConfig, readRelease } from "../../server/src/system/framework-checkout.ts";
import { frameworkHome } from "../../server/src/system/framework-home.ts";
import { filesOf } from "../../server/src/system/home.ts";
import { filesWithLedger } from "../../server/src/system/home-ledger.ts";
import {
  productVersionsToOffer,
  readProductVersion,
  unknownProduct,
} from "../../server/src/system/product-version.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const products: readonly [text: string, expected: string | undefined][] = [
  ["Znuny 7.1.3", "Znuny 7.1.3 znuny-7"],
  ["znuny 6.5.12", "Znuny 6.5.12 znuny-6"],
  ["Znuny LTS 6.5.1", "Znuny 6.5.1 znuny-6"],
  ["Znuny-7.1", "Znuny 7.1.x znuny-7"],
  ["Znuny", "Znuny 7.3.x znuny-7"],
  ["otobo 11.0.x", "OTOBO 11.0.x otobo-11"],
  ["OTOBO 10", "OTOBO 10.1.x otobo-10"],
  ["Znuny 6", "Znuny 6.5.x znuny-6"],
  ["OTRS 3", "OTRS 3.3.x otrs-legacy"],
  ["OTRS 6.0.30", "OTRS 6.0.30 otrs-6"],
  ["((OTRS)) Community Edition 6.0.40", "OTRS 6.0.40 otrs-6"],
  ["OTRS 3.1.21", "OTRS 3.1.21 otrs-legacy"],
  ["OTRS 8.0.1", "OTRS 8.0.1 otrs-8"],
  ["Znuny 5.0.1", undefined],
  ["OTOBO 9", undefined],
  ["Zammad 6", undefined],
  ["7.1.3", undefined],
  ["", undefined],
];

for (const [text, expected] of products) {
  test(`“${text}” stands for ${expected ?? "nothing"}`, () => {
    const found = readProductVersion(text);
    assert.equal(found && `${found.product} ${found.version} ${found.dialect}`, expected);
  });
}

test("what is offered can be read back", () => {
  for (const offered of productVersionsToOffer()) {
    assert.deepEqual(readProductVersion(`${offered.product} ${offered.version}`), offered);
  }
});

const releases: readonly [text: string, expected: string | undefined][] = [
  ["PRODUCT = Znuny\nVERSION = 7.1.7\nBUILDDATE = x\n", "Znuny 7.1.7"],
  ["PRODUCT = OTOBO\r\nVERSION = 11.0.x\r\n", "OTOBO 11.0.x"],
  ["PRODUCT = OTRS\nVERSION = 6.0.48\n", "OTRS 6.0.48"],
  ["PRODUCT = Znuny, a fork of OTRS\nVERSION = 7.1.7\n", "Znuny 7.1.7"],
  ["VERSION = 7.1.7\n", undefined],
  ["PRODUCT = Znuny\nVERSION = 99.1\n", undefined],
  ["", undefined],
];

for (const [text, expected] of releases) {
  test(`a RELEASE of ${JSON.stringify(text)} is ${expected ?? "none that we know"}`, () => {
    const found = readRelease(text);
    assert.equal(found && `${found.product} ${found.version}`, expected);
  });
}

test("an ARCHIVE lists the framework's files", () => {
  const paths = readArchiveList("d41d8c::bin/a.pl\r\nffff::Kernel//System/B.pm\n\nrubbish\n::\n");
  assert.deepEqual([...paths], ["bin/a.pl", "Kernel/System/B.pm"]);
});

const newest = { dialect: "znuny-7", version: "7.3.7" } as const;

test("Kernel/Config.pm names a driver for MariaDB from Znuny 7.3 on", () => {
  const text = '$Self->{DatabaseDSN} = "DBI:MariaDB:database=x"';
  assert.equal(readConfig(text, newest).databaseKind, "mysql");
  assert.equal(readConfig(text, { dialect: "znuny-7", version: "7.1.7" }).databaseKind, undefined);
});

test("Kernel/Config.pm tells home and database without being run", () => {
  const text = `
    # $Self->{'DatabaseDSN'} = "DBI:Oracle://x";
    $Self->{"DatabaseDSN"} = "DBI:mysql:database=znuny;host=localhost;";
    $Self->{Home} = '/opt/znuny';
    system("rm -rf /");`;
  assert.deepEqual(readConfig(text, newest), { databaseKind: "mysql", home: "/opt/znuny" });
  assert.deepEqual(readConfig('$Self->{DatabaseDSN} = "DBI:Pg:dbname=x"', newest), {
    databaseKind: "postgresql",
    home: undefined,
  });
  assert.deepEqual(readConfig('$Self->{DatabaseDSN} = "DBI:ODBC:x"', newest), {
    databaseKind: undefined,
    home: undefined,
  });
});

test("the home of a framework has the names of its files, and nothing else", () => {
  const home = frameworkHome(knowledgeFor("Znuny", "7.1.7"));
  assert.deepEqual(home.entry("Kernel/System/Package.pm"), { kind: "file", mode: 0o644, content: "unknown" });
  assert.equal(home.entry("bin/znuny.Console.pl")?.kind, "file");
  assert.equal((home.entry("bin/znuny.Console.pl") as { mode: number }).mode, 0o755);
  assert.equal(home.entry("Kernel/Output/HTML")?.kind, "folder");
  assert.equal(home.entry("var/httpd/htdocs/js/thirdparty")?.kind, "folder");
  assert.equal(home.entry("var/httpd/htdocs/js/thirdparty/jquery/jquery.js"), undefined);
  assert.equal(home.isFrameworkFile("var/httpd/htdocs/js/thirdparty/jquery/jquery.js"), undefined);
  assert.equal(home.entry("Kernel/Syste"), undefined);
  assert.equal(home.entry("Kernel/System/Acme.pm"), undefined);
  assert.equal(home.entry("../x")?.kind, "other");
  assert.ok(home.list("").includes("Kernel"));
  assert.deepEqual(home.list("Kernel/Acme"), []);
  assert.deepEqual(home.list("../x"), []);
  const names = home.list("Kernel/System");
  assert.ok(names.includes("Package.pm") && names.includes("Ticket"));
  assert.equal(new Set(names).size, names.length);
});

test("of a framework that nobody knows there are the folders that a package manager looks for", () => {
  const home = frameworkHome(noKnowledge);
  for (const folder of ["bin", "Kernel", "Kernel/System", "Kernel/Output/HTML", "Kernel/Modules"]) {
    assert.equal(home.entry(folder)?.kind, "folder", folder);
  }
  assert.equal(home.entry("Kernel/System/Package.pm"), undefined);
  assert.deepEqual(home.list("Kernel/Output"), ["HTML"]);
});

test("a ledger says where files of the framework are now", async () => {
  const home = filesWithLedger(
    filesOf(frameworkHome(knowledgeFor("Znuny", "7.1.7"))),
    new Map([
      ["Kernel/System/Package.pm", { kind: "gone" }],
      ["Kernel/System/Package.pm.save", { kind: "file", origin: "Kernel/System/Package.pm", mode: 0o600 }],
    ]),
  );
  const [gone, moved] = await home.lookAt(["Kernel/System/Package.pm", "Kernel/System/Package.pm.save"]);
  assert.equal(gone, undefined);
  assert.deepEqual(moved, {
    kind: "file",
    mode: 0o600,
    content: "unknown",
  });
  const names = await home.list("Kernel/System");
  assert.ok(names.includes("Package.pm.save") && !names.includes("Package.pm"));
});

test("what somebody calls a product is read at once, whatever it is", () => {
  for (const text of [`a${" ".repeat(900_000)}!`, `Znuny ${"7".repeat(900_000)}!`, "( ".repeat(400_000)]) {
    assert.equal(
      withoutHanging(() => readProductVersion(text)),
      undefined,
    );
    const { text: said, values } = withoutHanging(() => unknownProduct(text));
    assert.match(said, /is no product that SOPM knows/);
    assert.ok(String(values?.value).length < 200);
  }
});
