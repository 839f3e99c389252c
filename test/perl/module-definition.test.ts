import assert from "node:assert/strict";
import { test } from "node:test";
import { moduleDefinition as definitionIn } from "../../server/src/perl/module-definition.ts";
import { readPerl } from "../../server/src/perl/perl-text.ts";

const moduleDefinition = (source: string) => definitionIn(readPerl(source));

test("a module defines its package and its subs, those in comments left aside", () => {
  const { name, subs, borrows } = moduleDefinition(
    "package var::packagesetup::Acme;\nuse strict;\nsub new { }\n# sub Commented { }\nsub _Private { }\n1;\n",
  );
  assert.equal(name, "var::packagesetup::Acme");
  assert.deepEqual([...subs], ["new", "_Private"]);
  assert.equal(borrows, false);
});

for (const line of ["use parent 'Other';", "our @ISA = ('Other');", "sub AUTOLOAD { }", "use Other;"]) {
  test(`with ${line} a module may have other subs`, () => {
    assert.equal(moduleDefinition(`package Acme;\n${line}\n1;`).borrows, true);
  });
}

test("a text without package has no name", () => {
  assert.equal(moduleDefinition("1;").name, undefined);
});
