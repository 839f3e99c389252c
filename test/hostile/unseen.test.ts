import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { databaseKinds } from "../../server/src/database/engines.ts";
import { operations } from "../../server/src/lifecycle/operation.ts";
import { goodSpec } from "../support/cli-package.ts";
import { fileUri } from "../support/language-client.ts";
import { RawClient } from "../support/raw-client.ts";
import { runCli } from "../support/run-cli.ts";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { invisible } from "../support/untrusted-html.ts";

/** Characters that XML takes, one of each kind; none is seen, or each is obeyed by some terminal or editor. */
const characters = [
  ..."\x7f\u0085\u009b\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u2028\u2029\u202e\u2060\u2066",
  ..."\u2069\u3164\ufe0f\ufeff\uffa0\ufff9\u{e0001}\u{e0041}\u{e0100}",
];
const odd = `x${characters.join("x")}x`;

/** A package with all of them wherever it has a text. @param text put into every field */
function oddPackage(text: string): string {
  return `<?xml version="1.0" encoding="utf-8" ?>
<otrs_package version="1.0">
    <Name>Acme${text}</Name>
    <Version>1.0.0</Version>
    <Framework Minimum="7.1.0">7.1.x</Framework>
    <Vendor>${text}</Vendor>
    <URL>https://acme.example/${text}</URL>
    <License>${text}</License>
    <OS>${text}</OS>
    <BuildHost>${text}</BuildHost>
    <PackageRequired Version="1${text}">Other${text}</PackageRequired>
    <ModuleRequired Version="${text}">Module${text}</ModuleRequired>
    <PackageMerge Name="Merged${text}" TargetVersion="2${text}"/>
    <ChangeLog Version="1.0.0${text}" Date="2024-05-02 10:00:00${text}">First ${text}</ChangeLog>
    <Description Lang="en">About ${text}</Description>
    <Description Lang="${text}">About</Description>
    <Odd Attribute="${text}">${text}</Odd>
    <Filelist>
        <File Permission="660" Location="Kernel/System/Acme${text}.pm"/>
        <File Permission="6${text}" Location="Kernel/Config/Files/XML/Acme.xml"/>
        <File Permission="660" Location="Custom/${text}/A.pm" Odd="${text}"/>
    </Filelist>
    <CodeInstall Type="post${text}" IfPackage="${text}" Title="${text}"><![CDATA[ print "${text}"; ]]></CodeInstall>
    <CodeUninstall Type="pre"><![CDATA[ die "${text}"; ]]></CodeUninstall>
    <IntroInstall Type="post" Title="${text}" Lang="en" Format="${text}">Read ${text} &lt;b&gt;${text}&lt;/b&gt;</IntroInstall>
    <IntroUninstall Type="pre" Lang="${text}">${text}</IntroUninstall>
    <DatabaseInstall>
        <TableCreate Name="table${text}">
            <Column Name="id${text}" Required="true" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/>
            <Column Name="name${text}" Required="${text}" Size="10${text}" Type="VARCHAR" Default="${text}"/>
            <Column Name="odd" Required="false" Type="${text}"/>
            <Index Name="index${text}"><IndexColumn Name="name${text}"/></Index>
            <Unique Name="unique${text}"><UniqueColumn Name="name${text}"/></Unique>
            <ForeignKey ForeignTable="users${text}"><Reference Local="id${text}" Foreign="id${text}"/></ForeignKey>
        </TableCreate>
        <TableAlter NameOld="old${text}" NameNew="new${text}"><ColumnDrop Name="gone${text}"/></TableAlter>
        <Insert Table="table${text}"><Data Key="name${text}" Type="Quote">Value ${text}</Data></Insert>
    </DatabaseInstall>
    <DatabaseUninstall><TableDrop Name="table${text}"/></DatabaseUninstall>
</otrs_package>
`;
}

/** One that can be built. */
const quietPackage = goodSpec
  .replace("Acme Inc.", odd)
  .replace("First release.", odd)
  .replace("Contracts.", odd)
  .replace("MIT", odd)
  .replace(/<File .*>/, `<File Permission="660" Location="Custom/${odd}/A.pm"/>`);

const settings = `<?xml version="1.0" encoding="utf-8" ?>
<otrs_config version="2.0" init="Application">
    <Setting Name="Acme::${odd}" Required="0" Valid="1">
        <Description Translatable="1">About ${odd}</Description>
        <Navigation>Core::${odd}</Navigation>
        <Value><Item ValueType="String">${odd}</Item></Value>
    </Setting>
</otrs_config>
`;

function assertSeen(text: string, where: string): void {
  const found = invisible.exec(text.replace(/[\t\n]|\r(?=\n)/g, ""));
  if (!found) return;
  const code = found[0].codePointAt(0)!.toString(16);
  assert.fail(`${where}: U+${code} in “${JSON.stringify(text.slice(0, 300))}”`);
}

test("no command prints a character of a package, a file name or an argument that nobody sees", {
  skip: process.platform === "win32",
}, async (context) => {
  const folder = temporaryFolder(context);
  const work = join(folder, `w${odd.slice(0, 40)}`);
  const spec = join(work, `Acme${odd}.sopm`);
  mkdirSync(join(work, "Kernel/System"), { recursive: true });
  mkdirSync(join(work, "Kernel/Config/Files/XML"), { recursive: true });
  mkdirSync(join(work, `Custom/${odd}`), { recursive: true });
  mkdirSync(join(work, "empty"));
  mkdirSync(join(work, "repository"));
  writeFileSync(spec, oddPackage(odd));
  writeFileSync(join(work, "Quiet.sopm"), quietPackage);
  writeFileSync(join(work, "Controls.sopm"), oddPackage("x\x01\x1b[31m\x00\x08"));
  writeFileSync(join(work, `Kernel/System/Acme${odd}.pm`), "1;\n");
  writeFileSync(join(work, "Kernel/Config/Files/XML/Acme.xml"), settings);
  writeFileSync(join(work, `Custom/${odd}/A.pm`), "1;\n");
  const box = join(work, `box${odd.slice(0, 20)}`);
  const archive = join(work, "repository/Acme-1.0.0.opm");
  const calls: (readonly string[])[] = [
    ["lint", work],
    ["lint", "--format", "json", work],
    ["lint", "--profile", "strict", spec],
    ["build", spec],
    ["build", "--force", "--output", join(work, "repository"), spec],
    ["build", "--force", "--output", join(work, "repository"), join(work, "Quiet.sopm")],
    ["build", "--force", "--base", join(work, "empty"), "--output", work, spec],
    ["build", join(work, "Controls.sopm")],
    ...["install", "uninstall"].flatMap((operation) =>
      ["text", "json"].map((format) => ["sql", "--operation", operation, "--format", format, spec]),
    ),
    ...["postgresql", "oracle"].map((database) => [
      ...["sql", "--operation", "install", "--database", database, spec],
    ]),
    ...operations.flatMap((operation) =>
      ["text", "json", "junit", "markdown", "html"].map((format) => [
        ...["dry-run", operation, spec, "--format", format],
        ...(operation === "upgrade" ? ["--from", join(work, "Quiet.sopm")] : []),
      ]),
    ),
    ["dry-run", "install", spec, "--product", odd],
    ["sandbox", "create", join(work, "other"), "--product", "Znuny 7.1.3", archive],
    ["sandbox", "create", box, "--product", "Znuny 7.1.3"],
    ["sandbox", "install", box, spec, "--force"],
    ["sandbox", "install", box, archive, "--force"],
    ["sandbox", "show", box],
    ["sandbox", "show", box, "--format", "json"],
    ["sandbox", "list", work],
    ["sandbox", "list", work, "--format", "json"],
    ["sandbox", "check", box],
    ["sandbox", "check", box, "--format", "json"],
    ["sandbox", "export", box, `Acme${odd}`, "--output", work],
    ["sandbox", "export", box, odd],
    ["sandbox", "upgrade-all", box, "--repository", join(work, "repository")],
    ["sandbox", "uninstall", box, `Acme${odd}`],
    ["sandbox", "undo", box],
    ["sandbox", "reset", box],
    ["index", join(work, "repository")],
    ["index", "--mode", "opmbuild", join(work, "repository")],
    ["index", "--check", join(work, "repository")],
    [odd],
    ["lint", odd],
    ["lint", `--${odd}`],
    ["lint", "--rule", `${odd}=off`, work],
    ["build", "--output", join(work, odd), spec],
    ["sql", "--operation", odd, spec],
    ["sandbox", odd],
    ["index", odd],
    ["help", odd],
  ];
  for (const words of calls) {
    for (const language of ["C", "de_DE.UTF-8"].slice(0, words[0] === "lint" ? 2 : 1)) {
      const { code, stdout, stderr } = await runHere(words, { LC_ALL: language }, { cwd: work });
      const called = JSON.stringify(words).slice(0, 200);
      assert.notEqual(code, null, called);
      assert.ok(stdout + stderr !== "", called);
      assert.doesNotMatch(stderr, /should not|\n\s+at /, called);
      assertSeen(stdout, called);
      assertSeen(stderr, called);
      if (words[0] === "index" && !words.includes("--check") && code === 0)
        assert.match(stdout, /x&#x202E;x/);
    }
  }
  // A process of its own prints the same.
  for (const words of [
    ["lint", work],
    ["sandbox", "show", box],
    ["build", "--output", join(work, odd), spec],
    ["lint", `--${odd}`],
  ])
    assert.deepEqual(await runCli(words, {}, { cwd: work }), await runHere(words, {}, { cwd: work }));
});

test("JSON says the same with its escapes, and a script in a file is the script", async (context) => {
  const folder = temporaryFolder(context, { "Acme.sopm": oddPackage(odd) });
  const spec = join(folder, "Acme.sopm");
  const { stdout: linted } = await runHere(["lint", "--format", "json", spec]);
  const { files } = JSON.parse(linted) as {
    readonly files: readonly {
      readonly findings: readonly { readonly arguments: Record<string, unknown> }[];
    }[];
  };
  const values = files[0]!.findings.flatMap((finding) => Object.values(finding.arguments));
  assert.ok(values.some((value) => String(value).includes(odd)));
  for (const database of databaseKinds) {
    const words = ["sql", "--operation", "install", "--database", database];
    const { stdout: listed } = await runHere([...words, "--format", "json", spec]);
    const statements = JSON.parse(listed) as readonly { readonly statement: string }[];
    assert.ok(statements.some(({ statement }) => statement.includes(`table${odd}`)));
    const file = join(folder, `${database}.sql`);
    const written = await runHere([...words, "--output", file, spec]);
    assert.deepEqual(written, { code: 0, stdout: "", stderr: "" });
    const script = readFileSync(file, "utf8");
    for (const { statement } of statements) assert.ok(script.includes(statement.trimEnd()), statement);
    const printed = await runHere([...words, spec]);
    assert.match(
      printed.stderr,
      /^sopm: Characters that cannot be seen are printed as escapes.*--output FILE/,
    );
    assert.match(printed.stdout, /tablex\\u007fx\\u0085/);
  }
});

/** What an editor gets to work with, not to show. */
const dataKeys = new Set([
  ...["uri", "newText", "filterText", "sortText", "target", "arguments", "path", "folder", "key", "id"],
  ...["data", "text", "href"],
]);

function assertShown(value: unknown, where: string): void {
  if (typeof value === "string") assertSeen(value, where);
  else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      if (!dataKeys.has(key)) assertShown(part, `${where} ${key}`);
    }
  }
}

test("the server shows none of them to the editor", async (context) => {
  for (const text of [odd, "x\x01\x1b[31m\u202e"]) {
    const folder = temporaryFolder(context);
    writeFileSync(join(folder, "Acme.sopm"), oddPackage(text));
    mkdirSync(join(folder, "Kernel/System"), { recursive: true });
    writeFileSync(join(folder, `Kernel/System/New${text.replace("\0", "")}.pm`), "1;\n");
    const uri = fileUri(join(folder, "Acme.sopm"));
    for (const locale of ["en", "de"]) {
      const client = new RawClient(context);
      const storageFolder = join(folder, `storage-${locale}`);
      await client.initialize({ locale, initializationOptions: { storageFolder, ownCommands: true } });
      client.open(uri, oddPackage(text));
      await client.message(({ method }) => method === "textDocument/publishDiagnostics");
      const about = { textDocument: { uri } };
      const ask = (method: string, params: object) => client.request(method, params);
      await ask("textDocument/documentSymbol", about);
      await ask("textDocument/codeLens", about);
      const lines = oddPackage(text).split(/\r\n|\n|\r/);
      const all = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
      const hints = await ask("textDocument/inlayHint", { ...about, range: all });
      for (const hint of (hints.result as readonly object[] | null) ?? [])
        await ask("inlayHint/resolve", hint);
      await ask("textDocument/semanticTokens/full", about);
      for (const [line, content] of lines.entries()) {
        const whole = { start: { line, character: 0 }, end: { line, character: content.length } };
        await ask("textDocument/codeAction", { ...about, range: whole, context: { diagnostics: [] } });
        for (const character of [
          6,
          12,
          content.indexOf('"') + 1,
          content.lastIndexOf('"'),
          content.indexOf(">") + 2,
        ]) {
          const position = { line, character: Math.max(character, 0) };
          await ask("textDocument/hover", { ...about, position });
          await ask("textDocument/completion", { ...about, position });
        }
      }
      await ask("sopm/bumpVersion", { uri, part: "minor" });
      await ask("sopm/systems", { uri });
      await ask("sopm/build", { uri, force: true });
      const operation = "install";
      await ask("sopm/dryRun", { uri, operation, force: true });
      await ask("sopm/dryRun", { uri, operation, system: { kind: "product", product: text } });
      for (const format of ["html", "markdown", "json"]) {
        const { result } = await ask("sopm/exportDryRun", { uri, operation, force: true, format });
        assertSeen(String((result as { readonly text?: string }).text), format);
      }
      await ask("sopm/createSandbox", { name: text, framework: { kind: "product", product: "Znuny 7.1.3" } });
      await ask("sopm/createSandbox", {
        name: "box\u202e",
        framework: { kind: "product", product: "Znuny 7.1.3" },
      });
      const box = join(storageFolder, "sandboxes/box\u202e");
      await ask("sopm/applyToSandbox", { uri, operation, folder: box, force: true });
      await ask("sopm/sandboxOperations", { folder: box });
      await ask("sopm/deployCheck", { folder: box });
      await ask("sopm/systems", { uri });
      for (const { method, params, result, error } of client.received) {
        assertShown(params ?? result ?? error, method ?? "answer");
      }
      await client.stop();
    }
  }
});
