import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { testServer } from "../support/hostile-server.ts";
import { runHere } from "../support/run-here.ts";
import { sharedFolder } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What the frameworks did, asked of the command line. */
const folder = sharedFolder("vectors");
const znunyFolder = sharedFolder("vectors-znuny");

function json<Content>(file: string): Content {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** A folder of a test, with a cache of its own for what is fetched. */
function workFolder(t: TestContext): string {
  const place = temporaryFolder(t);
  const before = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = join(place, "cache");
  t.after(() => {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
  });
  return place;
}

function archive(name: string, version: string): string {
  return (
    `<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package version="1.0"><Name>${name}</Name><Version>${version}</Version>` +
    '<Vendor>V</Vendor><License>L</License><Description Lang="en">D</Description><Framework>7.1.x</Framework></otrs_package>\n'
  );
}

interface InstalledRow {
  readonly name: string;
  readonly version: string;
  readonly status?: string;
}

/** Makes a sandbox with packages in it. */
async function sandboxWith(place: string, framework: string, rows: readonly InstalledRow[]): Promise<string> {
  const sandbox = join(place, "system");
  const files = rows.map(({ name, version, status }) => {
    const file = join(place, `${name}-${version}.opm`);
    writeFileSync(file, archive(name, version));
    return { file, isInstalled: status === undefined || status === "installed" };
  });
  const installed = files.filter(({ isInstalled }) => isInstalled).map(({ file }) => file);
  const made = await runHere([
    ...["sandbox", "create", "--no-flush", "--product", `Znuny ${framework}`, sandbox, ...installed],
  ]);
  assert.equal(made.code, 0, made.stderr);
  for (const { file, isInstalled } of files) {
    if (isInstalled) continue;
    const added = await runHere(["sandbox", "add", "--no-flush", sandbox, file]);
    assert.equal(added.code, 0, added.stderr);
  }
  return sandbox;
}

interface OrderRow {
  readonly case: string;
  readonly installed: readonly { readonly Name: string; readonly Version: string }[];
  readonly online: readonly {
    readonly Name: string;
    readonly Version: string;
    readonly PackageRequired?: readonly { readonly Content: string; readonly Version?: string }[];
  }[];
  readonly result: {
    readonly InstallOrder: Readonly<Record<string, number>>;
    readonly Failed: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}

function entryOf({ Name, Version, PackageRequired = [] }: OrderRow["online"][number]): string {
  const required = PackageRequired.map(({ Content, Version: wanted }) =>
    wanted === undefined
      ? `<PackageRequired>${Content}</PackageRequired>`
      : `<PackageRequired Version="${wanted}">${Content}</PackageRequired>`,
  );
  return (
    `<Package><Name>${Name}</Name><Version>${Version}</Version><Framework>7.1.x</Framework>${required.join("")}` +
    `<File>${Name}.opm</File></Package>`
  );
}

test("orders of installation, by the command line", { skip: !folder }, async (t) => {
  const { rows } = json<{ rows: readonly OrderRow[] }>(join(folder!, "order/order.json"));
  assert.ok(rows.length > 20);
  for (const [index, row] of rows.entries()) {
    const place = join(workFolder(t), String(index));
    const repository = join(place, "offers");
    mkdirSync(repository, { recursive: true });
    writeFileSync(
      join(repository, "otrs.xml"),
      `<otrs_package_list version="1.0">${row.online.map(entryOf).join("")}</otrs_package_list>`,
    );
    const installed = row.installed.map(({ Name, Version }) => ({ name: Name, version: Version }));
    const sandbox = await sandboxWith(place, "7.1.7", installed);
    const { stdout } = await runHere([
      ...["sandbox", "order", sandbox, "--repository", repository, "--format", "json"],
    ]);
    const { order, failures } = JSON.parse(stdout);
    const named = order.map(({ name, number }: { name: string; number: number }) => [name, number]);
    const failed = failures.map(({ failure, names }: { failure: string; names: string[] }) => [
      failure,
      Object.fromEntries(names.map((name) => [name, 1])),
    ]);
    const found = { InstallOrder: Object.fromEntries(named), Failed: Object.fromEntries(failed) };
    assert.deepEqual(found, row.result, row.case);
  }
});

interface IndexCase {
  readonly case: string;
  readonly directory?: string;
  readonly exitCode: number;
  readonly expected?: string;
}

test("indexes, by the command line", { skip: !folder }, async () => {
  const cases = json<readonly IndexCase[]>(join(folder!, "index/cases.json")).filter(
    (each) => each.directory,
  );
  assert.ok(cases.length >= 2);
  for (const each of cases) {
    const { code, stdout } = await runHere([
      ...["index", "--dialect", "otobo-11", join(folder!, "index", each.directory!)],
    ]);
    assert.equal(code, each.exitCode, each.case);
    if (each.expected)
      assert.equal(stdout, readFileSync(join(folder!, "index", each.expected), "utf8"), each.case);
  }
});

interface RepositoryCase {
  readonly case: string;
  readonly call: string;
  readonly parameters?: {
    readonly Source: string;
    readonly Lang?: string;
    readonly File?: string;
    readonly IncludeSameVersion?: number;
  };
  readonly framework?: string;
  readonly local?: readonly InstalledRow[];
  readonly repositoryList: unknown;
  readonly repositoryRoot: readonly string[];
  readonly requests: readonly (readonly [path: string, headers: Readonly<Record<string, string>>])[];
  readonly result: unknown;
  readonly died?: string;
}

interface Listed {
  readonly Name: string;
  readonly Version: string;
  readonly File: string;
  readonly Local?: number;
  readonly Installed?: number;
  readonly Upgrade?: number;
}

test("repositories over HTTP as Znuny reads them, by the command line", { skip: !znunyFolder }, async (t) => {
  const { cases, files } = json<{
    cases: readonly RepositoryCase[];
    files: Readonly<Record<string, string>>;
  }>(join(znunyFolder!, "repository/repository.json"));
  const place = workFolder(t);
  let base = "";
  const placed = (text: string) => text.replaceAll("BASE/", `${base}/`);
  const server = await testServer(t, {
    "*": ({ url = "" }, response) => {
      const path = url.slice(1);
      if (Object.hasOwn(files, path)) response.end(placed(files[path]!));
      else response.writeHead(404).end();
    },
  });
  base = server.url;
  const tried = new Map<string, number>();
  for (const [index, row] of cases.entries()) {
    const { call, parameters } = row;
    // What requires what is asked of packages, not of repositories.
    if (call.startsWith("GetRequired")) continue;
    tried.set(call, (tried.get(call) ?? 0) + 1);
    const own = join(place, String(index));
    mkdirSync(own);
    const sandbox = await sandboxWith(own, row.framework ?? "7.1.7", row.local ?? []);
    const list = join(own, "list.json");
    writeFileSync(list, placed(JSON.stringify(row.repositoryList)));
    const source = placed(parameters?.Source ?? "");
    const isAddress = source.startsWith("http");
    const given = [
      ...["--list", list, ...row.repositoryRoot.flatMap((root) => ["--root", placed(root)])],
      ...(isAddress && call !== "PackageOnlineGet" ? ["--repository", source] : []),
    ];
    const before = server.asked.length;
    const run = (words: readonly string[]) => runHere(["sandbox", ...words, ...given]);
    if (call === "ConfiguredRepositoryListGet") {
      const { stdout } = await run(["repositories", sandbox, "--format", "json"]);
      const found = JSON.parse(stdout).repositories.map(({ name, url, header }: Record<string, string>) => [
        name,
        { url, header },
      ]);
      const wanted = Object.entries(row.result as Record<string, Record<string, string>>).map(
        ([name, { URL: url, AuthHeaderKey: header }]) => [name, { url: placed(url!), header }],
      );
      assert.deepEqual(Object.fromEntries(found), Object.fromEntries(wanted), row.case);
    } else if (call === "PackageOnlineGet") {
      const output = join(own, "fetched.opm");
      const { code, stderr } = await run(["fetch", sandbox, source, parameters!.File!, output]);
      assert.equal(code, 0, `${row.case}: ${stderr}`);
      assert.equal(readFileSync(output, "utf8"), placed(row.result as string), row.case);
    } else if (call === "RepositoryPackageListGet") {
      const all = parameters!.IncludeSameVersion === 1 ? ["--all"] : [];
      const { code, stdout } = await run(["offers", sandbox, "--format", "json", ...all]);
      if (row.died !== undefined) assert.equal(code, 1, row.case);
      const found = JSON.parse(stdout)
        .offers.filter((offer: { source: string }) => offer.source === source)
        .map(({ name, version, file, isLocal, isInstalled, isUpgrade }: Record<string, unknown>) => ({
          ...{ name, version, file, isLocal, isInstalled, isUpgrade },
        }));
      const wanted = ((row.result ?? []) as readonly Listed[]).map((each) => ({
        ...{ name: each.Name, version: each.Version, file: each.File },
        isLocal: each.Local === 1,
        isInstalled: each.Installed === 1,
        isUpgrade: each.Upgrade === 1,
      }));
      assert.deepEqual(found, wanted, row.case);
      const asked = server.asked
        .slice(before)
        .map(({ url, headers }) => JSON.stringify([url, headers["x-key"] ?? null]));
      for (const [path, headers] of row.requests)
        assert.ok(asked.includes(JSON.stringify([path, headers["X-Key"] ?? null])), `${row.case}: ${path}`);
    } else {
      assert.equal(call, "_PackageOnlineListGet");
      const { stdout } = await run(["offers", sandbox, "--all", "--format", "json"]);
      const found = JSON.parse(stdout).offers.map(
        ({ name, version }: Record<string, string>) => `${name} ${version}`,
      );
      assert.deepEqual(found, (row.result as { list: readonly string[] }).list, row.case);
    }
  }
  assert.ok((tried.get("RepositoryPackageListGet") ?? 0) > 10, JSON.stringify([...tried]));
});
