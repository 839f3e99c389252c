import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { BuildOutcome } from "../../server/src/protocol/build.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { isRunning } from "../support/is-running.ts";
import { fileUri, LanguageClient } from "../support/language-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const notOnWindows = {
  skip: process.platform === "win32" ? "scripts do not pass for programs there" : false,
};

interface Editor {
  readonly client: LanguageClient;
  readonly folder: string;
  /** The folder of a stand-in for Java, which notes each start in the file “started” and waits for the file “go”. */
  readonly bin: string;
  /** What the server has shown to its reader. */
  readonly shown: string[];
  build(): Promise<BuildOutcome>;
}

async function openEditor(t: TestContext, trusted: boolean, says = "[error] other (1:1)"): Promise<Editor> {
  const folder = temporaryFolder(t, { ...goodPackage, "Acme.sopm": goodSpec });
  const home = temporaryFolder(t, {
    "bin/java": `#!/bin/sh\necho $$ >> "\${0%/*}/started"\nwhile [ ! -e "\${0%/*}/go" ]; do sleep 0.01; done\necho "${says}"; exit 1\n`,
  });
  const bin = join(home, "bin");
  chmodSync(join(bin, "java"), 0o755);
  const before = process.env.JAVA_HOME;
  process.env.JAVA_HOME = home;
  const client = new LanguageClient();
  if (before === undefined) delete process.env.JAVA_HOME;
  else process.env.JAVA_HOME = before;
  const shown: string[] = [];
  client.connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
    shown.push(message);
  });
  await client.initialize({
    workspaceFolders: [{ uri: fileUri(folder), name: "ws" }],
    initializationOptions: { trusted },
  });
  const uri = fileUri(join(folder, "Acme.sopm"));
  return {
    ...{ client, folder, bin, shown },
    build: () => client.request<BuildOutcome>("sopm/build", { uri, force: false }),
  };
}

function starts(bin: string): number[] {
  const file = join(bin, "started");
  // The file is there a moment before the first number is.
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return lines.filter((line) => line !== "").map(Number);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(5);
}

test(
  "a build does not wait for the second opinion, which is told when there is another",
  notOnWindows,
  async (t) => {
    const { client, folder, bin, shown, build } = await openEditor(t, true);
    try {
      const outcome = await build();
      assert.equal(outcome.kind, "built");
      assert.ok(existsSync(join(folder, "Acme-1.0.0.opm")));
      assert.deepEqual(outcome.notes, []);
      assert.deepEqual(shown, []);
      writeFileSync(join(bin, "go"), "");
      await until(() => shown.length > 0);
      assert.deepEqual(shown, [
        "“Acme.sopm” is built, but there is another opinion of it. The schema's validator says: [error] other (1:1)",
      ]);
    } finally {
      await client.stop();
    }
  },
);

test(
  "who is asked about an archive that is built again is not waited for, nor after the server has gone",
  notOnWindows,
  async (t) => {
    const { client, bin, shown, build } = await openEditor(t, true);
    await build();
    await until(() => starts(bin).length === 1);
    await build();
    await until(() => starts(bin).length === 2);
    const [first, second] = starts(bin);
    await until(() => !isRunning(first!));
    assert.ok(isRunning(second!));
    assert.deepEqual(shown, []);
    await client.stop();
    await until(() => !isRunning(second!));
  },
);

test("Java that fails by itself is for the log, not for the reader", notOnWindows, async (t) => {
  const { client, bin, shown, build } = await openEditor(t, true, "no such thing");
  try {
    const logged = new Promise<string>((resolve) => {
      client.connection.onNotification("window/logMessage", ({ message }: { message: string }) =>
        resolve(message),
      );
    });
    writeFileSync(join(bin, "go"), "");
    assert.equal((await build()).kind, "built");
    assert.equal(await logged, "Acme.sopm: The schema's validator could not be asked: no such thing.");
    assert.deepEqual(shown, []);
  } finally {
    await client.stop();
  }
});

test("in a workspace that is not trusted Java is not started", notOnWindows, async (t) => {
  const { client, bin, build } = await openEditor(t, false);
  client.settings = { build: { strictSchema: "on" } };
  assert.equal((await build()).kind, "built");
  client.settings = {};
  assert.equal((await build()).kind, "built");
  await client.stop();
  assert.deepEqual(starts(bin), []);
});

test("with “on” the opinion comes first, and decides", notOnWindows, async (t) => {
  const { client, folder, bin, build } = await openEditor(t, true);
  try {
    client.settings = { build: { strictSchema: "on" } };
    writeFileSync(join(bin, "go"), "");
    const outcome = await build();
    assert.equal(outcome.kind, "failed");
    assert.match(outcome.message, /\[error\] other/);
    assert.ok(!existsSync(join(folder, "Acme-1.0.0.opm")));
  } finally {
    await client.stop();
  }
});

test("a pipe in the place of a spec is no spec, and the server goes on", notOnWindows, async (t) => {
  const { client, folder, build } = await openEditor(t, false);
  try {
    rmSync(join(folder, "Acme.sopm"));
    execFileSync("mkfifo", [join(folder, "Acme.sopm")]);
    const outcome = await build();
    assert.equal(outcome.kind, "failed");
    assert.match(outcome.message, /“Acme\.sopm” is a folder, a device, a pipe or a socket, and no spec\./);
  } finally {
    await client.stop();
  }
});
