import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fitsSystem, unmetModule } from "../../server/src/model/requirements.ts";
import { sharedFolder } from "../support/shared.ts";

test("an operating system is matched as a whole, letter case aside", () => {
  assert.equal(fitsSystem("linux", ["MSWin32", "Linux"]), true);
  assert.equal(fitsSystem("linux", ["lin"]), false);
  assert.equal(fitsSystem("linux", ["[Ll]inux"]), true);
  assert.equal(fitsSystem("linux", [undefined, "0", ""]), false);
});

const modules = (name: string) => ({ "Digest::MD5": "2.58", Unversioned: "" })[name];

test("a module asked for without a version ends the check", () => {
  const wanted = [{ name: "Digest::MD5" }, { name: "Absent", version: "1.0" }];
  assert.equal(unmetModule(wanted, modules, "otobo-11"), undefined);
  assert.equal(unmetModule(wanted.toReversed(), modules, "otobo-11")?.kind, "missing");
});

test("a module without a version of its own counts as 0, in OTRS before 5.0.21 as good enough", () => {
  const wanted = [{ name: "Unversioned", version: "1.0" }];
  assert.equal(unmetModule(wanted, modules, "znuny-7")?.kind, "too-old");
  assert.equal(unmetModule(wanted, modules, { dialect: "otrs-5", version: "5.0.20" }), undefined);
  assert.equal(unmetModule(wanted, modules, { dialect: "otrs-5", version: "5.0.21" })?.kind, "too-old");
});

const folder = sharedFolder("vectors/versions");
if (folder) {
  const read = <Row>(name: string) =>
    (JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as { rows: Row[] }).rows;

  const systems = read<{ os: string[]; running: string; ok: 0 | 1 }>("os.json");
  test(`${systems.length} recorded checks of operating systems`, () => {
    for (const { os, running, ok } of systems) {
      assert.equal(fitsSystem(running, os), ok === 1, JSON.stringify(os));
    }
  });

  const lists = read<{ required: { module: string; version: string | null }[]; ok: 0 | 1; message?: string }>(
    "modules.json",
  );
  test(`${lists.length} recorded checks of modules`, () => {
    for (const { required, ok, message } of lists) {
      const wanted = required.map(({ module, version }) => ({ name: module, version: version ?? undefined }));
      const unmet = unmetModule(wanted, modules, "otobo-11");
      assert.equal(unmet === undefined, ok === 1, JSON.stringify(required));
      if (unmet) assert.equal(unmet.kind === "missing", message!.endsWith("not installed!"));
    }
  });
}
