import assert from "node:assert/strict";
import { test } from "node:test";
import { readPerl } from "../../server/src/perl/perl-text.ts";
import { withoutHanging } from "../support/without-hanging.ts";

/** What is left of a source: `code` without strings; a dot stands for a blank that replaced something. */
const cases: [name: string, source: string, code: string][] = [
  ["plain code", "my $X = 1;", "my $X = 1;"],
  ["a comment", "f(); # $Self\ng();", "f(); .......\ng();"],
  [
    "the last index of an array is no comment",
    "$#List + $#{$Ref} + $#$Ref # x",
    "$#List + $#{$Ref} + $#$Ref ...",
  ],
  ["documentation", "f();\n=head1 NAME\n\n$Self\n\n=cut\ng();", "f();\n...........\n\n.....\n\n....\ng();"],
  ["single quotes", "f('a \\' # b', 1)", "f(.........., 1)"],
  ["double quotes", 'f("#");', "f(...);"],
  ["quote words", "q{a {b} c} . qq(x) . qw/a b/;", ".......... . ..... . .......;"],
  ["a substitution", "$X =~ s/'/\"/g; f();", "$X =~ .......; f();"],
  ["a substitution in brackets", "s{a} {b}; f('x')", "........; f(...)"],
  [
    "a hash key that looks like a quote",
    "$H{s} + $H{ y }; x( q => 1 ); $O->m(1);",
    "$H{s} + $H{ y }; x( q => 1 ); $O->m(1);",
  ],
  ["a variable that looks like a quote", "$s = $y / 2; # /", "$s = $y / 2; ..."],
  ["a pattern", "if ( $A =~ /'/ ) { f('x') }", "if ( $A =~ ... ) { f(...) }"],
  ["a pattern after a word", "return if /#/; split /'/, $X;", "return if ...; split ..., $X;"],
  ["a division", "$A / 2 + f(1) / 3 . 'x'", "$A / 2 + f(1) / 3 . ..."],
  ["defined-or", "$A // 'x' // 2", "$A // ... // 2"],
  ["a here-document", "f(<<EOT, 2);\n$Self's\nEOT\ng();", "f(<<EOT, 2);\n.......\n...\ng();"],
  ["an indented here-document", 'f(<<~"EOT");\n  # x\n  EOT\ng();', 'f(<<~"EOT");\n.....\n.....\ng();'],
  ["a shift", "1 << $A; $B << 2;\nf();", "1 << $A; $B << 2;\nf();"],
  ["a here-document that never ends", "f(<<EOT);\nreturn;", "f(<<EOT);\nreturn;"],
  ["the end of the source", "f();\n__END__\nreturn;", "f();\n.......\n......."],
  ["a quote that is never closed", "f(' ); return;", "f(' ); return;"],
  ["special variables", "$' . $\" . $/ . f('x')", "$' . $\" . $/ . f(...)"],
  ["a string after a hash subscript", "$A{b} . 'x' . $Self->{y}", "$A{b} . ... . $Self->{y}"],
];

for (const [name, source, code] of cases) {
  test(name, () => {
    const read = readPerl(source);
    assert.equal(read.code.length, source.length);
    assert.equal(read.withStrings.length, source.length);
    assert.equal(
      read.code,
      code.replace(/\.{3,}/g, (dots) => " ".repeat(dots.length)),
    );
  });
}

test("strings stay where only comments are blanked", () => {
  assert.equal(readPerl("f('var::x'); # 'y'").withStrings, "f('var::x');      ");
});

test("half a megabyte of anything is read without hanging", () => {
  for (const piece of ["'", "<<A\n", "s{", "=x\n", "$#", '"\\', "q(", "{s/"]) {
    const source = piece.repeat(500_000 / piece.length);
    assert.equal(withoutHanging(() => readPerl(source)).code.length, source.length, piece);
  }
});
