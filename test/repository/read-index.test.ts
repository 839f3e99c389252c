import assert from "node:assert/strict";
import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { checkIndex, type RepositoryFacts } from "../../server/src/repository/check-index.ts";
import { type IndexReading, readIndex } from "../../server/src/repository/read-index.ts";
import { toTheEndOf } from "../../server/src/rules/steps.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";

function index(packages: string, before = '<?xml version="1.0"?>\n'): string {
  return `${before}<otrs_package_list version="1.0">\n${packages}\n</otrs_package_list>`;
}

function entry(name: string, version: string, more = "<Framework>7.1.x</Framework>"): string {
  return `<Package><Name>${name}</Name><Version>${version}</Version>${more}<File>${name}.opm</File></Package>`;
}

function read(text: string, dialect: DialectId = "znuny-7"): IndexReading {
  return readIndex(text, "de", dialect);
}

function checkEntries(text: string, expected: readonly string[], dialect: DialectId = "znuny-7"): void {
  const reading = read(text, dialect);
  assert.ok(reading.kind === "read", reading.kind);
  assert.deepEqual(
    reading.entries.map(({ name, version }) => `${name} ${version}`),
    expected,
  );
}

test("lists are kept, of everything else the last text counts", () => {
  const reading = read(
    index(
      entry(
        "A",
        "1.0.0",
        '<Framework Minimum="7.1.2">7.1.x</Framework><Framework>7.2.x</Framework>' +
          '<PackageRequired Version="2.0.0">B</PackageRequired><PackageRequired>C</PackageRequired>' +
          '<Description Lang="en">E</Description><Description Lang="de">D</Description>' +
          '<ChangeLog Version="1">one</ChangeLog><ChangeLog Version="0">two</ChangeLog>' +
          '<Filelist><FileDoc Location="doc/a.md"/></Filelist><PackageMerge><Vendor>inner</Vendor></PackageMerge>',
      ),
    ),
  );
  assert.ok(reading.kind === "read");
  const [only] = reading.entries;
  assert.deepEqual(only!.frameworks, [
    { pattern: "7.1.x", minimum: "7.1.2", maximum: undefined },
    { pattern: "7.2.x", minimum: undefined, maximum: undefined },
  ]);
  assert.deepEqual(only!.requiredPackages, [
    { name: "B", version: "2.0.0" },
    { name: "C", version: undefined },
  ]);
  assert.equal(only!.description, "D");
  assert.equal(only!.fields.get("ChangeLog"), "two");
  assert.equal(only!.fields.get("Vendor"), "inner");
  assert.deepEqual(only!.documents, ["doc/a.md"]);
});

test("where packages are nested, each end tag makes an entry of what was found last", () => {
  checkEntries(index(`<Package><Name>Outer</Name>${entry("A", "1.0.0")}</Package>`), ["A 1.0.0", "A 1.0.0"]);
  checkEntries(index("<Package></Package>"), []);
});

test("what is not well-formed is refused by OTOBO and read leniently by the OTRS line", () => {
  const broken = index(`${entry("A", "1.0.0")}${entry("B", "2.0.0", "<Vendor>R & D</Vendor>")}`);
  assert.deepEqual(read(broken, "otobo-11"), { kind: "refused", reason: "malformed", line: 3 });
  checkEntries(broken, ["A 1.0.0", "A 1.0.0", "B 2.0.0"]);
  checkEntries(index(entry("A&apos;", "<![CDATA[1]]>", "<URL>a & b</URL>")), ["A&apos; "]);
  checkEntries(index(entry("A&apos;", "<![CDATA[1]]>")), ["A' 1"]);
  checkEntries(index(entry("A", "1.0.0"), '\n<?xml version="1.0"?>'), ["A 1.0.0"]);
  for (const hopeless of ["", "no xml", "<a><b></a>", "<a/><b/>", "<a/>text", "<a b=c/>", "<a>"]) {
    assert.equal(read(hopeless).kind, "refused", hopeless);
  }
});

test("reading piece by piece comes to the same as reading the whole", () => {
  const contents = [
    entry("A", "1.0.0") + entry("B", "2.0.0"),
    `<Name>stray</Name>${entry("A", "1.0.0")}text<Version>0</Version>${entry("B", "2.0.0")}`,
    `<Package Note="x"><Name>First</Name></Package>${entry("A", "1.0.0")}`,
    `${entry("A", "1.0.0")}<Package/>`,
    `<Group>${entry("A", "1.0.0")}</Group>`,
    `<Package><Name>Outer</Name>${entry("A", "1.0.0")}</Package>`,
    `${entry("A", "1.0.0")}</Group>`,
    `${entry("A", "1.0.0")}<Package>`,
    `<Vendor>${entry("A", "&foo;")}</Vendor>`,
  ];
  for (const content of contents) {
    // A comment makes the reader look at the document as a whole.
    assert.deepEqual(
      plain(read(index(content), "otobo-11")),
      plain(read(index(`${content}<!-- -->`), "otobo-11")),
    );
  }
  const commented = index(`<!--${entry("A", "1.0.0")}--><Note><![CDATA[${entry("B", "1")}]]></Note>`);
  checkEntries(commented, []);
});

test("a package comes to the same however oddly it is written", () => {
  const packages =
    `<Package>\n<Name>A</Name><Version>1.0.0</Version><Description Lang="de">B</Description>` +
    `<PackageRequired Version='1'>C</PackageRequired><Filelist><FileDoc Location="a.md" /></Filelist></Package>` +
    entry("D", "2.0.0");
  const oddities = [
    ...[
      "<",
      ">",
      "/",
      "&",
      '"',
      "'",
      "=",
      " ",
      "\r\n",
      "\t",
      "]]>",
      "\0",
      "\ud800",
      "😀",
      "é",
      "\u0085",
      "\uffff",
    ],
    ...[
      "&amp;",
      "&#65;",
      "&foo;",
      "<a/>",
      "<a b='1' b='2'/>",
      '<a b="<"/>',
      "<a b=1>",
      "<a b = '1'/>",
      "<é ö='1'/>",
    ],
    ...[
      "<Package>",
      "</Package>",
      "<Package/>",
      "<Package >",
      "</Package\n>",
      "<a",
      "</",
      "<1>",
      "<a\n>",
      "<a>x</a >",
    ],
  ];
  let count = 0;
  for (let at = 0; at <= packages.length; at++) {
    const texts = oddities.map((odd) => packages.slice(0, at) + odd + packages.slice(at));
    for (const text of [...texts, packages.slice(0, at) + packages.slice(at + 1), packages.slice(0, at)]) {
      // A comment makes the reader look at the document as a whole.
      const whole = read(index(text, "<!-- -->"), "otobo-11");
      assert.deepEqual(plain(read(index(text, "        "), "otobo-11")), plain(whole), text);
      if (whole.kind === "read") count++;
    }
  }
  assert.ok(count > 1000, `${count}`);
});

/** Without the order in which texts were found, and the line of a mistake. */
function plain(reading: IndexReading): unknown {
  if (reading.kind === "refused") return reading.reason;
  return reading.entries.map(({ fields, ...others }) => ({ ...others, fields: new Map([...fields].sort()) }));
}

test("hostile indexes are refused soon", () => {
  const bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>';
  assert.deepEqual(read(index(entry("&b;", "1"), bomb)), { kind: "refused", reason: "entities", line: 1 });
  const external = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
  assert.equal(read(index(entry("&a;", "1"), external)).kind, "refused");
  assert.equal(read(index(`${"<Package>".repeat(50_000)}`)).kind, "refused");
  const many = Array.from({ length: 20_000 }, (_, number) => entry(`P${number}`, "1.0.0")).join("");
  const reading = read(index(many));
  assert.equal(reading.kind === "read" && reading.entries.length, 20_000);
});

/** An archive as an index would list it. */
function listed(name: string, version: string): string {
  return `<Name>${name}</Name><Version>${version}</Version><Framework>7.1.x</Framework>`;
}

/** What is said of entries, as "rule variant at the text of its place". */
async function told(text: string, given: Partial<RepositoryFacts> = {}): Promise<readonly string[]> {
  const { root } = SyntaxTree.parse(text);
  const facts: RepositoryFacts = { fileName: "otrs.xml", root, release: "znuny-7", ...given };
  const found = await toTheEndOf(checkIndex(text, facts));
  return found.map(({ rule, variant, span }) => `${rule} ${variant} ${text.slice(span.start, span.end)}`);
}

test("hostile indexes are checked soon, and only for what is in them", async () => {
  const archive = async () => ({ entry: listed("A", "1.0.0") });
  const good = index(entry("A", "1.0.0", "<Framework>7.1.x</Framework>").repeat(3));
  for (let cut = 0; cut < good.length; cut += 7) await told(good.slice(0, cut), { archive });
  const bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>';
  assert.deepEqual(await told(index(entry("&b;", "1"), bomb), { archive }), []);
  assert.deepEqual(await told("<Package>".repeat(50_000), { archive }), []);
  const long = index(`<Package><Name>${"a".repeat(10_000_000)}</Name></Package>`);
  const kinds = (await told(long)).map((each) => each.split(" ").slice(0, 2).join(" "));
  assert.deepEqual(kinds, [
    "index-entry-stale incomplete",
    "index-file-missing unnamed",
    "index-framework-missing missing",
  ]);
  for (const name of ["__proto__", "constructor", "toString"]) {
    const required = `<Framework>7.1.x</Framework><PackageRequired Version="1">${name}</PackageRequired>`;
    assert.deepEqual(await told(index(entry("A", "1.0.0", required))), [
      `index-unresolvable NotFound ${name}`,
    ]);
    const own = index(entry(name, "1.0.0", `<Framework>7.1.x</Framework><${name}>x</${name}>`));
    assert.deepEqual(await told(own, { archive: async () => ({ entry: listed(name, "1.0.0") }) }), []);
  }
});

test("a long index is checked a piece at a time", async () => {
  const text = index(
    Array.from({ length: 10_000 }, (_, n) => entry(`P${n}`, "1", "<Framework>7.1.x</Framework>")).join(""),
  );
  const { root } = SyntaxTree.parse(text);
  const steps = checkIndex(text, { fileName: "otrs.xml", root, release: "znuny-7" });
  let turns = 0;
  while (!(await steps.next()).done) turns++;
  assert.ok(turns > 200, `${turns}`);
});

test("what keeps clients from using an index, where it stands", async () => {
  const archives: Readonly<Record<string, string | undefined>> = {
    "A.opm": listed("A", "1.0.0"),
    "Wrong.opm": listed("Wrong", "1.0.1"),
    "Old.opm": listed("Old", "1.0.0"),
    "Broken.opm": undefined,
  };
  const archive = async (file: string) => (file in archives ? { entry: archives[file] } : undefined);
  const text = index(
    [
      entry("A", "1.0.0", "<Framework>7.1.x</Framework>"),
      entry("Gone", "1.0.0", "<Framework>7.1.x</Framework>"),
      entry("Wrong", "1.0.0", "<Framework>7.1.x</Framework>"),
      entry("Old", "1.0.0", "<Framework>99.x</Framework>"),
      entry("Broken", "1.0.0", "<Framework>7.1.x</Framework>"),
      entry("A", "1.0.0", ""),
      "<Package><Name>B</Name><Framework>7.1.x</Framework></Package>",
    ].join(""),
  );
  assert.deepEqual(await told(text, { archive }), [
    "index-file-missing gone Gone.opm",
    "index-entry-stale other-package Wrong.opm",
    "index-entry-stale differs 99.x",
    "index-framework-missing unknown 99.x",
    "index-file-missing unreadable Broken.opm",
    "index-framework-missing missing Package",
    "index-entry-stale incomplete Package",
    "index-file-missing unnamed Package",
  ]);
  assert.deepEqual(await told(index("")), []);
  assert.deepEqual(await told("no xml"), []);
});

test("entries with one version are one too many where a client sees both", async () => {
  const both = (one: string, other: string) =>
    told(index(entry("A", "1.0.0", one) + entry("A", "1.0.0", other)));
  const again = "index-duplicate again A";
  assert.deepEqual(await both("<Framework>7.1.x</Framework>", "<Framework>7.x.x</Framework>"), [again]);
  assert.deepEqual(await both("<Framework>7.1.x</Framework>", "<Framework>7.0.x</Framework>"), []);
  const halves = [
    '<Framework Maximum="7.1.3">7.1.x</Framework>',
    '<Framework Minimum="7.1.4">7.1.x</Framework>',
  ];
  assert.deepEqual(await both(halves[0]!, halves[1]!), []);
  // An index that is read twice, because it is not well-formed, has each entry once.
  const broken = index(entry("A", "1.0.0", "<Vendor>R & D</Vendor><Framework>7.1.x</Framework>"));
  assert.deepEqual(await told(broken), []);
});

test("what differs between an entry and its archive is told once, blanks aside", async () => {
  const own = "<Vendor>Acme</Vendor><URL>u</URL><Framework>7.1.x</Framework>";
  const difference = (fresh: string) =>
    told(index(entry("A", "1.0.0", own)), {
      archive: async () => ({ entry: `<Name>A</Name><Version>1.0.0</Version>${fresh}` }),
    });
  assert.deepEqual(await difference(own), []);
  assert.deepEqual(await difference(own.replace("Acme", "\n  Acme ")), []);
  assert.deepEqual(await difference(own.replace("Acme", "Others").replace(">u<", ">v<")), [
    "index-entry-stale differs Acme",
  ]);
  assert.deepEqual(await difference(`${own}<Description Lang="en">new</Description>`), [
    "index-entry-stale differs Package",
  ]);
});

test("an index has the name that its clients ask for", async () => {
  const of = (framework: string, fileName: string) =>
    told(index(entry("A", "1.0.0", `<Framework>${framework}</Framework>`)), { fileName });
  assert.deepEqual(await of("7.1.x", "otrs.xml"), []);
  assert.deepEqual(await of("7.1.x", "list.xml"), []);
  assert.deepEqual(await of("7.1.x", "otobo.xml"), ["index-name-dialect never-asked otrs_package_list"]);
  // OTOBO does not look at the root element.
  assert.deepEqual(await of("11.0.x", "otobo.xml"), ["index-name-dialect root otrs_package_list"]);
});

test("requirements are looked for among what a client is offered", async () => {
  const package_ = (name: string, version: string, requires = "", framework = "7.1.x") =>
    entry(name, version, `<Framework>${framework}</Framework>${requires}`);
  const requires = (name: string, version = ' Version="1.0.0"') =>
    `<PackageRequired${version}>${name}</PackageRequired>`;
  const rule = "index-unresolvable";
  assert.deepEqual(await told(index(package_("A", "1.0.0", requires("B")) + package_("B", "1.0.0"))), []);
  assert.deepEqual(await told(index(package_("A", "1.0.0", requires("B")))), [`${rule} NotFound B`]);
  assert.deepEqual(
    await told(index(package_("A", "1.0.0", requires("B"))), { beside: async () => ["1.0.0"] }),
    [],
  );
  assert.deepEqual(await told(index(package_("A", "1.0.0", requires("B")) + package_("B", "0.9.0"))), [
    `${rule} WrongVersion B`,
  ]);
  assert.deepEqual(await told(index(package_("A", "1.0.0", requires("B", "")) + package_("B", "0.9.0"))), [
    `${rule} unversioned B`,
  ]);
  assert.deepEqual(
    await told(index(package_("A", "1.0.0", requires("B")) + package_("B", "1.0.0", requires("A")))),
    [`${rule} Cyclic B`, `${rule} Cyclic A`],
  );
  // The one that would do is for another framework.
  const elsewhere = package_("A", "1.0.0", requires("B")) + package_("B", "1.0.0", "", "6.0.x");
  assert.deepEqual(await told(index(elsewhere)), [`${rule} NotFound B`]);
});

test("an index of very many entries, lists of frameworks and requirements is checked in bounds", async () => {
  const entries = Array.from({ length: 3000 }, (_, at) =>
    entry(
      `P${at}`,
      "1.0.0",
      `<Framework>7.1.${at}</Framework><PackageRequired Version="1.0.0">Q${at}</PackageRequired>`,
    ),
  );
  const found = await told(index(entries.join("")));
  assert.ok(found.length > 0 && found.length <= 4000, `${found.length}`);
});
