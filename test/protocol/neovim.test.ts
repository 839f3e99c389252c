import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { goodSpec } from "../support/cli-package.ts";
import { cliBundle } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What the driver has written down. */
interface Seen {
  readonly failed?: string;
  readonly shown: readonly string[];
  readonly fixes: readonly string[];
  readonly lenses: readonly string[];
  readonly definition: string;
  readonly references: readonly string[];
  /** The lines with the new name. */
  readonly renamed: readonly string[];
  /** A line that was indented too deep. */
  readonly formatted: string;
  /** The lines with the new version. */
  readonly raised: readonly string[];
  readonly sql: string;
  readonly left: readonly string[];
  readonly log: string;
  readonly messages: string;
}

const root = join(import.meta.dirname, "../..");

function hasNeovim(): boolean {
  try {
    execFileSync("nvim", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The first block of Lua in the documentation, as its readers take it. */
function documentedConfiguration(): string {
  const text = readFileSync(join(root, "docs/editors.md"), "utf8");
  return /```lua\n([\s\S]*?)```/.exec(text)![1]!;
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

if (!hasNeovim() || process.platform === "win32") {
  console.log("left out: Neovim is not installed, so nothing was tried in it");
} else {
  test("in Neovim findings come and go, names are followed and changed, and the package is built", async (context) => {
    const folder = temporaryFolder(context, { "ws/Acme.sopm": spec });
    const program = join(folder, "bin/sopm");
    mkdirSync(join(folder, "bin"));
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${cliBundle}" "$@"\n`);
    chmodSync(program, 0o755);
    const configuration = join(folder, "init.lua");
    writeFileSync(configuration, documentedConfiguration());
    const output = join(folder, "seen.json");
    const driver = join(import.meta.dirname, "neovim.lua");
    const words = [
      "--headless",
      "-n",
      "-i",
      "NONE",
      "-u",
      configuration,
      "Acme.sopm",
      "-c",
      `luafile ${driver}`,
    ];
    const nvim = spawn("nvim", words, {
      cwd: join(folder, "ws"),
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: [join(folder, "bin"), process.env.PATH].join(delimiter),
        LANG: "C.UTF-8",
        HOME: folder,
        XDG_CONFIG_HOME: join(folder, "config"),
        XDG_DATA_HOME: join(folder, "data"),
        XDG_STATE_HOME: join(folder, "state"),
        XDG_CACHE_HOME: join(folder, "cache"),
        SOPM_TEST_FILE: join(folder, "ws/Kernel/System/Acme.pm"),
        SOPM_TEST_FIX: "slash",
        SOPM_TEST_SEEN: output,
      },
    });
    context.after(() => nvim.kill("SIGKILL"));
    let said = "";
    for (const stream of [nvim.stdout, nvim.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    }
    await new Promise((resolve) => nvim.once("close", resolve));
    assert.ok(existsSync(output), said);
    const seen: Seen = JSON.parse(readFileSync(output, "utf8"));
    assert.equal(seen.failed, undefined, `${JSON.stringify(seen, undefined, 2)}\n${said}`);
    const archive = join(folder, "ws/Acme-1.0.0.opm");
    assert.deepEqual(seen.shown, [`Built ${archive}.`]);
    assert.ok(existsSync(archive));
    assert.equal(readFileSync(join(folder, "ws/Acme.sopm"), "utf8"), spec);
    const [creation, removal] = ['<TableCreate Name="acme_room">', '<TableDrop Name="acme_room"/>'];
    assert.equal(seen.definition.trim(), creation);
    assert.deepEqual(seen.references, [creation, removal]);
    assert.deepEqual(
      seen.renamed,
      [creation, removal].map((line) => line.replace("room", "hall")),
    );
    assert.equal(seen.formatted, "    <Version>1.0.0</Version>");
    assert.equal(seen.raised[0], "<Version>1.1.0</Version>");
    assert.match(seen.raised[1]!, /^<ChangeLog Version="1\.1\.0"/);
    assert.match(seen.sql, /^-- /);
    assert.deepEqual(seen.left, []);
    assert.doesNotMatch(seen.log, /\[(?:WARN|ERROR)\]/);
    assert.doesNotMatch(seen.messages + said, /Error|E\d+:/);
  });
}
