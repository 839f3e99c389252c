import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { serverWorld } from "../../server/src/node/world.ts";
import {
  type FetchedRepositories,
  type OfferedArchive,
  type OffersResult,
  type OrderResult,
  type PerformedOrder,
  type RepositoriesResult,
  repositoryHeaderMethod,
} from "../../server/src/protocol/repositories.ts";
import type { CreateSandboxResult } from "../../server/src/protocol/sandbox.ts";
import type { SandboxDetailsResult, SandboxPackagesResult } from "../../server/src/protocol/sandbox-view.ts";
import { servedPackages } from "../support/served-packages.ts";
import { serverInProcess } from "../support/server-in-process.ts";

/** An editor with a sandbox for Znuny 7.1.3 that knows the served repository. */
async function editor(t: TestContext, settings: (url: string) => object = () => ({})) {
  const served = await servedPackages(t);
  const { folder, url } = served;
  const started = await serverInProcess(
    ...[t, serverWorld()],
    { initializationOptions: { trusted: true, storageFolder: join(folder, "storage") } },
    settings(url),
  );
  const { client } = started;
  const headers = new Map<string, string>();
  client.onRequest(
    repositoryHeaderMethod,
    ({ address }: { address: string }) => headers.get(address) ?? null,
  );
  const made = await client.sendRequest<CreateSandboxResult>("sopm/createSandbox", {
    name: "Box",
    framework: { kind: "product", product: "Znuny 7.1.3" },
  });
  assert.ok(made.kind === "made", JSON.stringify(made));
  const sandbox = made.sandbox.folder;
  const ask = async <Result>(method: string, params: object = {}) =>
    client.sendRequest<Result>(`sopm/${method}`, { folder: sandbox, ...params });
  const repositories = async () => {
    const { systems } = await ask<RepositoriesResult>("repositories");
    assert.equal(systems.length, 1);
    return systems[0]!;
  };
  const add = (location: string, more = {}) =>
    ask("changeRepositories", { add: { location, name: "", vendor: "", isRoot: false, ...more } });
  const offers = async (source: string) => {
    const result = await ask<OffersResult | null>("offers", { source });
    return result?.offers.map(({ name, version, isUpdate, installed = "-" }) =>
      [name, version, installed, isUpdate ? "update" : ""].join(" ").trim(),
    );
  };
  const packages = async () => {
    const result = await ask<SandboxPackagesResult>("sandboxPackages");
    assert.ok(result.kind === "packages");
    return result.packages.map(({ name, version }) => `${name} ${version}`);
  };
  await add(`${url}/`, { name: "Ours", vendor: "Acme" });
  return { ...served, ...started, headers, sandbox, ask, repositories, add, offers, packages };
}

const wanted = (name: string) => ({ wanted: { kind: "package", name } });

test("the view of repositories fetches nothing until somebody asks", async (t) => {
  const { repositories, server, offers, ask } = await editor(t);
  const { folder: _folder, ...system } = await repositories();
  assert.equal(system.product, "Znuny 7.1.3");
  assert.deepEqual(
    system.repositories.map(({ name, vendor, offers: known, problem }) => [name, vendor, known, problem]),
    [["Ours", "Acme", undefined, ""]],
  );
  assert.equal(await offers("Ours"), undefined);
  assert.deepEqual(server.asked, []);
  assert.deepEqual(await ask<FetchedRepositories>("fetchRepositories"), { kind: "fetched", failed: 0 });
  assert.deepEqual((await repositories()).repositories[0]!.offers, { offers: 2, updates: 0, hidden: 1 });
  assert.deepEqual(await offers("Ours"), ["Base 1.0.0 -", "Top 1.1.0 -"]);
  const { hidden } = (await ask<OffersResult>("offers", { source: "Ours" }))!;
  assert.deepEqual(hidden, [
    { name: "Top", version: "1.0.0", reason: "Version 1.1.0 is offered, which is newer." },
  ]);
  assert.equal(server.asked.length, 1);
});

test("what a repository has in place of its index is told in its row, and what to do", async (t) => {
  const { ask, repositories, routes, url } = await editor(t);
  routes["/offers/otrs.xml"] = (_, response) => response.end("<html><body>Sign in</body></html>");
  assert.deepEqual(await ask<FetchedRepositories>("fetchRepositories"), { kind: "fetched", failed: 1 });
  const [row] = (await repositories()).repositories;
  assert.ok(row!.problem.startsWith(`“${url}/otrs.xml” is no index of a repository. It is a web page`));
  assert.match(row!.problem, /Nothing is offered from there\. Check the address/);
  assert.equal(row!.offers, undefined);
});

test("a package is brought with what it requires, in the order that was shown", async (t) => {
  const { ask, packages, offers, repositories, server } = await editor(t);
  const order = await ask<OrderResult>("order", wanted("Top"));
  assert.ok(order.kind === "order", JSON.stringify(order));
  assert.deepEqual(
    order.steps.map(({ name, version, action, verdict, before }) => [
      name,
      version,
      action,
      verdict.kind,
      before,
    ]),
    [
      ["Base", "1.0.0", "install", "good", undefined],
      ["Top", "1.1.0", "install", "good", undefined],
    ],
  );
  assert.deepEqual(await packages(), []);
  const agreed = order.steps.map(({ name, version, source }) => ({ name, version, source }));
  const other = await ask<PerformedOrder>("performOrder", { ...wanted("Top"), agreed: agreed.slice(1) });
  assert.deepEqual(other, { kind: "changed" });
  assert.deepEqual(await packages(), []);
  const done = await ask<PerformedOrder>("performOrder", { ...wanted("Top"), agreed });
  assert.ok(done.kind === "performed" && done.isComplete, JSON.stringify(done));
  assert.deepEqual(await packages(), ["Base 1.0.0", "Top 1.1.0"]);
  // What was fetched is looked at again for the system as it is now, and not fetched again.
  const count = server.asked.length;
  assert.deepEqual(await offers("Ours"), ["Base 1.0.0 1.0.0", "Top 1.1.0 1.1.0"]);
  assert.equal((await repositories()).repositories[0]!.offers?.updates, 0);
  assert.equal(server.asked.length, count);
  const absent = await ask<OrderResult>("order", wanted("Absent"));
  assert.ok(absent.kind === "order");
  assert.equal(absent.refusal, "No repository offers “Absent”.");
});

test("an update is told in the view of sandboxes, and updating all tells which edge keeps a package from it", async (t) => {
  const { ask, repository, packages, offers } = await editor(t);
  const apply = (file: string) =>
    ask("applyToSandbox", { uri: pathToFileURL(join(repository, file)).href, operation: "install" });
  await apply("Base-1.0.0.opm");
  await apply("Top-1.0.0.opm");
  await ask("fetchRepositories");
  assert.deepEqual(await offers("Ours"), ["Base 1.0.0 1.0.0", "Top 1.1.0 1.0.0 update"]);
  const details = await ask<SandboxDetailsResult>("sandboxDetails");
  assert.ok(details.kind === "details");
  assert.deepEqual(
    details.packages.map(({ name, update }) => [name, update]),
    [
      ["Base", undefined],
      ["Top", { version: "1.1.0", from: { kind: "repository", name: "Ours", file: "Top-1.1.0.opm" } }],
    ],
  );
  const order = await ask<OrderResult>("order", { wanted: { kind: "all" } });
  assert.ok(order.kind === "order");
  assert.deepEqual(
    order.steps.map(({ outcome }) => outcome),
    ["Base 1.0.0 is up to date", "Top is upgraded from 1.0.0 to 1.1.0"],
  );
  const agreed = order.steps.map(({ name, version, source }) => ({ name, version, source }));
  const done = await ask<PerformedOrder>("performOrder", { wanted: { kind: "all" }, agreed });
  assert.ok(done.kind === "performed" && done.isComplete, JSON.stringify(done));
  assert.deepEqual(await packages(), ["Base 1.0.0", "Top 1.1.0"]);
});

test("what a package requires and nobody offers is named with the class of the framework", async (t) => {
  const { ask, routes, index } = await editor(t);
  const without = index.replace(/<Package>\s*<Name>Base<[\s\S]*?<\/Package>/, "");
  assert.notEqual(without, index);
  routes["/offers/otrs.xml"] = (_, response) => response.end(without);
  const order = await ask<OrderResult>("order", wanted("Top"));
  assert.ok(order.kind === "order");
  assert.match(order.refusal, /requires “Base”, which no repository offers/);
  assert.deepEqual(
    order.failures.map(({ name, failure }) => `${name} ${failure}`),
    ["Base NotFound", "Top DependencyFail"],
  );
});

test("the archive of an offer is fetched when somebody wants to see it, and has a name that can be read", async (t) => {
  const { ask, repository, folder, add, repositories, server } = await editor(t);
  const asked = { source: "Ours", file: "Top-1.1.0.opm" };
  const archive = await ask<OfferedArchive>("offeredArchive", asked);
  assert.ok(archive.kind === "archive", JSON.stringify(archive));
  const path = fileURLToPath(archive.uri);
  assert.ok(path.startsWith(join(folder, "storage", "offers")) && path.endsWith("Top-1.1.0.opm"), path);
  assert.deepEqual(readFileSync(path), readFileSync(join(repository, "Top-1.1.0.opm")));
  assert.deepEqual(await ask<OfferedArchive>("offeredArchive", asked), archive);
  const absent = await ask<OfferedArchive>("offeredArchive", { ...asked, file: "Absent.opm" });
  assert.ok(absent.kind === "failed");
  assert.match(absent.message, /Absent\.opm/);
  // One in a folder is where it is, and nothing is asked of anybody for it.
  writeFileSync(join(repository, "otrs.xml"), await (await fetch(`${server.url}/offers/otrs.xml`)).text());
  await add(repository, { name: "Local" });
  await ask("fetchRepositories");
  assert.deepEqual(
    (await repositories()).repositories.map(({ name }) => name),
    ["Local", "Ours"],
  );
  const count = server.asked.length;
  const local = await ask<OfferedArchive>("offeredArchive", { source: "Local", file: "Top-1.1.0.opm" });
  assert.deepEqual(local.kind === "archive" && fileURLToPath(local.uri), join(repository, "Top-1.1.0.opm"));
  assert.equal(server.asked.length, count);
});

test("a server that wants a header gets the one that the editor keeps, and no answer has it", async (t) => {
  const { ask, repositories, headers, url, routes, index } = await editor(t);
  routes["/offers/otrs.xml"] = ({ headers: sent }, response) =>
    sent.authorization === "Bearer very-secret" ? response.end(index) : response.writeHead(401).end();
  assert.deepEqual(await ask("fetchRepositories"), { kind: "fetched", failed: 1 });
  const { problem, offers } = (await repositories()).repositories[0]!;
  assert.match(problem, /status 401/);
  assert.equal(offers, undefined);
  headers.set(url, "Authorization: Bearer very-secret");
  assert.deepEqual(await ask("fetchRepositories"), { kind: "fetched", failed: 0 });
  const told = await repositories();
  assert.equal(told.repositories[0]!.problem, "");
  assert.doesNotMatch(JSON.stringify(told), /very-secret/);
});

test("the proxy of the editor is asked for what is not on this computer", async (t) => {
  const { ask, add, server, repositories, routes, index } = await editor(t);
  routes["http://packages.example.com/znuny/otrs.xml"] = (_, response) => response.end(index);
  await add("http://packages.example.com/znuny", { name: "Far" });
  const proxy = { address: server.url, exceptFor: [], authorization: "Basic x" };
  await ask("fetchRepositories", { proxy });
  const far = server.asked.find(({ headers }) => headers.host === "packages.example.com");
  assert.equal(far?.headers["proxy-authorization"], "Basic x");
  const asked = (await repositories()).repositories.map(({ name, problem }) => [name, problem]);
  assert.deepEqual(asked, [
    ["Far", ""],
    ["Ours", ""],
  ]);
});

test("a repository is removed again, and what is none is not added", async (t) => {
  const { ask, add, repositories, url, folder } = await editor(t);
  const refused = await add(join(folder, "absent"));
  assert.match(JSON.stringify(refused), /There is no folder/);
  assert.match(JSON.stringify(await add("http://name:pass@example.com/a")), /"failed"/);
  assert.equal((await repositories()).repositories.length, 1);
  assert.deepEqual(await ask("changeRepositories", { drop: url }), { kind: "changed" });
  assert.deepEqual((await repositories()).repositories, []);
});

test("the settings of a user name repositories for all sandboxes, which do not count twice", async (t) => {
  const { repositories, add, ask, folder } = await editor(t, (url) => ({
    repositories: [`${url}/`, `${url}/more`, "relative", "ftp://example.com/a"],
  }));
  const listed = async () =>
    (await repositories()).repositories.map(({ name, isOfSettings }) => [name, isOfSettings]);
  const { url } = { url: (await repositories()).repositories[0]!.location! };
  assert.deepEqual(await listed(), [
    ["Ours", false],
    [`${url}/more`, true],
  ]);
  await add(folder, { name: "Nothing here" });
  await ask("fetchRepositories");
  const problems = (await repositories()).repositories.map(({ name, problem }) => [name, problem !== ""]);
  assert.deepEqual(problems, [
    ["Nothing here", true],
    ["Ours", false],
    [`${url}/more`, true],
  ]);
});
