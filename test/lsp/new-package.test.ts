import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { serverWorld } from "../../server/src/node/world.ts";
import {
  type NewPackageChoices,
  type NewPackageResult,
  newPackageChoicesRequest,
  newPackageRequest,
} from "../../server/src/protocol/new-package.ts";
import { serverInProcess } from "../support/server-in-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("an editor asks what can be chosen, whether it will do, and has a package made", async (t) => {
  const folder = temporaryFolder(t);
  const { client } = await serverInProcess(t, serverWorld());
  const choices = await client.sendRequest<NewPackageChoices>(newPackageChoicesRequest.method, {});
  assert.ok(choices.products.includes("Znuny 7.1"));
  assert.ok(!choices.products.some((each) => each.startsWith("OTRS 5")));
  assert.match(choices.licenses.Znuny!, /AFFERO/);
  assert.match(choices.licenses.OTOBO!, /^GNU GENERAL/);
  const make = (own: object) =>
    client.sendRequest<NewPackageResult>(newPackageRequest.method, {
      ...{ folder, name: "AcmeLoans", vendor: "Acme", products: ["Znuny 7.1"], parts: ["module"] },
      ...{ checkOnly: false, ...own },
    });
  for (const wrong of [{ name: "Ticket" }, { products: [] }, { products: ["Foo 1"] }, { vendor: "" }]) {
    assert.equal((await make({ ...wrong, checkOnly: true })).kind, "failed");
  }
  assert.equal((await make({ checkOnly: true })).kind, "made");
  assert.deepEqual(readdirSync(folder), []);
  const made = await make({});
  assert.ok(made.kind === "made");
  assert.equal(made.spec, join(folder, "AcmeLoans.sopm"));
  assert.ok(made.files.every((path) => existsSync(join(folder, path))));
  assert.equal((await make({ checkOnly: true, folder: undefined })).kind, "made");
  assert.equal((await make({ checkOnly: true })).kind, "failed");
  const again = await make({});
  assert.ok(again.kind === "failed");
  assert.match(again.message, /AcmeLoans\.sopm/);
});
