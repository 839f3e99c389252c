import assert from "node:assert/strict";
import { test } from "node:test";
import { deadlyUses, moduleUses } from "../../server/src/perl/module-uses.ts";
import { readPerl } from "../../server/src/perl/perl-text.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const own = "$Param{Structure}->{Name}->{Content}";
const setup = "var::packagesetup::Acme";

/** Code -> the modules it uses; one that is only called as a class stands in brackets. */
const uses: readonly (readonly [code: string, modules: readonly string[]])[] = [
  [`my $Setup = 'var::packagesetup::' . ${own};\n$Kernel::OM->Get($Setup)->Run();`, [setup]],
  [`my $Setup = "var::packagesetup::${own}"; $Kernel::OM->Get( $Setup );`, [setup]],
  [`my $Name = ${own}; my $Setup = "var::packagesetup::$Name"; $Kernel::OM->Get($Setup);`, [setup]],
  [`my $Name = ${own}; $Kernel::OM->Get("var::packagesetup::\${Name}");`, [setup]],
  ["$Kernel::OM->Get('var::' . 'packagesetup' . '::Acme');", [setup]],
  ["$Kernel::OM->Create( ObjectName => 'var::packagesetup::Acme' );", [setup]],
  ["my $Setup = 'var::packagesetup::Acme'; $Main->Require($Setup); $Setup->new();", [setup, `(${setup})`]],
  ["Kernel::System::Acme->new();", ["(Kernel::System::Acme)"]],
  // What nobody can know.
  ["my $Setup = 'A::B'; $Setup = 'A::C'; $Kernel::OM->Get($Setup);", []],
  ["my $Setup = 'A::B'; $Setup .= '::C'; $Kernel::OM->Get($Setup);", []],
  ["my $Setup ||= 'A::B'; $Kernel::OM->Get($Setup);", []],
  ["my $Setup = $Wanted ? 'A::B' : 'A::C'; $Kernel::OM->Get($Setup);", []],
  ["my $Setup = 'A::B' x 2; $Kernel::OM->Get($Setup);", []],
  ["my %Setup = ( A => 'A::B' ); my $Setup = 'C::D'; $Kernel::OM->Get($Setup{A});", []],
  ['my $Setup = "A::$Name::B"; my $Name = "C"; $Kernel::OM->Get($Setup);', []],
  ["$Kernel::OM->Get($Setup); my $Other = $Setup;", []],
  ["$Setup->{Name} = 'A::B'; $Kernel::OM->Get($Setup);", []],
  ["if ( $Setup == 'A::B' ) { $Kernel::OM->Get($Setup); }", []],
  ["my $Text = 'my $Setup = \"A::B\";'; $Kernel::OM->Get($Setup);", []],
  ["# my $Setup = 'A::B';\n$Kernel::OM->Get($Setup);", []],
];
for (const [code, expected] of uses) {
  test(`${code} uses ${expected.join(" and ") || "nothing that is known"}`, () => {
    const found = moduleUses(readPerl(code), "Acme");
    assert.deepEqual(
      found.map(({ module, loads }) => (loads ? module : `(${module})`)),
      expected,
    );
  });
}

const dying: readonly (readonly [code: string, dies: boolean])[] = [
  [`my $Setup = 'var::packagesetup::' . ${own}; $Kernel::OM->Get($Setup)->Run();`, true],
  ["my $Setup = 'var::packagesetup::Acme'; $Main->Require($Setup); $Setup->new();", true],
  ["my $Setup = 'var::packagesetup::Acme'; if ( $Main->Require($Setup) ) { $Setup->new(); }", false],
  ["my $Setup = 'var::packagesetup::Acme'; return 1 if !$Main->Require($Setup); $Setup->new();", false],
  ["var::packagesetup::Acme->new();", true],
  ["my $Text = 'var::packagesetup::Acme';", false],
];
for (const [code, dies] of dying) {
  test(`without its module ${code} ${dies ? "dies" : "may live"}`, () => {
    const perl = readPerl(code);
    const found = deadlyUses(perl, moduleUses(perl, "Acme"), (module) => module === setup);
    assert.equal(found.length > 0, dies);
  });
}

test("code that means no good costs little", () => {
  const many = 20_000;
  const texts = [
    "$a = ".repeat(many),
    `$a = ${"'x' . ".repeat(many)}`,
    "->Get('x' . ".repeat(many),
    `$a${" ".repeat(many)}`.repeat(5),
    `$a = 'xx';${"$b = $a . $a; $a = $b . $b;".repeat(many)}`,
    `$v0 = 'xxxxxxxxxx';${Array.from({ length: many }, (_, index) => `$v${index + 1} = $v${index} . $v${index};`).join("")}`,
    `$a = "${"$b".repeat(many)}";`,
    `${"A::".repeat(many)}A->new`,
    "use A::".repeat(many),
    "$Kernel::OM->Get('A::B')".repeat(many),
    "if (1) { $Kernel::OM->Get('A::B'); }".repeat(many),
    "$a && $Kernel::OM->Get('A::B');".repeat(many),
  ];
  for (const text of texts) {
    withoutHanging(() => {
      const perl = readPerl(text);
      return deadlyUses(perl, moduleUses(perl, "Acme"), () => true);
    });
  }
});

const versions: readonly (readonly [code: string, version: string | undefined])[] = [
  ["use Text::Acme 1.20 qw(parse);", "1.20"],
  ["use Text::Acme v1.2.3;", "v1.2.3"],
  ["use Text::Acme 2", "2"],
  ["use Text::Acme 1, 2;", undefined],
  ["use Text::Acme qw(1);", undefined],
  ["require Text::Acme;", undefined],
];
for (const [code, version] of versions) {
  test(`${code} asks for ${version ?? "no version"}`, () => {
    const [use] = moduleUses(readPerl(code), undefined);
    assert.equal(use?.module, "Text::Acme");
    assert.equal(use.version, version);
  });
}
