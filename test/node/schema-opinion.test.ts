import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { OpinionOptions, SchemaOpinion } from "../../server/src/host/schema-validator.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { askSecondValidator } from "../../server/src/node/schema-opinion.ts";
import { isRunning } from "../support/is-running.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const spec = join(import.meta.dirname, "../../examples/AcmeContracts/AcmeContracts.sopm");
const notOnWindows = {
  skip: process.platform === "win32" ? "scripts do not pass for programs there" : false,
};

/** Asks with other environment variables, in another folder if one is given, and puts back what was there. */
async function ask(
  environment: Readonly<Record<string, string | undefined>>,
  untrustedFolders: readonly string[],
  { here = process.cwd(), ...options }: Partial<OpinionOptions> & { readonly here?: string } = {},
): Promise<SchemaOpinion> {
  const before = { ...process.env };
  const folder = process.cwd();
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  process.chdir(here);
  try {
    return await askSecondValidator(spec, "otrs", { untrustedFolders, ...options });
  } finally {
    process.chdir(folder);
    for (const name of Object.keys(environment)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** Puts a program called java into a folder; started, it leaves the file “started” beside itself. */
function fakeJava(folder: string, script = 'printf "[error] fake java (1:1)\\n"; exit 1'): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "java");
  writeFileSync(path, `#!/bin/sh\n: > "\${0%/*}/started"\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const started: SchemaOpinion = { kind: "invalid", messages: ["[error] fake java (1:1)"] };
const refused: SchemaOpinion = { kind: "not-asked", reason: "java-untrusted" };

test("a Java on the PATH or in JAVA_HOME is started", notOnWindows, async (t) => {
  const folder = temporaryFolder(t);
  fakeJava(join(folder, "bin"));
  const path = `${join(folder, "bin")}${delimiter}${process.env.PATH}`;
  assert.deepEqual(await ask({ JAVA_HOME: undefined, PATH: path }, ["/elsewhere"]), started);
  assert.deepEqual(await ask({ JAVA_HOME: folder, PATH: "" }, ["/elsewhere"]), started);
  assert.ok(existsSync(join(folder, "bin/started")), "the stand-in says when it is started");
});

test("without Java nobody is asked", async (t) => {
  const folder = temporaryFolder(t);
  const expected = { kind: "not-asked", reason: "no-java" };
  assert.deepEqual(await ask({ JAVA_HOME: undefined, PATH: "" }, []), expected);
  assert.deepEqual(await ask({ JAVA_HOME: undefined, PATH: folder }, []), expected);
  assert.deepEqual(await ask({ JAVA_HOME: folder, PATH: process.env.PATH }, []), expected);
});

test("a Java that somebody may have planted is never started", notOnWindows, async (t) => {
  const outer = temporaryFolder(t);
  const workspace = join(outer, "workspace");
  const bin = join(workspace, "tools/bin");
  const java = fakeJava(bin);
  fakeJava(join(outer, "elsewhere/node_modules/.bin"));
  symlinkSync(workspace, join(outer, "linked"));
  mkdirSync(join(outer, "links"));
  symlinkSync(java, join(outer, "links/java"));
  mkdirSync(join(outer, "chain"));
  symlinkSync("../links/java", join(outer, "chain/java"));
  mkdirSync(join(workspace, "leads-out"));
  symlinkSync("/bin/sh", join(workspace, "leads-out/java"));
  mkdirSync(join(outer, "folders/java"), { recursive: true });
  const ways: Readonly<Record<string, Parameters<typeof ask>[0]>> = {
    "on the PATH": { PATH: bin },
    "in JAVA_HOME": { PATH: "", JAVA_HOME: join(workspace, "tools") },
    "in a relative JAVA_HOME": { PATH: "", JAVA_HOME: "tools" },
    "in a JAVA_HOME that climbs": { PATH: "", JAVA_HOME: join(outer, "links/../workspace/tools") },
    "through a link to the workspace": { PATH: join(outer, "linked/tools/bin") },
    "through a link to the program": { PATH: join(outer, "links") },
    "through a link to a link": { PATH: join(outer, "chain") },
    "through a link that leads out": { PATH: join(workspace, "leads-out") },
    "behind a folder of the same name": { PATH: `${join(outer, "folders")}${delimiter}${bin}` },
    "by a relative path": { PATH: "tools/bin" },
    "by a path that begins with a dot": { PATH: "./tools/bin" },
    "in a folder of npm's": { PATH: join(outer, "elsewhere/node_modules/.bin") },
  };
  for (const [way, environment] of Object.entries(ways)) {
    const opinion = await ask({ JAVA_HOME: undefined, ...environment }, [workspace], { here: workspace });
    assert.deepEqual(opinion, refused, way);
  }
  for (const path of [".", "", `${delimiter}/nowhere`, bin]) {
    const opinion = await ask({ JAVA_HOME: undefined, PATH: path }, [], { here: bin });
    assert.deepEqual(opinion, refused, `in the current folder by “${path}”`);
  }
  const linked = await ask({ JAVA_HOME: undefined, PATH: bin }, [join(outer, "linked")]);
  assert.deepEqual(linked, refused, "when the workspace is known by a link");
  for (const folder of [bin, join(outer, "elsewhere/node_modules/.bin")])
    assert.ok(!existsSync(join(folder, "started")), folder);
});

test(
  "a Java in the checkout around the spec is not started, however deep the spec lies",
  notOnWindows,
  async (t) => {
    for (const sign of [".git", ".hg", ".svn"]) {
      const outer = temporaryFolder(t);
      const checkout = join(outer, "checkout");
      const inner = join(checkout, "packages/submodule/deep");
      mkdirSync(join(checkout, sign), { recursive: true });
      mkdirSync(inner, { recursive: true });
      writeFileSync(join(checkout, "packages/submodule/.git"), "gitdir: ../../.git/modules/submodule\n");
      fakeJava(join(checkout, "jdk/bin"));
      for (const [given, here] of [
        [[inner], outer],
        [[], inner],
      ] as const) {
        for (const environment of [
          { JAVA_HOME: join(checkout, "jdk"), PATH: "" },
          { JAVA_HOME: undefined, PATH: join(checkout, "jdk/bin") },
        ])
          assert.deepEqual(await ask(environment, given, { here }), refused, sign);
      }
      assert.ok(!existsSync(join(checkout, "jdk/bin/started")));
    }
  },
);

test("a planted Java hides none that is the user's own", notOnWindows, async (t) => {
  const outer = temporaryFolder(t);
  const planted = join(outer, "package/node_modules/.bin");
  fakeJava(planted);
  fakeJava(join(outer, "own"));
  const path = ["", "bin", planted, join(outer, "own")].join(delimiter);
  const opinion = await ask({ JAVA_HOME: undefined, PATH: path }, [join(outer, "package")]);
  assert.deepEqual(opinion, started);
  assert.ok(existsSync(join(outer, "own/started")));
  assert.ok(!existsSync(join(planted, "started")));
});

test(
  "what a Java that is a script looks for is not found in planted folders either",
  notOnWindows,
  async (t) => {
    const outer = temporaryFolder(t);
    const planted = join(outer, "package/node_modules/.bin");
    fakeJava(planted);
    writeFileSync(join(planted, "helper"), `#!/bin/sh\n: > "${planted}/started"\n`);
    chmodSync(join(planted, "helper"), 0o755);
    fakeJava(
      join(outer, "own"),
      `helper 2>/dev/null; echo "[error] $PATH|$NODE_OPTIONS|$JAVA_TOOL_OPTIONS|$CLASSPATH|$BASH_ENV (1:1)"; exit 1`,
    );
    // npm puts its folders first.
    const path = [planted, "", ".", "node_modules/.bin", "/usr/bin", "/bin"].join(delimiter);
    const opinion = await ask(
      {
        JAVA_HOME: undefined,
        PATH: `${planted}${delimiter}${join(outer, "own")}${delimiter}${path}`,
        NODE_OPTIONS: "",
        JAVA_TOOL_OPTIONS: "-javaagent:evil.jar",
        CLASSPATH: ".",
        BASH_ENV: "evil.sh",
      },
      [join(outer, "package")],
    );
    assert.equal(opinion.kind, "invalid");
    assert.match(opinion.messages[0]!, /^\[error\] .*\/own:\/usr\/bin:\/bin\|\|\|\| \(1:1\)$/);
    assert.ok(!existsSync(join(planted, "started")));
  },
);

test("a folder is known by what it is, not by what it is called", notOnWindows, async (t) => {
  const outer = temporaryFolder(t);
  fakeJava(join(outer, "workspace/bin"));
  // A second name that no resolving of links takes away, as a disk without letter case gives it.
  mkdirSync(join(outer, "WORKSPACE"));
  try {
    execFileSync("mount", ["--bind", join(outer, "workspace"), join(outer, "WORKSPACE")], {
      stdio: "ignore",
    });
  } catch {
    t.skip("no folder can be mounted twice here");
    return;
  }
  try {
    const opinion = await ask({ JAVA_HOME: undefined, PATH: join(outer, "WORKSPACE/bin") }, [
      join(outer, "workspace"),
    ]);
    assert.deepEqual(opinion, refused);
    assert.ok(!existsSync(join(outer, "workspace/bin/started")));
  } finally {
    execFileSync("umount", [join(outer, "WORKSPACE")]);
  }
});

test("a Java that hangs is ended, with what it has started", notOnWindows, async (t) => {
  const folder = temporaryFolder(t);
  fakeJava(join(folder, "bin"), 'sleep 1000 & echo $! > "${0%/*}/child"; wait');
  const opinion = await ask({ JAVA_HOME: folder }, [], { timeLimit: 1000 });
  assert.deepEqual(opinion, { kind: "too-slow", seconds: 1 });
  await assertEnded(Number(readFileSync(join(folder, "bin/child"), "utf8")));
});

test("a Java that nobody waits for any more is ended", notOnWindows, async (t) => {
  const folder = temporaryFolder(t);
  fakeJava(join(folder, "bin"), 'echo $$ > "${0%/*}/own"; while :; do :; done');
  const controller = new AbortController();
  const asked = ask({ JAVA_HOME: folder }, [], { signal: controller.signal });
  while (!existsSync(join(folder, "bin/own")) || readFileSync(join(folder, "bin/own"), "utf8") === "") {
    await setImmediate();
  }
  controller.abort();
  assert.deepEqual(await asked, { kind: "cancelled" });
  await assertEnded(Number(readFileSync(join(folder, "bin/own"), "utf8")));
  assert.deepEqual(await ask({ JAVA_HOME: folder }, [], { signal: controller.signal }), {
    kind: "cancelled",
  });
});

test("a Java that never stops talking is ended", notOnWindows, async (t) => {
  const folder = temporaryFolder(t);
  fakeJava(
    join(folder, "bin"),
    "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done",
  );
  assert.equal((await ask({ JAVA_HOME: folder }, [])).kind, "failed");
});

test("a Java that is none fails, and says what it said", notOnWindows, async (t) => {
  const folder = temporaryFolder(t);
  fakeJava(join(folder, "bin"), "echo oops; echo more; exit 3");
  const why = async () => {
    const opinion = await ask({ JAVA_HOME: folder }, []);
    return opinion.kind === "failed" && english(opinion.message.text, opinion.message.values);
  };
  assert.equal(await why(), "The schema's validator could not be asked: oops.");
  fakeJava(join(folder, "bin"), "exit 3");
  assert.equal(await why(), "The schema's validator could not be asked: it ended with the code 3.");
  writeFileSync(join(folder, "bin/java"), "#!/nowhere/at/all\n");
  assert.equal((await ask({ JAVA_HOME: folder }, [])).kind, "failed");
});

async function assertEnded(processId: number): Promise<void> {
  assert.ok(processId > 1);
  while (isRunning(processId)) await setImmediate();
}

test("what lies in the current folder is not loaded into Java", async (t) => {
  const folder = temporaryFolder(t, {
    "META-INF/services/javax.xml.validation.SchemaFactory": "evil.Factory\n",
  });
  if ((await ask({}, [])).kind !== "valid") {
    t.skip("there is no Java here");
    return;
  }
  // Java looks on its class path for somebody who reads schemas, and would start the class that is named here.
  assert.deepEqual(await ask({}, [], { here: folder }), { kind: "valid" });
  assert.deepEqual(await ask({ CLASSPATH: folder }, []), { kind: "valid" });
});

test("every complaint of the validator is a message of its own, with line and column", async (t) => {
  const folder = temporaryFolder(t, {
    "A.sopm": "<otrs_package version='1.0'><Name>A</Name><Name>B</Name><Vendr/></otrs_package>",
  });
  const opinion = await askSecondValidator(join(folder, "A.sopm"), "otrs", { untrustedFolders: [] });
  if (opinion.kind === "not-asked") {
    t.skip("there is no Java here");
    return;
  }
  assert.equal(opinion.kind, "invalid");
  assert.ok(opinion.messages.length > 0);
  for (const message of opinion.messages) assert.match(message, /^\[(error|fatal|warning)\] .*\(\d+:\d+\)/);
});
