import { type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { checkRows, inRoot, type RuleRow } from "../support/rule-rows.ts";

const intro = (attributes: string, text = "Hello.", name = "IntroInstall") =>
  inRoot(`<${name} ${attributes}>${text}</${name}>`);
const good = 'Type="post" Lang="en" Title="A"';

const languages = ["Kernel/Language/de.pm", "Kernel/Language/en.pm", "Kernel/Language/pt_BR.pm"];
const knowledge: Knowledge = {
  ...noKnowledge,
  release: "Znuny 7.1.7",
  isFrameworkFile: (path) => languages.includes(path),
  fileNames: () => languages,
};

const rows: readonly RuleRow[] = [
  [
    "language-unknown",
    inRoot('<Description Lang="[[pt-BR]]">A</Description>'),
    {
      knowledge,
      fixed: inRoot('<Description Lang="pt_BR">A</Description>'),
      messages: [
        "No reader is shown this text as one in their language, because Znuny 7.1.7 has no language “pt-BR”.",
      ],
    },
  ],
  ["language-unknown", intro('Lang="[[PT_br]]"'), { knowledge, fixed: intro('Lang="pt_BR"') }],
  ["language-unknown", intro('Lang="[[tlh]]"'), { knowledge, fixed: null }],
  ["language-unknown", intro('Lang="de"'), { knowledge }],
  // The package may bring the language, and of a framework that is not known nothing is.
  [
    "language-unknown",
    inRoot(
      '<Description Lang="tlh">A</Description><Filelist><File Location="Kernel/Language/tlh_Acme.pm"/></Filelist>',
    ),
    { knowledge },
  ],
  ["language-unknown", intro('Lang="tlh"')],

  [
    "intro-type-missing",
    inRoot('<[[IntroInstall]] Lang="en" Title="A">Hello.</IntroInstall>'),
    { fixed: intro('Lang="en" Title="A" Type="post"') },
  ],
  // The default is of no use there, or the letter case is wrong.
  ["intro-type-missing", intro('Lang="en" Title="A"', "Bye.", "IntroUninstall")],
  ["intro-type-missing", intro('type="pre" Lang="en" Title="A"')],

  [
    "intro-type-invalid",
    intro('Type="[[before]]" Lang="en" Title="A"'),
    { fixed: intro('Type="pre" Lang="en" Title="A"'), severities: ["error"] },
  ],
  [
    "intro-type-invalid",
    intro('Type="[[Postinstall]]" Lang="en" Title="A"'),
    {
      fixed: intro('Type="post" Lang="en" Title="A"'),
      messages: [
        "The console does not show this text, because its Type “Postinstall” only starts like post.",
      ],
    },
  ],
  ["intro-type-invalid", intro('Type="PRE" Lang="en" Title="A"')],
  ["intro-type-invalid", intro('Type="" Lang="en" Title="A"')],

  [
    "intro-empty",
    inRoot('<[[IntroInstall]] Type="post" Lang="en" Title="A"> <![CDATA[ ]]></IntroInstall>'),
    { severities: ["information"] },
  ],
  ["intro-empty", inRoot('<[[IntroInstall]] Type="post" Lang="en" Title="A"/>'), {}],
  // Markup alone is a text, whether it is in CDATA or not.
  ["intro-empty", intro(good, "<br/>")],
  ["intro-empty", intro(good, "<![CDATA[<br/>]]>")],

  [
    "intro-html-broken",
    intro(good, "<![CDATA[A [[</b>]]B</b> and <i>c</i>]]>"),
    {
      fixed: intro(good, "<![CDATA[A <b>B</b> and <i>c</i>]]>"),
      messages: ["This </b> closes nothing, and neither does the next one. Most likely <b> is meant here."],
    },
  ],
  ["intro-html-broken", intro(good, "<![CDATA[<p>a[[</b>]]</p><p>b[[</b>]]</p>]]>"), {}],
  [
    "intro-html-broken",
    intro(good, "<![CDATA[A [[<b>]]Hello. [[</i>]]]]>"),
    {
      fixed: null,
      severities: ["warning", "warning"],
      messages: [
        "Browsers guess where this <b> ends, because nothing closes it.",
        "This </i> closes nothing, because no <i> is open here.",
      ],
    },
  ],
  ["intro-html-broken", intro(good, "<![CDATA[a[[</b>]]]]>"), { fixed: intro(good, "<![CDATA[a]]>") }],
  [
    "intro-html-broken",
    intro(good, "<![CDATA[a[[</br>]]b]]>"),
    { fixed: intro(good, "<![CDATA[a<br/>b]]>") },
  ],
  [
    "intro-html-broken",
    intro(good, "<![CDATA[<b>a <i>b[[</b>]] c</i>]]>"),
    {
      fixed: null,
      related: [["1:89 This is open."]],
      messages: ["Browsers guess what belongs together, because this </b> comes while <i> is open."],
    },
  ],
  ["intro-html-broken", intro(good, "<![CDATA[<ul><li>[[<b>]]a</li><li>[[<B>]]b</li></ul>]]>")],
  [
    "intro-html-broken",
    intro(good, "<![CDATA[Ask [[<your host>]] for it.]]>"),
    {
      messages: [
        "Readers do not see “<your host>”, because browsers take it for a tag that they do not know.",
      ],
    },
  ],
  [
    "intro-html-broken",
    intro(good, "<![CDATA[<b>a[[</b]]<br> [[<a]]]]>"),
    {
      messages: [
        "Browsers take what comes after “</b” for a part of the tag, because no “>” ends it.",
        "Browsers take what comes after “<a” for a part of the tag, because no “>” ends it.",
      ],
    },
  ],
  ["intro-html-broken", intro(good, "<![CDATA[a [[<!--]] b </i>]]>"), {}],
  ["intro-html-broken", intro(good, "[[&lt;b>]]Hello."), { fixed: null }],
  // End tags that may be left out, elements without one, names of others, and what is no tag.
  [
    "intro-html-broken",
    intro(
      good,
      '<![CDATA[<!DOCTYPE html><p>a<p>b<ul><li>c<li>d</ul></p><br><hr/><IMG alt="a > </b>"><my-tag/> 1 < 2, a<-b, <> <!-- <b> --><style>a > </b></style><svg><path/></svg><table><tr><td>e</table>]]>',
    ),
  ],
  ["intro-html-broken", intro(`${good} Format="plain"`, "<![CDATA[<b>Hello.]]>")],
  ["intro-html-broken", intro(good, "&lt;b&gt;Hello.<br/>&lt;/b&gt;")],

  [
    "intro-lang-missing",
    inRoot('<[[IntroInstall]] Type="post" Title="A">Hello.</IntroInstall>'),
    { fixed: intro('Type="post" Title="A" Lang="en"') },
  ],
  [
    "intro-lang-missing",
    inRoot(
      '<IntroInstall Lang="en" Title="A">Hello.</IntroInstall><[[IntroInstall]] Title="B">Hallo.</IntroInstall>',
    ),
    { fixed: null },
  ],
  [
    "intro-en-missing",
    inRoot(
      '<IntroInstall Type="pre" Lang="en">A</IntroInstall>[[<IntroInstall Type="post" Lang="de">]]B</IntroInstall>',
    ),
    {
      messages: [
        "Others may see a text of the wrong phase, because there is no IntroInstall post in English.",
      ],
    },
  ],
  [
    "intro-en-missing",
    inRoot('<IntroInstall Lang="de">A</IntroInstall><IntroInstall Type="post" Lang="en">B</IntroInstall>'),
  ],
  ["intro-en-missing", inRoot('<IntroInstall Lang="de">A</IntroInstall><IntroInstall>B</IntroInstall>')],

  [
    "intro-duplicate",
    inRoot(
      '\n<IntroInstall Type="post" Lang="en">A</IntroInstall>\n[[<IntroInstall Lang="en">]]B</IntroInstall>\n',
    ),
    {
      fixed: inRoot('\n<IntroInstall Type="post" Lang="en">A</IntroInstall>\n'),
      related: [["2:1 The first of them stands here."]],
    },
  ],
  [
    "intro-duplicate",
    inRoot('<IntroInstall Type="pre" Lang="en">A</IntroInstall><IntroInstall Lang="en">B</IntroInstall>'),
  ],

  [
    "intro-title-missing",
    inRoot('<Name>Acme</Name><[[IntroInstall]] Lang="en">A</IntroInstall>'),
    { fixed: inRoot('<Name>Acme</Name><IntroInstall Lang="en" Title="Acme">A</IntroInstall>') },
  ],
  ["intro-version-ineffective", intro(`${good} [[Version="1.0.0"]]`), { fixed: intro(good) }],

  [
    "intro-uninstall-post",
    intro('Type="[[Post]]" Lang="en" Title="A"', "Bye.", "IntroUninstall"),
    { fixed: intro('Type="pre" Lang="en" Title="A"', "Bye.", "IntroUninstall") },
  ],
  [
    "intro-uninstall-post",
    inRoot('<[[IntroUninstall]] Lang="en">Bye.</IntroUninstall>'),
    { fixed: inRoot('<IntroUninstall Lang="en" Type="pre">Bye.</IntroUninstall>') },
  ],
  [
    "intro-uninstall-post",
    inRoot(
      '<IntroUninstall Lang="en" Type="pre">Bye.</IntroUninstall><IntroUninstall Lang="en" Type="[[post]]">Gone.</IntroUninstall>',
    ),
    { fixed: null },
  ],

  [
    "intro-unsafe-html",
    intro(
      good,
      '<![CDATA[<p>A</p>\n<[[img]] src="https://a.example/b.png"> <a href="https://a.example" [[onclick]]="b()">]]>',
    ),
    {
      messages: [
        "This <img> is not shown, because the admin screen takes it out before it shows the text.",
        "“onclick” does nothing, because the admin screen takes scripts out before it shows the text.",
      ],
    },
  ],
  ["intro-unsafe-html", intro(good, "&lt;[[script]]&gt;a()&lt;/script&gt;")],
  ["intro-unsafe-html", intro(good, '<![CDATA[<video [[src]]="//a.example/b"></video>]]>')],
  [
    "intro-unsafe-html",
    intro(good, '<![CDATA[<a href="https://a.example/">imgs and scripts</a> <images/>]]>'),
  ],
  ["intro-unsafe-html", intro(`${good} Format="plain"`, "<![CDATA[<script>]]>")],

  ["intro-format", intro(`${good} Format="[[markdown]]"`), { fixed: intro(good) }],
  ["intro-format", intro(`${good} Format="[[text/plain]]"`), { fixed: intro(`${good} Format="plain"`) }],
  ["intro-format", intro(`${good} Format="HTML"`)],

  [
    "intro-compat-form",
    inRoot('<[[IntroInstallPre]] Lang="en">A</IntroInstallPre>'),
    { fixed: inRoot('<IntroInstall Type="pre" Lang="en">A</IntroInstall>'), severities: ["warning"] },
  ],
  [
    "intro-compat-form",
    inRoot('<[[IntroInstallPost]] Type="pre" Lang="en">A</IntroInstallPost>'),
    {
      dialect: "otobo-11",
      fixed: inRoot('<IntroInstall Type="post" Lang="en">A</IntroInstall>'),
      severities: ["error"],
    },
  ],
  ["intro-compat-form", inRoot("<[[IntroReinstallPre]]>A</IntroReinstallPre>"), { severities: ["error"] }],
  [
    "intro-compat-form",
    inRoot("<Framework>2.2.x</Framework><IntroInstallPre>A</IntroInstallPre>"),
    { dialect: "otrs-legacy" },
  ],
];

checkRows(rows);
