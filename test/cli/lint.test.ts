import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type TestContext, test } from "node:test";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { fileUri, LanguageClient } from "../support/language-client.ts";
import { type CliResult, cliBundle, cliEnvironment, runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const examples = join(import.meta.dirname, "../../examples");
const onlyOnLinux = { skip: process.platform === "linux" ? false : "needs what only Linux has" };
const notOnWindows = { skip: process.platform === "win32" ? "there is no such thing on Windows" : false };

interface JsonFinding {
  readonly rule: string;
  readonly severity: string;
  readonly certainty: string;
  readonly message: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly related: readonly {
    readonly file: string;
    readonly message: string;
    readonly line: number;
    readonly column: number;
  }[];
  readonly fixable: boolean;
  readonly fixedByFix: boolean;
  readonly fingerprint: string;
}

interface JsonFile {
  readonly file: string;
  readonly dialect: string;
  readonly findings: readonly JsonFinding[];
}

function filesOf({ stdout }: CliResult): readonly JsonFile[] {
  return (JSON.parse(stdout) as { files: JsonFile[] }).files;
}

function rulesOf(result: CliResult): string[] {
  return filesOf(result).flatMap(({ findings }) => findings.map(({ rule }) => rule));
}

/** The good package with something else in place of a part of its spec. */
function packageWith(t: TestContext, part: string, replacement: string): string {
  assert.ok(goodSpec.includes(part));
  return temporaryFolder(t, { ...goodPackage, "Acme.sopm": goodSpec.replace(part, replacement) });
}

test("a package without a mistake is clean, and the shell hears so", async (t) => {
  const folder = temporaryFolder(t, goodPackage);
  const { code, stdout, stderr } = await runCli(["lint", folder]);
  assert.equal(stdout, "Files checked: 1. Errors: 0, warnings: 0, others: 0.\n");
  assert.equal(stderr, "");
  assert.equal(code, 0);
});

test("findings stand below their file, with line, column, severity and rule", async (t) => {
  const folder = packageWith(t, "<Vendor>Acme Inc.</Vendor>", "<Vendor>A</Vendor>\n    <Vendor>B</Vendor>");
  const spec = join(folder, "Acme.sopm");
  const { code, stdout } = await runCli(["lint", spec]);
  const lines = stdout.split("\n");
  assert.equal(lines[0], spec);
  assert.match(
    lines[1]!,
    /^ {2}6:6 {2}error {2}This <Vendor> does not count,.* {2}\(single-element-duplicate\)$/,
  );
  assert.equal(lines[2], "              6 | <Vendor>A</Vendor>");
  assert.equal(lines[3], "                |  ^^^^^^");
  assert.equal(lines[4], "              7:6: This is the one that counts.");
  assert.match(lines[5]!, /^ {14}→ Remove/);
  assert.equal(lines[6], "");
  assert.equal(lines[7], "Files checked: 1. Errors: 1, warnings: 0, others: 0.");
  assert.equal(lines[8], "“sopm explain RULE” tells what is behind a rule and how to do it right.");
  assert.equal(code, 1);
});

test("what one rule says of very many elements is said ten times and counted", async (t) => {
  const tables = Array.from({ length: 25 }, (_, index) => `<Insert Type="post" Table="t${index}"/>\n`);
  const section = `<DatabaseInstall Type="post">\n${tables.join("")}</DatabaseInstall>`;
  const folder = packageWith(t, "</Filelist>", `</Filelist>${section}`);
  const options = ["--no-simulation", "--rule", "insert-key-missing=off"];
  const { stdout } = await runCli(["lint", ...options, folder]);
  assert.equal(stdout.match(/\(db-level3-type-ineffective\)/g)?.length, 10, stdout);
  assert.match(stdout, /^ {2}db-level3-type-ineffective: 15 more of these, in lines (\d+, ){14}\d+$/m);
  assert.match(stdout, /others: 25\.$/m);
  const all = await runCli(["lint", "--format=json", ...options, folder]);
  assert.equal(rulesOf(all).length, 25);
});

test("packages are tried on the databases that are named, or on none", async (t) => {
  const table =
    '<TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/><Column Name="comments" Required="true" Size="200" Type="VARCHAR"/></TableCreate>';
  const insert = '<Insert Table="acme"><Data Key="comments" Type="Quote"></Data></Insert>';
  const install = `<DatabaseInstall Type="post">${table}${insert}</DatabaseInstall>`;
  const uninstall = '<DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>';
  const folder = packageWith(t, "</Filelist>", `</Filelist>${install}${uninstall}`);
  const { code, stdout } = await runCli(["lint", folder]);
  assert.match(stdout, /This Insert fails in installations on Oracle\. .* {2}\(statement-value-refused\)$/m);
  assert.equal(code, 0);
  for (const options of [["--no-simulation"], ["--database", "mysql", "--database=postgresql"]]) {
    assert.doesNotMatch((await runCli(["lint", ...options, folder])).stdout, /statement-/);
  }
});

test("a package without findings is not told where to read more", async (t) => {
  const { stdout } = await runCli(["lint", temporaryFolder(t, { ...goodPackage, "Acme.sopm": goodSpec })]);
  assert.doesNotMatch(stdout, /explain/);
});

test("warnings alone do not fail a run", async (t) => {
  const folder = packageWith(t, '<?xml version="1.0" encoding="utf-8" ?>\n', "");
  const { code, stdout } = await runCli(["lint", folder]);
  assert.match(stdout, /^ +1:2 {2}warning .*\(xml-declaration-missing\)$/m);
  assert.match(stdout, /^Files checked: 1\. Errors: 0, warnings: 1, others: 0\.$/m);
  assert.equal(code, 0);
});

test("as JSON a finding carries rule, severity, message, arguments, place and whether it can be fixed", async (t) => {
  const folder = packageWith(t, "Vendor>\n", "Vendor>\n    <Vendr>B</Vendr>\n");
  const spec = join(folder, "Acme.sopm");
  const result = await runCli(["lint", "--format", "json", spec]);
  const [file, ...others] = filesOf(result);
  assert.deepEqual(others, []);
  assert.equal(file!.file, spec);
  assert.equal(file!.dialect, "znuny-7");
  const [finding] = file!.findings;
  assert.deepEqual(Object.keys(finding!), [
    "rule",
    "severity",
    "certainty",
    "message",
    "arguments",
    "line",
    "column",
    "endLine",
    "endColumn",
    "related",
    "fixable",
    "fixedByFix",
    "fingerprint",
  ]);
  const { message, arguments: values, fingerprint, ...rest } = finding!;
  assert.deepEqual(rest, {
    rule: "element-unknown",
    severity: "error",
    certainty: "run",
    line: 7,
    column: 6,
    endLine: 7,
    endColumn: 11,
    related: [],
    fixable: true,
    fixedByFix: true,
  });
  assert.match(fingerprint, /^[0-9a-f]{32}:1$/);
  assert.match(message, /Vendr/);
  assert.doesNotMatch(message, /\{\w+\}/);
  assert.ok(Object.values(values).includes("Vendr"), JSON.stringify(values));
  assert.equal(result.code, 1);
});

test("the places that a finding speaks of stand below it, and in the JSON", async (t) => {
  const folder = packageWith(t, "<Vendor>Acme Inc.</Vendor>", "<Vendor>A</Vendor>\n    <Vendor>B</Vendor>");
  const spec = join(folder, "Acme.sopm");
  const { stdout } = await runCli(["lint", "--language", "de", spec]);
  assert.match(stdout, /\(single-element-duplicate\)\n.*\n.*\n +7:6: Das hier zählt\.\n +→ /);
  const [file] = filesOf(await runCli(["lint", "--format", "json", spec]));
  assert.deepEqual(
    file!.findings.map(({ related }) => related),
    [
      [
        {
          file: spec,
          message: "This is the one that counts.",
          line: 7,
          column: 6,
          endLine: 7,
          endColumn: 12,
        },
      ],
    ],
  );
});

test("a folder means every spec and archive in it and below, and several paths are checked in their order, each file once", async (t) => {
  const folder = temporaryFolder(t, {
    "b/B.sopm": goodSpec,
    "a/A.sopm": goodSpec,
    "a/deep/er/D.sopm": goodSpec,
    "a/notes.txt": "no spec",
    "a/A-1.0.0.opm": "no spec",
    "node_modules/other/O.sopm": goodSpec,
    ".git/G.sopm": goodSpec,
    "a/folder.sopm/F.sopm": goodSpec,
  });
  const names = async (...paths: string[]) => {
    const result = await runCli(["lint", "--format=json", ...paths.map((path) => join(folder, path))]);
    return filesOf(result).map(({ file }) => file.slice(folder.length + 1).replaceAll("\\", "/"));
  };
  const below = ["a/A.sopm", "a/deep/er/D.sopm", "a/folder.sopm/F.sopm"];
  const archive = "a/A-1.0.0.opm";
  assert.deepEqual(await names("."), [...below, "b/B.sopm", archive]);
  assert.deepEqual(await names("b", "a"), ["b/B.sopm", ...below, archive]);
  assert.deepEqual(await names("a/deep", "a", "a/A.sopm"), [below[1], below[0], below[2], archive]);
  assert.deepEqual(await names("node_modules"), ["node_modules/other/O.sopm"]);
});

test("a folder without specs is clean, and the count says that there was nothing", async (t) => {
  const folder = temporaryFolder(t);
  const { code, stdout } = await runCli(["lint", folder]);
  assert.match(stdout, /^Files checked: 0\./);
  assert.equal(code, 0);
  assert.deepEqual(filesOf(await runCli(["lint", "--format=json", folder])), []);
});

const misuses: readonly (readonly [words: readonly string[], complaint: RegExp])[] = [
  [["lint"], /^sopm: There is no file or folder to check\./],
  [["lint", "--colour", "."], /^sopm: There is no option --colour for this command; add --help/],
  [["lint", "-x", "."], /^sopm: There is no option -x for this command/],
  [["lint", "--force", "."], /^sopm: There is no option --force for this command/],
  [["lint", "--base"], /^sopm: --base needs a value/],
  [["lint", "--base", "--rule", "."], /^sopm: --base needs a value.*--base=-/],
  [
    ["lint", "--format", "xml", "."],
    /“xml” is no value for --format; it takes text, unix, json, sarif, junit, gitlab, github\./,
  ],
  [
    ["lint", "--dialect", "znuny", "."],
    /“znuny” is no value for --dialect; it takes auto, .*znuny-7.*otobo-11\./,
  ],
  [
    ["lint", "--profile", "x", "."],
    /“x” is no value for --profile; it takes framework, znuny-policy, otobo-policy, strict\./,
  ],
  [["lint", "--language", "fr", "."], /“fr” is no value for --language; it takes en, de\./],
  [["lint", "--rule", "no-such=off", "."], /There is no rule “no-such”; findings end with/],
  [["lint", "--rule", "file-emtpy=off", "."], /There is no rule “file-emtpy”. Did you mean “file-empty”\?/],
  [["lint", "--rule", "file-empty", "."], /such as “file-empty=off”/],
  [["lint", "--rule", "file-empty=loud", "."], /“loud” is no value for --rule; it takes error,.* off\./],
  [["lint", "--base", "/no/such/folder", "."], /There is no folder “\/no\/such\/folder”\./],
  [["lint", "no-such-file.sopm"], /“no-such-file\.sopm” cannot be read: there is no such file or folder\./],
];

for (const [words, complaint] of misuses) {
  test(`sopm ${words.join(" ")} is wrong usage`, async () => {
    const { code, stdout, stderr } = await runCli(words);
    assert.match(stderr, complaint);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
    assert.equal(stdout, "");
    assert.equal(code, 2);
  });
}

test("one path that does not exist keeps the others from being checked", async (t) => {
  const folder = temporaryFolder(t, goodPackage);
  const { code, stdout, stderr } = await runCli(["lint", folder, join(folder, "absent.sopm")]);
  assert.equal(stdout, "");
  assert.match(stderr, /absent\.sopm/);
  assert.equal(code, 2);
});

test(
  "links to specs are followed, and links that lead nowhere are named without hiding the rest",
  notOnWindows,
  async (t) => {
    const folder = temporaryFolder(t, goodPackage);
    symlinkSync("nowhere", join(folder, "broken.sopm"));
    symlinkSync("circle.sopm", join(folder, "circle.sopm"));
    symlinkSync("Acme.sopm", join(folder, "link.sopm"));
    symlinkSync(".", join(folder, "loop"));
    const result = await runCli(["lint", "--format=json", folder]);
    assert.deepEqual(
      filesOf(result).map(({ file }) => file),
      [join(folder, "Acme.sopm"), join(folder, "link.sopm")],
    );
    assert.match(result.stderr, /broken\.sopm” cannot be read: there is no such file or folder\.$/m);
    assert.match(result.stderr, /circle\.sopm” cannot be read: symbolic links lead in a circle\.$/m);
    assert.equal(result.code, 1);
  },
);

test(
  "pipes in a folder are passed over, one that is named is read, and devices are refused",
  onlyOnLinux,
  async (t) => {
    const folder = temporaryFolder(t, goodPackage);
    const pipe = join(folder, "pipe.sopm");
    await run("mkfifo", [pipe]);
    assert.match((await runCli(["lint", folder])).stdout, /^Files checked: 1\./m);
    const reading = runCli(["lint", "--base", folder, pipe]);
    await run("sh", ["-c", 'cat "$1" > "$2"', "sh", join(folder, "Acme.sopm"), pipe]);
    assert.match((await reading).stdout, /Files checked: 1\. Errors: 0/);
    const device = await runCli(["lint", "/dev/zero"]);
    assert.match(device.stderr, /“\/dev\/zero” is neither a file nor a folder\./);
    assert.equal(device.code, 2);
  },
);

test("a file that the disk does not give is named, and the others are checked", onlyOnLinux, async (t) => {
  const folder = temporaryFolder(t, goodPackage);
  // Permissions do not bind everybody, but nobody can read a process's memory at its lowest address.
  const { code, stdout, stderr } = await runCli(["lint", "/proc/self/mem", folder]);
  assert.equal(stderr, "sopm: “/proc/self/mem” cannot be read: the disk reports an error.\n");
  assert.match(stdout, /Files checked: 1\./);
  assert.equal(code, 1);
});

test("files and folders without permission to read are named", onlyOnLinux, async (t) => {
  const folder = temporaryFolder(t, { ...goodPackage, "locked.sopm": goodSpec, "closed/C.sopm": goodSpec });
  chmodSync(folder, 0o755);
  chmodSync(join(folder, "locked.sopm"), 0);
  chmodSync(join(folder, "closed"), 0);
  const isRoot = process.getuid?.() === 0;
  const { code, stderr, stdout } = await runCli(["lint", folder], {}, isRoot ? { uid: 65534 } : {});
  chmodSync(join(folder, "closed"), 0o755);
  assert.match(stderr, /closed” cannot be read: permission denied\.$/m);
  assert.match(stderr, /locked\.sopm” cannot be read: permission denied\.$/m);
  assert.match(stdout, /Files checked: 1\. Errors: 0/);
  assert.equal(code, 1);
});

test("--rule changes severities and switches rules off", async (t) => {
  const folder = packageWith(t, "Vendor>\n", "Vendor>\n    <Vendr>B</Vendr>\n");
  assert.equal((await runCli(["lint", folder])).code, 1);
  const lowered = await runCli(["lint", "--rule", "element-unknown=warning", folder]);
  assert.match(lowered.stdout, /^ +7:6 {2}warning /m);
  assert.equal(lowered.code, 0);
  const off = await runCli(["lint", "--rule=element-unknown=off", "--rule", "file-empty=hint", folder]);
  assert.equal(off.stdout, "Files checked: 1. Errors: 0, warnings: 0, others: 0.\n");
});

test("--profile adds what a policy asks for", async () => {
  const spec = join(examples, "AcmeContracts");
  const findings = async (profile: string) =>
    rulesOf(await runCli(["lint", "--format=json", "--profile", profile, spec]));
  assert.deepEqual(await findings("framework"), []);
  assert.deepEqual(await findings("znuny-policy"), ["license-policy"]);
  // It is for Znuny, and only what holds for any product is asked for.
  assert.deepEqual(await findings("otobo-policy"), []);
});

test("--license-header has the text that files of code begin with", async (t) => {
  const folder = packageWith(t, "</Filelist>", "</Filelist>");
  const header = join(folder, "header.txt");
  const lint = async () =>
    (await runCli(["lint", "--profile=strict", "--no-simulation", "--license-header", header, folder]))
      .stdout;
  writeFileSync(header, "This is Acme’s alone.\n");
  assert.match(await lint(), /wants?.*the line “This is Acme’s alone\.” is missing/);
  for (const text of ["", " \n"]) {
    writeFileSync(header, text);
    const { code, stderr } = await runCli(["lint", "--license-header", header, folder]);
    assert.equal(code, 2);
    assert.match(stderr, /“.*header\.txt” has no licence header in it/);
  }
  assert.equal((await runCli(["lint", "--license-header", folder, folder])).code, 2);
});

test("--dialect decides what a spec is checked against", async (t) => {
  const intro = '<IntroInstallPre Lang="en" Title="Acme">Welcome.</IntroInstallPre>';
  const folder = packageWith(t, "</Filelist>", `</Filelist>${intro}`);
  // Only OTOBO 10.1 and later do not read this form; elsewhere it is merely old.
  for (const [dialect, expected, severity] of [
    ["auto", "znuny-7", "warning"],
    ["otobo-11", "otobo-11", "error"],
    ["znuny-7", "znuny-7", "warning"],
  ] as const) {
    const result = await runCli(["lint", "--format=json", "--dialect", dialect, folder]);
    const [file] = filesOf(result);
    assert.equal(file!.dialect, expected);
    const found = file!.findings.map((finding) => `${finding.rule} ${finding.severity}`);
    assert.deepEqual(found, [`intro-compat-form ${severity}`]);
  }
});

test("--base says where the files of the package are", async (t) => {
  const folder = temporaryFolder(t, { ...goodPackage, "specs/Acme.sopm": goodSpec });
  const spec = join(folder, "specs/Acme.sopm");
  assert.deepEqual(rulesOf(await runCli(["lint", "--format=json", spec])), ["file-not-found"]);
  assert.deepEqual(rulesOf(await runCli(["lint", "--format=json", "--base", folder, spec])), []);
});

test("a path that looks like an option goes behind --", async (t) => {
  const folder = temporaryFolder(t, { "--help": goodSpec, ...goodPackage });
  const { stdout } = await runCli(["lint", "--", "--help"], {}, { cwd: folder });
  assert.match(stdout, /^Files checked: 1\./m);
});

test("messages are German when that is asked for, by option or environment", async (t) => {
  const folder = packageWith(t, "Vendor>\n", "Vendor>\n    <Vendr>B</Vendr>\n");
  const german =
    /^ +7:6 {2}Fehler .*Vendr.*\n.*\n.*\n +→ In Vendor umbenennen\n\nGeprüfte Dateien: 1\. Fehler: 1, Warnungen: 0, sonstige: 0\.\nMit --fix behebbar: 1\.$/m;
  assert.match((await runCli(["lint", "--language", "de", folder])).stdout, german);
  assert.match((await runCli(["lint", folder], { LC_ALL: "de_DE.UTF-8" })).stdout, german);
  assert.match(
    (await runCli(["lint", folder], { LC_ALL: "", LC_MESSAGES: "", LANG: "de_AT" })).stdout,
    german,
  );
  const english = await runCli(["lint", "--language=en", folder], { LC_ALL: "de_DE.UTF-8" });
  assert.match(english.stdout, /error.*\n.*\n.*\n.*\n\nFiles checked: 1/);
  const complaint = await runCli(["lint", "--nope", folder], { LC_ALL: "de_DE.UTF-8" });
  assert.match(complaint.stderr, /^sopm: Dieser Befehl kennt keine Option --nope/);
  assert.match(
    (await runCli(["lint", "--language=de", "--nope"])).stderr,
    /^sopm: Dieser Befehl kennt keine/,
  );
  const missing = await runCli(["lint", "--language=de", "absent"]);
  assert.match(missing.stderr, /„absent“ kann nicht gelesen werden: es gibt keine solche Datei/);
});

/** Copies of the broken example, whose findings fill some 4 KB each. */
async function manyBroken(t: TestContext, count: number): Promise<string> {
  const folder = temporaryFolder(t);
  const broken = await readFile(join(examples, "AcmeBroken/AcmeBroken.sopm"));
  for (let number = 0; number < count; number++) writeFileSync(join(folder, `Acme${number}.sopm`), broken);
  return folder;
}

function run(command: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, words, { env: cliEnvironment(), maxBuffer: 1e9 }, (error, stdout, stderr) =>
      error ? reject(error) : resolve(stdout + stderr),
    );
  });
}

test("a reader that hangs up early is no reason to complain", notOnWindows, async (t) => {
  // What is printed is more than a pipe holds.
  const folder = await manyBroken(t, 30);
  const script = '("$0" "$1" lint $3 "$2"; echo "code $?" >&2) | head -n 1';
  for (const format of ["--format=text", "--format=json"]) {
    const output = await run("sh", ["-c", script, process.execPath, cliBundle, folder, format]);
    const [, code, ...others] = output.trim().split("\n");
    assert.equal(code, "code 1", output);
    assert.deepEqual(others, []);
  }
});

test("a disk that is full fails the run with one line", onlyOnLinux, async (t) => {
  const folder = temporaryFolder(t, goodPackage);
  for (const words of [`lint ${folder}`, "--help"]) {
    const script = `"$0" "$1" ${words} > /dev/full; echo "code $?"`;
    const output = await run("sh", ["-c", script, process.execPath, cliBundle]);
    assert.equal(output, "code 1\nsopm: The results cannot be written: the disk is full.\n");
  }
});

test("a reader that takes its time gets all of a long answer", async (t) => {
  const folder = await manyBroken(t, 150);
  const whole = await runCli(["lint", "--format=json", folder]);
  assert.equal(filesOf(whole).length, 150);
  assert.ok(whole.stdout.length > 1_000_000, `${whole.stdout.length} characters`);
  const child = spawn(process.execPath, [cliBundle, "lint", "--format=json", folder], {
    env: cliEnvironment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let slow = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    slow += chunk;
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(slow, whole.stdout);
});

const encodings: readonly (readonly [
  what: string,
  content: string | Uint8Array,
  rules: readonly string[],
  code: number,
])[] = [
  ["a byte order mark", `\uFEFF${goodSpec}`, ["xml-bom"], 0],
  ["CRLF", goodSpec.replaceAll("\n", "\r\n"), [], 0],
  [
    "UTF-16 with a mark",
    Buffer.from(`\uFEFF${goodSpec}`, "utf16le"),
    ["xml-bom", "xml-encoding-not-utf8"],
    1,
  ],
  [
    "a letter in Latin-1",
    Buffer.from(goodSpec.replace("Contracts.", "Verträge."), "latin1"),
    ["xml-encoding-not-utf8"],
    1,
  ],
  ["a NUL", goodSpec.replace("Contracts.", "Con\0tracts."), ["xml-not-wellformed"], 1],
  ["nothing", "", ["xml-not-wellformed"], 1],
];

for (const [what, content, expected, expectedCode] of encodings) {
  test(`a file with ${what}`, async (t) => {
    const folder = temporaryFolder(t, { ...goodPackage, "Acme.sopm": content });
    const result = await runCli(["lint", "--format=json", folder]);
    const found = rulesOf(result);
    assert.deepEqual(found, expected);
    assert.equal(result.code, expectedCode);
    assert.equal(result.stderr, "");
  });
}

test("lines and columns are counted the same with CRLF", async (t) => {
  const wrong = goodSpec.replace("Vendor>\n", "Vendor>\n    <Vendr>B</Vendr>\n");
  const place = async (content: string) => {
    const folder = temporaryFolder(t, { ...goodPackage, "Acme.sopm": content });
    return filesOf(await runCli(["lint", "--format=json", folder]))[0]!.findings;
  };
  assert.deepEqual(await place(wrong.replaceAll("\n", "\r\n")), await place(wrong));
});

test("an archive is checked when it is named, with its own rules", async (t) => {
  const folder = temporaryFolder(t, goodPackage);
  assert.equal((await runCli(["build", join(folder, "Acme.sopm"), "--strict-schema=off"])).code, 0);
  const result = await runCli(["lint", "--format=json", join(folder, "Acme-1.0.0.opm")]);
  assert.deepEqual(rulesOf(result), []);
  assert.equal(filesOf(result)[0]!.dialect, "znuny-7");
  assert.equal(result.code, 0);
});

test("what a spec holds cannot drive the terminal", async (t) => {
  const folder = temporaryFolder(t, {
    "evil\u001b[31m.sopm": goodSpec.replace("</URL>", "</URL><Evil\u202e\u001b]0;title\u0007\u009b2J/>"),
    "line.sopm": goodSpec.replace('Permission="660"', 'Permission="6\r\n1:1  error  forged"'),
  });
  const { stdout } = await runCli(["lint", folder]);
  assert.doesNotMatch(stdout, /[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  assert.match(stdout, /^.*evil\\u001b\[31m\.sopm$/m);
  assert.doesNotMatch(stdout, /^1:1/m);
});

test("what is too long to be read in a message is left out of it", async (t) => {
  const folder = packageWith(t, "<Name>Acme<", `<Name>${"A".repeat(1_000_000)}<`);
  const { stdout } = await runCli(["lint", folder]);
  assert.match(stdout, / is called Acme\.sopm and not A{1000}…\.sopm\. /);
  assert.ok(stdout.length < 10_000, `${stdout.length} characters`);
});

test("a file that no text is made of any more is named", async (t) => {
  const folder = temporaryFolder(t, goodPackage);
  truncateSync(join(folder, "Acme.sopm"), 3 * 2 ** 30);
  const result = await runCli(["lint", folder]);
  assert.match(result.stderr, /Acme\.sopm” cannot be read: it is too large\.$/m);
  assert.equal(result.code, 1);
  const built = await runCli(["build", join(folder, "Acme.sopm")]);
  assert.match(built.stderr, /cannot be read: it is too large\./);
  assert.equal(built.code, 1);
});

test("editor and command line find the same, byte for byte", async (t) => {
  const folder = temporaryFolder(t);
  await cp(examples, folder, { recursive: true });
  const specs = ["AcmeBroken/AcmeBroken.sopm", "AcmeContracts/AcmeContracts.sopm"].map((path) =>
    join(folder, path),
  );
  for (const language of ["en", "de"]) {
    const shell = await runCli(["lint", "--format=json", "--language", language, ...specs]);
    const client = new LanguageClient();
    try {
      await client.initialize({
        locale: language,
        workspaceFolders: [{ uri: fileUri(folder), name: "examples" }],
      });
      for (const { file, findings } of filesOf(shell)) {
        const { diagnostics } = await client.open(
          fileUri(file),
          await readFile(file, "utf8"),
          // The first answer comes before the disk has been looked at.
          ({ diagnostics }) => diagnostics.length === findings.length,
        );
        const seen = diagnostics.map(({ code, severity, message, range: { start, end } }) => ({
          rule: code,
          severity: ["", "error", "warning", "information", "hint"][severity ?? 0],
          message,
          place: [start.line + 1, start.character + 1, end.line + 1, end.character + 1],
        }));
        const printed = findings.map(({ rule, severity, message, line, column, endLine, endColumn }) => ({
          rule,
          severity,
          message,
          place: [line, column, endLine, endColumn],
        }));
        assert.equal(JSON.stringify(seen), JSON.stringify(printed));
      }
    } finally {
      await client.stop();
    }
  }
});

test("five hundred specs in one run need little more memory than fifty", onlyOnLinux, async (t) => {
  const peak = async (count: number) => {
    const folder = temporaryFolder(t);
    for (let number = 0; number < count; number++) {
      const own = join(folder, `Acme${number}`, "Kernel/System");
      mkdirSync(own, { recursive: true });
      writeFileSync(join(own, "Acme.pm"), "1;\n");
      for (let file = 0; file < 30; file++) writeFileSync(join(own, `Acme${file}.pm`), "1;\n");
      writeFileSync(join(folder, `Acme${number}`, "Acme.sopm"), goodSpec);
    }
    const report = join(folder, "report.cjs");
    writeFileSync(
      report,
      "process.on('exit', () => require('fs').writeSync(2, `peak ${process.resourceUsage().maxRSS}\\n`));\n",
    );
    // Without a bound some versions of Node let garbage lie where there is room for it.
    const flags = ["--max-old-space-size=40", "--require", report];
    const output = await run(process.execPath, [...flags, cliBundle, "lint", folder]);
    assert.match(output, new RegExp(`Files checked: ${count}\\.`));
    return Number(/^peak (\d+)$/m.exec(output)![1]) / 1024;
  };
  const [few, many] = [await peak(50), await peak(500)];
  t.diagnostic(`peak memory: ${few.toFixed(0)} MB for 50 specs, ${many.toFixed(0)} MB for 500`);
  assert.ok(many < few + 60, `${few} MB, then ${many} MB`);
});

test("two runs at once do not get in each other's way", async (t) => {
  const folder = temporaryFolder(t, goodPackage);
  const results = await Promise.all([1, 2].map(() => runCli(["lint", "--format=json", folder])));
  assert.deepEqual(results[0], results[1]);
  assert.equal(results[0]!.code, 0);
});

test("a finding about the form of a text leans on no framework", async (t) => {
  const spec = goodSpec.replace("7.1.x", "9.9.9").replace("</Vendor>", "</Vendro>");
  const folder = temporaryFolder(t, { ...goodPackage, "Acme.sopm": spec });
  const { stdout } = await runCli(["lint", folder]);
  assert.match(stdout, /Write <\/Vendor>\. {2}\(xml-not-wellformed\)/);
});

test("a finding for releases that nobody knows says of which it is known", async (t) => {
  for (const [framework, release] of [
    ["9.9.9", "OTRS 6\\.0\\.41"],
    ["7.3.x", "Znuny 7\\.1\\.7"],
  ] as const) {
    const spec = goodSpec
      .replace("7.1.x", framework)
      .replace("<Vendor>Acme Inc.</Vendor>", "<Vendor>A</Vendor><Vendor>B</Vendor>");
    const folder = temporaryFolder(t, { ...goodPackage, "Acme.sopm": spec });
    const { stdout } = await runCli(["lint", folder]);
    assert.match(
      stdout,
      new RegExp(`This is so in ${release}, and assumed of the releases that the package is for\\.`),
    );
    const [file] = filesOf(await runCli(["lint", "--format", "json", folder]));
    assert.ok(file!.findings.every(({ certainty }) => certainty === "assumed"));
  }
});

test("packages that are checked together are known to each other, and those that are named beside them", async (t) => {
  const spec = (name: string, more: string) =>
    goodSpec.replace("<Name>Acme</Name>", `<Name>${name}</Name>`).replace("<Vendor>", `${more}<Vendor>`);
  const folder = temporaryFolder(t, {
    ...goodPackage,
    "Acme.sopm": goodSpec,
    "other/Other.sopm": spec("Other", '<PackageRequired Version="2.0.0">Core</PackageRequired>'),
    "repository/otrs.xml":
      "<otrs_package_list><Package><Name>Core</Name><Version>1.0.0</Version><Framework>7.1.x</Framework></Package></otrs_package_list>",
  });
  const rules = ["file-owned-by-other", "package-required-unknown", "package-required-too-new"];
  const found = async (...words: string[]) => {
    const files = filesOf(await runCli(["lint", "--format=json", ...words]));
    return files.flatMap(({ findings }) =>
      findings.flatMap(({ rule, related }) =>
        rules.includes(rule) ? [[rule, ...related.map(({ file }) => file.slice(folder.length + 1))]] : [],
      ),
    );
  };
  const alone = join(folder, "other");
  assert.deepEqual(await found(alone), []);
  assert.deepEqual(await found("--packages-of", join(folder, "repository"), alone), [
    ["package-required-too-new", join("repository", "otrs.xml")],
  ]);
  // Both have the same files, of which one is in their folder.
  assert.deepEqual(await found(join(folder, "Acme.sopm"), alone), [
    ["file-owned-by-other", join("other", "Other.sopm")],
    ["package-required-unknown"],
    ["file-owned-by-other", "Acme.sopm"],
  ]);
});

test("archives and indexes of a folder are checked, beside specs as far as they were built wrongly", async (t) => {
  const archive = (vendor: string) => `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.1"><Name>Acme</Name><Version>1.0.0</Version>${vendor}<License>MIT</License>
<Description Lang="en">D</Description><Framework>7.1.x</Framework>
<Filelist><File Location="Kernel/A.pm" Permission="644" Encode="base64">YQ==</File></Filelist></otrs_package>`;
  const folder = temporaryFolder(t, {
    "Acme-1.0.0.opm": archive(""),
    "otrs.xml":
      "<otrs_package_list><Package><Name>Acme</Name><Version>1.0.0</Version></Package></otrs_package_list>",
  });
  const rulesIn = async (path: string) => {
    const { stdout } = await runCli(["lint", path, "--format", "json"]);
    const { files }: { files: { file: string; findings: { rule: string }[] }[] } = JSON.parse(stdout);
    return new Map(files.map(({ file, findings }) => [basename(file), findings.map(({ rule }) => rule)]));
  };
  const alone = await rulesIn(folder);
  assert.deepEqual([...alone.keys()], ["Acme-1.0.0.opm", "otrs.xml"]);
  assert.ok(alone.get("Acme-1.0.0.opm")!.includes("vendor-missing"));
  assert.deepEqual(alone.get("otrs.xml"), ["index-file-missing", "index-framework-missing"]);
  writeFileSync(join(folder, "Acme.sopm"), "<otrs_package></otrs_package>");
  const beside = await rulesIn(folder);
  assert.deepEqual([...beside.keys()], ["Acme.sopm", "Acme-1.0.0.opm", "otrs.xml"]);
  assert.deepEqual(beside.get("Acme-1.0.0.opm"), ["opm-build-fields-missing", "opm-file-not-base64"]);
});
