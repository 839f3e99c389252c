import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { goodSpec } from "../support/cli-package.ts";
import { cliBundle } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What the driver has written down. */
interface Seen {
  readonly failed?: string;
  readonly definition: string;
  readonly references: readonly string[];
  /** The lines with the new name. */
  readonly renamed: readonly string[];
  /** A line that was indented too deep. */
  readonly formatted: string;
  /** The lines with the new version. */
  readonly raised: readonly string[];
  readonly mended: string;
}

const spec = goodSpec.replace(
  "</Filelist>",
  `</Filelist>
    <DatabaseInstall Type="post">
        <TableCreate Name="acme_room">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>
        </TableCreate>
    </DatabaseInstall>
    <DatabaseUninstall Type="pre">
        <TableDrop Name="acme_room"/>
    </DatabaseUninstall>`,
);

/** The first block of Lisp in the documentation, as its readers take it. */
function documentedConfiguration(): string {
  const text = readFileSync(join(import.meta.dirname, "../../docs/editors.md"), "utf8");
  return /```elisp\n([\s\S]*?)```/.exec(text)![1]!;
}

const words = ["--batch", "--no-init-file", "--eval", "(require 'eglot)"];

if (process.platform === "win32" || spawnSync("emacs", words, { stdio: "ignore" }).status !== 0) {
  console.log("left out: Emacs is not installed with Eglot, so nothing was tried in it");
} else {
  test("in Eglot names are followed and changed, and a finding is mended", async (context) => {
    const folder = temporaryFolder(context, {
      "ws/Acme.sopm": spec,
      "ws/Kernel/System/Acme.pm": "1;\n",
      "init.el": documentedConfiguration(),
    });
    const program = join(folder, "bin/sopm");
    mkdirSync(join(folder, "bin"));
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${cliBundle}" "$@"\n`);
    chmodSync(program, 0o755);
    const output = join(folder, "seen.json");
    const driver = join(import.meta.dirname, "eglot.el");
    const emacs = spawn("emacs", [...words, "-l", join(folder, "init.el"), "-l", driver], {
      cwd: join(folder, "ws"),
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: [join(folder, "bin"), process.env.PATH].join(delimiter),
        LANG: "C.UTF-8",
        HOME: folder,
        SOPM_TEST_SEEN: output,
      },
    });
    context.after(() => emacs.kill("SIGKILL"));
    let said = "";
    for (const stream of [emacs.stdout, emacs.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    }
    await new Promise((resolve) => emacs.once("close", resolve));
    assert.ok(existsSync(output), said);
    const seen: Seen = JSON.parse(readFileSync(output, "utf8"));
    assert.equal(seen.failed, undefined, `${JSON.stringify(seen, undefined, 2)}\n${said}`);
    const [creation, removal] = ['<TableCreate Name="acme_room">', '<TableDrop Name="acme_room"/>'];
    assert.equal(seen.definition, creation);
    assert.deepEqual(seen.references, [creation, removal]);
    assert.deepEqual(
      seen.renamed,
      [creation, removal].map((line) => line.replace("room", "hall")),
    );
    assert.equal(seen.formatted, "    <Version>1.0.0</Version>\n");
    assert.equal(seen.raised[0], "<Version>1.1.0</Version>");
    assert.match(seen.raised[1]!, /^<ChangeLog Version="1\.1\.0"/);
    assert.equal(seen.mended, '<File Permission="660" Location="Kernel/System/Acme.pm"/>');
  });
}
