import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeLens } from "vscode-languageserver";
import { defaultSystem } from "../../server/src/engine/default-system.ts";
import { makeTexts } from "../../server/src/l10n/texts.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { operations } from "../../server/src/protocol/operations.ts";
import { readProductVersion } from "../../server/src/system/product-version.ts";
import { bareWorld, filesOf } from "../support/bare-world.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { posixPaths } from "../support/posix-paths.ts";
import { serverInProcess, type TalkingServer } from "../support/server-in-process.ts";
import { specWithSql } from "../support/spec-with-sql.ts";

const uri = "file:///ws/Acme.sopm";

/** A world with a package in it, and a German of one text. */
function worldWith(files: Readonly<Record<string, string>>) {
  const disk = new MemoryWorkspace(files);
  const texts = makeTexts(() => ({ "Preview SQL": "SQL ansehen" }));
  return { disk, world: memoryWorld({ ...filesOf(disk), texts }) };
}

const packaged = Object.fromEntries(Object.entries(goodPackage).map(([path, text]) => [`/ws/${path}`, text]));

test("two servers in one process share neither language nor documents nor what they know of files", async (t) => {
  const first = worldWith(packaged);
  const second = worldWith({ "/ws/Acme.sopm": goodSpec });
  const german = await serverInProcess(t, first.world, { locale: "de" });
  const english = await serverInProcess(t, second.world, { locale: "en" });

  await german.open(uri, goodSpec);
  await english.open(uri, goodSpec);
  await english.until(() => english.published(uri)?.includes("file-not-found") === true);
  await german.until(() => german.published(uri)?.length === 0);

  const titles = await Promise.all(
    [german, english].map(async ({ client }) => {
      const lenses: CodeLens[] = await client.sendRequest("textDocument/codeLens", { textDocument: { uri } });
      return lenses.map(({ command }) => command?.title).find((title) => title?.includes("SQL"));
    }),
  );
  assert.deepEqual(titles, ["SQL ansehen", "Preview SQL"]);

  await german.client.sendNotification("textDocument/didClose", { textDocument: { uri } });
  assert.equal(await german.client.sendRequest("textDocument/hover", at(5)), null);
  assert.notEqual(await english.client.sendRequest("textDocument/hover", at(5)), null);
});

test("two servers that work at the same time say what each of them says alone", async (t) => {
  const other = "Kernel/System/Other.pm";
  const places = [
    { locale: "de", settings: { database: "postgresql", simulation: "off" }, files: packaged },
    {
      locale: "en",
      settings: { rules: { "file-not-found": "warning" }, simulation: "off" },
      files: { [`/ws/${other}`]: "1;\n" },
    },
  ];
  const listed = ["Kernel/System/Acme.pm", other].map(
    (location) => `<File Permission="660" Location="${location}"/>`,
  );
  const text = specWithSql.replace(
    "<DatabaseInstall",
    `<Filelist>${listed.join("")}</Filelist><DatabaseInstall`,
  );
  const start = async ({ locale, settings, files }: (typeof places)[number]) => {
    const node = nodeWorld();
    const { clock, machine, schemaValidator } = bareWorld();
    const world = { ...node, ...filesOf(new MemoryWorkspace(files)), paths: posixPaths };
    const workspaceFolders = [{ uri: "file:///ws", name: "ws" }];
    return serverInProcess(
      t,
      { ...world, clock, machine, schemaValidator },
      { locale, workspaceFolders },
      settings,
    );
  };
  const begin = async (server: TalkingServer) => {
    await server.open(uri, text);
    await server.until(() => server.published(uri)?.includes("file-not-found") === true);
  };
  const questions = [
    ...text.split("\n").flatMap((_, line) => [
      ["textDocument/hover", at(line)],
      ["textDocument/completion", at(line)],
    ]),
    ...operations.map((operation) => ["sopm/dryRun", { uri, operation }]),
    ["textDocument/codeAction", { ...at(0), range: whole, context: { diagnostics: [] } }],
    ["sopm/sqlPreview", { uri, database: "oracle" }],
  ] as readonly (readonly [string, object])[];

  const alone: unknown[][] = [];
  for (const place of places) {
    const server = await start(place);
    await begin(server);
    const said: unknown[] = [server.last(uri)];
    for (const question of questions) said.push(await server.client.sendRequest(...question));
    alone.push(said);
  }
  assert.notDeepEqual(alone[0], alone[1]);

  const servers = await Promise.all(places.map(start));
  await Promise.all(servers.map(begin));
  const together: unknown[][] = servers.map((server) => [server.last(uri)]);
  for (const question of questions) {
    const answers = await Promise.all(servers.map(({ client }) => client.sendRequest(...question)));
    for (const [place, answer] of answers.entries()) together[place]!.push(answer);
  }
  assert.deepEqual(together, alone);
});

test("worlds of one process have no system in common", () => {
  const product = readProductVersion("Znuny 7.1.3")!;
  const [one, other] = [nodeWorld(), nodeWorld()].map(
    ({ knowledge }) =>
      () =>
        defaultSystem(product, "mysql", knowledge.knowledgeFor),
  );
  const first = one!();
  assert.ok(first === one!(), "it is kept");
  assert.ok(first !== other!());
  assert.ok(first.facts !== other!().facts);
});

test("a package is built by a server that has no disk", async (t) => {
  const { disk, world } = worldWith(packaged);
  const { client } = await serverInProcess(t, world);
  const built: { kind: string; path?: string } = await client.sendRequest("sopm/build", {
    uri,
    force: false,
  });
  assert.deepEqual([built.kind, built.path], ["built", "/ws/Acme-1.0.0.opm"]);
  assert.ok(disk.files.has("/ws/Acme-1.0.0.opm"));
});

const whole = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

function at(line: number) {
  return { textDocument: { uri }, position: { line, character: 6 } };
}
