import assert from "node:assert/strict";
import { test } from "node:test";
import { mergedUninstalls } from "../../server/src/perl/merged-uninstalls.ts";
import { readPerl } from "../../server/src/perl/perl-text.ts";

const manager = "$Kernel::OM->Get('Kernel::System::Package')";
const cases: readonly (readonly [code: string, found: readonly (string | undefined)[], isSure?: boolean])[] =
  [
    [`${manager}->_PackageUninstallMerged(Name => 'Old');`, ["Old"], true],
    [
      `${manager}->_PackageUninstallMerged(\n    Name        => "Old",\n    DeleteSaved => 0,\n);`,
      ["Old"],
      true,
    ],
    [
      `my $P = ${manager};\n$P->_PackageUninstallMerged( Name => 'A' );\n$P->_PackageUninstallMerged( Name => 'B' );`,
      ["A", "B"],
      true,
    ],
    [`if ($x) { ${manager}->_PackageUninstallMerged(Name => 'Old'); }`, ["Old"], false],
    [`return 1 if $x; ${manager}->_PackageUninstallMerged(Name => 'Old');`, ["Old"], false],
    [`for my $Name (qw(A B)) { ${manager}->_PackageUninstallMerged(Name => $Name); }`, [undefined], false],
    [`${manager}->_PackageUninstallMerged(Name => "Old$x");`, [undefined], true],
    [`# ${manager}->_PackageUninstallMerged(Name => 'Old');`, []],
    [`my $x = "->_PackageUninstallMerged(Name => 'Old')";`, []],
  ];
for (const [code, found, isSure] of cases) {
  test(`packages taken out by ${code.replaceAll("\n", " ")}`, () => {
    const calls = mergedUninstalls(readPerl(code));
    assert.deepEqual(
      calls.map(({ name }) => name),
      found,
    );
    for (const call of calls) assert.equal(call.isSure, isSure);
  });
}
