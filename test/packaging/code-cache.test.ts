import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { crc32 } from "node:zlib";
import { LanguageClient } from "../support/language-client.ts";
import { cliBundle, runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** As root, files of others can be made. */
const isRoot = process.getuid?.() === 0;
const somebodyElse = 65_534;

/** A program behind our loader, and a folder in which its code is kept. */
class Trial {
  readonly #home: string;
  readonly folder: string;

  constructor(t: TestContext) {
    const folder = temporaryFolder(t, { "package.json": '{ "type": "commonjs" }' });
    this.#home = join(folder, "home");
    this.folder = join(folder, "cache");
    mkdirSync(this.#home);
    cpSync(cliBundle, join(this.#home, "cli.js"));
    this.write("good");
  }

  /** The program that prints a word of four letters. V8 tells sources apart by their length alone. */
  write(word: string): void {
    const source = `function say() { console.log("${word}"); } say(); exports.isWarm = Promise.resolve(true);\n`;
    writeFileSync(join(this.#home, "cli-bundle.js"), source);
  }

  run(environment: NodeJS.ProcessEnv = { SOPM_CODE_CACHE: this.folder }): string {
    const { SOPM_CODE_CACHE: _, NODE_OPTIONS: __, ...others } = process.env;
    const env = { ...others, ...environment };
    return execFileSync(process.execPath, [join(this.#home, "cli.js")], { env, encoding: "utf8" }).trim();
  }

  /** Has the code of a program kept that prints "evil", in place of the one that is there. */
  plant(): string {
    this.write("evil");
    assert.equal(this.run(), "evil");
    this.write("good");
    const [name, ...others] = readdirSync(this.folder);
    assert.deepEqual(others, []);
    return join(this.folder, name!);
  }
}

test("what was compiled is kept for the user alone, and used at the next start", (t) => {
  const trial = new Trial(t);
  const file = trial.plant();
  assert.equal(trial.run(), "evil", "the source was not looked at");
  if (process.platform === "win32") return;
  assert.equal(statSync(trial.folder).mode & 0o777, 0o700);
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

/** How what is kept can be so that it must not be used. */
const situations: Readonly<Record<string, (file: string, folder: string) => void>> = {
  "it is damaged": (file) => {
    const content = readFileSync(file);
    content[content.length >> 1]! ^= 1;
    writeFileSync(file, content);
  },
  "it has no end": (file) => writeFileSync(file, readFileSync(file).subarray(0, -9)),
  "it is empty": (file) => writeFileSync(file, ""),
  "it is of another V8": (file) => {
    const content = readFileSync(file);
    content[16 + 4]! ^= 1;
    content.writeUInt32LE(crc32(content.subarray(4)), 0);
    writeFileSync(file, content);
  },
  "it is of another Node": (file) => renameSync(file, file.replace(process.version, "v1.0.0")),
  "it is of other bundles": (file) =>
    renameSync(file, file.replace(/cli-[0-9a-f]{16}/, `cli-${"0".repeat(16)}`)),
  "a folder is in its place": (file) => {
    rmSync(file);
    mkdirSync(file);
  },
  ...(process.platform === "win32"
    ? {}
    : {
        "it is a link": (file: string, folder: string) => {
          renameSync(file, join(folder, "elsewhere"));
          symlinkSync("elsewhere", file);
        },
        "it has a second name": (file: string, folder: string) => linkSync(file, join(folder, "elsewhere")),
        "it is a pipe": (file: string) => {
          rmSync(file);
          execFileSync("mkfifo", [file]);
        },
        "its group may write it": (file: string) => chmodSync(file, 0o660),
        "everybody may write it": (file: string) => chmodSync(file, 0o606),
        "the group may write its folder": (_: string, folder: string) => chmodSync(folder, 0o770),
        "everybody may write its folder": (_: string, folder: string) => chmodSync(folder, 0o1777),
        "its folder is a link": (_: string, folder: string) => {
          renameSync(folder, `${folder}-elsewhere`);
          symlinkSync(`${folder}-elsewhere`, folder);
        },
      }),
  ...(isRoot
    ? {
        "it belongs to somebody else": (file: string) => chownSync(file, somebodyElse, somebodyElse),
        "its folder belongs to somebody else": (_: string, folder: string) =>
          chownSync(folder, somebodyElse, somebodyElse),
      }
    : {}),
};
for (const [name, change] of Object.entries(situations)) {
  test(`nothing kept is used when ${name}`, (t) => {
    const trial = new Trial(t);
    change(trial.plant(), trial.folder);
    assert.equal(trial.run(), "good");
    assert.equal(trial.run(), "good", "a second time");
  });
}

test("what may not be used is replaced, and does no harm any more", (t) => {
  const trial = new Trial(t);
  const file = trial.plant();
  situations["it is damaged"]!(file, trial.folder);
  const damaged = readFileSync(file);
  trial.run();
  assert.notDeepEqual(readFileSync(file), damaged);
  trial.write("next");
  assert.equal(trial.run(), "good", "it is used again");
});

test("nothing is written into a folder that others can write", (t) => {
  if (process.platform === "win32") return;
  const trial = new Trial(t);
  mkdirSync(trial.folder);
  chmodSync(trial.folder, 0o777);
  assert.equal(trial.run(), "good");
  assert.deepEqual(readdirSync(trial.folder), []);
});

test("a program starts where nothing can be kept", (t) => {
  const trial = new Trial(t);
  writeFileSync(trial.folder, "a file");
  for (const folder of [trial.folder, join(trial.folder, "below"), "relative", ""]) {
    assert.equal(trial.run({ SOPM_CODE_CACHE: folder }), "good", folder);
  }
  assert.equal(readFileSync(trial.folder, "utf8"), "a file");
});

test("options of V8 have code of their own", (t) => {
  const trial = new Trial(t);
  trial.plant();
  const options = { SOPM_CODE_CACHE: trial.folder, NODE_OPTIONS: "--max-semi-space-size=8" };
  assert.equal(trial.run(options), "good");
  assert.equal(readdirSync(trial.folder).length, 2);
});

test("without a folder that is asked for, that of the user is taken", (t) => {
  if (process.platform === "win32" || process.platform === "darwin") return;
  const trial = new Trial(t);
  const home = temporaryFolder(t);
  trial.run({ HOME: home, XDG_CACHE_HOME: "relative" });
  assert.equal(readdirSync(join(home, ".cache/sopm")).length, 1);
  trial.run({ HOME: home, XDG_CACHE_HOME: join(home, "caches") });
  assert.equal(readdirSync(join(home, "caches/sopm")).length, 1);
  trial.run({ HOME: join(home, "not/there/at/all"), XDG_CACHE_HOME: "" });
  assert.ok(!existsSync(join(home, "not")), "no home is made");
  if (!isRoot) return;
  const other = temporaryFolder(t);
  chownSync(other, somebodyElse, somebodyElse);
  trial.run({ HOME: other, XDG_CACHE_HOME: "" });
  assert.deepEqual(readdirSync(other), [], "the home of somebody else is left as it is");
});

test("the oldest are removed, and nothing but what is ours", (t) => {
  const trial = new Trial(t);
  const newest = trial.plant();
  const foreign = ["cli.cache", "notes.txt", "other-1.cache"];
  for (const name of foreign) writeFileSync(join(trial.folder, name), "");
  for (let index = 0; index < 40; index++) {
    const old = join(trial.folder, `cli-lint-${index}.cache${index % 2 ? ".17.tmp" : ""}`);
    writeFileSync(old, "");
    utimesSync(old, index, index);
  }
  rmSync(newest);
  trial.run();
  const names = readdirSync(trial.folder);
  assert.equal(names.length, 24 + foreign.length);
  assert.ok(existsSync(newest) && names.includes("cli-lint-39.cache.17.tmp"));
  for (const name of foreign) assert.ok(names.includes(name), name);
});

test("a server keeps its code behind its first findings, and starts with what is damaged", async (t) => {
  const folder = join(temporaryFolder(t), "cache");
  const before = process.env.SOPM_CODE_CACHE;
  t.after(() => {
    if (before === undefined) delete process.env.SOPM_CODE_CACHE;
    else process.env.SOPM_CODE_CACHE = before;
  });
  process.env.SOPM_CODE_CACHE = folder;
  const session = async (work: (server: LanguageClient) => unknown) => {
    const server = new LanguageClient();
    await server.initialize();
    const result = await work(server);
    await server.stop();
    return result;
  };
  const findings = (server: LanguageClient) => server.open("untitled:a.sopm", "<otrs_package><Vender/>");
  await session(() => {});
  assert.ok(!existsSync(folder), "nothing was checked");
  const expected = await session(findings);
  const [name, ...others] = readdirSync(folder);
  assert.deepEqual(others, []);
  assert.match(name!, /^server-[0-9a-f]{16}-v/);
  const file = join(folder, name!);
  const first = readFileSync(file);
  assert.deepEqual(await session(findings), expected);
  assert.deepEqual(readFileSync(file), first, "what is good stays");
  writeFileSync(file, first.fill(0x55, 1_000, 90_000));
  assert.deepEqual(await session(findings), expected);
  assert.notDeepEqual(readFileSync(file), first);
});

test("the command line keeps the code of a command that has been run", async (t) => {
  const folder = join(temporaryFolder(t), "cache");
  const run = (...words: string[]) => runCli(words, { SOPM_CODE_CACHE: folder });
  await run("lint", "--help");
  await run("lint", "--no-such-option");
  await run("no-such-command");
  await run("../lint");
  assert.ok(!existsSync(folder));
  const spec = join(temporaryFolder(t, { "A.sopm": "<otrs_package/>" }), "A.sopm");
  const first = await run("lint", spec);
  assert.equal(first.code, 1);
  assert.match(readdirSync(folder).join(), /^cli-lint-[^,]+$/);
  assert.deepEqual(await run("lint", spec), first);
});
