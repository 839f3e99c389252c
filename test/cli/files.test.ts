import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const entry = (location: string) => `        <File Permission="660" Location="${location}"/>\n`;
const listing = (...locations: readonly string[]) =>
  goodSpec.replace(entry("Kernel/System/Acme.pm"), locations.map(entry).join(""));

/** A package under Git, of which a file has moved, one has gone, one is another one now, and some are new. */
function moved(t: Parameters<typeof temporaryFolder>[0]): string {
  const folder = temporaryFolder(t, {
    "Acme.sopm": listing("Kernel/System/Acme.pm", "Kernel/Gone.pm", "Kernel/Other.pm"),
    "Kernel/System/Acme.pm": goodPackage["Kernel/System/Acme.pm"],
    "Kernel/Gone.pm": "package Kernel::Gone;\n1;\n",
    "Kernel/Other.pm": "package Kernel::Other;\n1;\n",
    ".gitignore": "/var/made/\n",
    ".opmbuild_filetest_ignore": "# of ours alone\n/scripts/dev\n*.draft\n",
  });
  for (const words of [
    ["init", "-q"],
    ["add", "-A"],
    ["commit", "-qm", "first"],
  ])
    execFileSync(
      "git",
      ["-c", "user.name=T", "-c", "user.email=t@t", "-c", "commit.gpgsign=false", ...words],
      {
        cwd: folder,
        env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
      },
    );
  for (const place of ["Custom/Kernel", "var/made", "var/httpd", "scripts/dev"])
    mkdirSync(join(folder, place), { recursive: true });
  renameSync(join(folder, "Kernel/System/Acme.pm"), join(folder, "Custom/Kernel/It's <Acme> & ä.pm"));
  renameSync(join(folder, "Kernel/Gone.pm"), join(folder, "gone"));
  renameSync(join(folder, "Kernel/Other.pm"), join(folder, "other"));
  writeFileSync(join(folder, "Kernel/System/Other.pm"), "1;\n");
  for (const path of ["var/made/x.js", "var/httpd/y.js", "var/httpd/z.draft", "scripts/dev/w.pl"])
    writeFileSync(join(folder, path), "x\n");
  return folder;
}

const run = (cwd: string, ...words: readonly string[]) => runCli(["files", ...words], {}, { cwd });
const specIn = (folder: string) => readFileSync(join(folder, "Acme.sopm"), "utf8");

test("what moved, is missing and is not listed is told, and nothing is written", async (t) => {
  const folder = moved(t);
  const before = specIn(folder);
  assert.deepEqual(await run(folder, "."), {
    code: 0,
    stdout: `Acme.sopm: “Kernel/System/Acme.pm” is missing; the file is at “Custom/Kernel/It's <Acme> & ä.pm” now.
Acme.sopm: “Kernel/Gone.pm” is missing.
Acme.sopm: “Kernel/Other.pm” is missing. Another file of that name is at “Kernel/System/Other.pm”; whether it is the same is not known.
Acme.sopm: “Kernel/System/Other.pm” is not listed.
Acme.sopm: “var/httpd/y.js” is not listed.
`,
    stderr: "",
  });
  const checked = await run(folder, "--check", "Acme.sopm");
  assert.deepEqual(
    [checked.code, checked.stderr],
    [1, "sopm: Specs whose file lists differ from their files: 1.\n"],
  );
  const shown = await run(folder, "--sync", "Acme.sopm");
  assert.match(shown.stdout, /^-.*System\/Acme\.pm.*\n\+.*It's &lt;Acme&gt; &amp; ä\.pm/m);
  assert.equal(specIn(folder), before);
});

test("lists follow what is sure, and what is asked for, and then nothing is left", async (t) => {
  const folder = moved(t);
  const acme = "Custom/Kernel/It's &lt;Acme&gt; &amp; ä.pm";
  assert.equal((await run(folder, "--sync", "--write", "Acme.sopm")).code, 0);
  assert.equal(specIn(folder), listing(acme, "Kernel/Gone.pm", "Kernel/Other.pm"));
  const added = await run(folder, "--sync", "--write", "--remove-missing", "--add=/var", "Acme.sopm");
  assert.equal(specIn(folder), listing(acme, "Kernel/Other.pm", "var/httpd/y.js"));
  assert.equal(
    added.stdout,
    `Acme.sopm: “Kernel/Other.pm” is missing. Another file of that name is at “Kernel/System/Other.pm”; whether it is the same is not known.
Acme.sopm: “Kernel/System/Other.pm” is not listed.
Acme.sopm: The file list was updated.
`,
  );
  // It has moved back, by hand.
  mkdirSync(join(folder, "Kernel/System"), { recursive: true });
  renameSync(join(folder, "Kernel/System/Other.pm"), join(folder, "Kernel/Other.pm"));
  assert.deepEqual(await run(folder, "--check", "."), { code: 0, stdout: "", stderr: "" });
});

test("folders that a configuration passes over are not searched, and a spec that is named twice is told once", async (t) => {
  const folder = temporaryFolder(t, {
    "sopm.json": '{ "ignoredFolders": ["old"] }',
    "pkg/Acme.sopm": listing("Kernel/Gone.pm"),
    "old/Acme.sopm": listing("Kernel/Gone.pm"),
  });
  const gone = (path: string) => `${path}: “Kernel/Gone.pm” is missing.\n`;
  assert.equal((await run(folder, ".")).stdout, gone("pkg/Acme.sopm"));
  assert.equal((await run(folder, "pkg/Acme.sopm", "pkg")).stdout, gone("pkg/Acme.sopm"));
  assert.equal((await run(folder, "old/Acme.sopm")).stdout, gone("old/Acme.sopm"));
});

test("what cannot be done is refused", async (t) => {
  const folder = temporaryFolder(t, {
    ...goodPackage,
    "x.xml": "<html/>",
    "utf16.sopm": Buffer.from("\ufeff<", "utf16le"),
  });
  const refused = async (...words: readonly string[]) => {
    const { code, stderr } = await run(folder, ...words);
    return `${code} ${stderr.split("\n")[0]}`;
  };
  assert.equal(
    await refused("--write", "Acme.sopm"),
    "2 sopm: --write, --add and --remove-missing say how to change lists; name --sync as well.",
  );
  assert.equal(
    await refused("--sync", "--check", "--write", "Acme.sopm"),
    "2 sopm: Name either --check or --write.",
  );
  assert.equal(
    await refused("--sync", "--add=//", "Acme.sopm"),
    "2 sopm: “//” is no pattern as in .gitignore.",
  );
  assert.equal(
    await refused("Acme.opm"),
    "2 sopm: “Acme.opm” is an archive, which has its files with it; name its spec.",
  );
  assert.equal(
    await refused("None.sopm"),
    "1 sopm: “None.sopm” cannot be read: there is no such file or folder.",
  );
  assert.equal(await refused("x.xml"), "1 sopm: “x.xml” is no spec that a framework can read.");
  assert.equal(await refused("utf16.sopm"), "1 sopm: “utf16.sopm” is no spec that a framework can read.");
});
