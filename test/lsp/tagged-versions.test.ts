import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { World } from "../../server/src/host/world.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import { GitRepository, smallSpec, testWithGit as test } from "../support/git-repository.ts";
import { serverInProcess } from "../support/server-in-process.ts";

test("an open spec is compared with what tags have released, in a trusted workspace only", async (t) => {
  const repository = new GitRepository(t);
  repository.commit({ "Acme.sopm": smallSpec("1.0.0"), "Kernel/System/Acme.pm": "1;\n" }, "v1.0.0");
  const more = '<File Permission="660" Location="Kernel/System/More.pm"/></Filelist>';
  const text = smallSpec("1.0.0").replace("</Filelist>", more);
  const uri = pathToFileURL(join(repository.folder, "Acme.sopm")).href;
  const rule = "version-not-increased";
  // Timers of a server keep no process alive.
  const timer = setInterval(() => {}, 1000);
  t.after(() => clearInterval(timer));
  for (const trusted of [false, true]) {
    const world = nodeWorld();
    let asked = 0;
    const histories: World["histories"] = {
      open: (...place) => {
        asked++;
        return world.histories!.open(...place);
      },
    };
    const server = await serverInProcess(t, { ...world, histories }, { initializationOptions: { trusted } });
    await server.open(uri, text);
    await server.until(() => server.published(uri)?.includes(rule) === trusted);
    assert.equal(server.published(uri)?.includes(rule), trusted);
    assert.equal(asked > 0, trusted);
  }
});

test("specs that are not open are compared with what tags have released, once the workspace is trusted", async (t) => {
  const repository = new GitRepository(t);
  repository.commit({ "Acme.sopm": smallSpec("1.0.0"), "Kernel/System/Acme.pm": "1;\n" }, "v1.0.0");
  const more = '<File Permission="660" Location="Kernel/System/More.pm"/></Filelist>';
  repository.write({ "Acme.sopm": smallSpec("1.0.0").replace("</Filelist>", more) });
  const uri = pathToFileURL(join(repository.folder, "Acme.sopm")).href;
  const timer = setInterval(() => {}, 1000);
  t.after(() => clearInterval(timer));
  const folders = [{ uri: pathToFileURL(repository.folder).href, name: "Acme" }];
  const server = await serverInProcess(t, nodeWorld(), {
    workspaceFolders: folders,
    initializationOptions: { trusted: false },
  });
  await server.until(() => server.published(uri)?.includes("file-not-found") === true);
  assert.equal(server.published(uri)?.includes("version-not-increased"), false);
  await server.client.sendNotification("sopm/trust", {});
  await server.until(() => server.published(uri)?.includes("version-not-increased") === true);
});

test("a tag that comes later is known to specs that are not open", async (t) => {
  const repository = new GitRepository(t);
  repository.commit({ "Acme.sopm": smallSpec("1.0.0"), "Kernel/System/Acme.pm": "1;\n" });
  const more = '<File Permission="660" Location="Kernel/System/More.pm"/></Filelist>';
  repository.write({ "Acme.sopm": smallSpec("1.0.0").replace("</Filelist>", more) });
  const folder = pathToFileURL(repository.folder).href;
  const uri = `${folder}/Acme.sopm`;
  const timer = setInterval(() => {}, 1000);
  t.after(() => clearInterval(timer));
  const world = nodeWorld();
  let answered = 0;
  const histories: World["histories"] = {
    async open(...place) {
      const answer = await world.histories!.open(...place);
      answered++;
      return answer;
    },
  };
  const server = await serverInProcess(
    t,
    { ...world, histories },
    { workspaceFolders: [{ uri: folder, name: "Acme" }], initializationOptions: { trusted: true } },
  );
  await server.until(() => answered > 0 && server.published(uri)?.includes("file-not-found") === true);
  assert.equal(server.published(uri)?.includes("version-not-increased"), false);
  repository.git("tag", "v1.0.0");
  await server.client.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri: `${folder}/.git/refs/tags/v1.0.0`, type: 1 }],
  });
  await server.until(() => server.published(uri)?.includes("version-not-increased") === true);
});
