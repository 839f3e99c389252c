import assert from "node:assert/strict";
import { test } from "node:test";
import { type BuildRequest, buildPackage, opinionOfBuilt } from "../../server/src/engine/build-package.ts";
import { buildStamp } from "../../server/src/engine/build-stamp.ts";
import { defaultLintSettings } from "../../server/src/engine/lint.ts";
import { makeClock } from "../../server/src/host/clock.ts";
import type { OpinionOptions, SchemaOpinion } from "../../server/src/host/schema-validator.ts";
import { filesOf } from "../support/bare-world.ts";
import { goodPackage } from "../support/cli-package.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";

/** A package on a disk in memory, and a validator that says what a test wants to hear. */
function packageWith(opinion: SchemaOpinion = { kind: "valid" }) {
  const files = Object.entries(goodPackage).map(([path, text]) => [`/ws/acme/${path}`, text]);
  const disk = new MemoryWorkspace(Object.fromEntries(files));
  const asked: OpinionOptions[] = [];
  const world = memoryWorld({
    ...filesOf(disk),
    schemaValidator: {
      ask: async (_file, _family, options) => {
        asked.push(options);
        return opinion;
      },
    },
  });
  const request: BuildRequest = {
    spec: "/ws/acme/Acme.sopm",
    settings: defaultLintSettings,
    mode: "framework",
    force: false,
    allowSymlinks: false,
    strictSchema: "off",
    untrustedFolders: ["/ws"],
  };
  return { disk, world, request, asked };
}

const invalid: SchemaOpinion = { kind: "invalid", messages: ["[error] no"] };

test("a package is built where there is no Node", async () => {
  const { disk, world, request, asked } = packageWith(invalid);
  const result = await buildPackage(request, world);
  assert.equal(result.kind, "built");
  const [path = ""] = [...disk.files.keys()].filter((each) => each.endsWith(".opm"));
  assert.match(path, /^\/ws\/acme\/Acme-[\d.]+\.opm$/);
  assert.match(disk.files.get(path)!, /<BuildHost>test-host<\/BuildHost>/);
  assert.deepEqual(asked, []);
});

test("a schema's validator that must agree keeps a package from being built, unless that is forced", async () => {
  const { world, request, asked } = packageWith(invalid);
  const result = await buildPackage({ ...request, strictSchema: "on" }, world);
  assert.equal(result.kind, "failed");
  assert.deepEqual(asked[0]?.untrustedFolders, ["/ws", "/ws/acme", "/ws/acme"]);
  const forced = await buildPackage({ ...request, strictSchema: "on", force: true }, world);
  assert.equal(forced.kind === "built" && forced.notes.length, 1);
});

test("whose opinion is only of interest is asked when the archive is there", async () => {
  const { world, request } = packageWith(invalid);
  const wish = { ...request, strictSchema: "auto" } as const;
  assert.equal((await buildPackage(wish, world)).kind, "built");
  assert.equal((await opinionOfBuilt(wish, "znuny-7", world))?.notes.length, 1);
  assert.equal(await opinionOfBuilt(request, "znuny-7", world), undefined);
});

test("an opinion that cannot be had or is not waited for is none", async () => {
  for (const opinion of [{ kind: "not-asked", reason: "no-java" }, { kind: "cancelled" }] as const) {
    const { world, request } = packageWith(opinion);
    assert.equal(await opinionOfBuilt({ ...request, strictSchema: "auto" }, "znuny-7", world), undefined);
  }
});

test("a spec that is not there fails and says so", async () => {
  const { world, request } = packageWith();
  const result = await buildPackage({ ...request, spec: "/ws/acme/Other.sopm" }, world);
  assert.equal(result.kind, "failed");
  assert.deepEqual(result.kind === "failed" && result.messages[0].values, {
    file: "Other.sopm",
    reason: "ENOENT",
  });
});

test("the time of a build is that of the framework's clock, of opmbuild's or of SOURCE_DATE_EPOCH", () => {
  const world = memoryWorld({
    clock: {
      ...makeClock(() => new Date(0)),
      now: () => "2026-01-02 03:00:00",
      nowInUtc: () => "2026-01-02 02:00:00",
    },
  });
  const wishes = { mode: "framework" } as const;
  assert.equal(buildStamp(wishes, "znuny-7", world).date, "2026-01-02 02:00:00");
  assert.equal(buildStamp(wishes, "otrs-5", world).date, "2026-01-02 03:00:00");
  assert.equal(buildStamp({ mode: "opmbuild" }, "znuny-7", world).date, "2026-01-02 03:00:00");
  const machine = { name: () => "here", variable: () => "981173106" };
  assert.deepEqual(buildStamp(wishes, "otrs-5", { ...world, machine }), {
    date: "2001-02-03 04:05:06",
    host: "here",
  });
});

test("a build as a version is compared with the versions that were released before", async () => {
  const { disk, world, request } = packageWith();
  const spec = disk.files.get(request.spec)!;
  const sections = `<DatabaseInstall Type="post"><TableCreate Name="acme_room"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/></TableCreate></DatabaseInstall>
    <DatabaseUpgrade Type="post"><TableCreate Name="acme_room" Version="2.0.0"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/></TableCreate></DatabaseUpgrade>
    <DatabaseUninstall Type="post"><TableDrop Name="acme_room"/></DatabaseUninstall>
</otrs_package>`;
  disk.files.set(
    "/ws/acme/Acme-2.0.0.opm",
    spec.replace(/<Version>.*?<\/Version>/, "<Version>2.0.0</Version>"),
  );
  // Another package is none of its versions.
  disk.files.set("/ws/acme/Acme-More-3.0.0.opm", spec.replace(/<Name>.*?<\/Name>/, "<Name>Acme-More</Name>"));
  disk.files.set(request.spec, spec.replace("</otrs_package>", sections));
  const told = async (version: string) => {
    const result = await buildPackage({ ...request, version }, world);
    assert.ok("brought" in result);
    return result.brought
      .filter(({ rule }) => /released$|increased$/.test(rule))
      .map(({ rule, arguments: values }) => [rule, values?.version]);
  };
  assert.deepEqual(await told("2.1.0"), [["db-upgrade-version-released", "2.0.0"]]);
  // Of a version that a build puts in nothing is known before.
  const unnumbered = disk.files
    .get(request.spec)!
    .replace(/<Version>.*?<\/Version>/, "<Version>0.0.0</Version>");
  disk.files.set(request.spec, unnumbered);
  assert.deepEqual(await told("1.9.0"), [["version-not-increased", "1.9.0"]]);
});

test("a package that a database surely refuses is not built, unless that is forced or nobody tries it", async () => {
  const { disk, world, request } = packageWith();
  const table =
    '<TableCreate Name="acme_twice"><Column Name="id" Type="BIGINT" Required="true"/></TableCreate>';
  const sections = `<DatabaseInstall Type="post">${table}<TableAlter Name="acme_twice"><ColumnAdd Name="id" Type="BIGINT"/></TableAlter></DatabaseInstall>`;
  const text = goodPackage["Acme.sopm"]!.replace(/(?=<Filelist>)/, sections);
  disk.files.set("/ws/acme/Acme.sopm", text);
  const rules = {
    "column-exists": "off",
    "column-duplicate": "off",
    "install-upgrade-drift": "off",
  } as const;
  const settings = { ...defaultLintSettings, rules };
  const tried = { ...request, settings, databases: ["mysql"] } as const;
  const result = await buildPackage(tried, world);
  assert.ok(result.kind === "blocked", result.kind);
  assert.deepEqual(
    result.errors.map(({ rule }) => rule),
    ["statement-makes-twice"],
  );
  assert.ok(result.canForce);
  assert.equal((await buildPackage({ ...tried, force: true }, world)).kind, "built");
  assert.equal((await buildPackage({ ...tried, databases: [] }, world)).kind, "built");
});
