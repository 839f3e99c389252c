import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  lastLine,
  readDigests,
  readMissing,
  readPackageList,
  readSettingValue,
  readTables,
  readTestAnswer,
} from "../../server/src/engine/test-system/console-answers.ts";
import { readRelease } from "../../server/src/system/framework-checkout.ts";
import { sharedFolder } from "../support/shared.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const border = `+${"-".repeat(76)}+`;

test("a list of packages is read with the state of files, coloured or not", () => {
  const list = [
    "\u001b[33mListing all installed packages...\u001b[0m",
    border,
    "| Name:        Acme",
    "| Version:     1.0.0",
    "| Description: Says: a lot",
    "| Name:        NotAName",
    "| Pck. Status: Not OK",
    "|   Kernel/System/Acme.pm: missing",
    border,
    border,
    "| Name:        Other",
    "| Version:     2.0.1",
    border,
    "Done.",
    "",
  ].join("\n");
  assert.deepEqual(readPackageList(list), [
    { name: "Acme", version: "1.0.0", isDeployed: false },
    { name: "Other", version: "2.0.1", isDeployed: undefined },
  ]);
  assert.deepEqual(
    readPackageList("Listing all installed packages...\nThere are no packages installed.\n"),
    [],
  );
  assert.deepEqual(readPackageList(""), []);
  assert.equal(readPackageList("<html>502 Bad Gateway</html>"), undefined);
  assert.equal(readPackageList("sh: 1: Syntax error\n"), undefined);
});

for (const vectors of ["vectors", "vectors-znuny"]) {
  const folder = sharedFolder(vectors);
  if (folder === undefined) continue;
  test(`lists of ${vectors} are read`, () => {
    let lists = 0;
    for (const name of ["console-flow", "console-flags"]) {
      const file = join(folder, "lifecycle/traces", `${name}.json`);
      const { steps } = JSON.parse(readFileSync(file, "utf8")) as { steps: readonly Record<string, never>[] };
      for (const { args, stdout } of steps as readonly { args?: readonly string[]; stdout?: string }[]) {
        if (args?.[0] !== "Admin::Package::List") continue;
        lists++;
        const names = [...stdout!.matchAll(/^\| Name: +(\S+)$/gm)].map(([, each]) => each);
        assert.deepEqual(
          readPackageList(stdout!)?.map((each) => each.name),
          names,
        );
      }
    }
    assert.equal(lists, 3);
  });
}

test("only digests that were asked for count", () => {
  const digest = "0123456789abcdef".repeat(4);
  const output = `${digest}  /opt/a.pm\n${digest} */opt/b.pm\nsha256sum: /opt/c.pm: No such file\n${digest}  /opt/d.pm\n`;
  const found = readDigests(output, new Set(["/opt/a.pm", "/opt/b.pm", "/opt/c.pm"]));
  assert.deepEqual([...found.keys()], ["/opt/a.pm", "/opt/b.pm"]);
});

test("a file is missing where the program of digests says so, in whatever way", () => {
  const asked = new Set([
    "/opt/a.pm",
    "/opt/b.pm",
    "/opt/b.pm.save",
    "/opt/c.pm",
    "/opt/d.pm",
    "/opt/e/f.pm",
  ]);
  const said = [
    "sha256sum: /opt/a.pm: No such file or directory\r",
    "sha256sum: can't open '/opt/b.pm.save': No such file or directory",
    "sha256sum: /opt/c.pm: Datei oder Verzeichnis nicht gefunden",
    "sha256sum: /opt/d.pm: Keine Berechtigung",
    "sha256sum: /opt/e/f.pm: Not a directory",
    "sha256sum: /opt/other.pm: No such file or directory",
  ];
  assert.deepEqual(
    [...readMissing(said.join("\n"), asked)],
    ["/opt/a.pm", "/opt/b.pm.save", "/opt/c.pm", "/opt/e/f.pm"],
  );
});

test("tables are read from lines with and without columns", () => {
  const found = readTables("Acme\tID\nacme|title\nusers\r\n\n3 rows in set\n");
  assert.deepEqual(
    [...found].map(([table, columns]) => [table, [...columns]]),
    [
      ["acme", ["id", "title"]],
      ["users", []],
    ],
  );
});

test("the value of a setting is read where it is a text", () => {
  const head = "Gathering setting value...\n";
  assert.equal(readSettingValue(`${head}\nSetting: A::B\nfast\n\nDone.\n`, "A::B"), "fast");
  assert.equal(readSettingValue(`${head}\nSetting: A::B\ntwo\nlines\n\nDone.\n`, "A::B"), "two\nlines");
  assert.equal(readSettingValue(`${head}\nSetting: A::B\n\n\nDone.\n`, "A::B"), "");
  assert.equal(readSettingValue(`${head}\nSetting: A::B (YAML)\n---\n- 1\n\nDone.\n`, "A::B"), undefined);
  assert.equal(readSettingValue(`${head}Fail.\n`, "A::B"), undefined);
});

test("the last line that says something tells why", () => {
  assert.equal(lastLine("Error: \u001b[31mno\u001b[0m\n\n"), "Error: no");
  assert.equal(lastLine("\n"), "");
});

test("a test has passed, failed or is not known, in the words of each framework", () => {
  const results: readonly (readonly [string, number | null, string, string])[] = [
    [
      "box ran 3 test(s) in 1.0s for Znuny 7.1.7.\n\u001b[32mAll 3 tests passed.\n\u001b[0m",
      0,
      "passed",
      "All 3 tests passed.",
    ],
    ["1 tests failed.\n FailedTests:\n  scripts/test/Acme.t 1\n", 1, "failed", "1 tests failed."],
    ["box ran 0 test(s)\nNo tests executed.\n", 0, "unknown", "No tests executed."],
    ["Files=1, Tests=3\nResult: PASS\nran tests for product OTOBO 11\n", 0, "passed", "Result: PASS"],
    ["Files=1, Tests=3\nResult: FAIL\n", 1, "failed", "Result: FAIL"],
    ["Files=0, Tests=0\nResult: NOTESTS\n", 1, "unknown", "Result: NOTESTS"],
    [" TestOk:      12\n TestNotOk:   0\n", 0, "passed", "TestOk:      12"],
    [" TestOk:      12\n TestNotOk:   2\n", 0, "failed", "TestNotOk:   2"],
    [" TestOk:      0\n TestNotOk:   0\n", 0, "unknown", "TestNotOk:   0"],
    ["All 3 tests passed.\n", null, "unknown", "All 3 tests passed."],
    [
      "Error: Could not find Kernel::System::Console::Command::Dev::UnitTest::Run.\n",
      1,
      "unknown",
      "Error: Could not find Kernel::System::Console::Command::Dev::UnitTest::Run.",
    ],
    ["", 0, "unknown", ""],
  ];
  for (const [output, code, result, line] of results)
    assert.deepEqual(readTestAnswer(output, code), { result, line }, output);
});

test("answers of a million characters are read, whatever is in them", () => {
  const blanks = " ".repeat(900_000);
  const answers = [
    `| Name: Acme${blanks}x`,
    `| Name:${blanks}`,
    `+${"-".repeat(900_000)}x`,
    blanks,
    "\n".repeat(900_000),
  ];
  for (const answer of answers) {
    withoutHanging(() => {
      readPackageList(answer);
      readTestAnswer(answer, 0);
      readTables(answer);
      readSettingValue(`\nSetting: Acme\n${answer}`, "Acme");
      readMissing(answer, new Set(["/opt/a.pm"]));
      readDigests(answer, new Set(["/opt/a.pm"]));
      readRelease(`PRODUCT = Znuny${answer}x`);
      return lastLine(answer);
    });
  }
});
