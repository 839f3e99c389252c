import { test } from "node:test";
import type { Rule } from "../../server/src/rules/rule.ts";
import { rules } from "../../server/src/rules/rules.ts";
import { checkRule, type RuleCase } from "../support/check-rule.ts";
import { marked } from "../support/marked.ts";

type Row = readonly [id: string, text: string, expected?: RuleCase];

/** Perl is full of brackets and bars, so ranges are marked «like this». */
const code = (perl: string, name = "CodeInstall", type = "post") =>
  `<${name} Type="${type}"><![CDATA[${perl}]]></${name}>`;
const setup = (name: string) => `<Filelist><File Location="var/packagesetup/${name}.pm"/></Filelist>`;
const call = (name: string) => `$Kernel::OM->Get('var::packagesetup::${name}')->CodeInstall();`;
const setupPath = "var/packagesetup/Acme.pm";
const setupText = "package var::packagesetup::Acme;\nuse strict;\nsub CodeInstall { return 1; }\n1;\n";
const own = "'var::packagesetup::' . $Param{Structure}->{Name}->{Content}";

const rows: readonly Row[] = [
  [
    "code-not-cdata",
    '<«CodeInstall» Type="post">f( \'a\' =&gt; "&#66;" );</CodeInstall>',
    {
      fixed: '<CodeInstall Type="post"><![CDATA[f( \'a\' => "B" );]]></CodeInstall>',
      severities: ["warning"],
      messages: [
        "This code is hard to read and breaks with the next “&” or “<”, because it does not stand in CDATA.",
      ],
    },
  ],
  [
    "code-not-cdata",
    "<«CodeInstall»>\n    f();\r\n</CodeInstall>",
    {
      fixed: "<CodeInstall><![CDATA[\n    f();\r\n]]></CodeInstall>",
      severities: ["information"],
      messages: [
        "The first “&” or “<” in this code will break the spec, because it does not stand in CDATA.",
      ],
    },
  ],
  [
    "code-not-cdata",
    "<«CodeInstall»>$A[$B[0]]&gt; 1<![CDATA[ && 2]]></CodeInstall>",
    {
      fixed: "<CodeInstall><![CDATA[$A[$B[0]]]]><![CDATA[> 1 && 2]]></CodeInstall>",
    },
  ],
  ["code-not-cdata", "<«CodeInstall»>f(); &unknown;</CodeInstall>", { fixed: null }],
  ["code-not-cdata", "<CodeInstall>\n  <!-- x --><![CDATA[f();]]>\n</CodeInstall><CodeUpgrade/>"],
  ["code-not-cdata", "<CodeInstall>f();</CodeInstall>", { kind: "archive" }],

  ["code-uses-self", code("f();\n«$Self»->{LogObject}; $Self;")],
  ["code-uses-self", "<CodeUpgrade>f( %{ «$Self» } &gt; 1 )</CodeUpgrade>"],
  ["code-uses-self", code('print "«${Self»}";')],
  ["code-uses-self", code("# $Self\nf();\n=pod\n\n$Self\n\n=cut\n$SelfMade")],
  ["code-uses-self", code("sub f { my ( $Self, %Param ) = @_; return $Self->{X} }"), { dialect: "otobo-11" }],
  ["code-uses-self", code("sub f { my $Self = shift; return $Self->{X} }")],
  ["code-uses-self", code("$Self->{DBObject}"), { dialect: "otrs-legacy" }],

  ["code-empty", '<«CodeInstall» Type="post">  <!-- later -->\n</CodeInstall>', { fixed: "" }],
  ["code-empty", "<«CodeUpgrade»/>", { severities: ["information"] }],
  ["code-empty", code("1;")],

  [
    "code-type-invalid",
    code("1;", "CodeInstall", "«later»"),
    {
      fixed: code("1;", "CodeInstall", "post"),
      messages: ["This code never runs, because there is no phase “later”."],
    },
  ],
  ["code-type-invalid", code("1;", "CodeUpgrade", "« post»"), { fixed: code("1;", "CodeUpgrade", "post") }],
  ["code-type-invalid", code("1;", "CodeUpgrade", "«merg»"), { fixed: code("1;", "CodeUpgrade", "merge") }],
  [
    "code-type-invalid",
    code("1;", "CodeInstall", "POST") + code("1;", "CodeUpgrade", "Merge") + code("1;", "CodeInstall", ""),
  ],
  [
    "code-type-pattern",
    code("1;", "CodeInstall", "«pre|post»"),
    {
      fixed: code("1;", "CodeInstall", "post"),
      messages: [
        "This code may run in several phases or in none, because “pre|post” is used as a pattern for the phase.",
      ],
    },
  ],
  ["code-type-pattern", code("1;", "CodeInstall", "post")],
  [
    "code-type-missing",
    "<«CodeInstall»><![CDATA[1;]]></CodeInstall>",
    {
      fixed: '<CodeInstall Type="post"><![CDATA[1;]]></CodeInstall>',
    },
  ],
  ["code-type-missing", "<PackageMerge><CodeUpgrade>1;</CodeUpgrade></PackageMerge>"],

  [
    "code-merge-outside-upgrade",
    code("1;", "CodeReinstall", "«Merge»"),
    { fixed: code("1;", "CodeReinstall", "post") },
  ],
  ["code-merge-outside-upgrade", code("1;", "CodeUpgrade", "merge")],
  [
    "code-version-ineffective",
    '<CodeInstall Type="post" «Version="1.0.0"»>1;</CodeInstall>',
    {
      fixed: '<CodeInstall Type="post">1;</CodeInstall>',
    },
  ],
  ["code-version-ineffective", '<CodeUpgrade Version="1.0.0">1;</CodeUpgrade>'],
  [
    "code-upgrade-version-format",
    '<CodeUpgrade Version="«1.0.x»">1;</CodeUpgrade>',
    {
      fixed: null,
      messages: [
        "This code runs at the wrong upgrades or at none, because “1.0.x” is not a version of digits and dots.",
      ],
    },
  ],
  [
    "code-upgrade-version-format",
    '<CodeUpgrade «Version=""»>1;</CodeUpgrade>',
    {
      messages: ["This code runs at every upgrade, because Version is empty."],
      fixed: "<CodeUpgrade>1;</CodeUpgrade>",
    },
  ],
  [
    "code-upgrade-version-format",
    '<CodeUpgrade Version="« v1.2.0»">1;</CodeUpgrade>',
    { fixed: '<CodeUpgrade Version="1.2.0">1;</CodeUpgrade>' },
  ],
  ["code-upgrade-version-format", '<CodeUpgrade Version="1.0.0.1">1;</CodeUpgrade>'],
  [
    "code-upgrade-version-above-package",
    '<Version>1.0.0</Version><CodeUpgrade Version="«1.1.0»"><![CDATA[$O->FromLowerThan_1_1_0();]]></CodeUpgrade>',
    { fixed: null },
  ],
  [
    "code-upgrade-version-above-package",
    '<Version>1.2.0</Version><CodeUpgrade Version="«1.10»">1;</CodeUpgrade>',
    {
      fixed: '<Version>1.2.0</Version><CodeUpgrade Version="1.2.0">1;</CodeUpgrade>',
      messages: ["This code is skipped until the package has version 1.10; now it has 1.2.0."],
    },
  ],
  [
    "code-upgrade-version-above-package",
    '<Version>1.2.0</Version><CodeUpgrade Version="1.2">1;</CodeUpgrade>',
  ],
  [
    "code-upgrade-version-above-package",
    '<Version>0.0.0</Version><CodeUpgrade Version="1.2.0">1;</CodeUpgrade>',
  ],
  [
    "code-upgrade-version-above-package",
    '<Version>1.0.0</Version><CodeUpgrade Type="merge" Version="9.0.0">1;</CodeUpgrade>',
  ],
  [
    "code-upgrade-unversioned",
    '<Version>1.2.0</Version><«CodeUpgrade» Type="post">1;</CodeUpgrade>',
    {
      fixed: '<Version>1.2.0</Version><CodeUpgrade Type="post" Version="1.2.0">1;</CodeUpgrade>',
      severities: ["information"],
    },
  ],
  [
    "code-upgrade-unversioned",
    '<CodeUpgrade Type="merge">1;</CodeUpgrade><CodeUpgrade Version="1.0.0">1;</CodeUpgrade>',
  ],

  [
    "code-early-return",
    code("f();\n«return»;\ng();"),
    {
      fixed: code("f();\nreturn 1;\ng();"),
      severities: ["warning"],
      messages: [
        "The framework logs that this code has failed, because a return without a true value counts as a failure.",
      ],
    },
  ],
  // Only what follows in the same phase can be skipped.
  [
    "code-early-return",
    code("«return»;") + code("1;"),
    {
      severities: ["error"],
      messages: [
        "The sections of this kind and phase that follow are skipped, because a return without a true value counts as a failure.",
      ],
    },
  ],
  ["code-early-return", code("1;") + code("«return»;"), { severities: ["warning"] }],
  ["code-early-return", code("«return»;") + code("1;", "CodeInstall", "pre"), { severities: ["warning"] }],
  ["code-early-return", code("«return»;") + code("1;", "CodeInstall", "Post"), { severities: ["error"] }],
  ["code-early-return", code("«return»;") + code("1;", "CodeUpgrade"), { severities: ["warning"] }],
  ["code-early-return", code("«return»;") + code(" "), { severities: ["warning"] }],
  ["code-early-return", code("«return»;") + code("1;", "CodeInstall", "pre|post"), { severities: ["error"] }],
  [
    "code-early-return",
    code("«die» 'x';") + code("1;"),
    {
      severities: ["warning"],
      messages: [
        "The operation goes on and reports success, but the sections of this kind and phase that follow are skipped.",
      ],
    },
  ],
  [
    "code-early-return",
    code("if (1) { «return» undef if $X; }"),
    { fixed: code("if (1) { return 1 if $X; }") },
  ],
  ["code-early-return", code("«return»  '' unless f(';');"), { fixed: code("return  1 unless f(';');") }],
  ["code-early-return", code("«return» 0 }; «return» ()")],
  [
    "code-early-return",
    "<CodeInstall>f() &gt; 1 or «return»; # return</CodeInstall>",
    {
      fixed: "<CodeInstall>f() &gt; 1 or return 1; # return</CodeInstall>",
    },
  ],
  ["code-early-return", code("return 1; return $X; return 'x' if 1; return f(); return 0 + f(); return 00;")],
  [
    "code-early-return",
    code("sub f { return; }\nmy $X = sub { if (1) { return } };\neval { return; die 'x' };"),
  ],
  [
    "code-early-return",
    code("$O->return; $H{return}; f( return => 0 ); 'return;'; $return; # exit\nreturned();"),
  ],
  [
    "code-early-return",
    code("f() or «die» 'x'; «exit» 1; $O->exit()"),
    {
      severities: ["warning", "error"],
      fixed: null,
      messages: [
        "The operation goes on and reports success, although the framework logs that this code has failed.",
        "The whole process ends in the middle of the operation, so that nothing that should follow is done.",
      ],
    },
  ],

  [
    "code-upgrade-version-name",
    '<Version>4.1.0</Version><CodeUpgrade Type="post" Version="«4.0.0»"><![CDATA[$O->CodeUpgradeFromLowerThan_4_0_1();]]></CodeUpgrade>',
    {
      fixed:
        '<Version>4.1.0</Version><CodeUpgrade Type="post" Version="4.0.1"><![CDATA[$O->CodeUpgradeFromLowerThan_4_0_1();]]></CodeUpgrade>',
      severities: ["warning"],
      messages: [
        "“CodeUpgradeFromLowerThan_4_0_1” never runs on systems with 4.0.0 or newer, because only upgrades from below 4.0.0 run this code.",
      ],
    },
  ],
  [
    "code-upgrade-version-name",
    '<Version>4.0.0</Version><CodeUpgrade Version="«4.0.0»"><![CDATA[$O->UpgradeBelow4_0_1;]]></CodeUpgrade>',
    { fixed: null },
  ],
  [
    "code-upgrade-version-name",
    '<Version>5.0.0</Version><CodeUpgrade Version="«4.0.2»"><![CDATA[$O->CodeUpgradeFromLowerThan_4_0();]]></CodeUpgrade>',
    {
      severities: ["information"],
      messages: [
        "“CodeUpgradeFromLowerThan_4_0” also runs on systems with 4.0, because all upgrades from below 4.0.2 run this code.",
      ],
    },
  ],
  [
    "code-upgrade-version-name",
    '<CodeUpgrade Version="4.0.1"><![CDATA[$O->CodeUpgradeFromLowerThan_4_0_1();]]></CodeUpgrade>',
  ],
  [
    "code-upgrade-version-name",
    '<CodeUpgrade><![CDATA[$O->CodeUpgradeFromLowerThan_4_0_1();]]></CodeUpgrade><CodeUpgrade Type="merge" Version="1.0.0"><![CDATA[$O->FromLowerThan_4_0_1();]]></CodeUpgrade>',
  ],
  [
    "code-upgrade-version-name",
    '<CodeUpgrade Version="4.0.0"><![CDATA[$O->FromLowerThan_4_0_1(); $O->FromLowerThan_4_0_2(); # $O->FromLowerThan_4_0_3()]]></CodeUpgrade>',
  ],
  [
    "code-install-pre-uses-package",
    setup("Acme") + code("$Kernel::OM->Get('«var::packagesetup::Acme»')", "CodeInstall", "pre"),
    {
      fixed: setup("Acme") + code("$Kernel::OM->Get('var::packagesetup::Acme')", "CodeInstall", "post"),
      severities: ["error"],
      messages: [
        "This code fails, because “var/packagesetup/Acme.pm” is not on disk yet when phase pre runs.",
      ],
    },
  ],
  [
    "code-install-pre-uses-package",
    `<Name>Acme</Name>${setup("Acme")}${code(own.replace("var::packagesetup::", "«var::packagesetup::»"), "CodeUpgrade", "PRE")}`,
    {
      severities: ["warning"],
      messages: [
        "This code runs with the old version of the module, or fails: in phase pre “var/packagesetup/Acme.pm” is not replaced yet.",
      ],
    },
  ],
  [
    "code-install-pre-uses-package",
    `<Filelist><File Location="Custom/Kernel/System/A.pm"/></Filelist>${code("«Kernel::System::A»->new()", "CodeInstall", "pre")}`,
  ],
  [
    "code-install-pre-uses-package",
    `<Filelist><File Location="Kernel/System/A.pm"/></Filelist>${code("# Kernel::System::A\nKernel::System::B->new()", "CodeInstall", "pre")}`,
  ],
  ["code-install-pre-uses-package", setup("Acme") + code(call("Acme"))],

  [
    "code-uninstall-post-uses-package",
    `${setup("Acme")}<CodeUninstall>$Kernel::OM->Get('«var::packagesetup::Acme»')</CodeUninstall>`,
    {
      fixed: `${setup("Acme")}<CodeUninstall Type="pre">$Kernel::OM->Get('var::packagesetup::Acme')</CodeUninstall>`,
      messages: [
        "This code fails, because “var/packagesetup/Acme.pm” is already deleted when phase post runs.",
      ],
    },
  ],
  [
    "code-uninstall-post-uses-package",
    `<Name>Acme</Name>${setup("Acme")}${code(`my $Setup = ${own.replace("var::packagesetup::", "«var::packagesetup::»")}; $Kernel::OM->Get($Setup)->Run();`, "CodeUninstall")}`,
    { severities: ["error"] },
  ],
  [
    "code-uninstall-post-uses-package",
    setup("Acme") +
      code(
        "if ($Main->Require('«var::packagesetup::Acme»')) { f('«var::packagesetup::Acme»'); }",
        "CodeUninstall",
      ),
    {
      severities: ["warning", "warning"],
      messages: [
        "If this code loads “var/packagesetup/Acme.pm”, it fails: the file is already deleted when phase post runs.",
        "If this code loads “var/packagesetup/Acme.pm”, it fails: the file is already deleted when phase post runs.",
      ],
    },
  ],
  ["code-uninstall-post-uses-package", setup("Acme") + code(call("Acme"), "CodeUninstall", "pre")],
  // The module is in memory since phase pre.
  [
    "code-uninstall-post-uses-package",
    setup("Acme") + code(call("Acme"), "CodeUninstall", "pre") + code(call("Acme"), "CodeUninstall"),
  ],

  [
    "code-packagesetup-not-listed",
    `${setup("Acme")}${code("Get('«var::packagesetup::Acne»')")}`,
    {
      fixed: `<Filelist><File Location="var/packagesetup/Acme.pm"/><File Permission="660" Location="var/packagesetup/Acne.pm"/></Filelist>${code("Get('var::packagesetup::Acne')")}`,
      messages: [
        "If this code loads “var/packagesetup/Acne.pm”, it fails: the file is not in the file list.",
      ],
    },
  ],
  [
    "code-packagesetup-not-listed",
    `${setup("Acme")}${code("$Kernel::OM->Get('«var::packagesetup::Acne»')->Run();")}`,
    { messages: ["This code fails, because “var/packagesetup/Acne.pm” is not in the file list."] },
  ],
  [
    "code-packagesetup-not-listed",
    `${setup("Acme")}${code("if ( $Self->{MainObject}->Require('«var::packagesetup::Acne»') ) { 1 }")}`,
    {
      messages: [
        "If this code loads “var/packagesetup/Acne.pm”, it fails: the file is not in the file list.",
      ],
    },
  ],
  [
    "code-packagesetup-not-listed",
    `<Name>Acme</Name>${setup("Other")}${code(own.replace("var::packagesetup::", "«var::packagesetup::»"))}`,
  ],
  [
    "code-packagesetup-not-listed",
    `<PackageRequired>Base</PackageRequired><PackageMerge Name="Old"/>${setup("Acme")}${code(call("Base") + call("Old"))}`,
  ],
  ["code-packagesetup-not-listed", code(call("Acme"))],
  ["code-packagesetup-not-listed", setup("Acme") + code("'var::packagesetup::' . $Name")],
  [
    "code-packagesetup-not-listed",
    `<Name>Acme</Name>${setup("Other")}${code('"«var::packagesetup::»$Param{Structure}->{Name}->{Content}"')}`,
  ],
  [
    "code-packagesetup-not-listed",
    `<Name>Acme</Name>${setup("Other")}${code("'var::packagesetup::' . $Param{Structure}->{Name}")}`,
  ],

  [
    "code-packagesetup-name",
    `<Name>Acme</Name>${code("Get('«var::packagesetup::Setup»')")}`,
    {
      messages: [
        "Two packages may clash over “var/packagesetup/Setup.pm”, because it is not named after the package “Acme”.",
      ],
    },
  ],
  ["code-packagesetup-name", `<Name>Ac-me</Name>${code(call("Acme"))}${code(own)}`],
  [
    "code-packagesetup-unused",
    `<Filelist><File Location="«var/packagesetup/Acme.pm»"/></Filelist>${code("# var::packagesetup::Acme\n1;")}`,
    {
      messages: ["“var/packagesetup/Acme.pm” never runs, because no code section calls it."],
    },
  ],
  ["code-packagesetup-unused", setup("Acme") + code(call("Acme"), "CodeReinstall")],
  ["code-packagesetup-unused", setup("Acme") + code("Get( 'var::packagesetup::' . $Name )")],
  [
    "code-packagesetup-unused",
    `<Name>Acme</Name><Filelist><File Location="var/packagesetup/Acme.pm"/><File Location="var/packagesetup/AcmeHelp.pm"/></Filelist>${code(own)}`,
  ],

  [
    "code-perl-syntax",
    code("f«(»;"),
    {
      fixed: null,
      severities: ["error"],
      messages: ["None of this code runs, because this “(” is not closed before the next “;”."],
      related: [["1:51 It is still open here."]],
    },
  ],
  [
    "code-perl-syntax",
    code("if ( $A eq «'»B ) {\n    f('C');\n}"),
    {
      messages: [
        "None of this code runs, because the text that begins with this “'” ends directly before “C”.",
      ],
      related: [["2:7 The text ends here."]],
    },
  ],
  [
    "code-perl-syntax",
    code("f() }", "CodeUninstall").replace("}", "«}»"),
    { messages: ["None of this code runs, because this “}” closes nothing."] },
  ],
  [
    "code-perl-syntax",
    "<CodeUpgrade>f( 1 &gt; 0 «]»</CodeUpgrade>",
    { messages: ["None of this code runs, because this “]” stands where “(” is open."] },
  ],
  ["code-perl-syntax", code("f(1);")],
  ["code-perl-syntax", "<CodeInstall>f( <b>1</b> );</CodeInstall>"],
  ["code-perl-syntax", "<CodeInstall/><CodeUpgrade>  </CodeUpgrade>"],

  [
    "code-removes-own-file",
    `<Filelist><File Location="«var/a.xml»"/><File Location="var/b.xml"/></Filelist>${code('my $Home = $Kernel::OM->Get("Kernel::Config")->Get("Home");\nunlink "$Home/var/a.xml";\nunlink "$Home/var/c.xml";')}`,
    {
      messages: [
        "The package counts as not correctly deployed once its own code has removed “var/a.xml”. A reinstall brings the file back.",
      ],
      severities: ["hint"],
      related: [["2:8 The code here removes it."]],
      fixed: null,
    },
  ],
  [
    "code-removes-own-file",
    `<Filelist><File Location="var/packagesetup/Acme.pm"/><File Location="«var/a.xml»"/></Filelist>${code(call("Acme"))}`,
    {
      texts: {
        [setupPath]:
          "sub CodeInstall {\n    $Kernel::OM->Get('Kernel::System::Main')->FileDelete( Location => \"$Self->{Home}/var/a.xml\" );\n}\n",
      },
      related: [["var/packagesetup/Acme.pm:2:71 The code here removes it."]],
    },
  ],
  // Nobody calls the module, or it does it at an uninstallation.
  [
    "code-removes-own-file",
    '<Filelist><File Location="var/packagesetup/Acme.pm"/><File Location="var/a.xml"/></Filelist>',
    { texts: { [setupPath]: 'unlink "$Home/var/a.xml";' } },
  ],
  [
    "code-removes-own-file",
    `<Filelist><File Location="var/packagesetup/Acme.pm"/><File Location="var/a.xml"/></Filelist>${code(call("Acme"))}`,
    { texts: { [setupPath]: 'sub CodeUninstall { unlink "$Home/var/a.xml"; }' } },
  ],
  ...['<CodeInstall Type="pre">', '<CodeUninstall Type="post">'].map(
    (tag): Row => [
      "code-removes-own-file",
      `<Filelist><File Location="var/a.xml"/></Filelist>${tag}unlink "$Home/var/a.xml";</${tag.slice(1, tag.indexOf(" "))}>`,
    ],
  ),

  [
    "code-packagesetup-method-missing",
    setup("Acme") + code("$Kernel::OM->Get('var::packagesetup::Acme')->«CodeInstal»();"),
    {
      texts: { [setupPath]: setupText },
      fixed: setup("Acme") + code("$Kernel::OM->Get('var::packagesetup::Acme')->CodeInstall();"),
      messages: [`This code fails when it comes to CodeInstal, because “${setupPath}” has no such sub.`],
      related: [[`${setupPath}:1:9 The sub is looked for here.`]],
    },
  ],
  [
    "code-packagesetup-method-missing",
    `<Name>Acme</Name>${setup("Acme")}${code(`my $Module = ${own};\nmy $O = $Kernel::OM->Get($Module);\n$O->«Repair»();`)}`,
    { texts: { [setupPath]: setupText }, fixed: null },
  ],
  [
    "code-packagesetup-method-missing",
    setup("Acme") + code(call("Acme")) + code("$Kernel::OM->Get('var::packagesetup::Acme')->can('X');"),
    { texts: { [setupPath]: setupText } },
  ],
  ...["use parent 'Kernel::System::Base';", "use base qw(X);", "sub AUTOLOAD { }", "*{X} = sub { };"].map(
    (line): Row => [
      "code-packagesetup-method-missing",
      setup("Acme") + code("$Kernel::OM->Get('var::packagesetup::Acme')->Repair();"),
      { texts: { [setupPath]: `${setupText}${line}\n` } },
    ],
  ),
  // Nobody knows the file.
  [
    "code-packagesetup-method-missing",
    setup("Acme") + code("$Kernel::OM->Get('var::packagesetup::Acme')->Repair();"),
    { texts: {} },
  ],

  ["code-uninstall-missing", `<«CodeInstall» Type="post">1;</CodeInstall>`],
  ["code-uninstall-missing", "<CodeInstall>1;</CodeInstall><CodeUninstall>1;</CodeUninstall>"],
  ["code-uninstall-missing", "<CodeInstall> </CodeInstall>"],
  ["code-reinstall-missing", "<«CodeInstall»>1;</CodeInstall><CodeUninstall>1;</CodeUninstall>"],
  [
    "code-reinstall-missing",
    '<«CodeInstall» Type="post"><![CDATA[1;]]></CodeInstall>',
    {
      fixed:
        '<CodeInstall Type="post"><![CDATA[1;]]></CodeInstall><CodeReinstall Type="post"><![CDATA[1;]]></CodeReinstall>',
    },
  ],
  ["code-reinstall-missing", '<«CodeInstall» Type="Post"><![CDATA[1;]]></CodeInstall>', { fixed: null }],
  ["code-reinstall-missing", "<CodeInstall>1;</CodeInstall><CodeReinstall>1;</CodeReinstall>"],
];

for (const [id, text, expected] of rows) {
  test(`${id}: ${text.split("\n")[0]}`, () => {
    const { fixed } = expected ?? {};
    checkRule(ruleOf(id), marked(inRoot(text), { open: "«", close: "»", caret: "¦" }), {
      ...expected,
      ...(typeof fixed === "string" && { fixed: inRoot(fixed) }),
    });
  });
}

function inRoot(text: string): string {
  return `<otrs_package>${text}</otrs_package>`;
}

function ruleOf(id: string): Rule {
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return rule;
}
