import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { generateSpec } from "../support/generate-spec.ts";
import { randomFrom } from "../support/random.ts";
import { sharedFolder } from "../support/shared.ts";
import { hasXmllint, libxmlComplaints } from "../support/xmllint.ts";

/** With SOPM_FULL=1 every file is cut at 200 places, which takes a minute; otherwise at a few. */
const isFull = process.env.SOPM_FULL === "1";
const xmllint = hasXmllint("tests that compare well-formedness with libxml2");

const bytesOf = (text: string) => new TextEncoder().encode(text);

function isWellFormed(bytes: Uint8Array): boolean {
  const { text, problem } = decodeText(bytes);
  return !problem && SyntaxTree.parse(text).isWellFormed;
}

/** Fails with the documents on which we and libxml2 disagree. Returns how many both find well-formed. */
function assertSameVerdicts(
  documents: readonly Uint8Array[],
  nameOf: (index: number) => string = (index) => JSON.stringify(decodeText(documents[index]!).text),
): number {
  const complaints = libxmlComplaints(documents);
  const differences: string[] = [];
  let wellFormed = 0;
  documents.forEach((document, index) => {
    const ours = isWellFormed(document);
    if (ours) wellFormed++;
    if (ours === (complaints[index] === undefined)) return;
    const { problems } = SyntaxTree.parse(decodeText(document).text);
    differences.push(
      `${nameOf(index)}: ours ${problems[0]?.code}, libxml2 ${complaints[index] ?? "none"}`.slice(0, 500),
    );
  });
  assert.deepEqual(differences, []);
  return wellFormed;
}

const nested = (depth: number, inner = "") => "<a>".repeat(depth) + inner + "</a>".repeat(depth);

/** Documents by what they try. Each verdict has to be that of libxml2. */
const documents: Readonly<Record<string, readonly string[]>> = {
  "nothing, or next to nothing": [
    ..."|\ufeff| |\n|x|<|>|&|<>|</|</>|<!|<?|<a|<a>|<a |<a b|<a b=|<a b='|<a b='x|<a b='x'|</a>|</a".split(
      "|",
    ),
    ...["<!--", "<![CDATA[", "<!DOCTYPE", "<?xml", "&#", "]]>", "&amp;", "<!->", "<a/", "\r", "\t"],
  ],
  "outside the root": [
    ...["<a/>\n\n", "<a/>x", "x<a/>", "<a/><b/>", "<a/>&amp;", "&amp;<a/>", "<a/><![CDATA[x]]>", "<a/>]]>"],
    ...[
      "<![CDATA[x]]><a/>",
      "<a/><!--x-->",
      "<a/><!--x",
      "<a/><?p?>",
      "<!--x--><a/>",
      "<a/></a>",
      "</a><a/>",
    ],
    ...["\u00a0<a/>", "<a/>\u00a0", "\u2003<a/>", "<a/>\u0001", "\f<a/>", "<!x><a/>", "<!ELEMENT a ANY><a/>"],
  ],
  "byte order marks": [
    ...["\ufeff<a/>", "\ufeff\ufeff<a/>", " \ufeff<a/>", "<a>\ufeff</a>", "<a/>\ufeff", "\ufeff <a/>"],
    ...['\ufeff<?xml version="1.0"?><a/>', '\ufeff <?xml version="1.0"?><a/>'],
  ],
  tags: [
    ..."<a></a>|<a></a >|<a></ a>|< a/>|<a / >|<a/ >|<a></a b>|<a></a b='1'>|<a></a/>|<a/b/>|<a\n/>".split(
      "|",
    ),
    ..."<a><b></a></b>|<a><b></a>|<a></b>|<a><></a>|<a></></a>|<a>< b/></a>|<a><</a>|<a>x < y</a>".split("|"),
    ..."<a>x > y</a>|<a><b></b|<a></a></a>|<a><b/ ></a>|<a></|<a></a|<1/>|<-a/>|<.a/>|<a1-._/>|<_/>".split(
      "|",
    ),
    ..."<A></a>|<a ></a\n>|<a<b/></a>|<a></a<|<a/><|<a><b></a\n>|</a|<a//>|<a></a></|<a>>></a>".split("|"),
    ...["<a\u00a0/>", "<a\u0085/>", "<a\u2028/>", "<a\u0000/>", "<a></a\u00a0>"],
  ],
  attributes: [
    ..."<a b='1'/>|<a b = '1' />|<a b='1'c='2'/>|<a b='1' b='2'/>|<a b='1' B='2'/>|<a b/>|<a b=1/>".split(
      "|",
    ),
    ..."<a b=/>|<a b=''/>|<a 'b'/>|<a b='<'/>|<a b='>'/>|<a b='&'/>|<a b='&amp;'/>|<a b='&x;'/>".split("|"),
    ..."<a b='&#65;'/>|<a b='&#0;'/>|<a b=']]>'/>|<a b='<![CDATA[x]]>'/>|<a b='\n\t'/>|<a b=\"'\"/>".split(
      "|",
    ),
    ..."<a b='1' / c='2'/>|<a\r\nb='1'\r\n/>|<a =''/>|<a b=='1'/>|<a b='1'=/>|<a b=\"1'/>|<a b '1'/>".split(
      "|",
    ),
    ..."<a b='1',c='2'/>|<a b='x>y'/>|<a b='x' c/>|<a b c='x'/>|<a b='--'/>|<a 1b='x'/>".split("|"),
    ...["<a b='x\u0001'/>", "<a b='\ufffe'/>", "<a b='1'\u0000/>", "<a b='\u0000'/>", "<a\u00a0b='1'/>"],
    `<a ${Array.from({ length: 3_000 }, (_, index) => `b${index}='${index}'`).join(" ")}/>`,
    `<a ${Array.from({ length: 40 }, (_, index) => `b${index % 39}=''`).join(" ")}/>`,
  ],
  "names with colons, which are only names": [
    ..."<a:b/>|<:a/>|<a:/>|<a:b:c/>|<:/>|<a::b/>|<a :b='1'/>|<a b:='1'/>|<a x:b='1'/>|<a:1/>|<a:-/>".split(
      "|",
    ),
    ..."<a x:b='1' y:b='2'/>|<a x:b='1' x:b='2'/>|<a 1:b='x'/>|<a b:1='x'/>|<a b::c='1'/>|<xml:a/>".split(
      "|",
    ),
    ..."<a xmlns='' xmlns:b=''/>|<a xmlns='u' xmlns='u'/>|<a xmlns:xml='u'/>|<a xmlns:xmlns='u'/>".split("|"),
    ..."<a xmlns:x='u' xmlns:y='u' x:b='1' y:b='2'/>|<xml/>|<XML/>|<a xml:space='x'/>|<a xml:lang=''/>".split(
      "|",
    ),
  ],
  "names beyond ASCII": [
    ..."<ä/>|<ä></ä>|<ä></a>|<a ö='1'/>|<日本/>|<a·/>|<·a/>|<a\u0300/>|<\u0300a/>|<\u{10000}/>".split("|"),
    ..."<a\u{1f600}/>|<\u{effff}/>|<\u{f0000}/>|<\ufdd0/>|<\u2070/>|<\u037e/>|<\u00d7/>|<\u00f7/>".split("|"),
    ..."<a\u203f/>|<\u203f/>|<\u2c00\u2fef\u3001/>|<\u218f/>|<\u2190/>|<a \u{1f600}='x'/>|<a>\u{f0000}</a>".split(
      "|",
    ),
  ],
  text: [
    ..."<a>]]></a>|<a>]]</a>|<a>]]]></a>|<a>]]&gt;</a>|<a>]&#93;></a>|<a>]]</a>|<a>]<b/>]></a>".split("|"),
    ...["\u0000", "\u0001", "\t\n\r", "\u000b", "\f", "\u001f", "\u007f\u0080\u0085\u009f", "\u2028"].map(
      (text) => `<a>${text}</a>`,
    ),
    ...["\ufffd", "\ufffe", "\uffff", "\ufdd0", "\u{1fffe}", "\u{10ffff}"].map((text) => `<a>${text}</a>`),
    `<a>${"x".repeat(200_000)}</a>`,
  ],
  references: [
    ..."&amp;&lt;&gt;&quot;&apos;|&nbsp;|&|& |&amp|&;|&#;|&#x;|&#X41;|&#x41;|&#65;|&#x0;|&#8;|&#9;|&#xD800;"
      .split("|")
      .map((text) => `<a>${text}</a>`),
    ..."&#xFFFE;|&#xFFFF;|&#x10FFFF;|&#x110000;|&#99999999999999999999;|&#x100000041;|&#65 ;|& #65;|&#-65;"
      .split("|")
      .map((text) => `<a>${text}</a>`),
    ..."&a:b;|&ä;|&1;|&#x4g;|&AMP;|&amp ;|&amp;amp;|&&amp;|&a&amp;|&#x;&#65;|&#000000000000000065;"
      .split("|")
      .map((text) => `<a>${text}</a>`),
  ],
  comments: [
    ..."<!-- -- -->|<!---->|<!--->|<!-->|<!-- --->|<!-- - - -->|<!--x--y-->|<!--x|<!-- <a> & -->|<!- x -->"
      .split("|")
      .flatMap((comment) => [`${comment}<a/>`, `<a>${comment}</a>`]),
    ...[
      "<!--\u0000--><a/>",
      "<a/><!-- \u0001 -->",
      "<!--\ufffe--><a/>",
      "<a b='<!---->'/>",
      "<!--]]>--><a/>",
    ],
  ],
  CDATA: [
    ..."<![CDATA[]]>|<![CDATA[<&]]>|<![CDATA[]]]]>|<![CDATA[ ]]> ]]>|<![CDATA[x|<![CDATA[<![CDATA[x]]>"
      .split("|")
      .map((section) => `<a>${section}</a>`),
    ..."<![CDATA[x]]>]]>|<![cdata[x]]>|<![CDATA [x]]>|<! [CDATA[x]]>|<![CDATA[\u0001]]>|<![CDATA[\ufffe]]>"
      .split("|")
      .map((section) => `<a>${section}</a>`),
    "<a><b><![CDATA[</b>x]]></b></a>",
    "<a><b><![CDATA[</b><c><![CDATA[x]]></c></a>",
    "<a><b><![CDATA[ </b><![CDATA[ ]]></c></b></a>",
    "<a><b><![CDATA[</b> <![CDATA[ ]]></b></a>",
  ],
  declarations: [
    ...[
      "version='1.0'",
      'version="1.0" encoding="utf-8" ',
      'version="1.0" encoding="UTF-8" standalone="yes"',
      'version="1.0" standalone="yes"',
      'version="1.0" standalone="no" ',
      'version="1.0" standalone="maybe"',
      'version="1.0" standalone="YES"',
      'version="1.0" standalone=yes',
      'version="1.0" standalone="yes" encoding="utf-8"',
      'encoding="utf-8"',
      'encoding="utf-8" version="1.0"',
      'version="1.1"',
      'version="1.10"',
      'version="2.0"',
      'version="1"',
      'version="1.x"',
      'version=""',
      'version="1.0a"',
      "version=1.0",
      "version=\"1.0'",
      "version = \"1.0\" encoding = 'utf-8' ",
      'version="1.0"encoding="utf-8"',
      'version="1.0" foo="bar"',
      'version="1.0" encoding="utf-8" encoding="utf-8"',
      'version="1.0" encoding=""',
      'version="1.0" encoding="utf 8"',
      'version="1.0" encoding="utf8"',
      'version="1.0" encoding="-8"',
      'version="1.0" encoding=utf-8',
      'version="1.0" encoding="iso-8859-1"',
      'version="1.0" encoding="us-ascii"',
      'version="1.0" encoding="klingon"',
      'version="1.0" ?',
      "",
    ].map((inside) => `<?xml ${inside}?><a/>`),
    '<?xml\nversion="1.0"\n?><a/>',
    '<?xml\tversion="1.0"?><a/>',
    '<?xml\u00a0version="1.0"?><a/>',
    "<?xml?><a/>",
    '<?xml version="1.0"><a/>',
    '<?xml version="1.0"? ><a/>',
    '<?xml version="1.0"',
    '<?xml version="1.0" encoding="utf-8"?>',
    '<? xml version="1.0"?><a/>',
    ' <?xml version="1.0"?><a/>',
    '\n<?xml version="1.0"?><a/>',
    '<!----><?xml version="1.0"?><a/>',
    '<a/><?xml version="1.0"?>',
    '<a><?xml version="1.0"?></a>',
    '<?xml version="1.0"?><?xml version="1.0"?><a/>',
    ..."<?XML version='1.0'?><a/>|<?Xml?><a/>|<a><?xMl?></a>|<?xml-stylesheet href='x'?><a/>".split("|"),
    ..."<?xml-?><a/>|<?xmlx?><a/>|<?xml:a?><a/>".split("|"),
  ],
  "processing instructions": [
    ...'<?p?>|<?p x?>|<? p?>|<??>|<?p|<?p ?x?>|<?p??>|<?p?x?>|<?p"?>|<?p:q?>|<?p <a> & ?>|<?1?>|<?ä?>|<?p/?>'
      .split("|")
      .flatMap((instruction) => [`${instruction}<a/>`, `<a>${instruction}</a>`, `<a/>${instruction}`]),
    ...["<?p \u0001?><a/>", "<?p\u0001?><a/>", "<?p\n?><a/>", "<?:p?><a/>", "<?p:?><a/>", "<?p \ufffe?><a/>"],
  ],
  "DOCTYPE, from outside": [
    ..."<!DOCTYPE a><a/>|<!doctype a><a/>|<!DOCTYPE a []><a/>|<!DOCTYPE a SYSTEM 'x.dtd'><a/>".split("|"),
    ..."<!DOCTYPE a PUBLIC 'x' 'y'><a/>|<a><!DOCTYPE a></a>|<a/><!DOCTYPE a>|<!DOCTYPE><a/>".split("|"),
    ..."<!DOCTYPE a><!DOCTYPE a><a/>|<!DOCTYPE a|<!DOCTYPE b><a/>|<!DOCTYPE\na><a/>| <!DOCTYPE a><a/>".split(
      "|",
    ),
    "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
    "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&f;</a>",
    "<!DOCTYPE a [<!ENTITY e 'x'>]><a b='&e;'/>",
    "<!DOCTYPE a [<!-- > ] -->]><a/>",
    "<!DOCTYPE a [<!ENTITY e ']>'>]><a/>",
    "<!DOCTYPE a><?xml version='1.0'?><a/>",
    "<?p?><!DOCTYPE a><a/>",
  ],
  nesting: [
    nested(256),
    nested(256, "<b/>"),
    nested(257),
    nested(255, "<b></b><b/>"),
    `<r>${nested(256)}</r>`,
  ],
};

for (const [name, texts] of Object.entries(documents)) {
  test(`well-formedness as libxml2 sees it: ${name}`, { skip: !xmllint }, () => {
    assertSameVerdicts(texts.map(bytesOf));
  });
}

/** Where we decide otherwise than libxml2, or than some version of it. */
const decided: readonly [reason: string, text: string, ours: boolean][] = [
  ["expat refuses a version without minor number, libxml2 takes it", '<?xml version="1."?><a/>', false],
  [
    "expat wants a blank between two declared things, libxml2 does not",
    '<?xml version="1.0" encoding="utf-8"standalone="no"?><a/>',
    false,
  ],
  ["an unknown encoding is for whoever decodes the bytes", '<?xml version="1.0" encoding="x-y"?><a/>', true],
  ["libxml2 reads no further than a NUL", "<a/>\u0000x", false],
  ["XML wants a blank there, and DOCTYPE is refused in packages anyway", "<!DOCTYPEa><a/>", false],
  ["what a DOCTYPE says is not looked at", "<!DOCTYPE a [x]><a/>", true],
  ["nor whether its entities go round in circles", "<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>", true],
  ["libxml2 knows no names of more than 50,000 characters", `<${"n".repeat(60_000)}/>`, true],
  ["libxml2 trips over a second colon before no letter, which only namespaces forbid", "<a:b:-/>", true],
  ["libxml2 counts the digits of a reference", `<a>&#x${"0".repeat(40)}A41;</a>`, true],
  ["half a surrogate pair cannot be written in UTF-8 at all", "<a>\ud800</a>", false],
  ["nor the other half", "<a>x\udc00</a>", false],
  ["nor as part of a name", "<a\ud800/>", false],
  ["the limit of libxml2 2.9; later versions have others", nested(258), false],
  ["the same with an empty tag innermost", nested(257, "<b/>"), false],
  ["the same a lot deeper", nested(100_000), false],
];
for (const [reason, text, ours] of decided) {
  test(`well-formedness as we see it: ${reason}`, () => {
    assert.equal(SyntaxTree.parse(text).isWellFormed, ours);
  });
}

const pieces = [
  ..."<>&;'\"=/!?-[]: \t\n\r#xXaA0é\u0000\u0001\ufeff\ufffe·",
  ...[
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?",
    "?>",
    "&#",
    "&amp;",
    "</a>",
    "<a>",
    "<a/>",
    " b='1'",
    "--",
    "\u{1f600}",
  ],
];

test("well-formedness as libxml2 sees it: small damage", { skip: !xmllint }, () => {
  const random = randomFrom(3);
  const bases = [
    '<?xml version="1.0" encoding="utf-8" standalone=\'yes\'?>\n<!-- c -->\n<a b="1" c=\'2&lt;\'>\n  <d/>x &amp; y<![CDATA[<z>&]]>\n<?p i?><e f="g">h</e></a>\n<!-- end -->\n',
    '<otrs_package version="1.0"><Name>A</Name><File Permission="644" Location="a/b"/><Code Type="post"><![CDATA[ if (1 < 2) { } ]]></Code></otrs_package>',
    ...Object.entries(documents)
      .filter(([name]) => !/DOCTYPE|colons|declarations/.test(name))
      .flatMap(([, texts]) => texts.filter((text) => text.length < 300)),
  ];
  const damaged: Uint8Array[] = [];
  while (damaged.length < (isFull ? 100_000 : 4_000)) {
    let text = random.pick(bases);
    for (let step = random.below(2); step >= 0; step--) {
      const at = random.below(text.length + 1);
      const removed = random.below(3);
      const added = removed === 0 || random.below(2) === 0 ? random.pick(pieces) : "";
      text = text.slice(0, at) + added + text.slice(at + removed);
    }
    // See the decisions above.
    if (/\u0000|1\.['"]|encoding=.(?!utf-8.)/.test(text) || !isPaired(text)) continue;
    damaged.push(bytesOf(text));
  }
  const wellFormed = assertSameVerdicts(damaged);
  assert.ok(wellFormed > damaged.length / 50, `only ${wellFormed} are well-formed`);
});

function isPaired(text: string): boolean {
  return text === new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytesOf(text));
}

test("generated specs are well-formed", () => {
  for (const lines of [0, 50, 300, 2_000])
    assert.deepEqual(SyntaxTree.parse(generateSpec(lines)).problems, []);
});

const corpus = sharedFolder("corpus");

test("well-formedness as libxml2 sees it: all files, whole and cut off", {
  skip: !xmllint || !corpus,
}, () => {
  const places = isFull ? 200 : 3;
  let compared = 0;
  let wellFormed = 0;
  let batch: Uint8Array[] = [];
  let names: string[] = [];
  const compare = () => {
    wellFormed += assertSameVerdicts(batch, (index) => names[index]!);
    compared += batch.length;
    batch = [];
    names = [];
  };
  for (const kind of ["sopm", "opm", "sysconfig", "index"]) {
    for (const name of readdirSync(join(corpus!, kind))) {
      const bytes = new Uint8Array(readFileSync(join(corpus!, kind, name)));
      for (let place = 0; place <= places; place++) {
        // The places are spread evenly and end with the whole file; the shift keeps them off equal fractions.
        const shift = place === places ? 0 : (place * 7919) % Math.max(1, Math.floor(bytes.length / places));
        const length = Math.min(bytes.length, Math.floor((bytes.length * place) / places) + shift);
        batch.push(bytes.subarray(0, length));
        names.push(`${kind}/${name} cut at ${length} of ${bytes.length}`);
      }
      if (batch.length >= 400) compare();
    }
  }
  compare();
  assert.ok(wellFormed > 100, `${wellFormed} of ${compared} are well-formed`);
  if (isFull) console.log(`compared with libxml2: ${compared} files and parts of files, no difference`);
});
