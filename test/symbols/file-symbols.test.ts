import assert from "node:assert/strict";
import { test } from "node:test";
import {
  namedFileKind,
  perlFileSymbols,
  settingsFileSymbols,
} from "../../server/src/symbols/file-symbols.ts";
import type { PackageSymbol } from "../../server/src/symbols/symbol.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

/** Each name with what is written at its place. */
function told(text: string, symbols: readonly PackageSymbol[]): readonly string[] {
  return symbols.map(({ kind, name, owner, role, span }) => {
    assert.equal(text.slice(span.start, span.end), name);
    return `${role} ${kind} ${owner === undefined ? "" : `${owner}->`}${name}`;
  });
}

test("a setup module defines itself and its subs", () => {
  const text = `package var::packagesetup::Acme;
use parent 'Kernel::System::EventHandler';
# sub Ignored
sub new { my $Self = {}; return $Self; }
sub CodeInstall {
    my ( $Self, %Param ) = @_;
    $Self->_Fill( Name => 'sub Text' );
    $Kernel::OM->Get('Kernel::System::Log')->Log();
    my $Value = $ConfigObject->Get('Acme::Log');
}
sub _Fill {}
1;`;
  assert.deepEqual(told(text, perlFileSymbols(text)), [
    "defined module var::packagesetup::Acme",
    "defined sub var::packagesetup::Acme->new",
    "defined sub var::packagesetup::Acme->CodeInstall",
    "defined sub var::packagesetup::Acme->_Fill",
    "used module Kernel::System::EventHandler",
    "used module Kernel::OM",
    "used module Kernel::System::Log",
    "used sub Kernel::System::Log->Log",
    "used sub var::packagesetup::Acme->_Fill",
    "used setting Acme::Log",
  ]);
});

test("a settings file defines settings and names modules", () => {
  const text = `<otrs_config version="2.0" init="Application">
  <Setting Name="Acme::Log" Required="0"><Description>About Kernel::System::Log.</Description>
    <Value><Item ValueType="PerlModule" ValueFilter="x"> Kernel::System::Log </Item></Value></Setting>
  <ConfigItem Name="Acme&amp;Old"/><Setting Name=""/><Other Name="Acme::None"/>
  <Item>Kernel::&#83;ystem</Item>
</otrs_config>`;
  const symbols = settingsFileSymbols(SyntaxTree.parse(text)).filter(({ name }) => !name.includes("&"));
  assert.deepEqual(told(text, symbols), ["defined setting Acme::Log", "used module Kernel::System::Log"]);
});

test("settings files and setup modules are read for names", () => {
  const kinds = [
    "Kernel/Config/Files/XML/Acme.xml",
    "var/packagesetup/Acme.pm",
    "Kernel/System/Acme.pm",
    "doc/Kernel/Config/Files/Acme.xml",
  ].map(namedFileKind);
  assert.deepEqual(kinds, ["settings", "perl", undefined, undefined]);
});

test("any part of a file is read without harm", () => {
  const text = `<a><Setting Name="A::B"><Item>Kernel::System::Log</Item></Setting>package A; sub B { $Self->B; }`;
  for (let end = 0; end <= text.length; end++) {
    settingsFileSymbols(SyntaxTree.parse(text.slice(0, end)));
    perlFileSymbols(text.slice(0, end));
  }
});
