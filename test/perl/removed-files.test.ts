import assert from "node:assert/strict";
import { test } from "node:test";
import { readPerl } from "../../server/src/perl/perl-text.ts";
import { removedFiles } from "../../server/src/perl/removed-files.ts";

const home = "my $Root = $Kernel::OM->Get('Kernel::Config')->Get('Home');\n";
const cases: readonly (readonly [code: string, ...paths: string[]])[] = [
  [`unlink "$Home/var/a.xml";`, "var/a.xml"],
  [`unlink("$Home/var/a.xml", "\${Home}/var/b.xml") || die;`, "var/a.xml", "var/b.xml"],
  [`unlink $Home . '/var/a.xml' if $x;`, "var/a.xml"],
  [`unlink $ConfigObject->Get('Home') . "/var/a.xml";`, "var/a.xml"],
  [`${home}unlink "$Root/var/a.xml";`, "var/a.xml"],
  [`my $File = "$Home/var/a.xml";\nunlink $File if -e $File;`, "var/a.xml"],
  [
    `my $File = $Home . "/var/a.xml";\nif (-e $File) { $MainObject->FileDelete( Location => $File ); }`,
    "var/a.xml",
  ],
  // What is not said for sure, or not removed.
  [`unlink "$Root/var/a.xml";`],
  [`unlink "$Home/var/$File";`],
  [`unlink "$Home/var/a" . $Ending;`],
  [`my $File = "$Home/var/a.xml"; $File = shift; unlink $File;`],
  [`my $File = "$Home/var/a.xml"; unlink "$File.bak", $File{a}, $File->{a};`],
  ["unlink '/var/a.xml', 'var/a.xml';"],
  [`print "$Home/var/a.xml";`],
  [`# unlink "$Home/var/a.xml";`],
  [`my $x = 'unlink "$Home/var/a.xml";';`],
  [`$Self->unlink("$Home/var/a.xml");`],
];

for (const [code, ...paths] of cases) {
  test(`files removed by ${code.replaceAll("\n", " ")}`, () => {
    const text = code;
    const found = removedFiles(readPerl(text));
    assert.deepEqual(
      found.map(({ path }) => path),
      paths,
    );
    for (const { start, end } of found) assert.match(text.slice(start, end), /^[^;\n]*var\/[ab]\.xml["']$/);
  });
}

test("the sub is told in which a file is removed", () => {
  const [first, second] = removedFiles(
    readPerl(`sub A { unlink "$Home/a"; }\nsub CodeUninstall { unlink "$Home/b"; }`),
  );
  assert.deepEqual([first?.sub, second?.sub], ["A", "CodeUninstall"]);
});

test("code that removes very much, or never ends, is read to its end", () => {
  assert.ok(removedFiles(readPerl('unlink "$Home/a";\n'.repeat(20_000))).length > 100);
  assert.equal(removedFiles(readPerl("$x=".repeat(50_000) + "unlink ".repeat(50_000))).length, 0);
});
