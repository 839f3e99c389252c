import { test } from "node:test";
import { rules } from "../../server/src/rules/rules.ts";
import { checkRule } from "../support/check-rule.ts";
import { marked } from "../support/marked.ts";
import { checkRows, inRoot, type RuleRow } from "../support/rule-rows.ts";

const declaration = '<?xml version="1.0" encoding="utf-8" ?>\n';

/** A mistake in the form of a text, its message and the text after the first fix; null when there is no fix. */
const form: readonly (readonly [text: string, message: string, fixed: string | null])[] = [
  [
    inRoot('<Filelist>[[<File Location="a"]]\n</Filelist>'),
    "The tag <File> has no end. Write “>” behind its last attribute.",
    inRoot('<Filelist><File Location="a"/>\n</Filelist>'),
  ],
  [
    inRoot("[[<Name]]</Name>"),
    "The tag <Name> has no end. Write “>” behind its last attribute.",
    inRoot("<Name></Name>"),
  ],
  [
    inRoot("\n  <[[Name]]>A\n  <Version>1</Version>\n"),
    "Nothing closes <Name>. Write </Name> where it should end.",
    inRoot("\n  <Name>A</Name>\n  <Version>1</Version>\n"),
  ],
  [
    inRoot('<Filelist><[[File]] Location="a">\n</Filelist>'),
    "Nothing closes <File>. Write </File> where it should end.",
    inRoot('<Filelist><File Location="a"/>\n</Filelist>'),
  ],
  [
    inRoot('\n  <[[Filelist]]>\n    <File Location="a"/>\n'),
    "Nothing closes <Filelist>. Write </Filelist> where it should end.",
    inRoot('\n  <Filelist>\n    <File Location="a"/>\n  </Filelist>\n'),
  ],
  [
    inRoot('\n  <[[Filelist]]>\n    <File Location="a"/>\n  <CodeInstall>1;</CodeInstall>\n'),
    "Nothing closes <Filelist>. Write </Filelist> where it should end.",
    inRoot('\n  <Filelist>\n    <File Location="a"/>\n  </Filelist>\n  <CodeInstall>1;</CodeInstall>\n'),
  ],
  [inRoot("<Name>A</[[Nam]]>"), "</Nam> stands where <Name> ends. Write </Name>.", inRoot("<Name>A</Name>")],
  [
    inRoot("<Vendro>A</[[Vendor]]>"),
    "No element is called <Vendro>, and it ends with </Vendor>. Write <Vendor>.",
    inRoot("<Vendor>A</Vendor>"),
  ],
  [
    inRoot("<Name>A</Name>[[</Foo>]]"),
    "</Foo> closes nothing, because no <Foo> is open here. Remove it.",
    inRoot("<Name>A</Name>"),
  ],
  [
    inRoot("<Name>A[[</Name x>]]"),
    "This end tag is not complete. Write </Name> and nothing else in it.",
    inRoot("<Name>A</Name>"),
  ],
  [
    inRoot("<Name>A[[</>]]"),
    "This end tag closes nothing, because it has no name. Write which element it ends.",
    inRoot("<Name>A</Name>"),
  ],
  [
    inRoot("<Filelist><File [[Location]]/></Filelist>"),
    "Location has no value. Write one in quotes behind an equals sign.",
    inRoot('<Filelist><File Location=""/></Filelist>'),
  ],
  [
    inRoot('<Filelist><File Location[[ ]]"a"/></Filelist>'),
    "Between Location and its value there is no equals sign. Write one.",
    inRoot('<Filelist><File Location="a"/></Filelist>'),
  ],
  [
    inRoot('<Filelist><File Location=[["a]] />\n</Filelist>'),
    "The value of Location has no closing quote. Write it.",
    inRoot('<Filelist><File Location="a" />\n</Filelist>'),
  ],
  [
    inRoot("<Filelist><File Permission=[[660]] Location='a'/></Filelist>"),
    "The value of Permission has no quotes. Write them around it.",
    inRoot("<Filelist><File Permission=\"660\" Location='a'/></Filelist>"),
  ],
  [
    inRoot('<Filelist><File Location="a"[[Permission]]="660"/></Filelist>'),
    "There is no blank before this attribute. Write one.",
    inRoot('<Filelist><File Location="a" Permission="660"/></Filelist>'),
  ],
  [
    inRoot('<Filelist><File Location="a" [[Location]]="b"/></Filelist>'),
    "Location is given twice in one tag. Remove one of the two.",
    inRoot('<Filelist><File Location="a"/></Filelist>'),
  ],
  [
    inRoot('<IntroInstall Title="a [[<]] b">Hello</IntroInstall>'),
    "The value of Title must not hold “<”. Write “&lt;” instead.",
    inRoot('<IntroInstall Title="a &lt; b">Hello</IntroInstall>'),
  ],
  [
    inRoot('<Filelist><File Location="a" [[,]]/></Filelist>'),
    "“,” means nothing in a tag. Remove it.",
    inRoot('<Filelist><File Location="a" /></Filelist>'),
  ],
  [
    inRoot("<Vendor>a [[<]] b</Vendor>"),
    "This “<” starts no tag. Write “&lt;”, or put the text into CDATA.",
    inRoot("<Vendor>a &lt; b</Vendor>"),
  ],
  [
    inRoot("<Vendor>Smith [[&]] Sons</Vendor>"),
    "This “&” starts no reference. Write “&amp;”, or put the text into CDATA.",
    inRoot("<Vendor>Smith &amp; Sons</Vendor>"),
  ],
  [
    inRoot("<CodeInstall>$A = &amp;f [[&]] 1;</CodeInstall>"),
    "This “&” starts no reference. Write “&amp;”, or put the text into CDATA.",
    inRoot("<CodeInstall><![CDATA[$A = &f & 1;]]></CodeInstall>"),
  ],
  [
    inRoot("<Vendor>M[[&uuml;]]ller</Vendor>"),
    "&uuml; stands for nothing in XML. Write the character itself.",
    inRoot("<Vendor>Müller</Vendor>"),
  ],
  [
    inRoot("<Vendor>[[&acme;]]</Vendor>"),
    "&acme; stands for nothing in XML. Write the character itself.",
    inRoot("<Vendor>&amp;acme;</Vendor>"),
  ],
  [
    inRoot("<Vendor>A[[&#0;]]</Vendor>"),
    "&#0; is no character that XML allows. Remove it.",
    inRoot("<Vendor>A</Vendor>"),
  ],
  [
    inRoot("<CodeInstall><![CDATA[[ foo();\n</CodeInstall>").replace("<![CDATA[[", "[[<![CDATA[]]"),
    "This CDATA section has no end. Write “]]>” behind its last line.",
    inRoot("<CodeInstall><![CDATA[ foo();]]>\n</CodeInstall>"),
  ],
  [
    inRoot("[[<!--]] old \n"),
    "This comment has no end and swallows what follows. Write “-->”.",
    inRoot("<!-- old --> \n"),
  ],
  [
    inRoot("<!-- a [[--]] b -->"),
    "Two dashes must not stand in a comment. Put a blank between them.",
    inRoot("<!-- a - - b -->"),
  ],
  // Behind the second one the comment ends, so that all between the two is lost without a word.
  [
    inRoot("[[<!--]] old \n<Vendor>A</Vendor>\n<!-- more -->\n"),
    "This comment most likely lacks its end, because another one begins in it. Write “-->”.",
    inRoot("<!-- old --> \n<Vendor>A</Vendor>\n<!-- more -->\n"),
  ],
  [
    "[[<?xml version='1.0'>]]<otrs_package/>",
    "This processing instruction has no end. Write “?>”.",
    `${declaration.trimEnd()}<otrs_package/>`,
  ],
  [
    inRoot("[[<? foo?>]]"),
    "This processing instruction has no proper name. Remove it: nothing reads it.",
    inRoot(""),
  ],
  [
    "<otrs_package/>\n[[<?xml version='1.0'?>]]",
    "An XML declaration may stand only once, at the very start. Remove this one.",
    "<otrs_package/>\n",
  ],
  [
    "[[<?xml version=1.0?>]]<otrs_package/>",
    "This XML declaration cannot be read. Write the usual one.",
    `${declaration.trimEnd()}<otrs_package/>`,
  ],
  [inRoot("[[<!ELEMENT a>]]"), "This is neither a comment nor CDATA nor an element. Remove it.", inRoot("")],
  [
    inRoot("<Vendor>A[[\u0001]]</Vendor>"),
    "The character U+0001 is not allowed in XML. Remove it.",
    inRoot("<Vendor>A</Vendor>"),
  ],
  [
    "<otrs_package/><[[otrs_package]]/>",
    "<otrs_package> is a second root element. A document may have only one.",
    null,
  ],
  ["<otrs_package/>[[text]]", "Text must not stand outside the root element. Remove it.", "<otrs_package/>"],
  [
    "[[t]]ext",
    "There is no root element. Write everything between <otrs_package> and </otrs_package>.",
    null,
  ],
  [
    "[[]]",
    "There is no root element. Write everything between <otrs_package> and </otrs_package>.",
    '<otrs_package version="1.0">\n</otrs_package>\n',
  ],
];

const rows: readonly RuleRow[] = [
  ...form.map(
    ([text, message, fixed]): RuleRow => ["xml-not-wellformed", text, { messages: [message], fixed }],
  ),

  [
    "xml-before-declaration",
    `[[\n]]${declaration}<otrs_package/>`,
    {
      fixed: `${declaration}<otrs_package/>`,
      severities: ["warning"],
      messages: [
        "Znuny reads this document in a makeshift way and others refuse it, because something stands before the XML declaration.",
      ],
    },
  ],
  [
    "xml-before-declaration",
    `[[\n]]${declaration}<otrs_package><CodeInstall><![CDATA[1]]></CodeInstall></otrs_package>`,
    {
      severities: ["error"],
      messages: [
        "Znuny loses every text in CDATA, because it reads a document with something before the XML declaration in a makeshift way.",
      ],
    },
  ],
  [
    "xml-before-declaration",
    `[[\n]]${declaration}<otobo_package/>`,
    {
      dialect: "otobo-11",
      severities: ["error"],
      messages: ["OTOBO refuses this document, because something stands before the XML declaration."],
    },
  ],
  [
    "xml-before-declaration",
    `[[<!-- x -->]]${declaration}<otrs_package/>`,
    {
      fixed: `${declaration.trimEnd()}\n<!-- x -->\n<otrs_package/>`,
      messages: [
        "Znuny refuses this document or reads it in a makeshift way that loses CDATA, because something stands before the XML declaration.",
      ],
    },
  ],
  [
    "xml-before-declaration",
    `[[text ]]${declaration}<otrs_package/>`,
    {
      fixed: `${declaration}<otrs_package/>`,
      messages: ["Znuny refuses this document, because something stands before the XML declaration."],
    },
  ],
  ["xml-not-wellformed", `text ${declaration}<otrs_package/>`],
  ["xml-before-declaration", `\ufeff${declaration}<otrs_package/>`],
  ["xml-before-declaration", `<otrs_package/>${declaration}`],

  ["xml-declaration-missing", "<[[otrs_package]]/>", { fixed: `${declaration}<otrs_package/>` }],
  ["xml-declaration-missing", "\ufeff<[[otrs_package]]/>", { fixed: `\ufeff${declaration}<otrs_package/>` }],
  ["xml-declaration-missing", ""],

  [
    "xml-encoding-not-utf8",
    '<?xml version="1.0" encoding="[[iso-8859-1]]"?><otrs_package><Vendor>Müller</Vendor></otrs_package>',
    {
      severities: ["error"],
      fixed: '<?xml version="1.0" encoding="utf-8"?><otrs_package><Vendor>Müller</Vendor></otrs_package>',
    },
  ],
  [
    "xml-encoding-not-utf8",
    '<?xml version="1.0" encoding="[[us-ascii]]"?><otrs_package/>',
    { severities: ["warning"] },
  ],
  ["xml-encoding-not-utf8", '<?xml version="1.0" encoding="UTF-8"?><otrs_package/>'],
  ["xml-encoding-not-utf8", '<?xml version="1.0"?><otrs_package/>'],

  ["xml-bom", `[[\ufeff]]${declaration}<otrs_package/>`, { fixed: `${declaration}<otrs_package/>` }],

  [
    "xml-doctype",
    `${declaration}[[<!DOCTYPE a>]]\n<otrs_package/>`,
    {
      fixed: `${declaration}<otrs_package/>`,
      messages: [
        "This DOCTYPE is nothing that a package needs, because no framework asks for one. Remove it, and write the text of entities itself.",
      ],
    },
  ],
  [
    "xml-doctype",
    '[[<!DOCTYPE a [<!ENTITY acme "Acme">]>]]\n<otrs_package><Vendor>&acme;</Vendor></otrs_package>',
    { fixed: null },
  ],
  // Said as a mistake of form.
  ["xml-doctype", "<otrs_package/><!DOCTYPE a>"],

  [
    "root-unknown",
    "<[[package]]></package>",
    {
      messages: [
        "“opmbuild sopmtest” and the Znuny code policy refuse this document, because the root is <package> and not <otrs_package>.",
      ],
      fixed: "<otrs_package></otrs_package>",
    },
  ],
  [
    "root-unknown",
    "<[[Otobo_package]]/>",
    {
      messages: [
        "“opmbuild sopmtest” and the Znuny code policy refuse this document, because <Otobo_package> should read <otobo_package>.",
      ],
    },
  ],
  ["root-unknown", "<otobo_package/>"],

  [
    "text-encoded-twice",
    inRoot('<Description Lang="de">Hilfe f[[Ã¼]]r groÃ\u009fe und â€žkleineâ€œ.</Description>'),
    {
      fixed: inRoot('<Description Lang="de">Hilfe für große und „kleine“.</Description>'),
      messages: ["Readers see “Ã¼” instead of “ü”, because this text was encoded twice."],
    },
  ],
  [
    "text-encoded-twice",
    inRoot('<IntroInstall Title="Pr[[Ã¼]]fen"><![CDATA[x]]></IntroInstall>'),
    { fixed: inRoot('<IntroInstall Title="Prüfen"><![CDATA[x]]></IntroInstall>') },
  ],
  ["text-encoded-twice", inRoot("<Description>São Paulo, ÃO, Âge, â la carte, für</Description>")],
  [
    "root-dialect-mismatch",
    "<[[otrs_package]]><Framework>10.1.x</Framework><Framework>11.0.x</Framework></otrs_package>",
    {
      dialect: "otobo-11",
      fixed: "<otobo_package><Framework>10.1.x</Framework><Framework>11.0.x</Framework></otobo_package>",
    },
  ],
  [
    "root-dialect-mismatch",
    "<otobo_package><Version>10.1.3</Version><Framework>[[6.0.x]]</Framework><Framework>7.1.x</Framework></otobo_package>",
    {
      dialect: "otobo-10",
      severities: ["error"],
      messages: ["No OTOBO installs this package, because “6.0.x” fits no release of it."],
      fixed:
        "<otobo_package><Version>10.1.3</Version><Framework>10.1.x</Framework><Framework>7.1.x</Framework></otobo_package>",
    },
  ],
  [
    "root-dialect-mismatch",
    "<[[otobo_package]]><Framework>7.1.x</Framework></otobo_package>",
    { dialect: "znuny-7", severities: ["warning"] },
  ],
  ["root-dialect-mismatch", "<[[otrs_package]]/>", { dialect: "otobo-11" }],
  ["root-dialect-mismatch", "<otrs_package><Framework>x.x.x</Framework></otrs_package>"],
  ["root-dialect-mismatch", "<otrs_package><Framework>17.x.x</Framework></otrs_package>"],
  ["root-dialect-mismatch", "<package/>"],

  ["root-version-missing", "<[[otrs_package]]/>", { fixed: '<otrs_package version="1.0"/>' }],
  ["root-version-missing", '<otrs_package Version="1.0"/>'],

  [
    "element-unknown",
    inRoot("<[[Setting]]/><Name>A</Name>"),
    {
      messages: ["The framework silently leaves out <Setting>, because it knows no such element."],
      fixed: inRoot("<Name>A</Name>"),
      severities: ["warning"],
    },
  ],
  [
    "element-unknown",
    inRoot("<[[Licence]]>MIT</Licence>"),
    {
      messages: ["The framework silently leaves out <Licence>, because it is called <License>."],
      fixed: inRoot("<License>MIT</License>"),
      severities: ["error"],
    },
  ],
  // What is inside an unknown element is not judged again, and a wrong letter case has its own rule.
  [
    "element-unknown",
    inRoot("<[[ConfigItem]]><Group>A</Group><Setting><String>x</String></Setting></ConfigItem>"),
  ],
  ["element-unknown", inRoot("<VENDOR>A</VENDOR>")],
  ["element-unknown", inRoot("<Vendro>A</Vendor>")],
  ["element-unknown", inRoot("<CVS>$Id$</CVS><BuildDate>?</BuildDate>")],
  ["element-unknown", "<package><Foo/></package>"],
  [
    "element-unknown",
    inRoot("<[[PackageIsVisible]]>1</PackageIsVisible>"),
    {
      dialect: "otrs-legacy",
      severities: ["information"],
      messages: [
        "The framework silently leaves out <PackageIsVisible>, because it does not know the element yet. This holds before OTRS 4.0.",
      ],
    },
  ],
  // No release knows this one, which is another rule's to tell.
  [
    "element-unknown",
    inRoot(
      "<Framework>3.3.x</Framework><Framework>6.0.x</Framework><PackageIsBuildable>0</PackageIsBuildable>",
    ),
    { dialect: "otrs-legacy" },
  ],
  [
    "element-unknown",
    inRoot("<Framework>3.3.x</Framework><[[PackageIsVisible]]>1</PackageIsVisible>"),
    {
      dialect: "otrs-legacy",
      messages: [
        "OTRS 2 to 4 silently leaves out <PackageIsVisible>, because only OTRS 4.0 and later releases know it.",
      ],
    },
  ],
  [
    "element-unknown",
    inRoot("<Framework>4.0.x</Framework><PackageIsVisible>1</PackageIsVisible>"),
    { dialect: "otrs-legacy" },
  ],
  [
    "element-unknown",
    inRoot("<[[PackageAllowDirectUpdate]]>1</PackageAllowDirectUpdate>"),
    {
      dialect: "otrs-6",
      messages: [
        "The framework silently leaves out <PackageAllowDirectUpdate>, because it does not know the element yet. This holds before OTRS 6.0.6.",
      ],
    },
  ],
  [
    "element-unknown",
    inRoot('<Filelist><[[Datei]] Location="a"/><file Location="b"/></Filelist>'),
    {
      messages: [
        "The framework takes <Datei> for a file, because it stands in a Filelist. Files are called <File>.",
      ],
      fixed: inRoot('<Filelist><File Location="a"/><file Location="b"/></Filelist>'),
    },
  ],
  [
    "element-unknown",
    inRoot("<IntroInstall>Hi <[[p]]>bar <b>x</b> y</p> <p>z</p></IntroInstall>"),
    {
      messages: [
        "Everything from <p> on is lost, because the text of <IntroInstall> ends at its first child element.",
      ],
      fixed: inRoot("<IntroInstall><![CDATA[Hi <p>bar <b>x</b> y</p> <p>z</p>]]></IntroInstall>"),
      severities: ["error"],
    },
  ],
  ["element-unknown", inRoot("<Description><[[en]]>x</en><de>y</de></Description>"), { fixed: null }],
  ["element-unknown", inRoot("<IntroInstall><![CDATA[<p>x</p>]]></IntroInstall>")],
  // Where an end tag is missing, what follows only seems to stand inside.
  ["element-unknown", inRoot("<Name>A\n<foo/><Version>1</Version>")],
  [
    "element-unknown",
    "<otobo_package><IntroInstallPre>x</IntroInstallPre></otobo_package>",
    { dialect: "otobo-11" },
  ],

  [
    "element-wrong-case",
    inRoot("<[[Changelog]]>x</Changelog>"),
    { fixed: inRoot("<ChangeLog>x</ChangeLog>"), severities: ["error"] },
  ],
  [
    "element-wrong-case",
    inRoot('<Filelist><[[file]] Location="a"/></Filelist>'),
    { fixed: inRoot('<Filelist><File Location="a"/></Filelist>'), severities: ["warning"] },
  ],
  ["element-wrong-case", inRoot("<name>A</Name>")],
  [
    "element-wrong-case",
    inRoot('<PackageMerge Name="A" TargetVersion="1"><[[codeUpgrade]]/></PackageMerge>'),
  ],
  [
    "element-unknown",
    inRoot('<PackageMerge Name="A" TargetVersion="1"><[[Foo]]/><CodeInstall/></PackageMerge>'),
  ],
  ["attribute-unknown", inRoot('<Description Lang="en" [[IfPackage]]="A">x</Description>')],
  [
    "attribute-unknown",
    inRoot('<Framework>3.3.x</Framework><CodeInstall [[IfPackage]]="A">x</CodeInstall>'),
    {
      dialect: "otrs-legacy",
      messages: ["IfPackage has no effect in OTRS 2 to 4, because only OTRS 4.0 and later releases read it."],
    },
  ],
  [
    "attribute-unknown",
    inRoot('<Framework>4.0.x</Framework><CodeInstall IfPackage="A">x</CodeInstall>'),
    { dialect: "otrs-legacy" },
  ],
  ["element-wrong-case", inRoot("<Foo><name>A</name></Foo>")],

  [
    "element-misplaced",
    inRoot('<[[File]] Location="a"/>'),
    { messages: ["The framework silently leaves out <File>, because it looks for it only in <Filelist>."] },
  ],
  ["element-misplaced", inRoot("<[[Column]]/>")],
  ["element-misplaced", inRoot("<Foo><Column/></Foo>")],
  ["element-misplaced", inRoot('<DatabaseInstall><Column Name="a"/></DatabaseInstall>')],

  [
    "attribute-unknown",
    inRoot('<Vendor [[Language]]="en">A</Vendor>'),
    {
      fixed: inRoot("<Vendor>A</Vendor>"),
      messages: ["Language has no effect, because nothing reads it on <Vendor>."],
    },
  ],
  [
    "attribute-unknown",
    inRoot('<IntroInstall Type="post" Lang="en" [[Titel]]="A">x</IntroInstall>'),
    { fixed: inRoot('<IntroInstall Type="post" Lang="en" Title="A">x</IntroInstall>') },
  ],
  ["attribute-unknown", inRoot('<Foo a="b"/>')],
  ["attribute-unknown", '<otrs_package xmlns:xsi="a" xsi:noNamespaceSchemaLocation="b" version="1.0"/>'],
  [
    "attribute-unknown",
    inRoot(
      '<CodeInstall Type="post" IfPackage="A">x</CodeInstall><IntroUpgrade Version="1">x</IntroUpgrade>',
    ),
  ],

  [
    "attribute-wrong-case",
    inRoot('<Description [[lang]]="en">x</Description>'),
    { fixed: inRoot('<Description Lang="en">x</Description>') },
  ],
  [
    "attribute-wrong-case",
    inRoot('<Description [[lang]]="en" Lang="de">x</Description>'),
    { fixed: inRoot('<Description Lang="de">x</Description>') },
  ],
  ["attribute-wrong-case", '<otrs_package [[Version]]="1.0"/>', { fixed: '<otrs_package version="1.0"/>' }],

  [
    "attribute-reserved",
    inRoot('<Filelist><File Location="a" [[Tag]]="x" tag="y"/></Filelist>'),
    { fixed: inRoot('<Filelist><File Location="a" tag="y"/></Filelist>') },
  ],
  ["attribute-reserved", inRoot('<Foo [[TagLevel]]="x"/>')],

  [
    "attribute-missing",
    inRoot("<DatabaseInstall><[[TableCreate]]/></DatabaseInstall>"),
    { messages: ["<TableCreate> does nothing useful, because it has no Name."] },
  ],
  ["attribute-missing", inRoot('<DatabaseInstall><TableCreate name="a"/></DatabaseInstall>')],
  // Rules of their own speak of these.
  [
    "attribute-missing",
    inRoot("<PackageRequired>A</PackageRequired><Filelist><File/></Filelist><PackageMerge/>"),
  ],
  ["attribute-missing", inRoot("<TableCreate/>")],

  [
    "attribute-value",
    inRoot('<Description Lang="en" Format="[[markdown]]">x</Description>'),
    { fixed: inRoot('<Description Lang="en" Format="plain">x</Description>') },
  ],
  ["attribute-value", '<otrs_package version="[[2]]"/>', { fixed: '<otrs_package version="1.0"/>' }],
  ["attribute-value", inRoot('<Description Lang="en" Format="Plain">x</Description>')],

  [
    "attribute-linebreak",
    inRoot('<IntroInstall Title="[[Thank\n   you]]">x</IntroInstall>'),
    { fixed: inRoot('<IntroInstall Title="Thank you">x</IntroInstall>') },
  ],
  ["attribute-linebreak", inRoot('<IntroInstall\n  Title="Thank&#10;you">x</IntroInstall>')],

  [
    "single-element-duplicate",
    inRoot("\n  <[[Vendor]]>A</Vendor>\n  <[[Vendor]]>B</Vendor>\n  <Vendor>C</Vendor>\n"),
    {
      fixed: inRoot("\n  <Vendor>B</Vendor>\n  <Vendor>C</Vendor>\n"),
      related: [["4:4 This is the one that counts."], ["4:4 This is the one that counts."]],
    },
  ],
  // The nested one has a rule of its own.
  ["single-element-duplicate", inRoot("<Vendor>A</Vendor><Foo><Vendor>B</Vendor></Foo>")],
  ["single-element-duplicate", inRoot("<Framework>7.0.x</Framework><Framework>7.1.x</Framework>")],

  [
    "metadata-nested",
    inRoot("<Foo><[[Version]]>1</Version><Bar/><[[CodeInstall]]/><[[OS]]>linux</OS></Foo>"),
    { severities: ["error", "error", "warning"] },
  ],
  ["metadata-nested", inRoot('<PackageMerge Name="A"><CodeUpgrade Type="merge"/></PackageMerge>')],
  ["metadata-nested", inRoot("<Filelist><[[Name]]>A</Name></Filelist>")],
  ["metadata-nested", inRoot("<Name>A\n<Version>1</Version>")],
  ["metadata-nested", "<package><Name>A</Name></package>"],
  ["metadata-nested", inRoot("<Foo><BuildDate>?</BuildDate><CVS/></Foo>")],

  [
    "text-after-child",
    inRoot('<Filelist>[[a]]<File Location="b"/> [[c &amp; d]] </Filelist>'),
    {
      fixed: inRoot('<Filelist><File Location="b"/> c &amp; d </Filelist>'),
      messages: [
        "This text is lost, because <Filelist> holds no text that the framework reads.",
        "This text is lost, because <Filelist> holds no text that the framework reads.",
      ],
    },
  ],
  [
    "text-after-child",
    inRoot("<Vendor>a<Name>c</Name>[[d]]</Vendor>"),
    {
      messages: [
        "This text is lost, because the framework reads the text of <Vendor> only up to its first child element.",
      ],
    },
  ],
  // The markup itself is said, or the stray bracket.
  ["text-after-child", inRoot("<Description>a<en>b</en>c</Description>")],
  ["text-after-child", inRoot("<Name>A</Name> < <Version>1</Version>")],
  ["text-after-child", inRoot("<Foo>a<Bar/>b</Foo>")],

  [
    "element-order",
    inRoot("\n  <Vendor>A</Vendor>\n  <License>B</License>\n  <[[Framework]]>7.1.x</Framework>\n"),
    {
      fixed: inRoot("\n  <Framework>7.1.x</Framework>\n  <Vendor>A</Vendor>\n  <License>B</License>\n"),
      messages: ["The Znuny code policy refuses this spec, because <Framework> comes after <Vendor>."],
    },
  ],
  [
    "element-order",
    inRoot("<CVS/><Name>A</Name><Foo/><Version>1</Version><CodeInstall/><DatabaseInstall/><IntroInstall/>"),
  ],
  ...(["strict", "otobo-policy"] as const).map(
    (profile): RuleRow => [
      "element-order",
      inRoot("<OS>Linux</OS><[[ChangeLog]]/>"),
      {
        ...{ dialect: "otobo-11", profile },
        messages: ["The OTOBO code policy refuses this spec, because <ChangeLog> comes after <OS>."],
      },
    ],
  ),
  ["element-order", inRoot("<ChangeLog/><OS>Linux</OS>"), { dialect: "otobo-11" }],
  ["element-order", inRoot("<ChangeLog/><[[OS]]>Linux</OS>")],
  // Several that belong before one element go there in their order.
  [
    "element-order",
    inRoot(
      "\n    <Vendor>A</Vendor>\n    <[[Framework]]>7.1.x</Framework>\n    <[[Version]]>1.0.0</Version>\n",
    ),
  ],
  // Another product's policy says nothing, and OTRS has none.
  ["element-order", inRoot("<Vendor/><Name/>"), { dialect: "otobo-11", profile: "znuny-policy" }],
  ["element-order", inRoot("<Vendor/><Name/>"), { profile: "otobo-policy" }],
  ["element-order", inRoot("<Vendor/><Name/>"), { dialect: "otrs-6" }],

  [
    "whitespace-tabs",
    "<otrs_package>\n[[\t]]<Name>A</Name>\n  \t<Vendor>B\tC</Vendor>\n<URL>\tD</URL>\n</otrs_package>",
    {
      fixed: "<otrs_package>\n    <Name>A</Name>\n    <Vendor>B\tC</Vendor>\n<URL>\tD</URL>\n</otrs_package>",
      severities: ["hint"],
      messages: [
        "Tabs are as wide as each editor makes them, and 3 lines have some, of which this is the first. Write blanks.",
      ],
      related: [["3:3 And here.", "4:6 And here."]],
    },
  ],
  ["whitespace-tabs", "<a>\n\t<b/>\n</a>", { profile: "framework" }],
  // In values of rows a blank is stored.
  ...["whitespace-tabs", "whitespace-trailing"].map(
    (id): RuleRow => [
      id,
      '<DatabaseInstall>\n<Insert Table="a">\n<Data Key="b">A \t\n\tB \n\tC</Data>\n</Insert>\n</DatabaseInstall>',
    ],
  ),
  [
    "whitespace-trailing",
    "<otrs_package>[[ \t]]\r\n    <Name>A</Name>\r\n  \n</otrs_package>",
    {
      fixed: "<otrs_package>\r\n    <Name>A</Name>\r\n\n</otrs_package>",
      messages: [
        "Blanks at the end of lines are seen in comparisons alone, and 2 lines have some, of which this is the first.",
      ],
    },
  ],
  [
    "indent-four",
    "<otrs_package>\n[[  ]]<Filelist>\n    <File/> <File/>\n  </Filelist>\n    <Name>A</Name>\n</otrs_package>",
    {
      fixed:
        "<otrs_package>\n    <Filelist>\n        <File/> <File/>\n    </Filelist>\n    <Name>A</Name>\n</otrs_package>",
      messages: ["2 tags are not indented by a multiple of four blanks, of which this is the first."],
    },
  ],
  ["indent-four", "<otrs_package>\n    <A>\n   text\n    </A>\n\t<B/>\n</otrs_package>"],
  ["indent-four", "<a>\n ".repeat(40)],

  [
    "spec-multiple",
    inRoot("<Name>[[Acme]]</Name>"),
    {
      fileName: "Acme.sopm",
      specs: ["Acme.sopm", "AcmeOld.sopm"],
      fixed: null,
      messages: [
        "Tools that are given this folder cannot tell which spec is meant, because AcmeOld.sopm lies beside this one.",
      ],
    },
  ],
  [
    "spec-multiple",
    '<[[otrs_package]] version="1.0"/>',
    {
      fileName: "B.sopm",
      specs: ["A.sopm", "B.sopm", "C.sopm"],
      messages: [
        "Tools that are given this folder cannot tell which spec is meant, because A.sopm and 1 more lie beside this one.",
      ],
    },
  ],
  ["spec-multiple", inRoot("<Name>Acme</Name>"), { fileName: "Acme.sopm", specs: ["Acme.sopm"] }],
  // The base folder is another one.
  ["spec-multiple", inRoot("<Name>Acme</Name>"), { fileName: "Acme.sopm", specs: ["A.sopm", "B.sopm"] }],
  ["spec-multiple", inRoot("<Name>Acme</Name>"), { fileName: "Acme.sopm" }],

  [
    "spec-filename-mismatch",
    inRoot("<Name>[[Contracts]]</Name>"),
    {
      fileName: "AcmeContracts.sopm",
      messages: [
        "The spec is not found under the name of its package, because the file is called AcmeContracts.sopm and not Contracts.sopm.",
      ],
    },
  ],
  // A name that is none is not given to the file, but that of the file may be the right one.
  [
    "spec-filename-mismatch",
    inRoot("<Name>[[../Contracts]]</Name>"),
    { fileName: "AcmeContracts.sopm", fixed: inRoot("<Name>AcmeContracts</Name>") },
  ],
  [
    "spec-filename-mismatch",
    inRoot("<Name>[[Kernel::Acme]]</Name>"),
    { fileName: "Acme.sopm", fixed: inRoot("<Name>Acme</Name>") },
  ],
  [
    "spec-filename-mismatch",
    inRoot("<Name>[[Acme Contracts]]</Name>"),
    { fileName: "AcmeContracts-1.0.0.sopm", fixed: null },
  ],
  ["spec-filename-mismatch", inRoot("<Name>AcmeContracts</Name>"), { fileName: "AcmeContracts.sopm" }],
  ["spec-filename-mismatch", inRoot("<Name>Contracts</Name>"), { fileName: "A.opm", kind: "archive" }],
  ["spec-filename-mismatch", inRoot("<Name>@NAME@</Name>"), { fileName: "AcmeContracts.sopm" }],
];

checkRows(rows);

for (const [dialect, ...readings] of [
  ["otobo-11", "stands for what the server has in “/etc/os-release”, because OTOBO 11 reads"],
  ["otobo-10", "does not bring what is in “/etc/os-release”, because OTOBO 10 reads no"],
  ["znuny-7", "does not bring what is in “/etc/os-release”, because Znuny 7 reads no"],
  ["otrs-5", "stands for what the server has in “/etc/os-release”, because OTRS 5 reads"],
  [
    "otrs-6",
    "stands for what the server has in “/etc/os-release”, because OTRS 6 reads",
    "does not bring what is in “/etc/os-release”, because OTRS 6 reads no",
  ],
] as const) {
  const parts =
    readings.length === 1 ? [""] : [" This holds before OTRS 6.0.18.", " This holds from OTRS 6.0.18 on."];
  for (const declared of [
    'SYSTEM "/etc/os-release"',
    "SYSTEM '/etc/os-release'",
    'PUBLIC "-//Acme//Text" "/etc/os-release"',
    'SYSTEM "/etc/os-release"><!ENTITY other SYSTEM "b"',
  ]) {
    test(`an entity that names a file, as ${dialect}: ${declared}`, () => {
      const { text, ranges } = marked(
        `[[<!DOCTYPE a [<!-- <!ENTITY no SYSTEM "c"> --><!ENTITY acme ${declared}>]>]]\n<otrs_package><Vendor>&acme;</Vendor></otrs_package>`,
      );
      const rule = rules.find(({ id }) => id === "xml-doctype")!;
      checkRule(
        rule,
        { text, caret: undefined, ranges: readings.flatMap(() => ranges) },
        {
          dialect,
          messages: readings.map(
            (reading, index) =>
              `“&acme;” ${reading} external entities. Remove the DOCTYPE, and write the text itself.${parts[index]}`,
          ),
        },
      );
    });
  }
}
