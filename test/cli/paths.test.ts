import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { type CliResult, runCli } from "../support/run-cli.ts";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const notOnWindows = { skip: process.platform === "win32" ? "there is no such thing on Windows" : false };

/** Who may not read everything: the user of the tests, or nobody when that is root. */
const commonUser = process.getuid?.() === 0 ? { uid: 65534 } : {};

/** A package, a place to write to beside it, and a secret that links lead to. */
function makePackage(t: TestContext): string {
  const folder = temporaryFolder(t, {
    ...goodPackage,
    "Acme.sopm": goodSpec,
    "out/inner/real": "before",
    "secret/file": "secret",
  });
  chmodSync(folder, 0o755);
  return folder;
}

/** The two that write a file whose name is known: an archive and a report. */
const writers: Readonly<Record<string, (folder: string) => readonly [words: string[], target: string]>> = {
  build: (folder) => [["build", "Acme.sopm", "--output", "out"], join(folder, "out/Acme-1.0.0.opm")],
  "dry-run": (folder) => [
    ["dry-run", "install", "Acme.sopm", "--output", "out/report.txt"],
    join(folder, "out/report.txt"),
  ],
};

/** What stands in the way, how to put it there, and what is said of it. */
const obstacles: Readonly<Record<string, readonly [put: (target: string) => void, said: RegExp]>> = {
  "a folder": [(target) => mkdirSync(target), /is a folder, which no file can replace\./],
  "a pipe": [(target) => execFileSync("mkfifo", [target]), /is a device, a pipe or a socket, which is left/],
  "a link to a device": [(target) => symlinkSync("/dev/null", target), /is a device, a pipe or a socket/],
  "a link to a folder": [
    (target) => symlinkSync("inner", target),
    /is a folder, which no file can replace\./,
  ],
  "a link that leads out": [
    (target) => symlinkSync("../secret/file", target),
    /is a link that leads out of that folder or nowhere, and nothing is written through it\.(.|\n)*Take the link away/,
  ],
  "a link that leads nowhere": [
    (target) => symlinkSync("nowhere", target),
    /leads out of that folder or nowhere/,
  ],
  "a link to a link that leads out": [
    (target) => {
      symlinkSync("../secret/file", `${target}.link`);
      symlinkSync(`${target}.link`, target);
    },
    /leads out of that folder or nowhere/,
  ],
  "links in a circle": [(target) => symlinkSync(target, target), /symbolic links lead in a circle/],
};

for (const [writer, callOf] of Object.entries(writers)) {
  for (const [what, [put, said]] of Object.entries(obstacles)) {
    test(`${writer} leaves ${what} in the place of its file alone`, notOnWindows, async (t) => {
      const folder = makePackage(t);
      const [words, target] = callOf(folder);
      put(target);
      const before = readdirSync(join(folder, "out"));
      const kind = (path: string) => lstatSync(path).mode;
      const mode = kind(target);
      const { code, stdout, stderr } = await runCli(words, {}, { cwd: folder });
      assert.match(stderr, said);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.deepEqual(readdirSync(join(folder, "out")), before);
      assert.equal(kind(target), mode);
      assert.equal(readFileSync(join(folder, "secret/file"), "utf8"), "secret");
      assert.ok(!existsSync(join(folder, "out/nowhere")));
    });
  }

  test(`${writer} follows a link inside the folder, and leaves it a link`, notOnWindows, async (t) => {
    const folder = makePackage(t);
    const [words, target] = callOf(folder);
    symlinkSync("inner/real", target);
    const { code, stderr } = await runCli(words, {}, { cwd: folder });
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(readlinkSync(target), "inner/real");
    assert.notEqual(readFileSync(target, "utf8"), "before");
    assert.deepEqual(readdirSync(join(folder, "out/inner")), ["real"]);
  });

  test(`${writer} keeps permissions and owner of the file that it replaces`, notOnWindows, async (t) => {
    const folder = makePackage(t);
    const [words, target] = callOf(folder);
    for (const mode of [0o600, 0o640, 0o444, 0o755, 0o4755]) {
      writeFileSync(target, "before");
      chmodSync(target, mode);
      const isRoot = process.getuid?.() === 0;
      if (isRoot) chownSync(target, 1234, 5678);
      chmodSync(target, mode);
      assert.equal((await runCli(words, {}, { cwd: folder })).code, 0);
      const { mode: found, uid, gid } = statSync(target);
      // Nobody who replaces a program has asked for one that runs as somebody else.
      assert.equal(found & 0o7777, mode & 0o777);
      if (isRoot) assert.deepEqual([uid, gid], [1234, 5678]);
      assert.notEqual(readFileSync(target, "utf8"), "before");
      chmodSync(target, 0o600);
    }
  });
}

test(
  "a new report has the permissions of any new file, an archive those that everybody needs",
  notOnWindows,
  async (t) => {
    for (const [mask, report] of [
      ["077", 0o600],
      ["022", 0o644],
      ["002", 0o664],
    ] as const) {
      const folder = makePackage(t);
      for (const [writer, callOf] of Object.entries(writers)) {
        const [words, target] = callOf(folder);
        const cli = join(import.meta.dirname, "../../dist/cli.js");
        execFileSync("sh", ["-c", `umask ${mask}; exec "$0" "$@"`, process.execPath, cli, ...words], {
          cwd: folder,
          stdio: "ignore",
        });
        assert.equal(statSync(target).mode & 0o777, writer === "build" ? 0o644 : report, `${writer} ${mask}`);
      }
    }
  },
);

/** Every word that is a path, in every command. */
const pathWords: readonly (readonly string[])[] = [
  ["lint", "PATH"],
  ["lint", "Acme.sopm", "--base", "PATH"],
  ["build", "PATH"],
  ["build", "Acme.sopm", "--output", "PATH"],
  ["build", "Acme.sopm", "--base", "PATH"],
  ["dry-run", "install", "PATH"],
  ["dry-run", "install", "Acme.sopm", "--output", "PATH"],
  ["dry-run", "install", "Acme.sopm", "--base", "PATH"],
  ["dry-run", "install", "Acme.sopm", "--sandbox", "PATH"],
  ["dry-run", "install", "Acme.sopm", "--framework", "PATH"],
  ["dry-run", "upgrade", "Acme.sopm", "--from", "PATH"],
  ["sql", "--operation", "install", "PATH"],
  ["index", "PATH"],
  ["index", "--check", "PATH"],
  ["sandbox", "create", "new", "PATH", "--product", "Znuny 7.1.3"],
  ["sandbox", "create", "new", "--framework", "PATH"],
  ["sandbox", "create", "new", "--from", "PATH"],
  ["sandbox", "create", "new", "--product", "Znuny 7.1.3", "--repository", "PATH"],
  ["sandbox", "list", "PATH"],
  ["sandbox", "show", "PATH"],
  ["sandbox", "install", "PATH", "Acme.sopm"],
  ["sandbox", "uninstall", "PATH", "Acme"],
  ["sandbox", "upgrade-all", "PATH", "--repository", "."],
  ["sandbox", "check", "PATH"],
  ["sandbox", "export", "PATH", "Acme"],
  ["sandbox", "undo", "PATH"],
  ["sandbox", "reset", "PATH"],
];

const writesThere = (words: readonly string[]) => words.includes("--output");

/** Says what is the matter and no more: no stack, no code, not that it is there where it is not. */
function assertTold(words: readonly string[], { code, stderr }: CliResult, said: RegExp): void {
  const call = words.join(" ");
  assert.ok(code === 1 || code === 2, `${call} ended with ${code}`);
  assert.match(stderr, said, call);
  assert.doesNotMatch(stderr, /should not|\n\s+at |\bE[A-Z]{4,}\b|undefined/, call);
}

const callsWith = (path: string) =>
  pathWords.map((words) => words.map((word) => (word === "PATH" ? path : word)));

async function tryEverywhere(
  folder: string,
  path: string,
  said: RegExp,
  wanted: (words: readonly string[]) => boolean = () => true,
): Promise<void> {
  const calls = callsWith(path).filter((_, index) => wanted(pathWords[index]!));
  await Promise.all(
    calls.map(async (words) =>
      assertTold(words, await runCli(words, {}, { cwd: folder, ...commonUser }), said),
    ),
  );
}

test("an empty text is no path, whoever takes one", async (t) => {
  const folder = makePackage(t);
  const here = process.cwd();
  process.chdir(folder);
  t.after(() => process.chdir(here));
  for (const words of callsWith("")) assertTold(words, await runHere(words), /is empty/);
  assert.deepEqual(readdirSync(folder).sort(), ["Acme.sopm", "Kernel", "out", "secret"]);
});

test("a folder that may not be read is not taken for an empty one", notOnWindows, async (t) => {
  const folder = makePackage(t);
  mkdirSync(join(folder, "locked"));
  chmodSync(join(folder, "locked"), 0);
  const takesFile = (words: readonly string[]) =>
    /^(build|dry-run install|dry-run upgrade|sql|sandbox create new PATH)/.test(words.join(" ")) &&
    !/--(base|sandbox)/.test(words.join(" "));
  await tryEverywhere(
    folder,
    "locked",
    /“?locked”? cannot be read: permission denied/,
    (words) => !takesFile(words) && !writesThere(words),
  );
  await tryEverywhere(
    folder,
    "locked/inner",
    /cannot be read: permission denied/,
    (words) => !takesFile(words) && !writesThere(words),
  );
  chmodSync(join(folder, "locked"), 0o700);
});

test(
  "pipes, devices and sockets are named as what they are not, and nobody waits for them",
  notOnWindows,
  async (t) => {
    const folder = makePackage(t);
    execFileSync("mkfifo", [join(folder, "pipe")]);
    const waitsOnPurpose = (words: readonly string[]) => words.join(" ") === "lint PATH";
    const said =
      /is no (file|folder)|is neither a file nor a|cannot be read: it is no|is a (file, a )?device(, | or )a pipe/;
    await tryEverywhere(folder, "pipe", said, (words) => !waitsOnPurpose(words));
    await tryEverywhere(
      folder,
      "/dev/zero",
      /is no (file|folder)|is neither a file nor a|to write the archive into|is a device, a pipe/,
    );
  },
);

test("an index that is no file is told, and keeps nobody waiting", notOnWindows, async (t) => {
  const folder = temporaryFolder(t, { "r/a": "", "outside.xml": "<otrs_package_list/>" });
  const made = await runCli(["sandbox", "create", "box", "--product", "Znuny 7.1.3"], {}, { cwd: folder });
  assert.equal(made.code, 0, made.stderr);
  const run = () => runCli(["sandbox", "upgrade-all", "box", "--repository", "r"], {}, { cwd: folder });
  const index = join(folder, "r/otrs.xml");
  for (const [put, said] of [
    [() => {}, /otrs\.xml” cannot be read: there is no such file or folder\./],
    [() => execFileSync("mkfifo", [index]), /otrs\.xml” cannot be read: it is no file\./],
    [() => mkdirSync(index), /otrs\.xml” cannot be read: it is no file\./],
    [() => symlinkSync("/dev/zero", index), /otrs\.xml” cannot be read: it lies outside of the repository\./],
    [() => symlinkSync("../outside.xml", index), /it lies outside of the repository\./],
    [() => symlinkSync("otrs.xml", index), /symbolic links lead in a circle\./],
  ] as const) {
    execFileSync("rm", ["-rf", index]);
    put();
    const { code, stderr } = await run();
    assert.equal(code, 1, stderr);
    assert.match(stderr, said);
  }
  execFileSync("rm", ["-rf", index]);
  writeFileSync(index, '<?xml version="1.0"?><otrs_package_list version="1.0"></otrs_package_list>');
  assert.deepEqual([(await run()).code, (await run()).stderr], [0, ""]);
});

const commands = ["lint", "build", "dry-run", "sql", "index", "lsp"]
  .map((name) => [name])
  .concat(
    [
      ...["create", "list", "show", "install", "upgrade", "reinstall", "uninstall"],
      ...["upgrade-all", "check", "export", "undo", "reset"],
    ].map((name) => ["sandbox", name]),
  );
for (const command of commands) {
  test(`sopm ${command.join(" ")} takes no option that it does not know`, async () => {
    for (const option of ["--frobnicate", "--frobnicate=1", "-x"]) {
      const { code, stdout, stderr } = await runHere([...command, option]);
      assert.match(stderr, /^sopm: There is no option (--frobnicate|-x) for this command/);
      assert.deepEqual([code, stdout], [2, ""]);
    }
  });
}

test("a process ends with the code and the line of a call that is wrong", async () => {
  const words = ["lint", "--frobnicate"];
  const here = await runHere(words);
  assert.equal(here.code, 2);
  assert.deepEqual(await runCli(words), here);
});

test("the language server is started by no word that is none of its own", async () => {
  for (const words of [
    ["--socket=1234"],
    ["--pipe", "x"],
    ["--node-ipc"],
    ["--stdio", "a.sopm"],
    ["--stdio=1"],
  ]) {
    const { code, stderr } = await runCli(["lsp", ...words]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^sopm: /);
  }
  // Its client hangs up at once.
  const { code, stderr } = await runCli(["lsp", "--stdio", "--clientProcessId=1"]);
  assert.notEqual(code, 2, stderr);
});
