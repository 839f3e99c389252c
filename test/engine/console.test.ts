import assert from "node:assert/strict";
import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import {
  fileSearchCommand,
  listCommand,
  listFilesCommand,
} from "../../server/src/engine/console/list-commands.ts";
import { type ArchivePlaces, resolveLocation } from "../../server/src/engine/console/resolve-location.ts";
import { runOperation } from "../../server/src/engine/console/run-operation.ts";
import { packageOf, systemOf, withRows } from "../support/test-system.ts";

function archive(name: string, version: string, more = ""): string {
  return `<otrs_package><Name>${name}</Name><Version>${version}</Version><Vendor>V</Vendor>${more}</otrs_package>`;
}

const stored = [
  packageOf(archive("Acme", "1.0.0")),
  packageOf(archive("Acme", "2.0.0")),
  packageOf(archive("Odd", "12345.0.0")),
];

/** What a location leads to: the version from the package table, what a place was asked for, or nothing. */
async function found(location: string, dialect: DialectId, version: string): Promise<string | undefined> {
  const answer = (text: string) => packageOf(archive("Elsewhere", text));
  const places: ArchivePlaces = {
    file: async (path) => (path === "there.opm" || path === "a:b.opm" ? answer(`file ${path}`) : undefined),
    repository: async (source, file) => ({
      contents: file === "gone" ? undefined : answer(`${source} | ${file}`),
      log: [],
    }),
    sources: [
      { name: "[-Master-] one", url: "http://one" },
      { name: "[-Master-] two", url: "http://two" },
      { name: "Other", url: "http://zzz" },
    ],
  };
  const result = await resolveLocation(location, withRows(systemOf(dialect, version), ...stored), places);
  return result.kind === "found" ? result.contents.structure!.single.Version!.content : undefined;
}

const locations: readonly (readonly [
  location: string,
  newZnuny: string | undefined,
  others: string | undefined,
])[] = [
  ["there.opm", "file there.opm", "file there.opm"],
  ["a:b.opm", "a | b.opm", "file a:b.opm"],
  ["http://host/path:Acme", "http://host/path | Acme", "http://host/path | Acme"],
  ["a:b:c", "a:b | c", "a:b | c"],
  ["a:gone", undefined, undefined],
  ["online:Acme", "online | Acme", "http://two | Acme"],
  ["Acme", "1.0.0", "1.0.0"],
  ["acme", undefined, undefined],
  ["Acme-2.0.0", "2.0.0", "2.0.0"],
  ["Acme-2.0", undefined, undefined],
  ["Acme-02.0.0", undefined, undefined],
  ["Odd-12345.0.0", "12345.0.0", undefined],
  ["", undefined, undefined],
];
for (const [location, newZnuny, others] of locations) {
  test(`the location ${JSON.stringify(location)}`, async () => {
    assert.equal(await found(location, "znuny-7", "7.1.3"), newZnuny);
    assert.equal(await found(location, "znuny-6", "6.3.4"), newZnuny);
    assert.equal(await found(location, "znuny-6", "6.2.2"), others);
    assert.equal(await found(location, "otrs-6", "6.0.41"), others);
    assert.equal(await found(location, "otobo-11", "11.0.6"), others);
  });
}

test("an intro before is printed even if the operation is refused then, but not when the command itself refuses", async () => {
  const intro = '<IntroInstall Type="pre">Before it</IntroInstall><IntroInstall>Behind it</IntroInstall>';
  const contents = packageOf(archive("Acme", "1.0.0", `${intro}<Framework>1.0.x</Framework>`));
  const places: ArchivePlaces = {
    file: async () => contents,
    repository: async () => ({ contents: undefined, log: [] }),
  };
  const system = systemOf("znuny-7", "7.1.3");
  const refused = await runOperation("install", "a.opm", system, places);
  assert.equal(refused.exitCode, 1);
  assert.equal(refused.output.length, 1);
  const again = await runOperation("install", "a.opm", withRows(system, contents), places);
  assert.equal(again.output.length, 0);
  const forced = await runOperation("install", "a.opm", system, places, { force: true });
  assert.equal(forced.exitCode, 0);
  assert.equal(forced.output.length, 2);
});

const list = withRows(
  systemOf("znuny-7", "7.1.3"),
  packageOf(archive("Beta", "1.0.0", '<Filelist><File Location="Kernel/B.pm" Permission="644"/></Filelist>')),
  packageOf(
    archive("Hidden", "1.0.0", '<PackageIsVisible/><Filelist><File Location="Kernel/H.pm"/></Filelist>'),
  ),
  {
    contents: packageOf(
      archive(
        "alpha",
        "1.0.0",
        '<Description Lang="de">D</Description><Description Lang="en">E</Description>',
      ),
    ),
    status: "not installed",
  },
);

test("the list has every row that is not hidden, sorted by name", async () => {
  const { output } = await listCommand(list, { showDeployment: true });
  const lines = output.flatMap((each) =>
    each.kind === "package" ? [each.lines.map(({ field, value }) => `${field}=${value}`)] : [],
  );
  assert.equal(lines.length, 2);
  assert.deepEqual(lines[0]?.slice(0, 1), ["name=alpha"]);
  assert.deepEqual(lines[0]?.slice(-2), ["description=E", "deployment=OK"]);
  assert.deepEqual(lines[1]?.slice(-2), ["deployment=Not OK", "file-status=Kernel/B.pm: missing"]);
});

test("the list can be narrowed down by name and version", async () => {
  assert.equal((await listCommand(list, { filter: "BETA-1\\." })).output.length, 1);
  assert.equal((await listCommand(list, { filter: "Beta$" })).output.length, 0);
  assert.equal((await listCommand(list, { filter: "(" })).output.length, 0);
});

test("files are listed with their packages, and found by any part of their location", async () => {
  assert.deepEqual((await listFilesCommand(list)).output, [
    { kind: "file", package: "Beta", location: "Kernel/B.pm" },
  ]);
  // Other than the lists, the search does not mind what is hidden.
  assert.equal((await fileSearchCommand(list, "Kernel/")).output.length, 2);
  assert.equal((await fileSearchCommand(list, "kernel/")).exitCode, 1);
});

test("where nothing is installed the lists say so", async () => {
  const empty = systemOf("znuny-7", "7.1.3");
  assert.equal((await listCommand(empty)).output[0]?.kind, "message");
  assert.equal((await listFilesCommand(empty)).output[0]?.kind, "message");
});

test("OTRS before 5.0 has no console commands for packages", async () => {
  const contents = packageOf(archive("Acme", "1.0.0"));
  const places: ArchivePlaces = {
    file: async () => contents,
    repository: async () => ({ contents: undefined, log: [] }),
  };
  const run = async (dialect: DialectId, version: string) =>
    (await runOperation("install", "a.opm", systemOf(dialect, version), places)).exitCode;
  assert.equal(await run("otrs-legacy", "4.0.13"), 1);
  assert.equal(await run("otrs-5", "5.0.1"), 0);
});

test("from Znuny 7.3.7 on the list tells the deployment of every package", async () => {
  const fields = async (version: string) => {
    const run = await listCommand(
      withRows(systemOf("znuny-7", version), packageOf(archive("Acme", "1.0.0"))),
    );
    return run.output.flatMap((each) =>
      each.kind === "package" ? each.lines.map(({ field }) => field) : [],
    );
  };
  assert.ok(!(await fields("7.3.6")).includes("deployment"));
  assert.ok((await fields("7.3.7")).includes("deployment"));
});
