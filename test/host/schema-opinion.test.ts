import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { askSecondValidator, type SchemaOpinion } from "../../server/src/host/node/schema-opinion.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const spec = join(import.meta.dirname, "../../examples/AcmeContracts/AcmeContracts.sopm");
const notOnWindows = {
  skip: process.platform === "win32" ? "scripts do not pass for programs there" : false,
};

/** Asks with other environment variables, and puts back what was there. */
async function ask(
  environment: Readonly<Record<string, string | undefined>>,
  file: string,
  forbiddenFolders: readonly string[],
): Promise<SchemaOpinion> {
  const before = { ...process.env };
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  try {
    return await askSecondValidator(file, "otrs", forbiddenFolders);
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** Puts a program called java into a folder; started, it leaves the file “started” beside itself. */
function fakeJava(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "java");
  writeFileSync(path, '#!/bin/sh\n: > "${0%/*}/started"\nprintf "[error] fake java (1:1)\\n"; exit 1\n');
  chmodSync(path, 0o755);
  return path;
}

test("a Java on the PATH or in JAVA_HOME is started", notOnWindows, async (t) => {
  const folder = temporaryFolder(t);
  fakeJava(join(folder, "bin"));
  const expected = { kind: "invalid", messages: ["[error] fake java (1:1)"] };
  const path = `${join(folder, "bin")}${delimiter}${process.env.PATH}`;
  assert.deepEqual(await ask({ JAVA_HOME: undefined, PATH: path }, spec, ["/elsewhere"]), expected);
  assert.deepEqual(await ask({ JAVA_HOME: folder, PATH: "" }, spec, ["/elsewhere"]), expected);
  assert.ok(existsSync(join(folder, "bin/started")), "the stand-in says when it is started");
});

test("without Java nobody is asked", async (t) => {
  const folder = temporaryFolder(t);
  const expected = { kind: "not-asked", reason: "no-java" };
  assert.deepEqual(await ask({ JAVA_HOME: undefined, PATH: "" }, spec, []), expected);
  assert.deepEqual(await ask({ JAVA_HOME: undefined, PATH: folder }, spec, []), expected);
  assert.deepEqual(await ask({ JAVA_HOME: folder, PATH: process.env.PATH }, spec, []), expected);
});

test("a Java that lies in a workspace is never started", notOnWindows, async (t) => {
  const outer = temporaryFolder(t);
  const workspace = join(outer, "workspace");
  const bin = join(workspace, "tools/bin");
  const java = fakeJava(bin);
  symlinkSync(workspace, join(outer, "linked"));
  mkdirSync(join(outer, "links"));
  symlinkSync(java, join(outer, "links/java"));
  mkdirSync(join(outer, "folders/java"), { recursive: true });
  const expected = { kind: "not-asked", reason: "java-in-workspace" };
  const ways = {
    "on the PATH": { PATH: bin },
    "in JAVA_HOME": { PATH: "", JAVA_HOME: join(workspace, "tools") },
    "through a link to the workspace": { PATH: join(outer, "linked/tools/bin") },
    "through a link to the program": { PATH: join(outer, "links") },
    "behind a folder of the same name": { PATH: `${join(outer, "folders")}${delimiter}${bin}` },
    "by a relative path": { PATH: "tools/bin" },
    "in the current folder": { PATH: `.${delimiter}` },
  };
  for (const [way, environment] of Object.entries(ways)) {
    const here = process.cwd();
    process.chdir(way === "in the current folder" ? bin : workspace);
    try {
      assert.deepEqual(await ask({ JAVA_HOME: undefined, ...environment }, spec, [workspace]), expected, way);
    } finally {
      process.chdir(here);
    }
  }
  const linked = await ask({ JAVA_HOME: undefined, PATH: bin }, spec, [join(outer, "linked")]);
  assert.deepEqual(linked, expected, "when the workspace is known by a link");
  assert.ok(!existsSync(join(bin, "started")));
});

test("what lies in the current folder is not loaded into Java", async (t) => {
  const probe = await askSecondValidator(spec, "otrs", []);
  if (probe.kind !== "valid") {
    t.skip("there is no Java here");
    return;
  }
  // Java looks on its class path for somebody who reads schemas, and would start the class that is named here.
  const folder = temporaryFolder(t, {
    "META-INF/services/javax.xml.validation.SchemaFactory": "evil.Factory\n",
  });
  const here = process.cwd();
  process.chdir(folder);
  try {
    assert.deepEqual(await askSecondValidator(spec, "otrs", []), { kind: "valid" });
  } finally {
    process.chdir(here);
  }
});

test("every complaint of the validator is a message of its own, with line and column", async (t) => {
  const folder = temporaryFolder(t, {
    "A.sopm": "<otrs_package version='1.0'><Name>A</Name><Name>B</Name><Vendr/></otrs_package>",
  });
  const opinion = await askSecondValidator(join(folder, "A.sopm"), "otrs", []);
  if (opinion.kind === "not-asked") {
    t.skip("there is no Java here");
    return;
  }
  assert.equal(opinion.kind, "invalid");
  assert.ok(opinion.messages.length > 0);
  for (const message of opinion.messages) assert.match(message, /^\[(error|fatal|warning)\] .*\(\d+:\d+\)/);
});
