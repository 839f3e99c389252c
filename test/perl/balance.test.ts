import assert from "node:assert/strict";
import { test } from "node:test";
import { readPerl } from "../../server/src/perl/perl-text.ts";
import { withoutHanging } from "../support/without-hanging.ts";

/** What keeps a source from compiling, as `kind text`, with ` < other` where there is another place. */
function faultIn(source: string): string | undefined {
  const { fault } = readPerl(source);
  if (!fault) return undefined;
  const { kind, start, end, text, other } = fault;
  assert.equal(source.slice(start, end), text);
  if (!other) return `${kind} ${start} ${text}`;
  assert.equal(source.slice(other.start, other.end), other.text);
  return `${kind} ${start} ${text} < ${other.start} ${other.text}`;
}

/** Each of them was refused by Perl 5.36. */
const faults: readonly (readonly [source: string, expected: string])[] = [
  ["f(1;", "unclosed-before 1 ( < 3 ;"],
  ["my @A = [1; 2];", "unclosed-before 8 [ < 10 ;"],
  ["if (1) { f(); ", "unclosed 7 {"],
  ["sub a {\n    if (1) {\n        f();\n}\nsub b { }", "misplaced 19 { < 34 }"],
  ["f( [ 1 ) );", "mismatched 7 ) < 3 ["],
  ["f(); }", "stray 5 }"],
  ["f())->x;", "stray 3 )"],
  ["f('a);", "quote 2 '"],
  ['my $A = "a;', 'quote 8 "'],
  ["my $A = q{a;", "quote 8 q{"],
  ["$A =~ s/a/b;", "quote 6 s/"],
  ["f('a);\nf('b');", "followed 2 ' < 9 'b"],
  ["f('a' 'b');", "followed 2 ' < 4 ' 'b'"],
  ["my $A = f(1)\nmy $B = 2;", "semicolon 11 ) < 13 my"],
  ["my $A = $B->{C}\n$D = 2;", "semicolon 14 } < 16 $D"],
  ["print <<EOT;\ntext\n", "here-document 6 <<EOT"],
  ["if (1) {\n\n=head1 A\n\n}\n", "documentation 10 =head1 A < 7 {"],
];

for (const [source, expected] of faults) {
  test(`does not compile: ${source.replaceAll("\n", "\\n")}`, () => assert.equal(faultIn(source), expected));
}

/** Perl 5.36 takes all of these. */
const sound: readonly string[] = [
  "for ( my $I = 0; $I < 3; $I++ ) { f( $I / 2 ); }",
  "for # all\n(;;) { last }",
  "sub f($$;$) { 1 } sub (&@) { 2 };",
  "f( $$ ); $$A[0]; $#{$A}; $#$A; @$A; @{ $A };",
  "my %s = ( y => 1, q => 2 ); keys %s; $H{s}; $H{-s}; &m; sub y { } $O->s(1);",
  "-s $A; -s 'a' ? 1 : 2;",
  "print STDERR <<EOT;\nit's ( here\nEOT\nf();",
  "print {$A} <<\"A\", <<'B';\n(\nA\n[\nB\nf();",
  "$A = q'('; $A = m'[[]'; qw'a b'; s,[(],),; y/(/[/;",
  "$A =~ s{ [(] } {(}x;",
  "return if /[(]/; split /[(]/, $A; grep { !/'/ } @A; $A && s/^(\")//;",
  "f() / 2; $A++ / 2; $A{b} / 2; time / 2; // ? 1 : 2",
  "{ f() } /'/ and 1;",
  "$' . $\" . $/ . $; . $) . $(",
  "format STDOUT =\n@<<< it's (\n$A\n.\nf();",
  "f();\n=pod\n\nit's (\n",
  "f();\n__END__\nit's (",
  'f("a" x 3, "b" eq \'c\', "a"x3) if "a" and not "b";',
  '*A = *"; f();',
  "map { ; 'a' => 1 } @A; print 'a' if 1; print 'a' unless 1;",
  "if ( f(1) ) { } my $A = sub { 1 };",
  "do { 1 } while (1); if (1) { } else{ 1 } my $A;",
  "$A = $H->{a} x 3; $A = f(1) . $B;",
];

/** What follows is a pattern or a division, and a quoting word takes any sign. */
const doubtful: readonly string[] = ["word /(/; f(", "{ 1 } /(/; f(", "q\u00e9(\u00e9; f("];

for (const source of [...sound, ...doubtful]) {
  test(`is not found fault with: ${source.replaceAll("\n", "\\n")}`, () =>
    assert.equal(faultIn(source), undefined));
}

test("a text that breaks off anywhere is looked at, and found fault with only where Perl would", () => {
  const text = "sub f { my ($A) = @_; return $A =~ m{x(y)}x ? q('b') : <<E; }\n it's {\nE\n1;\n";
  for (let end = 0; end <= text.length; end++) {
    const { fault } = readPerl(text.slice(0, end));
    if (fault) assert.ok(end > text.indexOf("{") && end < text.length, `${end}: ${fault.kind}`);
  }
  assert.equal(faultIn(text), undefined);
});

test("a line of ten megabytes is looked at without hanging", () => {
  const line = `my %A = ( ${"a => [ 'b', q{c}, $D->{e} / 2 ], ".repeat(300_000)}`;
  assert.equal(
    withoutHanging(() => readPerl(`${line});`).fault),
    undefined,
  );
  assert.equal(withoutHanging(() => readPerl(`${line};`).fault)?.kind, "unclosed-before");
});

test("half a megabyte of anything is looked at without hanging", () => {
  const pieces = ["(", "{ ", "}", "print <<A <<B\n", "sub ($", "q q ", "f 1 <<A;\n", "$A{", "'a' ", "y   "];
  for (const piece of pieces) {
    const source = piece.repeat(500_000 / piece.length);
    withoutHanging(() => readPerl(source).fault);
  }
  const delimiters = Array.from({ length: 60_000 }, (_, index) => `q${String.fromCharCode(0x3400 + index)}`);
  withoutHanging(() => readPerl(delimiters.join(" ")).fault);
});
