import assert from "node:assert/strict";
import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { checkIndex } from "../../server/src/repository/check-index.ts";
import { type IndexReading, readIndex } from "../../server/src/repository/read-index.ts";

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

test("what keeps clients from using an index", async () => {
  const archives: Record<string, { name: string; version: string }> = {
    "A.opm": { name: "A", version: "1.0.0" },
    "Wrong.opm": { name: "Wrong", version: "1.0.1" },
    "Old.opm": { name: "Old", version: "1.0.0" },
  };
  const reading = read(
    index(
      [
        entry("A", "1.0.0"),
        entry("A", "1.0"),
        entry("Gone", "1.0.0"),
        entry("Wrong", "1.0.0"),
        entry("Old", "1.0.0", "<Framework>99.x</Framework>"),
        entry("A", "2.0.0", ""),
        "<Package><Name>B</Name></Package>",
        entry("Half", "1.0.0", "<Vendor>R & D</Vendor><Framework>7.1.x</Framework>"),
      ].join(""),
    ),
  );
  const findings = await checkIndex(reading, async (file) => archives[file]);
  const own = findings.filter((finding) => finding.package !== "A 1.0.0" && finding.id !== "entry-duplicate");
  assert.deepEqual(
    own
      .map((finding) => `${finding.package ?? ""} ${finding.id}`.trim())
      .filter((line, at, all) => all.indexOf(line) === at),
    [
      "index-malformed",
      "A 1.0 file-mismatch",
      "Gone 1.0.0 file-missing",
      "Wrong 1.0.0 file-mismatch",
      "Old 1.0.0 framework-unknown",
      "A 2.0.0 framework-missing",
      "A 2.0.0 file-mismatch",
      "B entry-incomplete",
      "B framework-missing",
      "Half 1.0.0 file-missing",
    ],
  );
  assert.deepEqual(
    (await checkIndex(read("no xml"), async () => undefined)).map(({ id }) => id),
    ["index-not-read"],
  );
  const twice = await checkIndex(
    read(index(entry("A", "1.0.0") + entry("A", "1.0"))),
    async () => archives["A.opm"],
  );
  assert.deepEqual(
    twice.map((finding) => [finding.package, finding.id]),
    [
      ["A 1.0", "file-mismatch"],
      ["A 1.0", "entry-duplicate"],
    ],
  );
});
