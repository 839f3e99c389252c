import assert from "node:assert/strict";
import { test } from "node:test";
import { Database } from "../../server/src/database/database.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import type { Setting } from "../../server/src/sysconfig/setting.ts";
import { DataProblem, DataReader } from "../../server/src/system/data-reader.ts";
import {
  readSandboxDescription,
  type SandboxDescription,
  sandboxDescriptionData,
} from "../../server/src/system/sandbox-description.ts";
import {
  readSystemData,
  type SystemData,
  type SystemPart,
  systemPartData,
  systemParts,
} from "../../server/src/system/system-data.ts";

const context = {
  knowledge: noKnowledge,
  databaseKind: "mysql",
  release: { dialect: "znuny-7", version: "7.1.7" },
} as const;

const setting: Setting = {
  ...{ name: "Acme::Setting", file: "Acme.xml", description: "A", navigation: "Core", configLevel: "" },
  ...{ required: false, valid: true, readOnly: false, invisible: false },
  ...{ userModificationPossible: true, userModificationActive: false },
  value: { __proto__key: ["1", { deep: "2" }], constructor: "3" },
};

const system: SystemData = {
  packages: [{ name: "Acme", version: "1.0.0", vendor: "V", status: "installed", digest: "a".repeat(64) }],
  database: new Database("mysql", noKnowledge),
  settings: new Map([[setting.name, setting]]),
  files: {
    ledger: new Map([
      ["gone.pm", { kind: "gone" }],
      ["b.pm.save", { kind: "file", origin: "b.pm", mode: 0o644 }],
    ]),
    modes: new Map([["bin/x", 0o4755]]),
  },
};

function dataOf(part: SystemPart): unknown {
  return JSON.parse(JSON.stringify(systemPartData(part, system)));
}

function read(change: (part: SystemPart, data: unknown) => unknown = (_, data) => data): SystemData {
  return readSystemData((part) => new DataReader(change(part, dataOf(part)), part), context);
}

test("a system that was written is read as it was", () => {
  const { database, ...rest } = read();
  assert.deepEqual(rest.packages, system.packages);
  assert.deepEqual(rest.settings, system.settings);
  assert.deepEqual(rest.files, system.files);
  assert.equal(database.kind, "mysql");
});

/** Every place in data, with a function that puts something else there. */
function* placesIn(data: unknown, path = ""): Generator<{ path: string; put(value: unknown): unknown }> {
  if (typeof data !== "object" || data === null) return;
  for (const key of Object.keys(data)) {
    const inner = `${path}/${key}`;
    const value = (data as Record<string, unknown>)[key];
    const put = (other: unknown) =>
      Array.isArray(data) ? Object.assign([...data], { [key]: other }) : { ...data, [key]: other };
    yield { path: inner, put };
    for (const each of placesIn(value, inner))
      yield { path: each.path, put: (other) => put(each.put(other)) };
  }
}

test("whatever is of the wrong kind is noticed, with its place", () => {
  let count = 0;
  for (const part of systemParts) {
    for (const { path, put } of placesIn(dataOf(part))) {
      // No field may be a function's name, a fraction or a boolean where a text is expected, and the other way round.
      const wrong = path.includes("/value/") ? 7 : 1.5;
      assert.throws(
        () => read((name, data) => (name === part ? put(wrong) : data)),
        (error) => {
          assert.ok(error instanceof DataProblem, `${part}${path}: ${error}`);
          assert.ok(error.place.startsWith(part), `${error.place} is in ${part}`);
          return true;
        },
        `${part}${path}`,
      );
      count++;
    }
  }
  assert.ok(count > 30, `${count} places were tried`);
});

test("a digest that could be the name of another file is none", () => {
  for (const digest of ["../../x", "A".repeat(64), "a".repeat(63), ""]) {
    const rows = [{ ...system.packages[0], digest }];
    assert.throws(() => read((part, data) => (part === "packages" ? rows : data)), DataProblem);
  }
});

test("a value of a setting that is deeper than any stack is refused", () => {
  let value: unknown = "x";
  for (let depth = 0; depth < 5_000; depth++) value = [value];
  assert.throws(
    () => read((part, data) => (part === "settings" ? [{ ...setting, value }] : data)),
    DataProblem,
  );
});

test("what a sandbox stands for is read as it was written", () => {
  const description: SandboxDescription = {
    ...{ name: "Box", vendor: undefined, product: "Znuny", version: "7.1.3", dialect: "znuny-7" },
    ...{ databaseKind: "postgresql", operatingSystem: "linux", assumeModules: false },
    perlModules: new Map([["DBI", "1.643"]]),
    origin: { kind: "checkout", folder: "/opt/znuny" },
    created: "2024-05-02 00:00:00",
    repositories: [{ name: "Own", location: "/srv/opm", vendor: "Acme", root: false }],
    firstState: 2,
  };
  const data = JSON.parse(JSON.stringify(sandboxDescriptionData(description)));
  assert.deepEqual(readSandboxDescription(new DataReader(data)), description);
  for (const { path, put } of placesIn(data)) {
    assert.throws(() => readSandboxDescription(new DataReader(put(1.5))), DataProblem, path);
  }
});
