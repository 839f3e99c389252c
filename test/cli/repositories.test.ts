import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodSpec } from "../support/cli-package.ts";
import { runHere } from "../support/run-here.ts";
import { servedPackages } from "../support/served-packages.ts";

/** The same with a sandbox for Znuny 7.1.3. */
async function work(t: TestContext) {
  const served = await servedPackages(t);
  const { folder } = served;
  const sandbox = join(folder, "system");
  const run = async (
    [command, ...words]: readonly string[],
    code = 0,
    environment: NodeJS.ProcessEnv = {},
  ) => {
    const ended = await runHere(["sandbox", command!, sandbox, ...words], environment, { cwd: folder });
    assert.equal(ended.code, code, `${command}: ${ended.stderr}${ended.stdout}`);
    return ended.stderr + ended.stdout;
  };
  const json = async (words: readonly string[], code = 0) => {
    const text = await run([...words, "--format", "json"], code);
    return JSON.parse(text.slice(text.indexOf("{")));
  };
  return { ...served, sandbox, run, json };
}

test("a repository in the web gives lists, archives, installs by name and upgrades", async (t) => {
  const { run, json, url, folder, server, repository } = await work(t);
  await run(["create", "--product", "Znuny 7.1.3", "--repository", `${url}/`]);
  assert.deepEqual(await json(["repositories"]), {
    repositories: [{ name: url, url }],
  });
  const { offers } = await json(["offers"]);
  assert.deepEqual(
    offers.map(({ name, version }: Record<string, string>) => `${name} ${version}`),
    ["Base 1.0.0", "Top 1.1.0"],
  );
  const { hidden } = await json(["offers", "--hidden"]);
  assert.deepEqual(
    hidden.map(({ name, version, reason }: Record<string, string>) => [name, version, reason]),
    [["Top", "1.0.0", "Version 1.1.0 is offered, which is newer."]],
  );
  await run(["fetch", url, "Top", join(folder, "top.opm")]);
  assert.deepEqual(readFileSync(join(folder, "top.opm")), readFileSync(join(repository, "Top-1.1.0.opm")));

  await run(["install", join(repository, "Base-1.0.0.opm")]);
  await run(["install", join(repository, "Top-1.0.0.opm")]);
  assert.match(await run(["upgrade-all"]), /Top is upgraded from 1\.0\.0 to 1\.1\.0/);
  await run(["uninstall", "Top"]);
  await run(["uninstall", "Base"]);
  const said = await run(["install", "Top"]);
  assert.equal(
    said,
    `1. Base 1.0.0 from “${url}”\n2. Top 1.1.0 from “${url}”\n✓ Base 1.0.0 is installed\n✓ Top 1.1.0 is installed\n`,
  );
  assert.match(await run(["install", "Absent"], 1), /No repository offers “Absent”/);
  assert.match(await run(["upgrade", "Top"]), /Top 1\.1\.0 is up to date/);
  assert.ok(server.asked.every(({ method }) => method === "GET"));
});

test("what keeps packages from being offered is told for a system of another release", async (t) => {
  const { run, url, json } = await work(t);
  await run(["create", "--product", "Znuny 6.5.1"]);
  const { offers, hidden } = await json(["offers", "--hidden", "--repository", url]);
  assert.deepEqual(offers, []);
  assert.match(hidden[0].reason, /^It is for other versions of the framework \(7\.1\.x\)/);
});

test("repositories come from the settings' value in both forms, and from root documents in the web", async (t) => {
  const { folder, run, json, url, routes, server } = await work(t);
  routes["/root.xml"] = (_, response) =>
    response.end(
      `<repository_list><Repository><Name>Ours</Name><URL>${url}</URL></Repository></repository_list>`,
    );
  await run(["create", "--product", "Znuny 7.1.3"]);
  const root = ["--root", `${server.url}/absent.xml`, "--root", `${server.url}/root.xml`];
  const { repositories } = await json(["repositories", ...root]);
  assert.deepEqual(repositories, [{ name: "Ours", url }]);
  assert.equal((await json(["offers", ...root])).offers.length, 2);
  const list = join(folder, "list.json");
  const [key, secret] = ["X-Key", "very-secret"];
  const entry = { Name: "Mine", URL: url, AuthHeaderKey: key, AuthHeaderValue: secret };
  writeFileSync(list, JSON.stringify([entry]));
  const listed = await run(["repositories", "--list", list, "--format", "json"]);
  assert.deepEqual(JSON.parse(listed).repositories, [{ name: "Mine", url, header: key }]);
  assert.doesNotMatch(listed, /very-secret/);
  await run(["offers", "--list", list]);
  assert.equal(server.asked.at(-1)!.headers["x-key"], secret);
  writeFileSync(list, JSON.stringify({ [url]: "Mine" }));
  assert.match(await run(["repositories", "--list", list]), /has a form that Znuny 7\.1\.3 passes over/);
});

test("what a repository has in place of its index is told, and what to do", async (t) => {
  const { url, routes, index, folder, repository } = await work(t);
  const others: readonly (readonly [string | Uint8Array, string])[] = [
    ["<!DOCTYPE html>\n<html><body><input></body></html>", "It is a web page"],
    ["<html><body>Sign in</body></html>", "It is a web page"],
    ['{"message": "Not Found"}', "It is JSON."],
    ["", "It is empty."],
    [Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), "It is a ZIP archive."],
    [readFileSync(join(repository, "Base-1.0.0.opm")), "It is a package."],
    ["<feed><entry/></feed>", "Its root element is <feed>."],
  ];
  for (const [product, name, framework] of [
    ["Znuny 7.1.3", "otrs.xml", "7.1.x"],
    ["OTOBO 11.0.5", "otobo.xml", "11.0.x"],
  ] as const) {
    const sandbox = join(folder, name);
    const at = async (command: string, code: number) => {
      const ended = await runHere(["sandbox", command, sandbox], {}, { cwd: folder });
      assert.equal(ended.code, code, `${command}: ${ended.stderr}${ended.stdout}`);
      return ended.stderr;
    };
    await runHere(["sandbox", "create", sandbox, "--product", product, "--repository", url]);
    for (const [content, what] of others) {
      routes[`/offers/${name}`] = (_, response) => response.end(content);
      for (const said of [await at("offers", 1), await at("repositories", 0)]) {
        assert.ok(said.startsWith(`sopm: “${url}/${name}” is no index of a repository. ${what}`), said);
        assert.match(said, /Nothing is offered from there\. Check the address/);
        assert.doesNotMatch(said, /XML parser|cannot be loaded/);
      }
    }
    const family = name.slice(0, -4);
    routes[`/offers/${name}`] = (_, response) => response.end(`<${family}_package_list>`);
    assert.match(await at("repositories", 0), /The XML parser refuses the index/);
    const entries = index.replaceAll("otrs_package_list", "any").replaceAll("7.1.x", framework);
    routes[`/offers/${name}`] = (_, response) => response.end(entries);
    assert.equal(await at("offers", 0), "", "entries count below any root element");
  }
});

test("what stands in place of a document that lists repositories is told, and what to do", async (t) => {
  const { run, url, routes, server } = await work(t);
  await run(["create", "--product", "Znuny 7.1.3", "--repository", url]);
  const root = `${server.url}/root.xml`;
  for (const [content, what] of [
    ["<!DOCTYPE html><html><body><input></body></html>", "It is a web page"],
    ["", "It is empty."],
    ["<otrs_package_list></otrs_package_list>", "It is the index of a repository."],
  ] as const) {
    routes["/root.xml"] = (_, response) => response.end(content);
    const said = await run(["offers", "--root", root], 1);
    assert.ok(said.startsWith(`sopm: “${root}” is no list of repositories. ${what}`), said);
    assert.match(said, /No repositories come from there\. Check the address/);
  }
  routes["/root.xml"] = (_, response) => response.end("<none></none>");
  assert.match(await run(["offers", "--root", root]), /^Base/, "one may be empty");
});

test("a header comes from a file or the environment, and no message has it", async (t) => {
  const { folder, run, url, routes, index } = await work(t);
  routes["/offers/otrs.xml"] = ({ headers }, response) =>
    headers.authorization === "Bearer very-secret" ? response.end(index) : response.writeHead(401).end();
  await run(["create", "--product", "Znuny 7.1.3", "--repository", url]);
  const refused = await run(["offers"], 1);
  assert.match(refused, /wants to know who is asking.*status 401.*Name the header/s);
  const line = `${url} Authorization: Bearer very-secret`;
  writeFileSync(join(folder, "headers"), line);
  assert.match(await run(["offers", "--headers", join(folder, "headers")]), /^Base/);
  assert.match(await run(["offers"], 0, { SOPM_REPOSITORY_HEADERS: line }), /^Base/);
  const wrong = await run(["offers"], 1, { SOPM_REPOSITORY_HEADERS: `${url} Authorization very-secret` });
  assert.match(wrong, /Line 1 of SOPM_REPOSITORY_HEADERS is no header/);
  assert.doesNotMatch(wrong, /very-secret/);
});

test("a repository whose address has a password is never written into a sandbox", async (t) => {
  const { run } = await work(t);
  const said = await run(
    ["create", "--product", "Znuny 7.1.3", "--repository", "https://me:very-secret@example.com"],
    1,
  );
  assert.match(said, /has a name or a password in it/);
  assert.doesNotMatch(said, /very-secret/);
});

test("an index that names files elsewhere gets none of them, from this computer least of all", async (t) => {
  const { run, url, routes, index, folder, server } = await work(t);
  writeFileSync(join(folder, "secret.opm"), "secret");
  await run(["create", "--product", "Znuny 7.1.3"]);
  for (const file of ["../secret.opm", `%2e%2e/%2e%2e${folder}/secret.opm`, "..\\secret.opm"]) {
    routes["/offers/otrs.xml"] = (_, response) =>
      response.end(index.replaceAll(/<File>Base[^<]*/g, `<File>${file}`));
    const said = await run(["install", "Base", "--repository", url], 1);
    assert.match(said, /leads out of the repository/, file);
  }
  assert.ok(server.asked.every(({ url: asked }) => asked!.endsWith("otrs.xml")));
});

test("a root document in the web that names folders of this computer gets none of them read", async (t) => {
  const { run, routes, server, repository, index, json } = await work(t);
  routes["/root.xml"] = (_, response) =>
    response.end(`<l><Repository><Name>Yours</Name><URL>${repository}</URL></Repository></l>`);
  await run(["create", "--product", "Znuny 7.1.3"]);
  assert.match(await run(["offers", "--root", `${server.url}/root.xml`], 1), /which is not followed/);
  // Whoever names the folder as well may have it read.
  writeFileSync(join(repository, "otrs.xml"), index);
  const both = ["--root", `${server.url}/root.xml`, "--repository", repository];
  assert.equal((await json(["offers", ...both])).offers.length, 4);
});

test("a sandbox comes to know repositories and documents, whose they are, and forgets them", async (t) => {
  const { run, url, json, routes, server, repository, index } = await work(t);
  writeFileSync(join(repository, "otrs.xml"), index);
  routes["/root.xml"] = (_, response) =>
    response.end(`<l><Repository><Name>Ours</Name><URL>${url}</URL></Repository></l>`);
  await run(["create", "--product", "OTOBO 11.0.5"]);
  const root = `${server.url}/root.xml`;
  await run(["repositories", "--add-root", root]);
  await run(["repositories", "--add", repository, "--vendor", "Acme Inc."]);
  const { repositories } = await json(["repositories"]);
  assert.deepEqual(repositories, [
    { name: repository, url: repository, vendor: "Acme Inc." },
    { name: "Ours", url },
  ]);
  await run(["repositories", "--drop", root]);
  assert.equal((await json(["repositories"])).repositories.length, 1);
  assert.match(await run(["repositories", "--drop", root], 2), /knows no repository/);
  assert.match(await run(["repositories", "--vendor", "X"], 2), /--vendor is for what is added/);
  assert.match(await run(["repositories", "--add", "https://me:pw@x.example"], 1), /a name or a password/);
});

test("only a name is taken from repositories", async (t) => {
  const { run, url, folder } = await work(t);
  await run(["create", "--product", "Znuny 7.1.3"]);
  const file = join(folder, "Base.sopm");
  assert.match(await run(["install", file, "--repository", url], 2), /taken by its name/);
  assert.match(await run(["uninstall", "Base", "--repository", url], 2), /Only install and upgrade/);
  assert.match(
    await run(["install", "Base", "--repository", url, "--version", "1.0.0"], 2),
    /--version is for one file/,
  );
  assert.match(await run(["install", "Base", "--repository", url, "--format", "html"], 2), /as text or JSON/);
});

test("a release that refuses what is not verified is told of with the setting that allows it", async (t) => {
  const { run, url } = await work(t);
  await run(["create", "--product", "OTRS 6.0.30"]);
  assert.match(await run(["offers", "--repository", url]), /Package::AllowNotVerifiedPackages/);
});

test("a repository that only an installed package names is listed, and is never this computer", async (t) => {
  const { folder, run, json, url, server } = await work(t);
  await run(["create", "--product", "Znuny 7.1.3"]);
  const setting = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_config version="2.0" init="Application">
  <Setting Name="Package::RepositoryList" Required="0" Valid="1">
    <Description Translatable="1">Repositories.</Description>
    <Navigation>Core::Package</Navigation>
    <Value><Array><Item><Hash><Item Key="Name">Theirs</Item><Item Key="URL">${url}</Item></Hash></Item></Array></Value>
  </Setting>
</otrs_config>
`;
  mkdirSync(join(folder, "Kernel/Config/Files/XML"), { recursive: true });
  writeFileSync(join(folder, "Kernel/Config/Files/XML/Acme.xml"), setting);
  const withSetting = goodSpec.replace(
    "</Filelist>",
    '<File Permission="644" Location="Kernel/Config/Files/XML/Acme.xml"/></Filelist>',
  );
  writeFileSync(join(folder, "Acme.sopm"), withSetting);
  await run(["install", join(folder, "Acme.sopm")]);
  assert.deepEqual(await json(["repositories"]), { repositories: [{ name: "Theirs", url }] });
  assert.match(await run(["offers"], 1), /“Acme\.xml” sends us to .*which is not followed/);
  assert.deepEqual(server.asked, []);
  // A user who names it wants it, and then it counts under both names.
  const { offers } = await json(["offers", "--repository", url]);
  assert.deepEqual([...new Set(offers.map(({ source }: Record<string, string>) => source))], ["Theirs", url]);
});
