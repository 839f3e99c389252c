import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { productsForNewPackages } from "../../server/src/engine/new-package/wishes.ts";
import { packageParts } from "../../server/src/protocol/new-package.ts";
import { profiles } from "../../server/src/rules/profiles.ts";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const required = ["--name", "AcmeLoans", "--vendor", "Acme Inc.", "--product", "Znuny 7.1"];

/** The words of a call, with others in place of those that have to be said. */
function words(folder: string, ...own: string[]): string[] {
  return [
    "init",
    folder,
    ...(own.includes("--name") ? [] : required.slice(0, 2)),
    ...required.slice(2),
    ...own,
  ];
}

async function run(...given: string[]): Promise<string> {
  const { code, stdout, stderr } = await runHere(given);
  assert.equal(code, 0, `${given.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

async function refused(code: number, ...given: string[]): Promise<string> {
  const result = await runHere(given);
  assert.equal(result.code, code, `${given.join(" ")}: ${result.stdout}${result.stderr}`);
  return result.stderr;
}

/** Makes a package and holds it to all that is promised of it, on each product that it is for. */
async function holdsPromise(
  t: TestContext,
  parts: readonly string[],
  products: readonly string[],
): Promise<void> {
  const folder = join(temporaryFolder(t), "new");
  await run(
    ...["init", folder, "--name", "Acme-Loans", "--vendor", "Acme & Söhne <GmbH>"],
    ...products.flatMap((each) => ["--product", each]),
    ...["--with", parts.join(","), "--yes"],
  );
  const spec = join(folder, "Acme-Loans.sopm");
  for (const profile of profiles) {
    const found = await run("lint", "--format", "unix", "--profile", profile, folder);
    assert.equal(found, "", `${profile}: ${found}`);
  }
  assert.equal(await run("files", "--check", spec), "");
  await run("format", "--check", spec);
  for (const product of products) {
    for (const operation of ["install", "reinstall", "uninstall"]) {
      await run("dry-run", operation, "--product", product, "--fail-on", "failed,lost,skipped", spec);
    }
  }
  await run("build", "--strict-schema", "off", spec);
}

for (const product of productsForNewPackages()) {
  test(`a new package with everything for ${product} has no finding, builds and is installed`, (t) =>
    holdsPromise(t, packageParts, [product]));
}

const combinations = [
  [],
  ["ci"],
  ["translations"],
  ["setup"],
  ["module"],
  ["test"],
  ["table"],
  ["frontend"],
  ["frontend", "translations"],
  ["frontend", "setup"],
  ["frontend", "table"],
  ["table", "test", "setup"],
];
for (const product of ["Znuny 7.1", "OTOBO 11.0"]) {
  for (const parts of combinations) {
    test(`so has one with ${parts.join(", ") || "nothing"} for ${product}`, (t) =>
      holdsPromise(t, parts, [product]));
  }
}

test("so has one for several products at once", async (t) => {
  await holdsPromise(t, packageParts, ["OTRS 6.0", "Znuny 6.0", "Znuny 6.5", "Znuny 7.1"]);
  await holdsPromise(t, packageParts, ["OTOBO 10.1", "OTOBO 11.0"]);
  await holdsPromise(t, packageParts, ["Znuny 7.1.3", "Znuny 7.0"]);
});

test("nothing is written without --yes, and the same files are told with it", async (t) => {
  const folder = temporaryFolder(t);
  const before = await run(...words(folder, "--with", "frontend"));
  assert.deepEqual(readdirSync(folder), []);
  const after = await run(...words(folder, "--with", "frontend", "--yes"));
  const pathsIn = (text: string) => text.split("\n").filter((line) => line.startsWith("  "));
  assert.deepEqual(pathsIn(before), pathsIn(after));
  assert.deepEqual(
    pathsIn(after)
      .map((line) => line.trim())
      .sort(),
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) =>
        join(each.parentPath, each.name)
          .slice(folder.length + 1)
          .replaceAll("\\", "/"),
      )
      .sort(),
  );
  assert.match(after, /Its URL leads nowhere; put in your own\./);
});

test("nothing is overwritten, and no link is followed", async (t) => {
  const folder = temporaryFolder(t);
  const elsewhere = temporaryFolder(t);
  const inTheWay: readonly [name: string, make: (path: string) => void][] = [
    ["README.md", (path) => writeFileSync(path, "mine")],
    ["README.md", (path) => symlinkSync(join(elsewhere, "none"), path)],
    ["Kernel", (path) => symlinkSync(elsewhere, path)],
    ["doc", (path) => writeFileSync(path, "mine")],
    ["Other.sopm", (path) => writeFileSync(path, "mine")],
  ];
  for (const [index, [name, make]] of inTheWay.entries()) {
    const own = join(folder, String(index));
    mkdirSync(own);
    make(join(own, name));
    assert.ok((await refused(1, ...words(own, "--yes"))).includes(name), name);
    assert.deepEqual(readdirSync(own), [name]);
  }
  assert.deepEqual(readdirSync(elsewhere), []);
  const file = join(folder, "file");
  writeFileSync(file, "mine");
  assert.match(await refused(1, ...words(file, "--yes")), /is no folder/);
  assert.equal(readFileSync(file, "utf8"), "mine");
});

test("what cannot be the name, the product or the vendor is refused with the reason", async (t) => {
  const folder = join(temporaryFolder(t), "new");
  for (const name of ["", "Ä", "1st", "A b", "../x", "A-1.0", "A_", "-x", "A'B", `A${"b".repeat(60)}`]) {
    assert.match(
      await refused(2, "init", folder, ...required.slice(2), `--name=${name}`, "--yes"),
      /^sopm: (?:“.*” cannot be the name|The name has 61 characters)/,
    );
  }
  assert.match(
    await refused(2, ...words(folder, "--name", "Ticket", "--yes")),
    /Znuny 7\.1 has a file “Kernel\/System\/Ticket\.pm” of its own/,
  );
  assert.match(await refused(2, ...words(folder, "--name", "tICKET", "--yes")), /Ticket\.pm/);
  // Whoever removed such a package would lock all administrators out.
  for (const name of ["Admin", "Users", "stats"]) {
    assert.match(
      await refused(2, ...words(folder, "--name", name, "--with", "setup", "--yes")),
      /every framework has a group “(?:admin|stats|users)” of its own/,
    );
  }
  assert.match(
    await refused(2, ...words(folder, "--product", "OTRS 5.0")),
    /No new package is made for OTRS 5\.0/,
  );
  assert.match(
    await refused(2, ...words(folder, "--product", "OTRS 8.0")),
    /No new package is made for OTRS 8\.0/,
  );
  assert.match(
    await refused(2, ...words(folder, "--product", "OTOBO 11.0")),
    /cannot be for Znuny 7\.1 and OTOBO 11\.0/,
  );
  assert.match(await refused(2, ...words(folder, "--product", "Foo 1")), /no product/);
  assert.match(await refused(2, ...words(folder, "--with", "modul")), /“modul” is no value for --with/);
  for (const vendor of [" ", "a\nb", "a\u202eb"]) {
    await refused(2, ...words(folder, "--vendor", vendor));
  }
  await refused(2, ...words(folder, "--url", "javascript:alert(1)"));
  assert.match(await refused(2, "init", folder), /--name/);
  assert.match(await refused(2, "init", folder, "--name", "A"), /--product/);
  assert.match(await refused(2, "init", folder, "--name", "A", "--product", "Znuny 7.1"), /--vendor/);
});

test("what somebody is called is text in every file", async (t) => {
  const folder = temporaryFolder(t);
  await run(
    ...words(folder, "--with", packageParts.join(","), "--yes", "--license", "<b>]]></b> [% x %] 'a' \\"),
  );
  const template = readFileSync(
    join(folder, "Kernel/Output/HTML/Templates/Standard/AgentAcmeLoans.tt"),
    "utf8",
  );
  assert.doesNotMatch(template.split("<div")[0]!, /\[%/);
  assert.equal(await run("lint", "--format", "unix", folder), "");
});

test("a spec is made of the metadata that opmbuild reads, once it is agreed to", async (t) => {
  const metadata =
    '{ "name": "Acme", "version": "1.0.0", "framework": ["7.1.x"], "exclude_files": ["json"], }';
  const folder = temporaryFolder(t, { "Acme.json": metadata, "Kernel/System/Acme.pm": "1;\n" });
  const given = ["init", folder, "--from-json", join(folder, "Acme.json")];
  const printed = await run(...given);
  assert.match(
    printed,
    /<Filelist>\n {8}<File Permission="644" Location="Kernel\/System\/Acme\.pm"\/>\n {4}</,
  );
  assert.deepEqual(readdirSync(folder).sort(), ["Acme.json", "Kernel"]);
  assert.match(await run(...given, "--yes"), /Acme\.sopm: made of the metadata\./);
  assert.equal(readFileSync(join(folder, "Acme.sopm"), "utf8"), printed);
  assert.match(await refused(1, ...given, "--yes"), /is there already, and is left as it is/);
  const { text, isWritten } = JSON.parse(await run(...given, "--format", "json"));
  assert.deepEqual([text, isWritten], [printed, false]);
  assert.match(await refused(2, ...given, "--name", "Other"), /The metadata say what the package is/);
  assert.match(await refused(2, "init", folder, "--from-json", join(folder, "none.json")), /no such file/);
  assert.match(await refused(2, "init", folder, "--from-json", folder), /is no file; name the JSON/);
  writeFileSync(join(folder, "Acme.json"), "{");
  assert.match(await refused(1, ...given), /Acme\.json” is no JSON: /);
  writeFileSync(join(folder, "Acme.json"), "{}");
  assert.match(await refused(1, ...given), /The metadata have no “name”/);
});

test("a spec leads to its metadata and back, and what they cannot say is told with its line", async (t) => {
  const metadata =
    '{ "name": "Acme", "version": "1.0.0", "framework": ["7.1.x"], "exclude_files": ["json"] }';
  const folder = temporaryFolder(t, { "Acme.json": metadata, "Kernel/System/Acme.pm": "1;\n" });
  await run("init", folder, "--from-json", join(folder, "Acme.json"), "--yes");
  const spec = join(folder, "Acme.sopm");
  assert.deepEqual(JSON.parse(await run("metadata", spec)), {
    ...{ name: "Acme", version: "1.0.0", framework: ["7.1.x"], vendor: {}, description: {} },
  });
  const text = readFileSync(spec, "utf8");
  writeFileSync(spec, text.replace("</otrs_package>", "<CodeInstall>die;</CodeInstall></otrs_package>"));
  assert.match(
    await refused(1, "metadata", spec, "--output", join(folder, "out.json")),
    /Line 11: the metadata cannot say <CodeInstall>, or not this one\./,
  );
  assert.equal(JSON.parse(readFileSync(join(folder, "out.json"), "utf8")).name, "Acme");
});

test("metadata lead out of no folder", async (t) => {
  const metadata = {
    ...{ name: "Acme", version: "1.0.0", framework: ["7.1.x"], changes_file: "../secret" },
    code: [{ type: "Install", inline: "..::secret::x" }],
  };
  const folder = temporaryFolder(t, {
    secret: "1.0 - 2026-01-01 00:00:00\n\nhidden",
    "package/Acme.json": JSON.stringify(metadata),
  });
  const place = join(folder, "package");
  symlinkSync(join(folder, "secret"), join(place, "link"));
  const printed = await run("init", place, "--from-json", join(place, "Acme.json"));
  assert.doesNotMatch(printed, /hidden|secret|link/);
  writeFileSync(join(place, "Acme.json"), JSON.stringify({ ...metadata, changes_file: "link" }));
  assert.doesNotMatch(await run("init", place, "--from-json", join(place, "Acme.json")), /hidden/);
});
