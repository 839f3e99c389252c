import { checkRows, inRoot, type RuleRow } from "../support/rule-rows.ts";

const description = '<Description Lang="en">Contracts.</Description>';

const rows: readonly RuleRow[] = [
  [
    "name-missing",
    "<[[otrs_package]]><Version>1.0.0</Version></otrs_package>",
    {
      fileName: "AcmeContracts.sopm",
      fixed: "<otrs_package>\n    <Name>AcmeContracts</Name><Version>1.0.0</Version></otrs_package>",
      messages: ["No system installs this package, because it has no Name to be known by."],
    },
  ],
  ["name-missing", inRoot("<[[Name]]> </Name>"), { fixed: inRoot("<Name>AcmePackage</Name>") }],
  ["name-missing", "<[[otrs_package]]/>", { fixed: null }],
  // Misspelt is not missing, another document has other needs, and behind an open comment anything may stand.
  ["name-missing", inRoot("<name>A</name>")],
  ["name-missing", "<package/>"],
  ["name-missing", "<otrs_package><!-- "],
  ["name-missing", "<otrs_package version\n<Version>1.0.0</Version>"],
  ["version-missing", inRoot("<[[Version]]></Version>"), { fixed: inRoot("<Version>1.0.0</Version>") }],
  [
    "version-missing",
    inRoot(
      '<[[Version]]></Version><ChangeLog Version="1.9.0">A</ChangeLog><DatabaseUpgrade><TableDrop Name="a" Version="1.10.0"/></DatabaseUpgrade><CodeUpgrade Version="1.2.0"/>',
    ),
    {
      fixed: inRoot(
        '<Version>1.10.0</Version><ChangeLog Version="1.9.0">A</ChangeLog><DatabaseUpgrade><TableDrop Name="a" Version="1.10.0"/></DatabaseUpgrade><CodeUpgrade Version="1.2.0"/>',
      ),
    },
  ],
  ["version-missing", inRoot("<Version>0.0.0</Version>")],
  // Nothing that a build of its own would put in is there yet.
  [
    "version-missing",
    "<[[otrs_package]]><Name>A</Name><Framework>7.1.x</Framework></otrs_package>",
    { severities: ["warning"] },
  ],
  [
    "version-missing",
    "<[[otrs_package]]><Name>A</Name><Vendor>B</Vendor></otrs_package>",
    { severities: ["error"] },
  ],
  // The builder takes what is there though it says nothing; the package table does not.
  [
    "vendor-missing",
    inRoot("<[[Vendor]]></Vendor>"),
    {
      severities: ["error"],
      messages: [
        "No system installs this package, because the package table demands a Vendor and there is none.",
      ],
    },
  ],
  [
    "vendor-missing",
    inRoot("<[[Vendor]]> </Vendor>"),
    {
      severities: ["warning"],
      messages: ["Lists of packages show no Vendor, because it is nothing but blanks."],
    },
  ],
  [
    "vendor-missing",
    "<[[otrs_package]]><Name>A</Name><Version>1</Version></otrs_package>",
    { messages: ["The framework refuses to build this package, because it has no Vendor."] },
  ],
  [
    "vendor-missing",
    "<[[otrs_package]]><Name>A</Name><Version>1</Version></otrs_package>",
    {
      kind: "archive",
      messages: [
        "No system installs this package, because the package table demands a Vendor and there is none.",
      ],
    },
  ],
  ...(["<[[License]]/>", "<[[License]]></License>", "<[[License]]> </License>"] as const).map(
    (license): RuleRow => [
      "license-missing",
      inRoot(license),
      {
        severities: ["warning"],
        messages: ["Whoever installs this package is not told its terms, because its License says nothing."],
      },
    ],
  ),
  [
    "license-missing",
    "<[[otrs_package]]><Version>1</Version></otrs_package>",
    {
      severities: ["error"],
      messages: ["The framework refuses to build this package, because it has no License."],
    },
  ],
  [
    "description-missing",
    "<[[otrs_package]]><Version>1</Version></otrs_package>",
    {
      kind: "archive",
      severities: ["warning"],
      messages: ["Lists of packages do not say what this package does, because it has no Description."],
    },
  ],
  [
    "name-missing",
    inRoot("<[[Name]]> </Name>"),
    {
      messages: [
        "This package is installed under a name that cannot be seen, because its Name is nothing but blanks.",
      ],
    },
  ],
  [
    "version-missing",
    inRoot("<[[Version]]> </Version>"),
    { messages: ["The version of this package counts as 0, because its Version is nothing but blanks."] },
  ],
  ["vendor-missing", inRoot("<Vender>A</Vender>")],
  ["vendor-missing", inRoot("<Vendor><![CDATA[A]]></Vendor>")],
  ["url-missing", inRoot("<[[URL]]/>"), { fixed: null }],
  ["license-missing", inRoot("<License>MIT</License>")],

  [
    "license-policy",
    inRoot("<License>[[GNU Affero General Public License 3]]</License>"),
    { fixed: inRoot("<License>GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007</License>") },
  ],
  // Another licence is not written by a fix.
  ["license-policy", inRoot("<License>[[MIT]]</License>"), { fixed: null }],
  ...["GPL-3.0", "GNU General Public License, version 3"].map(
    (license): RuleRow => [
      "license-policy",
      inRoot(`<License>[[${license}]]</License>`),
      {
        dialect: "otobo-11",
        fixed: inRoot("<License>GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007</License>"),
        messages: [
          "The OTOBO code policy rewrites this License, because it expects “GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007”.",
        ],
      },
    ],
  ),
  ...["GPL-2.0", "LGPL-3.0", "GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007"].map(
    (license): RuleRow => [
      "license-policy",
      inRoot(`<License>[[${license}]]</License>`),
      { dialect: "otobo-11", fixed: null },
    ],
  ),
  [
    "license-policy",
    inRoot("<License>GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007</License>"),
    { dialect: "otobo-11" },
  ],
  ["license-policy", inRoot("<License>MIT</License>"), { dialect: "otobo-11", profile: "znuny-policy" }],
  ...["Znuny::SOPM::License", "OTOBO::Legal::SOPMLicense"].map(
    (plugin): RuleRow => [
      "license-policy",
      inRoot(`<!-- nofilter(TidyAll::Plugin::${plugin}) --><License>MIT</License>`),
    ],
  ),

  [
    "name-characters",
    inRoot("<Name>[[Acme Contracts]]</Name>"),
    {
      fixed: inRoot("<Name>AcmeContracts</Name>"),
      messages: [
        "“ ” ends up in file names, addresses and commands, because nothing checks or quotes the Name.",
      ],
    },
  ],
  [
    "name-characters",
    inRoot("<Name>[[\n  Acme\n]]</Name>"),
    { fixed: inRoot("<Name>Acme</Name>"), severities: ["error"] },
  ],
  ["name-characters", inRoot("<Name>[[4You]]</Name>"), { fixed: null }],
  ["name-characters", inRoot("<Name>Znuny-Acme_2</Name><Foo><Name>a b</Name></Foo>")],
  ["name-characters", inRoot("<Name>__NAME__</Name>")],

  ["name-ends-like-version", inRoot("<Name>[[Acme-1.2.3]]</Name>")],
  ["name-ends-like-version", inRoot("<Name>Acme-1.2</Name>")],
  ["name-too-long", inRoot(`<Name>[[${"a".repeat(201)}]]</Name>`)],
  ["name-too-long", inRoot(`<Name>${"a".repeat(200)}</Name>`)],

  ["version-format", inRoot("<Version>[[1.2]]</Version>"), { fixed: inRoot("<Version>1.2.0</Version>") }],
  ["version-format", inRoot("<Version>[[7]]</Version>"), { fixed: inRoot("<Version>7.0.0</Version>") }],
  ["version-format", inRoot("<Version>[[1.2.3.4]]</Version>"), { fixed: null, severities: ["information"] }],
  ["version-format", inRoot("<Version>20240501.1.1</Version>")],
  ["version-format", inRoot("<Version>[[20240501.1.1]]</Version>"), { dialect: "otobo-11" }],
  ["version-format", inRoot("<Version>1.0.0-rc1</Version>")],
  ["version-format", inRoot("<Version>?</Version>")],

  [
    "version-suffix",
    inRoot("<Version>[[1.0.0-rc1]]</Version>"),
    {
      fixed: inRoot("<Version>1.0.0</Version>"),
      messages: ["Upgrades from or to this version go wrong, because the framework reads “0-rc1” as 0."],
    },
  ],
  [
    "version-suffix",
    inRoot("<Version>[[v1.2]]</Version>"),
    {
      fixed: inRoot("<Version>1.2.0</Version>"),
      messages: ["Upgrades from or to this version go wrong, because the framework reads “v1” as 0."],
    },
  ],
  ["version-suffix", inRoot("<Version>[[ 1.2.3 ]]</Version>"), { fixed: inRoot("<Version>1.2.3</Version>") }],
  ["version-suffix", inRoot("<Version>[[next]]</Version>"), { fixed: null }],
  ["version-suffix", inRoot("<Version>1.2.3</Version>")],
  ["version-suffix", inRoot("<Version>{{ version }}</Version>")],
  ["version-suffix", inRoot("<Version>0.0.0</Version>")],

  [
    "version-leading-zero",
    inRoot("<Version>[[1.01.5]]</Version>"),
    { fixed: inRoot("<Version>1.1.5</Version>") },
  ],
  ["version-leading-zero", inRoot("<Version>1.01.5</Version>"), { dialect: "otrs-legacy" }],
  ["version-leading-zero", inRoot("<Version>1.0.0</Version>")],

  ["version-groups", inRoot("<Version>[[1.2.3.4.5]]</Version>"), { severities: ["warning"] }],
  ["version-groups", inRoot("<Version>[[1.2.3.4.5.6.7]]</Version>"), { severities: ["error"] }],
  ["version-groups", inRoot("<Version>1.2.3.4</Version>")],

  [
    "version-compare-ambiguous",
    inRoot(
      '<Version>1.1.9</Version><DatabaseUpgrade><TableAlter Name="a" Version="[[1.01.5]]"/></DatabaseUpgrade>',
    ),
    {
      fixed: inRoot(
        '<Version>1.1.9</Version><DatabaseUpgrade><TableAlter Name="a" Version="1.1.5"/></DatabaseUpgrade>',
      ),
    },
  ],
  ["version-compare-ambiguous", inRoot('<Version>1.1.9</Version><CodeUpgrade Version="1.01.9"/>')],
  // Systems may have any of the versions that there were.
  [
    "version-compare-ambiguous",
    inRoot(
      '<Version>2.0.0</Version><ChangeLog Version="2.0.0"/><ChangeLog Version="1.1.0"/><CodeUpgrade Version="[[1.01.5]]"/>',
    ),
    {
      messages: [
        "This may run when it should not, or never, because 1.01.5 and 1.1.0 count as equal to the installer.",
      ],
    },
  ],
  [
    "version-compare-ambiguous",
    inRoot('<Version>2.0.0</Version><ChangeLog Version="1.0.0"/><CodeUpgrade Version="1.01.5"/>'),
  ],
  ["version-compare-ambiguous", inRoot('<Version>1.01.9</Version><CodeUpgrade Version="1.1.5"/>')],
  ["version-compare-ambiguous", inRoot('<Version>1.1.9</Version><CodeUpgrade Version="1.1.5-rc"/>')],

  [
    "framework-missing",
    "<[[otrs_package]]><Name>A</Name></otrs_package>",
    { fixed: "<otrs_package>\n    <Framework>7.3.x</Framework><Name>A</Name></otrs_package>" },
  ],
  ["framework-missing", inRoot("<Framework></Framework>")],

  [
    "framework-whitespace",
    inRoot("<Framework>\n  [[7.1.x]]\n</Framework>"),
    {
      fixed: inRoot("<Framework>7.1.x</Framework>"),
      messages: [
        "No framework fits “7.1.x”, because the blanks or line breaks around it count as part of it.",
      ],
    },
  ],
  ["framework-whitespace", inRoot("<Framework> </Framework>")],

  ["framework-format", inRoot("<[[Framework]]> </Framework>"), { severities: ["error"] }],
  [
    "framework-format",
    inRoot("<Framework>[[7.1]]</Framework>"),
    { fixed: inRoot("<Framework>7.1.x</Framework>"), severities: ["error"] },
  ],
  ["framework-format", inRoot("<Framework>[[7]]</Framework>"), { fixed: null }],
  [
    "framework-format",
    inRoot("<Framework>[[7.1.1x]]</Framework>"),
    { fixed: inRoot("<Framework>7.1.x</Framework>"), severities: ["warning"] },
  ],
  [
    "framework-format",
    inRoot("<Framework>7.1.X</Framework><Framework>2.2.4</Framework><Framework>?</Framework>"),
  ],

  [
    "framework-regex-characters",
    inRoot("<Framework>[[7.1.*]]</Framework>"),
    {
      fixed: inRoot("<Framework>7.1.x</Framework>"),
      messages: [
        "“7.1.*” does not fit what it seems to, because the framework uses “*” as part of a regular expression.",
      ],
    },
  ],
  ["framework-regex-characters", inRoot("<Framework>[[(7.0|7.1).x]]</Framework>"), { fixed: null }],
  // What means nothing in a regular expression stands for itself.
  [
    "framework-regex-characters",
    inRoot("<Framework>[[2.3.x CVS]]</Framework>"),
    {
      severities: ["information"],
      fixed: null,
      messages: [
        "Only versions with “CVS” in them fit “2.3.x CVS”, which development states may have and releases have not.",
      ],
    },
  ],
  [
    "framework-regex-characters",
    inRoot("<Framework>[[6.0.0.beta1]]</Framework>"),
    { severities: ["information"], fixed: null },
  ],
  // A list or a range is one text to the framework, which no version ever is.
  [
    "framework-regex-characters",
    inRoot("<Framework>[[7.0.x, 7.1.x]]</Framework>"),
    {
      severities: ["error"],
      fixed: inRoot("<Framework>7.0.x</Framework>\n    <Framework>7.1.x</Framework>"),
      messages: [
        "No framework fits “7.0.x, 7.1.x”, because the whole text has to fit one version. Write one Framework for each release.",
      ],
    },
  ],
  [
    "framework-regex-characters",
    inRoot('<Framework Minimum="7.0.4">[[7.0.x or 7.1.3]]</Framework>'),
    { severities: ["error"], fixed: null },
  ],
  [
    "framework-regex-characters",
    inRoot("<Framework>[[7.0.x - 7.2.x]]</Framework>"),
    { severities: ["error"], fixed: null },
  ],
  [
    "framework-regex-characters",
    inRoot("<Framework>[[7.0.x or later]]</Framework>"),
    { severities: ["error"], fixed: null },
  ],
  [
    "framework-regex-characters",
    inRoot("<Framework>[[v7.1.x]]</Framework>"),
    {
      severities: ["error"],
      fixed: inRoot("<Framework>7.1.x</Framework>"),
      messages: ["No framework fits “v7.1.x”, because every version begins with digits and a dot."],
    },
  ],

  [
    "framework-too-wide",
    inRoot("<Framework>[[7.x]]</Framework>"),
    {
      fixed: inRoot(
        "<Framework>7.0.x</Framework>\n    <Framework>7.1.x</Framework>\n    <Framework>7.2.x</Framework>\n    <Framework>7.3.x</Framework>",
      ),
      messages: [
        "This lets the package onto 7.0, 7.1, 7.2, 7.3, and onto all that come, because x stands for any characters.",
      ],
    },
  ],
  ["framework-too-wide", inRoot("<Framework>[[x.x.x]]</Framework>"), { fixed: null }],
  ["framework-too-wide", inRoot('<Framework Minimum="7.1.0">7.x</Framework>')],

  [
    "framework-bound-format",
    inRoot('<Framework Minimum="[[7.1]]" Maximum="[[7.1]]">7.1.x</Framework>'),
    {
      fixed: inRoot('<Framework Minimum="7.1.0" Maximum="7.1">7.1.x</Framework>'),
      severities: ["warning", "error"],
    },
  ],
  [
    "framework-bound-format",
    inRoot('<Framework Minimum="[[v7.1.2]]">7.1.x</Framework>'),
    { fixed: inRoot('<Framework Minimum="7.1.2">7.1.x</Framework>'), severities: ["error"] },
  ],
  ["framework-bound-format", inRoot('<Framework Minimum="7.1.x">7.1.x</Framework>')],
  [
    "framework-bound-format",
    inRoot('<Framework Minimum="3.3">3.3.x</Framework>'),
    { dialect: "otrs-legacy" },
  ],

  [
    "framework-bound-wildcard",
    inRoot('<Framework Maximum="[[7.0.x]]">7.0.x</Framework>'),
    { fixed: inRoot("<Framework>7.0.x</Framework>"), severities: ["error"] },
  ],
  [
    "framework-bound-wildcard",
    inRoot('<Framework Minimum="[[7.0.x]]">7.0.4</Framework>'),
    { fixed: inRoot('<Framework Minimum="7.0.0">7.0.4</Framework>'), severities: ["warning"] },
  ],

  [
    "framework-min-gt-max",
    inRoot('<Framework Minimum="[[7.1.9]]" Maximum="7.1.10"/>').replace("[[7.1.9]]", "7.1.9"),
  ],
  [
    "framework-min-gt-max",
    inRoot('<Framework Minimum="[[7.1.10]]" Maximum="7.1.9">7.1.x</Framework>'),
    { fixed: inRoot('<Framework Minimum="7.1.9" Maximum="7.1.10">7.1.x</Framework>') },
  ],

  [
    "framework-bound-outside",
    inRoot('<Framework Minimum="[[7.1.0]]" Maximum="7.0.9">7.0.x</Framework>'),
    {
      messages: ["Minimum 7.1.0 does not keep out what it should, because it lies outside 7.0.x."],
      fixed: null,
    },
  ],
  [
    "framework-bound-outside",
    inRoot('<Framework Minimum="[[6.5.3]]" Maximum="7.0.9">7.0.x</Framework>'),
    { fixed: inRoot('<Framework Maximum="7.0.9">7.0.x</Framework>') },
  ],
  ["framework-bound-outside", inRoot('<Framework Minimum="7.1.0">7.x</Framework>')],
  ["framework-bound-wide-pattern", inRoot('<Framework [[Minimum="7.1.0"]] Maximum="7.1.9">7.x</Framework>')],
  ["framework-bound-wide-pattern", inRoot('<Framework Minimum="7.1.0">7.1.x</Framework>')],

  [
    "name-joined",
    inRoot("<Name>[[Znuny-AdminValidFilter]]</Name><Framework>7.1.x</Framework>"),
    {
      severities: ["warning"],
      messages: [
        "The migration to Znuny 7.1 removes this package, because the framework took in a package of this name.",
      ],
    },
  ],
  [
    "name-joined",
    inRoot("<Name>[[Znuny-AdminValidFilter]]</Name><Framework>7.0.x</Framework><Framework>7.1.x</Framework>"),
    {
      severities: ["information"],
      messages: [
        "The migration to Znuny 7.1 removes this package, because the framework took in a package of this name. This holds from Znuny 7.1 on.",
      ],
    },
  ],
  ["name-joined", inRoot("<Name>Znuny-AdminValidFilter</Name><Framework>7.0.x</Framework>")],
  ["name-joined", inRoot("<Name>Acme</Name><Framework>7.1.x</Framework>")],

  [
    "framework-bounds-unsupported",
    inRoot(
      '<Framework [[Minimum="3.3.1"]]>3.3.x</Framework><Framework [[Maximum="4.0.9"]]>4.0.x</Framework>',
    ),
    {
      dialect: "otrs-legacy",
      severities: ["warning", "warning"],
      fixed: inRoot('<Framework>3.3.x</Framework><Framework Maximum="4.0.9">4.0.x</Framework>'),
    },
  ],
  [
    "framework-bounds-unsupported",
    inRoot('<Framework [[Minimum="5.0.9"]]>5.0.x</Framework>'),
    {
      dialect: "otrs-5",
      severities: ["information"],
      messages: [
        "Minimum keeps nothing out, because the framework looks at the text of Framework alone. This holds before OTRS 5.0.14.",
      ],
      fixed: null,
    },
  ],
  ["framework-bounds-unsupported", inRoot('<Framework Minimum="7.1.1">7.1.x</Framework>')],

  [
    "framework-duplicate",
    inRoot('\n<Framework>[[7.0.x]]</Framework>\n<Framework Minimum="7.0.5">7.0.x</Framework>\n'),
    {
      fixed: inRoot('\n<Framework Minimum="7.0.5">7.0.x</Framework>\n'),
      severities: ["error"],
      related: [["3:28 This is the one that counts."]],
    },
  ],
  [
    "framework-duplicate",
    inRoot('<Framework>[[7.x]]</Framework><Framework Minimum="7.0.5">7.0.x</Framework>'),
  ],
  [
    "framework-duplicate",
    inRoot("<Framework>[[7.0.x]]</Framework><Framework>7.0.x</Framework>"),
    { severities: ["warning"] },
  ],
  [
    "framework-duplicate",
    inRoot("<Framework>6.x.x</Framework><Framework>6.0.x</Framework><Framework>7.0.x</Framework>"),
  ],
  ["framework-duplicate", inRoot('<Framework>7.0.x</Framework><Framework Minimum="7.1.5">7.1.x</Framework>')],

  ["framework-unknown-release", inRoot("<Framework>[[71.0.x]]</Framework><Framework>3.3.x</Framework>")],
  ["framework-unknown-release", inRoot("<Framework>11.0.x</Framework><Framework>99.x</Framework>")],

  [
    "url-invalid",
    inRoot("<URL>[[www.acme.example/a]]</URL>"),
    { fixed: inRoot("<URL>https://www.acme.example/a</URL>") },
  ],
  ["url-invalid", inRoot("<URL>[[mailto:a@b]]</URL>"), { fixed: null }],
  ["url-invalid", inRoot("<URL>\n  http://acme.example/\n</URL>")],

  [
    "description-missing",
    "<[[otrs_package]]></otrs_package>",
    {
      fixed: '<otrs_package>\n    <Description Lang="en">What the package does.</Description></otrs_package>',
    },
  ],
  ["description-missing", inRoot("<Descripton>x</Descripton>")],
  [
    "description-en-missing",
    inRoot('[[<Description Lang="de">]]Verträge.</Description>'),
    {
      fixed: inRoot(
        '<Description Lang="en">What the package does.</Description>\n    <Description Lang="de">Verträge.</Description>',
      ),
    },
  ],
  ["description-en-missing", inRoot('[[<Description Lang="en">]]</Description>'), { fixed: null }],
  ["description-en-missing", inRoot("<Description>Contracts.</Description>")],
  ["description-en-missing", inRoot('<Description Lang="en_GB">Contracts.</Description>')],
  [
    "description-lang-missing",
    inRoot("<[[Description]]>Contracts.</Description>"),
    { fixed: inRoot(description) },
  ],
  ["description-lang-missing", inRoot('<Description lang="en">Contracts.</Description>')],
  ["description-lang-missing", inRoot("<Description><en>Contracts.</en></Description>")],
  [
    "description-lang-duplicate",
    inRoot(`\n  [[<Description Lang="en">]]Old.</Description>\n  ${description}\n`),
    { fixed: inRoot(`\n  ${description}\n`), related: [["3:3 This is the one that is shown."]] },
  ],

  [
    "changelog-version-mismatch",
    inRoot('<Version>[[1.1.0]]</Version><ChangeLog Version="1.0.0" Date="2024-01-15">A.</ChangeLog>'),
    {
      fixed: inRoot(
        '<Version>1.1.0</Version><ChangeLog Version="1.1.0" Date="2024-05-02"></ChangeLog>\n    <ChangeLog Version="1.0.0" Date="2024-01-15">A.</ChangeLog>',
      ),
      messages: [
        "Readers do not learn what is new in 1.1.0, because the newest ChangeLog entry is about 1.0.0.",
      ],
    },
  ],
  // A build fills it in, the entry stands elsewhere, or there is no log at all.
  ["changelog-version-mismatch", inRoot('<Version>0.0.0</Version><ChangeLog Version="1.0.0">A.</ChangeLog>')],
  [
    "changelog-version-mismatch",
    inRoot(
      '<Version>1.1.0</Version><ChangeLog Version="1.0.0">A.</ChangeLog><ChangeLog Version="1.1.0">B.</ChangeLog>',
    ),
  ],
  ["changelog-version-mismatch", inRoot("<Version>1.1.0</Version><ChangeLog>2006-01-01 A.</ChangeLog>")],
  ["changelog-version-mismatch", inRoot("<Version>1.1.0</Version>")],
  [
    "changelog-version-mismatch",
    inRoot('<Version>1.1.0</Version><Changelog Version="1.1.0"/><ChangeLog Version="1.0.0">A.</ChangeLog>'),
  ],

  [
    "changelog-version-missing",
    inRoot('<Version>1.1.0</Version><[[ChangeLog]] Date="2024-05-02">A.</ChangeLog>'),
    { fixed: inRoot('<Version>1.1.0</Version><ChangeLog Date="2024-05-02" Version="1.1.0">A.</ChangeLog>') },
  ],
  // Only the newest entry can be about the version that the package has now, unless another one is.
  [
    "changelog-version-missing",
    inRoot(
      '<Version>1.1.0</Version><ChangeLog Version="1.1.0">B.</ChangeLog><[[ChangeLog]] Date="2024-05-02">A.</ChangeLog>',
    ),
    { fixed: null },
  ],
  [
    "changelog-version-missing",
    inRoot(
      '<Version>1.1.0</Version><[[ChangeLog]] Date="2024-05-02">B.</ChangeLog><[[ChangeLog]] Date="2023-05-02">A.</ChangeLog>',
    ),
    {
      fixed: inRoot(
        '<Version>1.1.0</Version><ChangeLog Date="2024-05-02" Version="1.1.0">B.</ChangeLog><ChangeLog Date="2023-05-02">A.</ChangeLog>',
      ),
    },
  ],
  [
    "changelog-version-missing",
    inRoot("<[[ChangeLog]]>A.</ChangeLog>"),
    {
      messages: [
        "Readers do not learn since when this is so, because the ChangeLog entry has neither Version nor Date.",
      ],
      fixed: null,
    },
  ],
  // The date is there, if not where tools look for it.
  [
    "changelog-version-missing",
    inRoot("<[[ChangeLog]]>2005-8-10 fixed a thing</ChangeLog>"),
    {
      severities: ["information"],
      messages: [
        "Tools do not learn since when this is so, because the ChangeLog entry says it in its text and has neither Version nor Date.",
      ],
      fixed: inRoot('<ChangeLog Date="2005-08-10">2005-8-10 fixed a thing</ChangeLog>'),
    },
  ],
  [
    "changelog-version-missing",
    inRoot("<[[ChangeLog]]>10.08.2005: fixed a thing</ChangeLog>"),
    { fixed: null },
  ],
  [
    "changelog-date-missing",
    inRoot('<[[ChangeLog]] Version="1.0.0">(2005-08-10) A.</ChangeLog>'),
    {
      severities: ["information"],
      fixed: inRoot('<ChangeLog Version="1.0.0" Date="2005-08-10">(2005-08-10) A.</ChangeLog>'),
    },
  ],
  ["changelog-date-missing", inRoot("<ChangeLog>A.</ChangeLog>")],
  [
    "changelog-date-missing",
    inRoot('<Version>1.0.0</Version><[[ChangeLog]] Version="1.0.0">A.</ChangeLog>'),
    { fixed: inRoot('<Version>1.0.0</Version><ChangeLog Version="1.0.0" Date="2024-05-02">A.</ChangeLog>') },
  ],
  // What was done long ago was not done today.
  [
    "changelog-date-missing",
    inRoot('<Version>1.1.0</Version><[[ChangeLog]] Version="1.0.0">A.</ChangeLog>'),
    { fixed: null },
  ],
  [
    "changelog-order",
    inRoot(
      '<ChangeLog Version="1.9.0">A</ChangeLog> <!-- x --> <ChangeLog [[Version="1.10.0"]]>B</ChangeLog>',
    ),
    {
      fixed: inRoot(
        '<ChangeLog Version="1.10.0">B</ChangeLog> <!-- x --> <ChangeLog Version="1.9.0">A</ChangeLog>',
      ),
    },
  ],
  [
    "changelog-order",
    inRoot(
      '<ChangeLog Version="2.0.0">A</ChangeLog><ChangeLog>old</ChangeLog><ChangeLog Version="2.0.0">B</ChangeLog>',
    ),
  ],
  [
    "changelog-duplicate",
    inRoot('\n<ChangeLog Version="2.0.0">A</ChangeLog>\n<[[ChangeLog]] Version="2.0.0"> A</ChangeLog>\n'),
    {
      fixed: inRoot('\n<ChangeLog Version="2.0.0">A</ChangeLog>\n'),
      related: [["2:2 It stands here first."]],
    },
  ],
  [
    "changelog-duplicate",
    inRoot('<ChangeLog Version="2.0.0">A</ChangeLog><ChangeLog Version="2.0.0">B</ChangeLog>'),
  ],
  [
    "changelog-date-format",
    inRoot('<ChangeLog Date="[[2.5.2024]]">A</ChangeLog>'),
    { fixed: inRoot('<ChangeLog Date="2024-05-02">A</ChangeLog>') },
  ],
  [
    "changelog-date-format",
    inRoot(
      '<ChangeLog Date="[[2023-02-30]]">A</ChangeLog><ChangeLog Date="[[2024-05-03 10:00:00]]">A</ChangeLog>',
    ),
    {
      messages: [
        "Tools cannot use this Date, because there is no such day or time.",
        "Readers will wonder about this Date, because it has not come yet.",
      ],
    },
  ],
  [
    "changelog-date-format",
    inRoot('<ChangeLog Date="2022-12-03 12:34:56 +0100">A</ChangeLog><ChangeLog Date="?">A</ChangeLog>'),
  ],

  [
    "package-flag-value",
    inRoot("<PackageIsVisible>[[ yes ]]</PackageIsVisible>"),
    { fixed: inRoot("<PackageIsVisible>1</PackageIsVisible>") },
  ],
  [
    "package-flag-value",
    inRoot("<PackageIsVisible></PackageIsVisible><PackageIsRemovable>0</PackageIsRemovable>"),
  ],
  ["package-not-downloadable", inRoot("<PackageIsDownloadable>[[0]]</PackageIsDownloadable>")],
  [
    "package-not-downloadable",
    inRoot("<PackageIsDownloadable>0</PackageIsDownloadable>"),
    { kind: "archive" },
  ],
  [
    "package-not-downloadable",
    inRoot("<Framework>3.3.x</Framework><PackageIsDownloadable>0</PackageIsDownloadable>"),
    { dialect: "otrs-legacy" },
  ],
  [
    "package-buildable-ineffective",
    inRoot("<[[PackageIsBuildable]]>1</PackageIsBuildable>"),
    { fixed: inRoot("") },
  ],
  [
    "package-hidden-not-removable",
    inRoot("<PackageIsVisible/><PackageIsRemovable>[[0]]</PackageIsRemovable>"),
  ],
  ["package-hidden-not-removable", inRoot("<PackageIsVisible>0</PackageIsVisible>")],
  [
    "build-fields-in-spec",
    inRoot("<[[BuildHost]]>a</BuildHost><BuildDate>?</BuildDate>"),
    { fixed: inRoot("<BuildDate>?</BuildDate>") },
  ],
  ["build-fields-in-spec", inRoot("<BuildHost>a</BuildHost>"), { kind: "archive" }],
  ["os-empty", inRoot("<[[OS]]/><OS>linux</OS>"), { severities: ["warning"] }],
  ["os-empty", inRoot("<[[OS]]/><[[OS]]></OS>"), { severities: ["error", "error"] }],
  ["os-regex", inRoot("<OS>[[Windows]]</OS>"), { fixed: inRoot("<OS>MSWin32</OS>") }],
  ["os-regex", inRoot("<OS>[[ linux ]]</OS>"), { fixed: inRoot("<OS>linux</OS>") }],
  [
    "os-regex",
    inRoot("<OS>[[linux|darwin]]</OS>"),
    {
      messages: [
        "Tools may read “linux|darwin” otherwise than the framework, because it uses the text as a regular expression.",
      ],
    },
  ],
  ["os-regex", inRoot("<OS>Linux</OS><OS>mswin32</OS>")],
];

checkRows(rows);
