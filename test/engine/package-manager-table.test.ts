import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { withPaths } from "../../server/src/cli/command.ts";
import { commands } from "../../server/src/cli/commands.ts";

const project = join(import.meta.dirname, "../..");
const lines = readFileSync(join(project, "docs/package-manager.md"), "utf8").split("\n");

/** What somebody can do, and by which doors. */
interface Door {
  readonly framework: string;
  readonly command: string;
  readonly editor: string;
  readonly testFile: string;
  readonly title: string;
}

interface Row extends Door {
  readonly name: string;
  readonly file: string;
}

const buttonsAt = lines.findIndex((line) => line.startsWith("## The buttons"));
const buttonsEnd = lines.findIndex((line, index) => index > buttonsAt && line.startsWith("## "));
const isRow = (line: string) => /^\| (?!Framework|Button|---)/.test(line);
const rows = [...lines.slice(0, buttonsAt), ...lines.slice(buttonsEnd)].filter(isRow).map(rowOf);
const buttons = lines.slice(buttonsAt, buttonsEnd).filter(isRow).map(buttonOf);

function rowOf(line: string): Row {
  const row =
    /^\| (.+?) \| `(\w+)` \| `([^`]+)` \| `sopm ([^`]+)` \| (`sopm\.\w+`|— .+?) \| `([^`]+)`: (.+) \|$/.exec(
      line,
    );
  assert.ok(row, `six columns in ${line}`);
  const [, framework = "", name = "", file = "", command = "", editor = "", testFile = "", title = ""] = row;
  return { framework, name, file, command, editor, testFile, title };
}

function buttonOf(line: string): Door {
  const row = /^\| (.+?) \| `sopm ([^`]+)` \| (`sopm\.\w+`|— .+?) \| `([^`]+)`: (.+) \|$/.exec(line);
  assert.ok(row, `four columns in ${line}`);
  const [, framework = "", command = "", editor = "", testFile = "", title = ""] = row;
  return { framework, command, editor, testFile, title };
}

const actions: ReadonlySet<string> = new Set(
  JSON.parse(readFileSync(join(project, "package.json"), "utf8")).contributes.commands.map(
    ({ command }: { readonly command: string }) => command,
  ),
);

const cliTests = readdirSync(join(project, "test/cli"))
  .map((file) => readFileSync(join(project, "test/cli", file), "utf8"))
  .join("\n");

test("all buttons are in the table", () => assert.ok(buttons.length >= 15));

for (const { framework, command, editor } of [...rows, ...buttons]) {
  test(`${framework} is in the editor, or there stands why it is not`, () => {
    const [, action] = /^`(.+)`$/.exec(editor) ?? [];
    if (action !== undefined) assert.ok(actions.has(action), `there is no action ${action}`);
  });

  test(`${framework} is on the command line`, () => {
    const [name, ...options] = command.split(/ (?=--)/);
    const found = withPaths(commands).find(({ path }) => path === name);
    assert.ok(found, `there is no command ${name}`);
    for (const option of options) assert.ok(Object.hasOwn(found.command.parameters, option.slice(2)), option);
    assert.match(cliTests, new RegExp(`"${found.command.name}"`), `no test tries ${name}`);
  });
}

for (const { framework, testFile, title } of [...rows, ...buttons]) {
  test(`${framework} is held by a test`, () => {
    const tests = readFileSync(join(project, "test", testFile), "utf8");
    assert.ok(tests.includes(`test("${title}"`) || tests.includes(`test(\`${title}\``), `no test “${title}”`);
  });
}

for (const { framework, name, file } of rows) {
  test(`${framework} has its equal`, () => {
    const path = join(project, "server/src", file);
    assert.ok(existsSync(path), `there is no ${file}`);
    const declaration = new RegExp(`^export (?:async function|function\\*?|const) ${name}\\b`, "m");
    assert.match(readFileSync(path, "utf8"), declaration);
  });
}

test("the table has a row for every method of the framework's package manager", () => {
  const listed = new Set(rows.flatMap(({ framework }) => framework.split(/,\s*| of /)));
  for (const method of methods) assert.ok(listed.has(method), method);
});

/** Those that Znuny 7.1 and OTOBO 11 offer to their callers, as far as they have an equal. */
const methods = [
  "RepositoryList",
  "RepositoryGet",
  "RepositoryAdd",
  "RepositoryRemove",
  "PackageInstall",
  "PackageReinstall",
  "PackageUpgrade",
  "PackageUninstall",
  "GetRequiredPackages",
  "GetRequiredModules",
  "RootRepositoryListGet",
  "ConfiguredRepositoryListGet",
  "RepositoryPackageListGet",
  "PackageOnlineRepositories",
  "PackageOnlineList",
  "PackageOnlineGet",
  "DeployCheck",
  "DeployCheckInfo",
  "PackageBuild",
  "PackageParse",
  "PackageExport",
  "PackageIsInstalled",
  "PackageInstallDefaultFiles",
  "PackageFileGetMD5Sum",
  "AnalyzePackageFrameworkRequirements",
  "PackageUpgradeAll",
  "PackageInstallOrderListGet",
  "PackageUpgradeAllDataDelete",
  "PackageUpgradeAllIsRunning",
];
