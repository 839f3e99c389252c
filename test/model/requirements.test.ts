import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fitsSystem, unmetModule } from "../../server/src/model/requirements.ts";
import { readLine } from "../lifecycle/framework-log.ts";
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

  const systems = read<{ os: string[]; running: string; ok: 0 | 1; message?: string }>("os.json");
  test(`${systems.length} recorded checks of operating systems`, () => {
    for (const { os, running, ok, message } of systems) {
      assert.equal(fitsSystem(running, os), ok === 1, JSON.stringify(os));
      const values = ok === 1 ? undefined : { wanted: os.join(", "), system: running };
      assert.deepEqual(message === undefined ? undefined : readLine(message)?.values, values);
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
      if (!unmet) {
        assert.equal(message, undefined);
        continue;
      }
      const { name, version = "" } = unmet.requirement;
      const [says, , advice = ""] = /^(.*? installed!)( (You need .*))?$/.exec(message!)!.slice(1);
      const line = readLine(says!.replace("<INSTALLED>", unmet.kind === "missing" ? "" : unmet.installed));
      assert.deepEqual(line?.ids, [unmet.kind === "missing" ? "module-missing" : "module-too-old"]);
      const installed = unmet.kind === "missing" ? {} : { installed: unmet.installed };
      assert.deepEqual(line?.values, { name, version, ...installed });
      assert.equal(advice.includes(name), unmet.kind !== "missing");
    }
  });
}
