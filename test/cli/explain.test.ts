import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { rules } from "../../server/src/rules/rules.ts";
import { runCli } from "../support/run-cli.ts";
import { runHere } from "../support/run-here.ts";

test("sopm explain tells what a rule is for, from the texts that ship", async () => {
  const { code, stdout, stderr } = await runCli(["explain", "file-empty"]);
  assert.equal(stderr, "");
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^file-empty \(error\)\nListed files are not empty\.\n\nWhat happens\n {2}An empty file is packed/,
  );
  assert.match(
    stdout,
    /\n\nWrong\n {2}<File Permission="660" Location="var\/acme\/empty\.txt"\/>\n\nRight\n {2}<File /,
  );
  assert.match(stdout, /\n\nWhat proves it\n {2}Znuny 7\.1 and OTOBO 11, PackageParse and _FileInstall\.\n/);
  for (const line of stdout.split("\n")) assert.ok(line.length <= 98, line);
});

test("an example of several lines is indented as a whole, and what nobody sees is shown", async () => {
  const unlisted = await runCli(["explain", "if-package-without-merge"]);
  assert.match(unlisted.stdout, /\nWrong\n {2}<otrs_package>\n {6}<CodeInstall .*\n {2}<\/otrs_package>\n/);
  assert.match(unlisted.stdout, /^Only for: .*Znuny 7/m);
  const mark = await runCli(["explain", "xml-bom"]);
  assert.doesNotMatch(mark.stdout, /\ufeff/);
});

test("sopm explain --format json has the same as data, in the language that was asked for", async () => {
  const { stdout } = await runCli([
    "explain",
    "file-permission-policy",
    "--format",
    "json",
    "--language",
    "de",
  ]);
  const { page, text, messages, wrong, right, ...rest } = JSON.parse(stdout);
  assert.deepEqual(rest, {
    rule: "file-permission-policy",
    group: "files",
    severity: "hint",
    profiles: ["znuny-policy", "otobo-policy", "strict"],
    dialects: ["znuny-6", "znuny-7", "otobo-10", "otobo-11"],
    summary: "Permissions entsprechen der Code-Policy",
    source: "Znuny code policy and OTOBO code policy, SOPM::FileRights",
  });
  assert.equal(messages.length, 1);
  for (const each of [text, wrong, right]) assert.ok(each.length > 10, each);
  assert.match(readFileSync(new URL(page), "utf8"), /^# file-permission-policy\n/);
});

test("every rule can be explained", async () => {
  const texts = JSON.parse(
    readFileSync(new URL("../../dist/rules/rule-texts.json", import.meta.url), "utf8"),
  );
  assert.deepEqual(Object.keys(texts).sort(), rules.map(({ id }) => id).sort());
});

test("every rule is explained in both languages, in German with a word on what is English", async () => {
  for (const { id } of rules) {
    for (const [language, says] of [
      ["en", /\nWhat happens\n {2}(?!This part is in English)/],
      ["de", /\nWas geschieht\n {2}Dieser Teil ist nur auf Englisch da\.\n/],
    ] as const) {
      const { code, stdout, stderr } = await runHere(["explain", id, "--language", language]);
      assert.match(stdout, says, id);
      assert.deepEqual([code, stderr], [0, ""], id);
    }
  }
});

for (const [words, complaint] of [
  [["explain"], /Name the rule/],
  [["explain", "file-emtpy"], /There is no rule “file-emtpy”\. Did you mean “file-empty”\?/],
  [["explain", "no-such"], /There is no rule “no-such”; findings end with the name of theirs\./],
  [["explain", "file-empty", "xml-bom"], /One rule is explained at a time\./],
] as const) {
  test(`sopm ${words.join(" ")} is wrong usage`, async () => {
    const { code, stdout, stderr } = await runCli([...words]);
    assert.match(stderr, complaint);
    assert.equal(stdout, "");
    assert.equal(code, 2);
  });
}
