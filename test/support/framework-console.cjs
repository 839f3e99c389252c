/**
 * Plays the console of a framework over the home that it lies in: `bin/*.Console.pl`, with the commands that test systems are
 * asked for. It knows nothing of SOPM: archives are taken apart here with a few patterns, so that what it does is a second
 * opinion. `var/planted.json` says what it does wrongly on purpose.
 */
const { createHash } = require("node:crypto");
const {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require("node:fs");
const { dirname, join } = require("node:path");

const home = dirname(dirname(__filename));
const [command, ...words] = process.argv.slice(2);
const statePath = join(home, "var/state.json");
const state = existsSync(statePath) ? JSON.parse(readFileSync(statePath, "utf8")) : { packages: [], log: [] };
const plantedPath = join(home, "var/planted.json");
const planted = existsSync(plantedPath) ? JSON.parse(readFileSync(plantedPath, "utf8")) : {};
const border = `+${"-".repeat(76)}+\n`;

const commands = {
  "Admin::Package::Install": () => operation("Installing package...", install),
  "Admin::Package::Upgrade": () => operation("Upgrading package...", upgrade),
  "Admin::Package::Reinstall": () => operation("Reinstalling package...", reinstall),
  "Admin::Package::Uninstall": () => operation("Uninstalling package...", uninstall),
  "Admin::Package::List": list,
  "Admin::Config::Read": readSetting,
  "Maint::Config::Rebuild": () => print("Rebuilding the system configuration...\nDone.\n"),
  "Maint::Cache::Delete": () => print("Deleting cache...\nDone.\n"),
  "Maint::Log::Print": () => print([...state.log].reverse().join("")),
  "Dev::UnitTest::Run": unitTest,
};

if (planted.hang === command) setInterval(() => {}, 1000);
else if (planted.garbage === command) print("\u0000\u0007 <html>502 Bad Gateway</html>\n");
else if (commands[command]) commands[command]();
else fail(`Error: Could not find Kernel::System::Console::Command::${command}.`);

function print(text) {
  process.stdout.write(text);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

/** As Kernel::System::Log of Znuny 6.5 prints what it logs; the operation goes on. */
function logError(message) {
  process.stderr.write(
    `ERROR: OTRS-otrs.Console.pl-${command}-10 Perl: 5.36.0 OS: linux Time: Sun Nov 29 10:55:04 2026\n\n` +
      ` Message: ${message}\n\n Traceback (7): \n   Module: Kernel::System::Package::_Database Line: 3620\n\n`,
  );
}

function save() {
  mkdirSync(dirname(statePath), { recursive: true });
  writeFileSync(statePath, JSON.stringify(state));
}

function operation(title, work) {
  for (const message of planted.errors ?? []) logError(message);
  print(`${title}\n`);
  const problem = planted.refuse ?? work(words[0]);
  if (problem) return fail(`Error: ${problem}`);
  state.log.push(
    `Notice: ${command} ${words[0]
      .split("/")
      .at(-1)
      .replace(/^sopm-\w+-/, "")}\n`,
  );
  save();
  print("Done.\n");
}

function read(location) {
  if (!existsSync(location)) return undefined;
  const text = readFileSync(location, "utf8");
  const [, name] = /<Name>(.*?)<\/Name>/.exec(text);
  const [, version] = /<Version>(.*?)<\/Version>/.exec(text);
  return { name, version, text };
}

function filesOf({ text }) {
  return [...text.matchAll(/<File\b([^>]*)>([^<]*)<\/File>/g)].map(([, attributes, content]) => ({
    location: /Location="([^"]*)"/.exec(attributes)[1],
    permission: /Permission="([^"]*)"/.exec(attributes)[1],
    content: Buffer.from(content, "base64"),
  }));
}

function install(location) {
  const found = read(location);
  if (!found) return `File '${location}' not found in local repository or invalid package version.`;
  if (state.packages.some(({ name }) => name === found.name)) return "Package is already installed.";
  const [, required] = /<PackageRequired[^>]*>(.*?)<\/PackageRequired>/.exec(found.text) ?? [];
  if (required && !state.packages.some(({ name }) => name === required))
    return `Sorry, package ${required} is required!`;
  write(found);
  state.packages.push(found);
}

function upgrade(location) {
  const found = read(location);
  const old = state.packages.find(({ name }) => name === found?.name);
  if (!old) return "Package is not installed.";
  if (old.version === found.version) return "Package already installed.";
  remove(old);
  write(found);
  state.packages = [...state.packages.filter((each) => each !== old), found];
}

function reinstall(location) {
  const found = read(location);
  if (!state.packages.some(({ name }) => name === found?.name)) return "Package is not installed.";
  write(found, true);
}

function uninstall(location) {
  const old = state.packages.find(({ name }) => name === location);
  if (!old) return `File '${location}' not found in local repository or invalid package version.`;
  remove(old);
  const tables = [...old.text.matchAll(/<TableDrop\b[^>]*Name="([^"]*)"/g)].map(([, name]) => name);
  changeTables((lines) => lines.filter((line) => !tables.includes(line.split("\t")[0])));
  state.packages = state.packages.filter((each) => each !== old);
}

function write(found, isAgain = false) {
  let written = 0;
  for (const { location, permission, content } of filesOf(found)) {
    if (planted.dieAfterFiles === written++) {
      save();
      process.stderr.write("Killed\n");
      process.kill(process.pid, "SIGKILL");
    }
    if (planted.leaveOut === location) continue;
    const path = join(home, location);
    mkdirSync(dirname(path), { recursive: true });
    if (existsSync(path) && !isAgain) renameSync(path, `${path}.save`);
    writeFileSync(path, planted.change === location ? "changed by code\n" : content);
    chmodSync(path, Number.parseInt(permission, 8));
  }
  if (isAgain) return;
  const columns = [
    ...found.text.matchAll(/<TableCreate\b[^>]*Name="([^"]*)"[^>]*>(.*?)<\/TableCreate>/gs),
  ].flatMap(([, table, body]) =>
    [...body.matchAll(/<Column\b[^>]*Name="([^"]*)"/g)].map(([, column]) => `${table}\t${column}`),
  );
  changeTables((lines) => [
    ...lines,
    ...columns.filter((line) => planted.loseColumn !== line.split("\t")[1]),
  ]);
}

function changeTables(change) {
  const path = join(home, "var/tables.txt");
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `${["users\tid", ...change(lines.filter((line) => line !== "users\tid"))].join("\n")}\n`,
  );
}

function remove(found) {
  for (const { location } of filesOf(found)) {
    const path = join(home, location);
    rmSync(path, { force: true });
    if (existsSync(`${path}.save`)) renameSync(`${path}.save`, path);
  }
}

function list() {
  print("Listing all installed packages...\n");
  if (state.packages.length === 0) return print("There are no packages installed.\n");
  for (const found of state.packages) {
    const isDeployed = filesOf(found).every(
      ({ location, content }) =>
        existsSync(join(home, location)) && digest(readFileSync(join(home, location))) === digest(content),
    );
    const version = planted.version ?? found.version;
    print(
      `${border}| Name:        ${found.name}\n| Version:     ${version}\n| Vendor:      Somebody\n| URL:         https://somebody.example/\n| License:     MIT\n| Description: Something.\n`,
    );
    if (words.includes("--show-deployment-info")) print(`| Pck. Status: ${isDeployed ? "OK" : "Not OK"}\n`);
    print(border);
  }
  print("Done.\n");
}

function digest(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

function readSetting() {
  const name = words[words.indexOf("--setting-name") + 1];
  print("Gathering setting value...\n");
  for (const found of state.packages) {
    for (const { location, content } of filesOf(found)) {
      if (!location.endsWith(".xml")) continue;
      const settings = [
        ...content.toString().matchAll(/<Setting Name="([^"]*)".*?<Item[^>]*>([^<]*)<\/Item>/gs),
      ];
      const [, , value] = settings.find(([, each]) => each === name) ?? [];
      if (value === undefined) continue;
      print(`\nSetting: ${name}\n${planted.settings?.[name] ?? value}\n\nDone.\n`);
      return;
    }
  }
  print("Fail.\n");
  process.exitCode = 1;
}

function unitTest() {
  const test = words[words.indexOf("--test") + 1];
  const summary = "=====\nbox.example ran";
  if (!existsSync(join(home, `scripts/test/${test}.t`)))
    return print(`${summary} 0 test(s)\nNo tests executed.\n`);
  if (planted.failingTest !== test) return print(`${summary} 3 test(s)\nAll 3 tests passed.\n`);
  print(
    `not ok 1 - planted\n${summary} 3 test(s)\n1 tests failed.\n FailedTests:\n  scripts/test/${test}.t 1\n`,
  );
  process.exitCode = 1;
}
