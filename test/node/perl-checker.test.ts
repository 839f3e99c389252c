import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { cachedDataVersionTag } from "node:v8";
import { build } from "esbuild";
import type { PerlVerdict } from "../../server/src/host/perl-checker.ts";
import { perlParts } from "../../server/src/node/perl-checker.ts";
import type * as PerlThreads from "../../server/src/node/perl-thread.ts";

const parts = perlParts();
if (!parts) console.log("left out: compiling Perl, for which an optional part is not installed");
const withPerl = parts ? test : () => {};

/** Both sides as they are shipped: a thread starts from a bundle, not from sources. */
async function bundle(folder: string): Promise<typeof PerlThreads> {
  const room = join(import.meta.dirname, "../../server/src/node");
  await build({
    entryPoints: [join(room, "perl-thread.ts"), join(room, "perl-worker-entry.ts")],
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "esm",
  });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return import(pathToFileURL(join(folder, "perl-thread.js")).href);
}

let folder: string;
let thread: PerlThreads.PerlThread;
/** One that gives up early. */
let impatient: PerlThreads.PerlThread;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "sopm-test-"));
  const { PerlThread } = await bundle(folder);
  if (!parts) return;
  const limits = { start: 120_000, check: 120_000, idle: 60_000 };
  thread = new PerlThread(parts, limits);
  impatient = new PerlThread(parts, { ...limits, check: 1000 });
});
after(() => rmSync(folder, { recursive: true, force: true }));

const check = (code: string): Promise<PerlVerdict> => thread.check(code);

const compiling: readonly string[] = [
  "",
  "f(1);",
  "$Kernel::OM->Get('var::packagesetup::Acme')->CodeInstall();",
  "my $Module = 'A' . $Param{Structure}->{Name}->{Content}; $Self->f($Module); $Code;",
  "die 'nothing of it runs';",
  "1;\n__END__\nf(",
  "=pod\n\nf(\n\n=cut\n\n1;",
  "use POSIX; my $A = floor 1.5; my $B = LC_ALL;",
  "use Storable; store {}, 'a';",
  "use List::Util qw(first); first { $_ } 1;",
  "use Acme::Nothing qw(something $Thing); something 1; $Thing;",
  "use Kernel::System::VariableCheck qw(:all); return 1 if IsHashRefWithData($Self);",
  "IsArrayRefWithData $Self;",
  "use parent qw(Kernel::System::Nothing); use base 'Acme';",
  "use utf8; my $A = '\u00fc';",
  "my $A = '\u00fc' . \"\u263a\";",
  // Neither files nor programs nor variables of this machine are there.
  "BEGIN { die if -e '/etc/passwd' || -e '/tmp' || $ENV{PATH}; }",
  "BEGIN { die if eval { system('true') == 0 } || eval { defined fork }; }",
];

for (const code of compiling) {
  withPerl(`Perl takes ${JSON.stringify(code)}`, async () => {
    assert.deepEqual(await check(code), { kind: "compiles" });
  });
}

const refused: readonly (readonly [code: string, message: RegExp, line: number])[] = [
  ["f(;", /^syntax error$/, 1],
  ["my $A = 1\nmy $B = 2;", /^syntax error$/, 2],
  ["f(1);\n$B = 2;", /^Global symbol "\$B" requires explicit package name/, 2],
  ["f(1);\n\nf('a);", /^Can't find string terminator "'" anywhere before EOF$/, 3],
  ["if (1) {\n", /^Missing right curly/, 3],
  ["my $A = Acme;", /^Bareword "Acme" not allowed/, 1],
  ["use Acme::Nothing;\nif (1) { '", /^Can't find string terminator/, 2],
  ["/(/;", /^Unmatched \( in regex/, 1],
];

for (const [code, expected, line] of refused) {
  withPerl(`Perl refuses ${JSON.stringify(code)}`, async () => {
    const verdict = await check(code);
    assert.ok(verdict.kind === "refused", verdict.kind);
    assert.match(verdict.message, expected);
    assert.equal(verdict.line, line);
  });
}

const unknown: readonly string[] = [
  // What is a function of that module and what is none only the module tells.
  "use Acme::Nothing;\nsomething 1;",
  "BEGIN { die 'as there is no framework' }",
  "use 7;",
  "f();\0",
];

for (const code of unknown) {
  withPerl(`nobody can say of ${JSON.stringify(code)}`, async () => {
    assert.deepEqual(await check(code), { kind: "unknown" });
  });
}

withPerl("no code finds what another one has left behind", async () => {
  const traces = [
    "sub leak($) { 1 } sub other { 1 }",
    "BEGIN { *CORE::GLOBAL::die = sub { 1 }; $INC{'strict.pm'} = 1; @INC = (); %Sopm::exports = (); }",
    "BEGIN { open my $File, '>', '/trace' or die; print {$File} 'x'; close $File or die; }",
    "BEGIN { *Sopm::check = sub { 1 }; }",
    "BEGIN { $^W = 1; $/ = 'x'; $SIG{__WARN__} = sub { die }; }",
  ];
  for (const [index, trace] of traces.entries()) {
    await check(trace);
    // Each time another text, since what was said of one is remembered.
    assert.equal((await check(`other ${index};`)).kind, "refused", trace);
    assert.deepEqual(await check(`use POSIX; floor ${index};`), { kind: "compiles" }, trace);
    assert.deepEqual(
      await check(`BEGIN { die if -e '/trace'; } my $A = ${index};`),
      { kind: "compiles" },
      trace,
    );
  }
});

withPerl("hundreds of pieces of code are told apart, whatever one asks first", async () => {
  const codes = Array.from({ length: 200 }, (_, index) => (index % 3 === 0 ? `f(${index};` : `f(${index});`));
  const verdicts = await Promise.all(codes.map(check));
  assert.deepEqual(
    verdicts.map(({ kind }) => kind),
    codes.map((_, index) => (index % 3 === 0 ? "refused" : "compiles")),
  );
});

const bombs: Readonly<Record<string, string>> = {
  "memory without end": "BEGIN { my @A; push @A, 'x' x 10_000_000 while 1; }",
  "a recursion without end": "BEGIN { my $F; $F = sub { $F->(@_, 1) }; no warnings; $F->(1); }",
  "the end of the interpreter": "BEGIN { exit 3; } f(",
  "a signal to itself": "BEGIN { kill 9, $$; } f(",
};

for (const [name, code] of Object.entries(bombs)) {
  withPerl(`${name} ends that code alone`, async () => {
    const { kind } = await check(code);
    assert.ok(kind === "unknown" || kind === "refused", kind);
    assert.deepEqual(await check(`f('${name}');`), { kind: "compiles" });
  });
}

withPerl("code that never ends is given up, and what waits behind it is not", async () => {
  const endless = impatient.check("BEGIN { 1 while 1; }");
  const next = impatient.check("f(1);");
  assert.deepEqual(await endless, { kind: "unknown" });
  assert.deepEqual(await next, { kind: "compiles" });
});

withPerl("V8 compiles as before when code has been compiled or has not ended", async () => {
  // A number of the version and the flags. What the program has compiled is kept with it.
  const flags = cachedDataVersionTag();
  await check("f('flags');");
  assert.equal(cachedDataVersionTag(), flags);
  await impatient.check("BEGIN { 1 while 1 + 1; }");
  assert.equal(cachedDataVersionTag(), flags);
});

withPerl("after many that never end no code is compiled any more", async () => {
  for (let count = 0; count < 6; count++) await impatient.check(`BEGIN { 1 while ${count + 2}; }`);
  assert.deepEqual(await impatient.check("f(2);"), { kind: "unknown" });
  assert.deepEqual(await impatient.check("f(1);"), { kind: "compiles" }, "which is known already");
});

test("where the parts are others than they should be nothing is said", async () => {
  const { PerlThread } = await import(pathToFileURL(join(folder, "perl-thread.js")).href);
  const module = join(folder, "nothing.wasm");
  writeFileSync(module, "nothing");
  const program = join(folder, "nothing.js");
  writeFileSync(program, "export {};");
  const broken = new PerlThread({ program: pathToFileURL(program).href, module });
  assert.deepEqual(await broken.check("f(1);"), { kind: "unknown" });
  assert.deepEqual(await broken.check("f(2);"), { kind: "unknown" });
});
