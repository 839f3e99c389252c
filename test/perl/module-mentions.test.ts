import assert from "node:assert/strict";
import { test } from "node:test";
import { moduleMentions } from "../../server/src/perl/module-mentions.ts";
import { readPerl } from "../../server/src/perl/perl-text.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const setup = "var::packagesetup::Acme";

/** Code -> the modules it names; "?" stands for a setup module whose name cannot be told. */
const cases: readonly (readonly [code: string, modules: readonly string[]])[] = [
  [`$Kernel::OM->Get('${setup}')->Run();`, ["Kernel::OM", setup]],
  [`my $Text = "the module ${setup} is not called";`, [setup]],
  ["# Kernel::System::DB\nuse Kernel::System::Log;", ["Kernel::System::Log"]],
  ["my $Setup = 'var::packagesetup::' . $Param{Structure}->{Name}->{Content};", [setup]],
  ["my $Setup = 'var::packagesetup::' . $Param{Structure}{Name}{Content};", [setup]],
  ['my $Setup = "var::packagesetup::$Param{Structure}->{Name}->{Content}";', [setup]],
  ["my $Name = 'Acme'; my $Setup = \"var::packagesetup::$Name\";", [setup]],
  // A reference to a hash, and no name.
  ["my $Setup = 'var::packagesetup::' . $Param{Structure}->{Name};", ["?"]],
  ["my $Setup = 'var::packagesetup::' . $Name;", ["?"]],
  ["my $Setup = 'var::packagesetup::';", ["?"]],
  ["my $Setup = qq{var::packagesetup::$Name};", ["?"]],
];
for (const [code, expected] of cases) {
  test(`${code} names ${expected.join(" and ")}`, () => {
    const { mentions, namesUnknownSetup } = moduleMentions(readPerl(code), "Acme");
    const names = [...mentions.map(({ module }) => module), ...(namesUnknownSetup ? ["?"] : [])];
    assert.deepEqual(names, expected);
    for (const { start, end } of mentions)
      assert.match(code.slice(start, end), /^(?:Kernel|var::packagesetup::)/);
  });
}

test("without the package's name nobody knows what is named after it", () => {
  const code = "my $Setup = 'var::packagesetup::' . $Param{Structure}->{Name}->{Content};";
  const { mentions, namesUnknownSetup } = moduleMentions(readPerl(code), undefined);
  assert.deepEqual([mentions, namesUnknownSetup], [[], true]);
});

test("many names cost little", () => {
  const code = '"var::packagesetup::$Name" . '.repeat(20_000);
  withoutHanging(() => moduleMentions(readPerl(code), "Acme"));
});
