import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { type CliResult, cliBundle, cliEnvironment, runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const onlyOnLinux = { skip: process.platform === "linux" ? false : "needs what only Linux has" };
const notOnWindows = { skip: process.platform === "win32" ? "there is no such thing on Windows" : false };
const before = "the archive before";
const fixtures = join(import.meta.dirname, "../fixtures/build");

interface Package {
  readonly folder: string;
  readonly spec: string;
  /** Where archives go; one of an earlier build is there. */
  readonly output: string;
  readonly target: string;
}

/** The good package on disk, changed as wanted. */
function makePackage(
  t: TestContext,
  spec: string = goodSpec,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Package {
  const folder = temporaryFolder(t, {
    ...goodPackage,
    ...files,
    "Acme.sopm": spec,
    "out/Acme-1.0.0.opm": before,
  });
  const output = join(folder, "out");
  return { folder, spec: join(folder, "Acme.sopm"), output, target: join(output, "Acme-1.0.0.opm") };
}

function build({ spec, output }: Package, ...words: string[]): Promise<CliResult> {
  return runCli(["build", spec, "--output", output, ...words]);
}

/** Checks that nothing was built, that everything in the output folder is as it was, and what was said. */
function assertRefused(made: Package, { code, stdout, stderr }: CliResult, ...said: RegExp[]): void {
  for (const each of said) assert.match(stderr, each);
  assert.doesNotMatch(stderr, /\{\w+\}|undefined|Error:|at .*\.js:/);
  assert.equal(stdout, "");
  assert.equal(code, 1);
  assert.deepEqual(readdirSync(made.output), ["Acme-1.0.0.opm"]);
  assert.equal(readFileSync(made.target, "utf8"), before);
}

function specWithLocation(location: string): string {
  return goodSpec.replace("Kernel/System/Acme.pm", location);
}

test("a build says what it has written, and replaces the archive that was there", async (t) => {
  const made = makePackage(t);
  const { code, stdout, stderr } = await build(made);
  assert.equal(stderr, "");
  const size = statSync(made.target).size;
  assert.match(stdout, new RegExp(`^${made.target}: ${size} bytes, 1 file, \\d+ ms\n$`));
  assert.equal(code, 0);
  const archive = readFileSync(made.target, "utf8");
  assert.match(archive, /<BuildDate>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d<\/BuildDate>/);
  assert.ok(archive.includes(Buffer.from(goodPackage["Kernel/System/Acme.pm"]).toString("base64")));
  assert.deepEqual(readdirSync(made.output), ["Acme-1.0.0.opm"]);
});

test("without --output the archive lies beside the spec, and paths may be relative", async (t) => {
  const { folder } = makePackage(t);
  const { code } = await runCli(["build", "Acme.sopm", "--strict-schema=off"], {}, { cwd: folder });
  assert.equal(code, 0);
  assert.ok(existsSync(join(folder, "Acme-1.0.0.opm")));
});

test("--base says where the files are, also with --force", async (t) => {
  const made = makePackage(t, goodSpec, { "files/Kernel/System/Acme.pm": "elsewhere" });
  assert.equal((await build(made, "--base", join(made.folder, "files"))).code, 0);
  assert.ok(readFileSync(made.target, "utf8").includes(btoa("elsewhere")));
  const wrong = await build(made, "--base", join(made.folder, "absent"), "--force");
  assert.match(wrong.stderr, /^sopm: There is no folder “.*absent”\.\n$/);
  assert.equal(wrong.code, 2);
});

test("a build with the same stamp gives the same bytes", async (t) => {
  const made = makePackage(t);
  const stamp = ["--stamp-date", "2001-02-03 04:05:06", "--stamp-host", "host.example"];
  await build(made, ...stamp);
  const first = readFileSync(made.target);
  await build(made, ...stamp);
  assert.ok(readFileSync(made.target).equals(first));
  assert.match(first.toString(), /<BuildDate>2001-02-03 04:05:06<\/BuildDate>/);
  assert.match(first.toString(), /<BuildHost>host\.example<\/BuildHost>/);
});

test("SOURCE_DATE_EPOCH is the time of a build unless a stamp says otherwise", async (t) => {
  const made = makePackage(t);
  const dateWith = async (epoch: string, ...words: string[]) => {
    const all = ["build", made.spec, "--output", made.output, "--strict-schema=off", ...words];
    const result = await runCli(all, { SOURCE_DATE_EPOCH: epoch, TZ: "Asia/Tokyo" });
    assert.equal(result.code, 0, result.stderr);
    return /<BuildDate>(.*)<\/BuildDate>/.exec(readFileSync(made.target, "utf8"))?.[1];
  };
  assert.equal(await dateWith("981173106"), "2001-02-03 04:05:06");
  assert.equal(await dateWith("981173106", "--mode", "opmbuild"), "2001-02-03 04:05:06");
  assert.equal(await dateWith("0"), "1970-01-01 00:00:00");
  assert.equal(await dateWith("981173106", "--stamp-date=2020-02-29 23:59:59"), "2020-02-29 23:59:59");
  assert.match((await dateWith(""))!, /^2\d{3}-/);
});

test("a SOURCE_DATE_EPOCH that is none stops the build, because the archive would not be reproducible", async (t) => {
  const made = makePackage(t);
  for (const epoch of ["yesterday", "-1", "1e9", "1.5", "99999999999999"]) {
    const result = await runCli(["build", made.spec, "--output", made.output, "--strict-schema=off"], {
      SOURCE_DATE_EPOCH: epoch,
    });
    assertRefused(
      made,
      result,
      new RegExp(`SOURCE_DATE_EPOCH is “${epoch}”, which is no number of seconds\\.`),
    );
  }
});

const misuses: readonly (readonly [words: readonly string[], complaint: RegExp])[] = [
  [["build"], /^sopm: There is no spec to build\./],
  [["build", "a.sopm", "b.sopm"], /^sopm: One spec is built at a time\./],
  [["build", "absent.sopm"], /“absent\.sopm” cannot be read: there is no such file or folder\./],
  [["build", "."], /“\.” is no file; name the \.sopm file to build\./],
  [["build", "--frobnicate", "."], /There is no option --frobnicate/],
  [["build", "--force=yes", "."], /--force takes no value\./],
  [
    ["build", "package.json", "--mode", "znuny"],
    /“znuny” is no value for --mode; it takes framework, opmbuild\./,
  ],
  [
    ["build", "package.json", "--strict-schema", "yes"],
    /“yes” is no value for --strict-schema; it takes auto, on, off\./,
  ],
  [["build", "package.json", "--dialect", "x"], /“x” is no value for --dialect/],
  [
    ["build", "package.json", "--stamp-date", "today"],
    /“today” is no date; write it as “YYYY-MM-DD hh:mm:ss”\./,
  ],
  [["build", "package.json", "--stamp-date", "2023-02-29 00:00:00"], /“2023-02-29 00:00:00” is no date/],
  [["build", "package.json", "--stamp-date", "2023-01-01 24:00:00"], /is no date/],
];

for (const [words, complaint] of misuses) {
  test(`sopm ${words.join(" ")} is wrong usage`, async () => {
    const { code, stdout, stderr } = await runCli(words);
    assert.match(stderr, complaint);
    assert.equal(stdout, "");
    assert.equal(code, 2);
  });
}

test("--version replaces the version in the archive and in its name", async (t) => {
  const made = makePackage(t);
  assert.equal((await build(made, "--version", "1.0.1", "--force")).code, 0);
  assert.match(readFileSync(join(made.output, "Acme-1.0.1.opm"), "utf8"), /<Version>1\.0\.1<\/Version>/);
  assert.equal(readFileSync(made.target, "utf8"), before);
});

test("a version that no builder takes is refused", async (t) => {
  const made = makePackage(t);
  for (const version of ["1.0", "1.0.0-rc1", "../1.0", ""]) {
    const result = await build(made, `--version=${version}`, "--force");
    assertRefused(made, result, /is no version to build with: it takes three groups/);
  }
});

const stamp = ["--stamp-date=2024-01-02 03:04:05", "--stamp-host=builder.example", "--force"] as const;
for (const [mode, dialect] of [
  ["opmbuild", "znuny-7"],
  ["framework", "znuny-7"],
  ["framework", "otobo-11"],
] as const) {
  test(`--mode ${mode} writes what that builder does for ${dialect}`, async (t) => {
    const output = temporaryFolder(t);
    const spec = join(fixtures, "everything/Everything.sopm");
    const words = ["build", spec, "--output", output, "--mode", mode, "--dialect", dialect, ...stamp];
    const { code, stderr } = await runCli([...words, "--strict-schema=off"]);
    assert.equal(code, 0, stderr);
    const expected = `everything.${mode === "opmbuild" ? mode : dialect}.opm`;
    assert.equal(
      readFileSync(join(output, "Everything-2.0.0.opm"), "utf8"),
      readFileSync(join(fixtures, expected), "utf8"),
    );
  });
}

test("opmbuild keeps the document, appends wrapped Base64 and the build data", async (t) => {
  const content = "x".repeat(60);
  const spec = goodSpec
    .replace("<Vendor>", "<!-- ours --><Vendor>")
    .replace('Location="Kernel/System/Acme.pm"/>', 'Location="Kernel/System/Acme.pm" Type="a">old</File>');
  const made = makePackage(t, spec, { "Kernel/System/Acme.pm": content });
  const { code, stderr } = await build(made, "--mode=opmbuild", ...stamp);
  assert.equal(code, 0, stderr);
  const base64 = Buffer.from(content).toString("base64");
  const expected = spec
    .replace('"utf-8" ?>', '"utf-8"?>')
    .replace(">old</File>", ` Encode="Base64">old${base64.slice(0, 76)}\n${base64.slice(76)}\n</File>`)
    .replace(
      "</otrs_package>",
      "<BuildDate>2024-01-02 03:04:05</BuildDate><BuildHost>builder.example</BuildHost></otrs_package>",
    );
  assert.equal(readFileSync(made.target, "utf8"), expected);
});

test("errors stop a build, each with its place, and --force builds all the same", async (t) => {
  const made = makePackage(t, goodSpec.replace("Vendor>\n", "Vendor>\n    <Vendor>B</Vendor>\n"));
  const result = await build(made);
  assertRefused(
    made,
    result,
    new RegExp(`^${made.spec}:6:6: This <Vendor> does not count, .*\\(single-element-duplicate\\)$`, "m"),
    new RegExp(
      `^${made.spec}: Not built, because of these errors\\. With --force it is built all the same`,
      "m",
    ),
  );
  const forced = await build(made, "--force");
  assert.equal(forced.code, 0, forced.stderr);
  assert.match(readFileSync(made.target, "utf8"), /<Vendor>B<\/Vendor>/);
});

test("warnings do not stop a build", async (t) => {
  const made = makePackage(t, goodSpec.replace('<?xml version="1.0" encoding="utf-8" ?>\n', ""));
  const { code, stderr } = await build(made);
  assert.equal(stderr, "");
  assert.equal(code, 0);
});

const refusals: readonly (readonly [what: string, change: readonly [string, string], said: RegExp])[] = [
  [
    "a Name with folders",
    ["<Name>Acme<", "<Name>../Acme<"],
    /:3:11: The archive would be called “\.\.\/Acme-1\.0\.0\.opm”\. The framework would write it/,
  ],
  [
    "a Name with backslashes",
    ["<Name>Acme<", "<Name>..\\Acme<"],
    /:3:11: .*could overwrite a file elsewhere/,
  ],
  [
    "a Version with folders",
    ["<Version>1.0.0<", "<Version>/../../1.0.0<"],
    /could overwrite a file elsewhere/,
  ],
  [
    "a line break in Name",
    ["<Name>Acme<", "<Name>Ac&#10;me<"],
    /holds a line break or another control character/,
  ],
  ["a long Name", ["<Name>Acme<", `<Name>${"A".repeat(300)}<`], /longer than file systems allow/],
  [
    "a DOCTYPE with entities",
    ["<otrs_p", '<!DOCTYPE a [<!ENTITY b "c">]><otrs_p'],
    /:2:1: The spec declares entities/,
  ],
  [
    "a DOCTYPE that refers to a file",
    ["<otrs_p", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><otrs_p'],
    /refers to another file in its DOCTYPE/,
  ],
  ["a missing end tag", ["</Vendor>", ""], /:6:\d+: The spec is not well-formed XML/],
  ["a missing License", ["<License>MIT</License>", ""], /The builder needs the element “License”/],
];
for (const [what, [part, replacement], said] of refusals) {
  test(`${what} is refused, also with --force`, async (t) => {
    const made = makePackage(t, goodSpec.replace(part, replacement));
    for (const words of [[], ["--force"]]) {
      assertRefused(made, await build(made, ...words), said, /Not built, and --force does not change that\./);
    }
    assert.deepEqual(readdirSync(made.folder).sort(), ["Acme.sopm", "Kernel", "out"]);
  });
}

test("a spec that is no UTF-8 is refused", async (t) => {
  const made = makePackage(t);
  for (const encoding of ["utf16le", "latin1"] as const) {
    writeFileSync(
      made.spec,
      Buffer.from(`${encoding === "latin1" ? "" : "\ufeff"}${goodSpec.replace("MIT", "Ü")}`, encoding),
    );
    assertRefused(made, await build(made, "--force"), /The spec is not written in UTF-8/);
  }
});

test("a missing file is named with its line, also with --force", async (t) => {
  const made = makePackage(t, specWithLocation("Kernel/System/Absent.pm"));
  assertRefused(
    made,
    await build(made),
    /Acme\.sopm:12:42: .*“Kernel\/System\/Absent\.pm”.*\(file-not-found\)$/m,
    /Not built, and --force does not change that\./,
  );
  assertRefused(
    made,
    await build(made, "--force"),
    new RegExp(
      `^${made.spec}:12:\\d+: The file “Kernel/System/Absent\\.pm” does not exist in “${made.folder}”\\.$`,
      "m",
    ),
    /Create the file, or take it out of the file list\./,
  );
});

test("pipes and devices are not packed, and nobody waits for them", onlyOnLinux, async (t) => {
  const made = makePackage(t, specWithLocation("var/pipe"), { "var/file": "" });
  execFileSync("mkfifo", [join(made.folder, "var/pipe")]);
  symlinkSync("/dev/zero", join(made.folder, "var/zero"));
  const special = /Acme\.sopm:12:\d+: “var\/\w+” is a device, a pipe or a socket, not a file\./;
  assertRefused(made, await build(made, "--force"), special);
  writeFileSync(made.spec, specWithLocation("var/zero"));
  assertRefused(made, await build(made, "--force", "--allow-symlinks"), special);
});

test("a folder in the file list is an error, and packed as the framework does with --force", async (t) => {
  const made = makePackage(t, specWithLocation("Kernel/System"));
  assertRefused(made, await build(made), /Acme\.sopm:12:\d+: .*Kernel\/System/);
  const { code, stderr } = await build(made, "--force");
  assert.equal(code, 0, stderr);
  assert.match(readFileSync(made.target, "utf8"), /<File [^>]*Location="Kernel\/System"[^>]*>/);
});

test("links out of the base folder are refused unless they are allowed", notOnWindows, async (t) => {
  const outside = temporaryFolder(t, { "secret.txt": "secret" });
  const made = makePackage(t, specWithLocation("var/link.txt"), { "var/real.txt": "real" });
  symlinkSync(join(outside, "secret.txt"), join(made.folder, "var/link.txt"));
  const leaves = /Acme\.sopm:12:\d+: .*“var\/link\.txt”/;
  assertRefused(made, await build(made), leaves);
  assertRefused(made, await build(made, "--force"), leaves, /option --allow-symlinks/);
  const allowed = await build(made, "--allow-symlinks", "--force");
  assert.equal(allowed.code, 0, allowed.stderr);
  assert.ok(readFileSync(made.target, "utf8").includes(btoa("secret")));
});

test("paths that climb out of the base folder are never packed, whatever is allowed", async (t) => {
  const made = makePackage(t, specWithLocation("../secret.txt"), { "base/a": "", "secret.txt": "secret" });
  const words = ["--base", join(made.folder, "base"), "--allow-symlinks", "--force"];
  // The framework leaves such a file out without a word, the other builder looks for it.
  const opmbuild = await build(made, ...words, "--mode=opmbuild");
  assertRefused(made, opmbuild, /Acme\.sopm:12:\d+: “\.\.\/secret\.txt” leads out of the folder/);
  const framework = await build(made, ...words);
  assert.equal(framework.code, 0, framework.stderr);
  assert.doesNotMatch(readFileSync(made.target, "utf8"), new RegExp(`secret\\.txt|${btoa("secret")}`));
});

test("an output folder that is missing or read-only is named, with what to do", onlyOnLinux, async (t) => {
  const made = makePackage(t);
  const missing = await runCli(["build", made.spec, "--output", join(made.folder, "absent")]);
  assertRefused(
    made,
    missing,
    /There is no folder “.*absent” to write the archive into\./,
    /Create it, or choose another/,
  );
  const file = await runCli(["build", made.spec, "--output", made.spec]);
  assertRefused(made, file, /“.*Acme\.sopm” is a file, a device or a pipe, not a folder/);
  const locked = join(made.folder, "locked");
  mkdirSync(locked);
  chmodSync(locked, 0o555);
  // Who may do everything may not make files where the kernel keeps its own.
  const readOnly = process.getuid?.() === 0 ? "/sys/kernel" : locked;
  const refused = await runCli(["build", made.spec, "--output", readOnly]);
  assertRefused(made, refused, /No archive can be written into “.*”: permission denied\./, /may write to/);
});

test("an output folder of a file system that is read-only, or full", onlyOnLinux, async (t) => {
  const made = makePackage(t, goodSpec, { "Kernel/System/Acme.pm": new Uint8Array(400_000) });
  const script = (options: string) =>
    [
      `mount -t tmpfs -o size=200k none "$0" || exit 9`,
      'echo before > "$0/Acme-1.0.0.opm"',
      options,
      '"$@" 2>&1; echo "code $?"; ls -A "$0"; cat "$0/Acme-1.0.0.opm"',
    ].join("; ");
  const command = [
    process.execPath,
    cliBundle,
    "build",
    made.spec,
    "--output",
    made.output,
    "--strict-schema=off",
  ];
  const runIn = (options: string) =>
    execFileSync(
      "unshare",
      ["--mount", "--map-root-user", "sh", "-c", script(options), made.output, ...command],
      {
        encoding: "utf8",
        env: cliEnvironment(),
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
  let full: string;
  try {
    full = runIn(":");
  } catch {
    t.skip("no file system can be mounted here");
    return;
  }
  assert.match(
    full,
    /There is no room for the archive in “.*”: the disk is full\.\n.*Make room, .*\ncode 1\nAcme-1\.0\.0\.opm\nbefore\n$/,
  );
  const readOnly = runIn('mount -o remount,ro "$0"');
  assert.match(
    readOnly,
    /No archive can be written into “.*”: the file system is read-only\.\n.*\ncode 1\nAcme-1\.0\.0\.opm\nbefore\n$/,
  );
});

test("a folder in the place of the archive stays", async (t) => {
  const made = makePackage(t);
  mkdirSync(join(made.output, "Acme-1.0.1.opm"));
  const { code, stderr } = await build(made, "--version=1.0.1", "--force");
  assert.match(stderr, /“Acme-1\.0\.1\.opm” in “.*” is a folder, which no file can replace/);
  assert.equal(code, 1);
  assert.deepEqual(readdirSync(made.output).sort(), ["Acme-1.0.0.opm", "Acme-1.0.1.opm"]);
});

test("a spec that the disk does not give", onlyOnLinux, async (t) => {
  const made = makePackage(t);
  // Nobody can read a process's memory at its lowest address.
  const result = await build({ ...made, spec: "/proc/self/mem" });
  assertRefused(made, result, /“mem” cannot be read: the disk reports an error\./, /Look at its permissions/);
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  test(`${signal} ends a build, keeps the old archive and leaves nothing`, notOnWindows, async (t) => {
    const made = makePackage(t);
    truncateSync(join(made.folder, "Kernel/System/Acme.pm"), 2 ** 40);
    const child = spawn(
      process.execPath,
      [cliBundle, "build", made.spec, "--output", made.output, "--strict-schema=off", "--force"],
      { env: cliEnvironment(), stdio: ["ignore", "pipe", "pipe"] },
    );
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    try {
      while (child.exitCode === null && !readdirSync(made.output).some((name) => name.endsWith(".tmp"))) {
        await setTimeout(5);
      }
      child.kill(signal);
      assert.equal(await ended, 1);
    } finally {
      child.kill("SIGKILL");
    }
    assert.equal(said, "sopm: The build was cancelled. What was there before is unchanged.\n");
    assert.deepEqual(readdirSync(made.output), ["Acme-1.0.0.opm"]);
    assert.equal(readFileSync(made.target, "utf8"), before);
  });
}

test("a failed build leaves nothing, and two at once leave one archive", async (t) => {
  const made = makePackage(t, goodSpec, { "Kernel/System/Acme.pm": new Uint8Array(3_000_000) });
  const words = ["--stamp-date=2001-02-03 04:05:06", "--stamp-host=h"];
  const results = await Promise.all([build(made, ...words), build(made, ...words)]);
  assert.deepEqual(
    results.map(({ code }) => code),
    [0, 0],
  );
  assert.deepEqual(readdirSync(made.output), ["Acme-1.0.0.opm"]);
  assert.match(readFileSync(made.target, "utf8"), /<\/otrs_package>\n?$/);
});

test("without Java a build goes on, unless the second opinion is demanded", async (t) => {
  const made = makePackage(t);
  const withoutJava = { PATH: temporaryFolder(t), JAVA_HOME: "" };
  const words = ["build", made.spec, "--output", made.output];
  const demanded = await runCli([...words, "--strict-schema=on"], withoutJava);
  assertRefused(
    made,
    demanded,
    /The schema's validator was not asked, because no Java was found\./,
    /Make a Java of your own available on the PATH or in JAVA_HOME, or set the strict schema check/,
  );
  const auto = await runCli([...words, "--strict-schema=auto"], withoutJava);
  assert.equal(auto.stderr, "");
  assert.equal(auto.code, 0);
  writeFileSync(made.target, before);
  const forced = await runCli([...words, "--strict-schema=on", "--force"], withoutJava);
  assert.match(forced.stderr, /was not asked, because no Java was found/);
  assert.equal(forced.code, 0);
});

/** A folder for JAVA_HOME with a program that tells when it is started, by a file beside it, and then does this. */
function standInJava(t: TestContext, script: string): string {
  const home = temporaryFolder(t, { "bin/java": `#!/bin/sh\n: > "\${0%/*}/started"\n${script}\n` });
  chmodSync(join(home, "bin/java"), 0o755);
  return home;
}

test("a build starts no Java unless it is asked to", notOnWindows, async (t) => {
  const made = makePackage(t);
  const home = standInJava(t, 'echo "[error] other (1:1)"; exit 1');
  const { code, stderr } = await runCli(["build", made.spec, "--output", made.output], { JAVA_HOME: home });
  assert.deepEqual([code, stderr], [0, ""]);
  assert.ok(!existsSync(join(home, "bin/started")));
});

test(
  "with “auto” the result does not wait for the second opinion, which is told when there is another",
  notOnWindows,
  async (t) => {
    const made = makePackage(t);
    const home = standInJava(
      t,
      'while [ ! -e "${0%/*}/go" ]; do sleep 0.01; done; echo "[error] other (1:1)"; exit 1',
    );
    const child = spawn(
      process.execPath,
      [cliBundle, "build", made.spec, "--output", made.output, "--strict-schema=auto"],
      { env: cliEnvironment({ JAVA_HOME: home }), stdio: ["ignore", "pipe", "pipe"] },
    );
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    try {
      const [result] = await once(child.stdout.setEncoding("utf8"), "data");
      assert.match(result, /Acme-1\.0\.0\.opm: \d+ bytes/);
      assert.equal(said, "");
      writeFileSync(join(home, "bin/go"), "");
      assert.equal(await ended, 0);
      assert.match(said, /The schema's validator says: \[error\] other \(1:1\)\n$/);
    } finally {
      child.kill("SIGKILL");
    }
  },
);

test("whoever is tired of waiting for Java has the archive", notOnWindows, async (t) => {
  const made = makePackage(t);
  const home = standInJava(t, "while :; do :; done");
  const words = [cliBundle, "build", made.spec, "--output", made.output];
  for (const [option, code] of [
    ["auto", 0],
    ["on", 1],
  ] as const) {
    const child = spawn(process.execPath, [...words, `--strict-schema=${option}`], {
      env: cliEnvironment({ JAVA_HOME: home }),
      stdio: ["ignore", "ignore", "pipe"],
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    try {
      while (child.exitCode === null && !existsSync(join(home, "bin/started"))) await setTimeout(5);
      child.kill("SIGTERM");
      assert.equal(await ended, code, option);
    } finally {
      child.kill("SIGKILL");
    }
    rmSync(join(home, "bin/started"));
    assert.equal(readFileSync(made.target, "utf8") === before, code === 1);
    writeFileSync(made.target, before);
  }
});

test("an archive that nobody can read is written when it is forced, and said to be so", async (t) => {
  const sections = `<DatabaseInstall Type='a"&lt;'><Insert Table="t"><Data Key="k">1</Data></Insert></DatabaseInstall>`;
  const made = makePackage(t, goodSpec.replace("</otrs_package>", `${sections}</otrs_package>`));
  assertRefused(made, await build(made), /Not built, because of these errors/);
  const forced = await build(made, "--force");
  assert.equal(forced.code, 0);
  assert.match(forced.stderr, /The archive “Acme-1\.0\.0\.opm” could not be read back: /);
  assert.match(readFileSync(made.target, "utf8"), /Type="a"<"/);
});

test(
  "a Java that lies in the repository of the spec is not started, whoever puts it on the path",
  notOnWindows,
  async (t) => {
    const script = '#!/bin/sh\n: > "${0%/*}/started"\n';
    const root = temporaryFolder(t, {
      ".git/HEAD": "ref: refs/heads/main\n",
      "node_modules/.bin/java": script,
      "jdk/bin/java": script,
      "packages/Acme/bin/java": script,
    });
    const folder = join(root, "packages/Acme");
    for (const [path, content] of Object.entries({
      ...goodPackage,
      "Acme.sopm": goodSpec,
      "out/Acme-1.0.0.opm": before,
    })) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const made = {
      folder,
      spec: join(folder, "Acme.sopm"),
      output: join(folder, "out"),
      target: join(folder, "out/Acme-1.0.0.opm"),
    };
    const planted = ["node_modules/.bin", "jdk/bin", "packages/Acme/bin"].map((bin) => join(root, bin));
    for (const bin of planted) chmodSync(join(bin, "java"), 0o755);
    const words = ["build", made.spec, "--output", made.output, "--strict-schema=on"];
    for (const environment of [
      ...planted.map((bin) => ({ PATH: bin, JAVA_HOME: "" })),
      { JAVA_HOME: join(root, "jdk") },
      { JAVA_HOME: folder },
    ]) {
      for (const cwd of [root, folder, tmpdir()]) {
        const result = await runCli(words, environment, { cwd });
        assertRefused(made, result, /lies in the repository of the spec.*no program is started from there\./);
      }
    }
    for (const bin of planted) assert.ok(!existsSync(join(bin, "started")), bin);
  },
);

test("with Java the second opinion is heard, and decides when it is demanded", async (t) => {
  try {
    execFileSync("java", ["-version"], { stdio: "ignore" });
  } catch {
    t.skip("there is no Java here");
    return;
  }
  const good = makePackage(t);
  const passed = await runCli(["build", good.spec, "--output", good.output, "--strict-schema=on"]);
  assert.equal(passed.code, 0, passed.stderr);
  // What our own check only warns about.
  const made = makePackage(t, goodSpec.replace("Vendor>\n", "Vendor>\n    <Frobnicate>B</Frobnicate>\n"));
  const words = ["build", made.spec, "--output", made.output];
  assertRefused(
    made,
    await runCli([...words, "--strict-schema=on"]),
    /The schema's validator says: \[error\] .*Frobnicate/,
    /Mend what it names, or set the strict schema check/,
  );
  const auto = await runCli([...words, "--strict-schema=auto"]);
  assert.match(auto.stderr, /The schema's validator says: .*Frobnicate/);
  assert.equal(auto.code, 0);
  const off = await runCli([...words, "--strict-schema=off"]);
  assert.equal(off.stderr, "");
});

test("a build in German", async (t) => {
  const made = makePackage(t, specWithLocation("absent.txt"));
  const refused = await build(made, "--language", "de");
  assertRefused(made, refused, /Nicht gebaut, und daran ändert auch --force nichts\. Beheben Sie/);
  const forced = await build(made, "--language", "de", "--force");
  assertRefused(made, forced, /Die Datei „absent\.txt“/);
  writeFileSync(made.spec, goodSpec);
  assert.match((await build(made, "--language", "de")).stdout, /: \d+ Bytes, 1 Datei, \d+ ms\n$/);
});

test("two specs of one folder are built at once", async (t) => {
  const made = makePackage(t, goodSpec, { "Other.sopm": goodSpec.replace("<Name>Acme<", "<Name>Other<") });
  const results = await Promise.all([build(made), build({ ...made, spec: join(made.folder, "Other.sopm") })]);
  assert.deepEqual(
    results.map(({ code, stderr }) => [code, stderr]),
    [
      [0, ""],
      [0, ""],
    ],
  );
  assert.deepEqual(readdirSync(made.output).sort(), ["Acme-1.0.0.opm", "Other-1.0.0.opm"]);
});

test("a package is tried on databases before it is built, unless an option says that none is", async (t) => {
  const column = (more: string) => `<Column Name="id" Type="BIGINT" Required="true"${more}/>`;
  const own = `<TableCreate Name="acme_line">${column(' PrimaryKey="true" AutoIncrement="true"')}${column("").replace("id", "contract_id")}<ForeignKey ForeignTable="acme_contract"><Reference Local="contract_id" Foreign="id"/></ForeignKey></TableCreate><TableCreate Name="acme_contract">${column(' PrimaryKey="true" AutoIncrement="true"')}</TableCreate>`;
  const gated = own.replaceAll(/<TableCreate /g, '<TableCreate Version="1.0.1" ');
  const spec = goodSpec.replace(
    "</otrs_package>",
    `<DatabaseUpgrade Type="post">${gated}</DatabaseUpgrade></otrs_package>`,
  );
  const folder = temporaryFolder(t, { ...goodPackage, "Acme.sopm": spec });
  const said = async (...words: string[]) =>
    (await runCli(["build", join(folder, "Acme.sopm"), "--strict-schema=off", ...words])).stderr;
  assert.match(await said(), /\(statement-misses\)/);
  assert.doesNotMatch(await said("--no-simulation"), /\(statement-misses\)/);
});
