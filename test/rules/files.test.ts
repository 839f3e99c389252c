import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import type { FileFact } from "../../server/src/host/folder-facts.ts";
import { type Knowledge, noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import type { Rule } from "../../server/src/rules/rule.ts";
import { rules } from "../../server/src/rules/rules.ts";
import { checkRule, type RuleCase } from "../support/check-rule.ts";

type Row = readonly [id: string, text: string, expected?: RuleCase];

const file = (size: number, leavesBase = false): FileFact => ({ kind: "file", size, leavesBase });
const framework: Knowledge = {
  ...noKnowledge,
  isFrameworkFile: (path) => path === "Kernel/System/Ticket.pm" || path === "COPYING",
};
const listed = (...locations: string[]) =>
  `<Filelist>${locations.map((location) => `\n    <File Permission="660" Location="${location}"/>`).join("")}\n</Filelist>`;

const twoFiles = listed("Kernel/A.pm", "Kernel/B.pm");
const twoThere = { "../src": ["Kernel/A.pm", "Kernel/B.pm"] };

const rows: readonly Row[] = [
  [
    "base-folder-elsewhere",
    twoFiles.replace("Filelist", "[[Filelist]]"),
    {
      disk: {},
      around: { "..": ["Kernel/A.pm"], ...twoThere, lib: ["Kernel/A.pm", "Kernel/B.pm"] },
      messages: [
        "The package cannot be built, because its files are not where they are looked for. All of them are in “../src”: make it the base folder of this spec.",
      ],
      severities: ["error"],
    },
  ],
  // What is here must be there, too, and half of the files may be.
  [
    "base-folder-elsewhere",
    twoFiles.replace("Filelist", "[[Filelist]]"),
    { disk: { "Kernel/A.pm": file(1) }, around: twoThere },
  ],
  [
    "base-folder-elsewhere",
    twoFiles,
    { disk: { "Kernel/A.pm": file(1) }, around: { "../src": ["Kernel/B.pm"] } },
  ],
  [
    "base-folder-elsewhere",
    listed("Kernel/A.pm", "Kernel/B.pm", "Kernel/C.pm"),
    {
      disk: { "Kernel/A.pm": file(1), "Kernel/B.pm": file(1) },
      around: { "../src": ["Kernel/A.pm", "Kernel/B.pm", "Kernel/C.pm"] },
    },
  ],
  ["base-folder-elsewhere", twoFiles, { disk: {}, around: { "../src": ["Kernel/A.pm"] } }],
  ["base-folder-elsewhere", twoFiles, { around: twoThere }],
  ["base-folder-elsewhere", twoFiles, { disk: {}, around: twoThere, kind: "archive" }],
  ["base-folder-elsewhere", twoFiles, { disk: { "Kernel/A.pm": { kind: "unreadable" } }, around: twoThere }],
  ["base-folder-elsewhere", listed("../etc/passwd"), { disk: {}, around: { "..": ["../etc/passwd"] } }],
  ["base-folder-elsewhere", "<Filelist/>", { disk: {}, around: twoThere }],
  // One finding in place of one for each file.
  ["file-not-found", twoFiles, { disk: {}, around: twoThere }],
  [
    "framework-path-mismatch",
    `<Framework>7.1.x</Framework>${listed("[[Kernel/Output/HTML/Standard/A.tt]]", "[[Custom/Kernel/Output/HTML/Standard/A/B.dtl]]", "Kernel/Output/HTML/Templates/Standard/C.tt", "Kernel/Output/HTML/Standard.pm", "[[Kernel/Output/HTML/Templates/Standard/D.dtl]]")}`,
    {
      messages: [
        "The template “Kernel/Output/HTML/Standard/A.tt” is never used, because no release that the package is for reads it. They read “Kernel/Output/HTML/Templates/Standard/A.tt”.",
        "The template “Custom/Kernel/Output/HTML/Standard/A/B.dtl” is never used, because no release that the package is for reads it. They read files that end in “.tt” in “Custom/Kernel/Output/HTML/Templates/Standard/”.",
        "The template “Kernel/Output/HTML/Templates/Standard/D.dtl” is never used, because no release that the package is for reads it. They read files that end in “.tt” in “Kernel/Output/HTML/Templates/Standard/”.",
      ],
      severities: ["warning", "warning", "warning"],
      fixed: null,
    },
  ],
  [
    "framework-path-mismatch",
    `<Framework>7.1.x</Framework>${listed("[[Kernel/Output/HTML/Standard/A.tt]]")}`,
    {
      disk: { "Kernel/Output/HTML/Templates/Standard/A.tt": file(1) },
      fixed: `<Framework>7.1.x</Framework>${listed("Kernel/Output/HTML/Templates/Standard/A.tt")}`,
    },
  ],
  ...(
    [
      ["3.3.x", "dtl"],
      ["4.0.x", "old"],
      ["5.0.x", "new"],
      ["6.0.x", "new"],
      ["10.1.x", "new"],
    ] as const
  ).map(([framework, read]): Row => {
    const paths = {
      dtl: "Kernel/Output/HTML/Standard/A.dtl",
      old: "Kernel/Output/HTML/Standard/A.tt",
      new: "Kernel/Output/HTML/Templates/Standard/A.tt",
    };
    const marked = Object.entries(paths).map(([form, path]) => (form === read ? path : `[[${path}]]`));
    const dialects = {
      "3": "otrs-legacy",
      "4": "otrs-legacy",
      "5": "otrs-5",
      "6": "otrs-6",
      "1": "otobo-10",
    };
    return [
      "framework-path-mismatch",
      `<Framework>${framework}</Framework>${listed(...marked)}`,
      { dialect: dialects[framework[0] as keyof typeof dialects] as DialectId },
    ];
  }),
  // Some release reads it, or nobody knows which.
  [
    "framework-path-mismatch",
    `<Framework>3.3.x</Framework><Framework>4.0.x</Framework><Framework>5.0.x</Framework>${listed("Kernel/Output/HTML/Standard/A.dtl", "Kernel/Output/HTML/Standard/A.tt", "Kernel/Output/HTML/Templates/Standard/A.tt")}`,
    { dialect: "otrs-5" },
  ],
  [
    "framework-path-mismatch",
    `<Framework>4.0.x</Framework><Framework>7.1.x</Framework>${listed("Kernel/Output/HTML/Standard/A.tt")}`,
  ],
  ["framework-path-mismatch", listed("Kernel/Output/HTML/Standard/A.tt")],
  ["framework-path-mismatch", `<Framework>17.x.x</Framework>${listed("Kernel/Output/HTML/Standard/A.tt")}`],

  [
    "file-vcs-ignored",
    listed("[[bin/acme.pl]]", "Kernel/A.pm", "[[var/js/a.min.js]]", "var/js/b.min.js", "bin/nowhere.pl"),
    {
      disk: Object.fromEntries(
        ["bin/acme.pl", "Kernel/A.pm", "var/js/a.min.js", "var/js/b.min.js", "var/js/.gitignore"].map(
          (path) => [path, file(9)],
        ),
      ),
      texts: { "var/js/.gitignore": "!b.min.js\n" },
      base: "acme/",
      git: { "../.gitignore": "# all\n*.min.js\n", ".gitignore": "/bin/\n" },
      related: [[".gitignore:1:1 This line says so."], ["../.gitignore:2:1 This line says so."]],
      fixed: null,
      messages: ["bin/acme.pl", "var/js/a.min.js"].map(
        (path) =>
          `The package cannot be built from another checkout, because Git ignores “${path}”, unless the file was added in spite of that.`,
      ),
    },
  ],
  ["file-vcs-ignored", listed("bin/a.pl"), { disk: { "bin/a.pl": file(1) }, git: {} }],
  // Blanks at the end do not count, and what is below an ignored folder is not taken in again.
  ...[`bin/a.pl${" ".repeat(100_000)}\n!x`, "bin/\n!bin/a.pl", "*.pl\r\n!b.pl\r\n"].map(
    (told): Row => [
      "file-vcs-ignored",
      listed("[[bin/a.pl]]"),
      { disk: { "bin/a.pl": file(1) }, git: { ".gitignore": told } },
    ],
  ),
  ...["*.pl\n!a.pl\n", "bin/a.pl\\ ", "\\!bin", "#bin", `${"x\n".repeat(3000)}bin`].map(
    (told): Row => [
      "file-vcs-ignored",
      listed("bin/a.pl"),
      { disk: { "bin/a.pl": file(1) }, git: { ".gitignore": told } },
    ],
  ),
  ["file-vcs-ignored", listed("bin/a.pl"), { disk: { "bin/a.pl": file(1) } }],
  [
    "file-vcs-ignored",
    listed("bin/a.pl"),
    { disk: { "bin/a.pl": file(1) }, git: { ".gitignore": "bin" }, kind: "archive" },
  ],
  ...(
    [
      // What is on the disk, what Git is told, and what is said of it.
      ["a\r\n", undefined, "crlf", "warning"],
      ["a\r\n", "*.pm -text", undefined],
      ["a\r\n", "*.pm binary", undefined],
      ["a\r\n", "[attr]perl -text\n*.pm perl", undefined],
      ["a\r\n", "*.pm eol=crlf", undefined],
      ["a\n", "*.pm eol=crlf", "lost", "warning"],
      ["a\r\n", "*.pm text eol=lf", "lost", "warning"],
      ["a\r\n", "* text=auto", "crlf", "warning"],
      ["a\r\n", "*.pm crlf=input", "lost", "warning"],
      ["a\n", "* text=auto", "told", "hint"],
      ["a\n", "*.pm text eol=lf", "told", "hint"],
      ["a\n", "* text\nKernel/*.pm !text", undefined],
      ["a\n", "*.pl text", undefined],
      ["# $Id$\n", "*.pm ident", "ident", "warning"],
      ["# Id\n", "*.pm ident", undefined],
      ["a", '"Kernel/A.pm" filter=lfs -text', "filter", "warning"],
      ["a\n", "", undefined],
    ] as const
  ).map(([text, told, variant, severity]): Row => {
    return [
      "file-vcs-converted",
      listed(variant === undefined ? "Kernel/A.pm" : "[[Kernel/A.pm]]"),
      {
        disk: { "Kernel/A.pm": file(9) },
        texts: { "Kernel/A.pm": text },
        git: told === undefined ? {} : { ".gitattributes": told },
        ...(severity && { severities: [severity], fixed: null }),
      },
    ];
  }),
  [
    "file-vcs-converted",
    listed("[[Kernel/A.pm]]", "Kernel/B.pm", "var/c.png"),
    {
      disk: { "Kernel/A.pm": file(9), "Kernel/B.pm": file(9), "var/c.png": file(9) },
      texts: { "Kernel/A.pm": "a\r\n", "Kernel/B.pm": "b\r\n", "var/c.png": "c\r\n" },
      git: {},
      messages: [
        "Packages of other checkouts may hold other files, because Git may convert the line ends (CRLF) of 2 files, such as “Kernel/A.pm”.",
      ],
    },
  ],

  [
    "config-xml-not-listed",
    listed("Kernel/A.pm").replace("Filelist", "[[Filelist]]"),
    {
      disk: Object.fromEntries(
        [
          "Kernel/A.pm",
          "Kernel/Config/Files/XML/A.xml",
          "Kernel/Config/Files/XML/A/B.xml",
          "Kernel/B.pm",
        ].map((path) => [path, file(9)]),
      ),
      specs: ["A.sopm"],
      fixed: listed("Kernel/A.pm", "Kernel/Config/Files/XML/A.xml"),
      messages: [
        "The settings in “Kernel/Config/Files/XML/A.xml” are on no system but yours, because the file is not listed.",
      ],
      severities: ["error"],
    },
  ],
  // The other files are the business of the other rule.
  [
    "file-not-listed",
    listed("Kernel/A.pm").replace("Filelist", "[[Filelist]]"),
    {
      disk: Object.fromEntries(
        ["Kernel/A.pm", "Kernel/Config/Files/XML/A.xml", "Kernel/B.pm"].map((path) => [path, file(9)]),
      ),
      messages: ["“Kernel/B.pm” is not packaged, because it is not listed."],
    },
  ],
  // They may be of the other spec, or have nothing in them.
  [
    "config-xml-not-listed",
    listed("Kernel/A.pm"),
    {
      disk: { "Kernel/A.pm": file(1), "Kernel/Config/Files/XML/A.xml": file(1) },
      specs: ["A.sopm", "B.sopm"],
    },
  ],
  [
    "config-xml-not-listed",
    listed("Kernel/A.pm"),
    { disk: { "Kernel/A.pm": file(1), "Kernel/Config/Files/XML/A.xml": file(0) } },
  ],
  ["config-xml-not-listed", "<Filelist/>", { disk: { "Kernel/Config/Files/XML/A.xml": file(1) } }],

  [
    "file-location-missing",
    '<Filelist>\n  <[[File]] Permission="660"/>\n</Filelist>',
    { fixed: "<Filelist>\n</Filelist>" },
  ],
  [
    "file-location-missing",
    '<File Permission="660" [[Location=""]]/>',
    {
      messages: ["Nothing is installed for this entry, because it has no Location."],
    },
  ],
  ["file-location-missing", '<File Permission="660" Location="bin/a"/>'],

  [
    "file-permission-missing",
    '<[[File]] Location="bin/znuny.Acme.pl"/>',
    {
      fixed: '<File Location="bin/znuny.Acme.pl" Permission="770"/>',
      messages: ["The installer skips this file, because it has no Permission."],
    },
  ],
  [
    "file-permission-missing",
    '<[[File]] Location="Kernel/A.pm"/>',
    {
      fixed: '<File Location="Kernel/A.pm" Permission="660"/>',
    },
  ],
  ["file-permission-missing", '<File Location="Kernel/A.pm" Permission=""/>'],

  [
    "file-permission-invalid",
    '<File Permission="[[rw-r--r--]]" Location="Kernel/A.pm"/>',
    {
      fixed: '<File Permission="660" Location="Kernel/A.pm"/>',
      messages: [
        "The file gets another mode than was meant, because “rw-r--r--” is not three or four digits from 0 to 7.",
      ],
    },
  ],
  [
    "file-permission-invalid",
    '<File Permission="[[888]]" Location="bin/a.pl"/>',
    {
      fixed: '<File Permission="770" Location="bin/a.pl"/>',
    },
  ],
  ["file-permission-invalid", '<File Permission="[[64]]" Location="a"/>'],
  [
    "file-permission-invalid",
    '<File [[Permission=""]] Location="a"/>',
    {
      fixed: '<File Permission="660" Location="a"/>',
      messages: ["The file gets whatever mode the server gives new files, because Permission is empty."],
    },
  ],
  ["file-permission-invalid", '<File Permission="0660" Location="a"/><File Permission="4755" Location="b"/>'],

  [
    "file-permission-policy",
    '<File Permission="[[644]]" Location="Kernel/A.pm"/>',
    {
      fixed: '<File Permission="660" Location="Kernel/A.pm"/>',
      messages: ["The Znuny code policy refuses 644 for this file: scripts have 770, all others 660."],
      severities: ["hint"],
    },
  ],
  ["file-permission-policy", '<File Permission="[[660]]" Location="bin/a.sh"/>'],
  ["file-permission-policy", '<File Permission="0770" Location="bin/a.psgi"/>'],
  [
    "file-permission-policy",
    '<File Permission="[[644]]" Location="Kernel/A.pm"/>',
    {
      ...{ dialect: "otobo-11", profile: "otobo-policy" },
      messages: ["The OTOBO code policy refuses 644 for this file: scripts have 770, all others 660."],
    },
  ],
  [
    "file-permission-policy",
    '<File Permission="644" Location="Kernel/A.pm"/>',
    { dialect: "otobo-11", profile: "znuny-policy" },
  ],
  ["file-permission-policy", '<File Permission="rw" Location="Kernel/A.pm"/>'],

  [
    "file-permission-not-executable",
    '<File Permission="[[660]]" Location="bin/znuny.Acme.pl"/>',
    {
      fixed: '<File Permission="770" Location="bin/znuny.Acme.pl"/>',
      messages: [
        "The program “bin/znuny.Acme.pl” cannot be started on the server, because Permission 660 has no x bit.",
      ],
    },
  ],
  [
    "file-permission-not-executable",
    '<File Permission="[[0644]]" Location="bin/cgi-bin/acme"/>',
    {
      fixed: '<File Permission="0755" Location="bin/cgi-bin/acme"/>',
    },
  ],
  ["file-permission-not-executable", '<File Permission="644" Location="bin/README.md"/>'],
  ["file-permission-not-executable", '<File Permission="644" Location="scripts/tools/a.pl"/>'],

  [
    "file-permission-world-writable",
    '<File Permission="[[0777]]" Location="var/a"/>',
    {
      fixed: '<File Permission="0775" Location="var/a"/>',
      messages: ["Every user of the server can change “var/a”, because Permission 0777 lets others write."],
    },
  ],
  ["file-permission-world-writable", '<File Permission="664" Location="var/a"/>'],

  [
    "file-not-found",
    '<File Permission="660" Location="[[Kernel/System/Amce.pm]]"/>',
    {
      disk: { "Kernel/System/Acme.pm": file(1) },
      fixed: '<File Permission="660" Location="Kernel/System/Acme.pm"/>',
      messages: [
        "The package cannot be built, because “Kernel/System/Amce.pm” does not exist. Did you mean “Kernel/System/Acme.pm”?",
      ],
    },
  ],
  [
    "file-not-found",
    '<File Location="[[Kernel/Acme.pm]]"/>',
    {
      disk: { "Kernel/System/Acme.pm": file(1) },
      fixed: '<File Location="Kernel/System/Acme.pm"/>',
    },
  ],
  // What is listed is not what another entry means.
  [
    "file-not-found",
    '<File Location="[[Kernel/Language/el_A.pm]]"/><File Location="Kernel/Language/es_A.pm"/>',
    {
      disk: { "Kernel/Language/es_A.pm": file(1) },
      messages: ["The package cannot be built, because “Kernel/Language/el_A.pm” does not exist."],
    },
  ],
  [
    "file-not-found",
    '<File Location="[[Kernel/Other.pm]]"/>',
    {
      disk: { "Kernel/System/Acme.pm": file(1) },
      fixed: "",
      messages: ["The package cannot be built, because “Kernel/Other.pm” does not exist."],
    },
  ],
  [
    "file-not-found",
    '<File Location="[[Kernel/Acme.pm]]"/>',
    {
      disk: { "Kernel/Acme.pm": { kind: "unreadable" } },
      messages: ["The package cannot be built, because “Kernel/Acme.pm” cannot be read."],
    },
  ],
  [
    "file-not-found",
    '<File Location="Kernel//System/./Acme.pm"/>',
    { disk: { "Kernel/System/Acme.pm": file(1) } },
  ],
  [
    "file-not-found",
    '<File Location="Kernel/Config.pm"/><File Location="/a"/><File Location=""/>',
    { disk: {} },
  ],
  ["file-not-found", '<File Location="Kernel/A.pm"/>', { disk: { "Kernel/A.pm": { kind: "directory" } } }],
  ["file-not-found", '<File Location="Kernel/A.pm"/>', { disk: {}, kind: "archive" }],
  ["file-not-found", '<File Location="Kernel/A.pm"/>'],
  // Whatever stands in a file list is taken for a file.
  ["file-not-found", '<Filelist><Datei Location="[[Kernel/A.pm]]"/></Filelist>', { disk: {} }],

  [
    "file-case-mismatch",
    '<File Location="[[Kernel/System/ACME.pm]]"/>',
    {
      disk: {
        "Kernel/System/ACME.pm": { kind: "missing", otherCase: "Kernel/System/Acme.pm" },
        "Kernel/System/Acme.pm": file(1),
      },
      fixed: '<File Location="Kernel/System/Acme.pm"/>',
      messages: [
        "On Linux the package cannot be built, or the framework does not find the file: it is called “Kernel/System/Acme.pm” on disk.",
      ],
    },
  ],
  [
    "file-case-mismatch",
    "<File Location='[[Kernel/it&apos;s.pm]]'/>",
    {
      disk: {
        "Kernel/it's.pm": { kind: "missing", otherCase: "Kernel/It's.pm" },
        "Kernel/It's.pm": file(1),
      },
      fixed: "<File Location='Kernel/It&apos;s.pm'/>",
    },
  ],
  [
    "file-not-found",
    '<File Location="Kernel/System/ACME.pm"/>',
    {
      disk: { "Kernel/System/ACME.pm": { kind: "missing", otherCase: "Kernel/System/Acme.pm" } },
    },
  ],

  // What opmbuild is told to pass over: lines as in `.gitignore`.
  [
    "file-not-listed",
    '<[[Filelist]]>\n    <File Permission="660" Location="Kernel/A.pm"/>\n</Filelist>',
    {
      disk: {
        "Kernel/A.pm": file(1),
        ...Object.fromEntries(
          ["scripts/dev/deep/x.pl", "Kernel/a.draft", "Kernel/keep.draft", "Kernel/B.pm"].map((path) => [
            path,
            file(1),
          ]),
        ),
      },
      texts: { ".opmbuild_filetest_ignore": "# ours\n/scripts/dev/\n*.draft\r\n!keep.draft\n" },
      messages: ["2 files are not packaged, because they are not listed: Kernel/B.pm, Kernel/keep.draft."],
    },
  ],
  [
    "file-not-listed",
    '<[[Filelist]]>\n    <File Location="Kernel/A.pm" Permission="644"/>\n</Filelist>',
    {
      disk: {
        "Kernel/A.pm": file(1),
        "bin/znuny.B.pl": file(1),
        "Kernel/C & D.pm": file(1),
        "doc/x.md": file(1),
        "Kernel/A.pm~": file(1),
        "var/.hidden/x": file(1),
        "var/log/x": file(1),
        "README.md": file(1),
      },
      messages: ["2 files are not packaged, because they are not listed: Kernel/C & D.pm, bin/znuny.B.pl."],
      fixed:
        '<Filelist>\n    <File Location="Kernel/A.pm" Permission="644"/>\n' +
        '    <File Location="Kernel/C &amp; D.pm" Permission="644"/>\n' +
        '    <File Location="bin/znuny.B.pl" Permission="755"/>\n</Filelist>',
    },
  ],
  [
    "file-not-listed",
    `<[[Filelist]]>${listed("Kernel/A.pm").slice(10)}`,
    {
      disk: { "Kernel/A.pm": file(1), "Kernel/B.pm": file(1) },
      messages: ["“Kernel/B.pm” is not packaged, because it is not listed."],
      fixed: listed("Kernel/A.pm", "Kernel/B.pm"),
    },
  ],
  [
    "file-not-listed",
    '<otrs_package>\r\n\t<[[Filelist]]>\r\n\t\t<File Permission="660" Location="Kernel/A.pm"/>\r\n\t</Filelist>\r\n</otrs_package>',
    {
      disk: { "Kernel/A.pm": file(1), "Kernel/B.pm": file(1) },
      fixed:
        '<otrs_package>\r\n\t<Filelist>\r\n\t\t<File Permission="660" Location="Kernel/A.pm"/>' +
        '\r\n\t\t<File Permission="660" Location="Kernel/B.pm"/>\r\n\t</Filelist>\r\n</otrs_package>',
    },
  ],
  [
    "file-not-listed",
    listed("Kernel/A.pm").replace("Filelist", "[[Filelist]]"),
    {
      disk: Object.fromEntries(["A", "B", "C", "D", "E", "F"].map((name) => [`Kernel/${name}.pm`, file(1)])),
      messages: [
        "5 files are not packaged, because they are not listed: Kernel/B.pm, Kernel/C.pm, Kernel/D.pm and 2 more.",
      ],
    },
  ],
  [
    "file-not-listed",
    listed("Kernel/A.pm"),
    {
      disk: { "Kernel/A.pm": file(1), "Kernel/System/Ticket.pm": file(1) },
      knowledge: framework,
    },
  ],
  // What cannot be installed is not added.
  [
    "file-not-listed",
    listed("Kernel/A.pm").replace("Filelist", "[[Filelist]]"),
    {
      disk: {
        "Kernel/A.pm": file(1),
        "Kernel/B.pm": file(0),
        "Kernel/C.pm": { kind: "file", size: 1, leavesBase: true },
        "Kernel/D.pm": file(1),
      },
      fixed: listed("Kernel/A.pm", "Kernel/D.pm"),
    },
  ],
  [
    "file-not-listed",
    listed("Kernel/System/A.pm"),
    { disk: { "Kernel/Here.pm": file(1) }, around: { "../src": ["Kernel/System/A.pm"] } },
  ],
  ["file-not-listed", listed("Kernel//A.pm"), { disk: { "Kernel/A.pm": file(1) } }],
  // What is listed in another spelling was not forgotten, and is told as such.
  [
    "file-not-listed",
    listed("/Kernel/A.pm", "kernel/b.pm"),
    { disk: { "Kernel/A.pm": file(1), "Kernel/B.pm": file(1) } },
  ],
  ["file-not-listed", listed("Kernel/A.pm"), { disk: { "Kernel/A.pm": file(1), "Kernel/a.pm": file(1) } }],
  ["file-not-listed", "<Filelist></Filelist>", { disk: { "Kernel/A.pm": file(1) } }],
  ["file-not-listed", listed("Kernel/A.pm")],

  [
    "file-duplicate",
    '<Filelist>\n  <File Location="bin/a"/>\n  <File Location="[[bin//a]]"/>\n  <File Location="[[./bin/a]]"/>\n</Filelist>',
    {
      fixed: '<Filelist>\n  <File Location="bin/a"/>\n  <File Location="./bin/a"/>\n</Filelist>',
      messages: [
        "The file is packed and installed twice, because “bin/a” is listed before.",
        "The file is packed and installed twice, because “bin/a” is listed before.",
      ],
      related: [["2:19 It stands here first."], ["2:19 It stands here first."]],
    },
  ],
  [
    "file-duplicate",
    '<Filelist><File Location="a"/><File Location="A"/></Filelist><Filelist><File Location="[[A]]"/></Filelist>',
  ],
  ["file-duplicate", '<Filelist><File Location=""/><File Location=""/><File/></Filelist>'],
  [
    "file-duplicate-case",
    '<Filelist><File Location="a"/><File Location="[[A]]"/><File Location="A"/></Filelist>',
    {
      related: [["1:41 The other one stands here."]],
      messages: ["Only one of “a” and “A” can exist on disks that ignore letter case: nothing else differs."],
      fixed: null,
    },
  ],

  [
    "file-forbidden-path",
    '<File Location="[[Custom/Kernel/Config.pm]]"/>',
    {
      fixed: "",
      messages: [
        "The framework silently leaves out “Custom/Kernel/Config.pm”, because the main configuration belongs to the system.",
      ],
    },
  ],
  ["file-forbidden-path", '<File Location="[[Kernel/ConfigXpm]]"/>'],
  [
    "file-forbidden-path",
    '<File Location="[[Kernel/Config/Files/ZZZACL.pm]]"/>',
    {
      dialect: "otobo-11",
      messages: [
        "The framework silently leaves out “Kernel/Config/Files/ZZZACL.pm”, because it writes that file itself.",
      ],
    },
  ],
  [
    "file-forbidden-path",
    '<File Location="Kernel/Config/Files/ZZZACL.pm"/><File Location="Kernel/Config.pm.dist"/>',
  ],
  [
    "file-forbidden-path",
    '<File Location="[[var/tmp/CacheFileStorable/x]]"/><File Location="[[var/log/x.log]]"/>',
    {
      messages: [
        "The framework silently leaves out “var/tmp/CacheFileStorable/x”, because it lies in the cache.",
        "The framework silently leaves out “var/log/x.log”, because it lies among the logs.",
      ],
    },
  ],
  [
    "file-forbidden-path",
    '<p><Framework>3.1.x</Framework><File Location="Kernel/Config.pm"/></p>',
    { dialect: "otrs-legacy" },
  ],
  [
    "file-forbidden-path",
    '<File Location="[[Kernel/Config.pm]]"/>',
    {
      dialect: "otrs-legacy",
      messages: [
        "The framework silently leaves out “Kernel/Config.pm”, because the main configuration belongs to the system. This holds from OTRS 3.2 on.",
      ],
    },
  ],
  [
    "file-forbidden-path",
    '<File Location="[[Kernel/Config/Files/ZZZACL.pm]]"/>',
    {
      dialect: "otobo-10",
      messages: [
        "The framework silently leaves out “Kernel/Config/Files/ZZZACL.pm”, because it writes that file itself. This holds from OTOBO 10.1 on.",
      ],
    },
  ],

  ["file-absolute", '<File Location="[[//]]Kernel/A.pm"/>', { fixed: '<File Location="Kernel/A.pm"/>' }],
  [
    "file-parent-traversal",
    '<File Location="var/[[../]]../x"/>',
    {
      fixed: null,
      messages: ["The framework silently leaves out “var/../../x”, because it contains “../”."],
    },
  ],
  [
    "file-parent-traversal",
    '<File Location="Kernel/Modules/[[../]]System/A.pm"/>',
    {
      fixed: '<File Location="Kernel/System/A.pm"/>',
    },
  ],
  ["file-parent-traversal", '<File Location="Kernel/A..pm"/>'],

  [
    "file-path-style",
    '<File Location="[[Kernel\\System\\A.pm]]"/>',
    {
      fixed: '<File Location="Kernel/System/A.pm"/>',
      messages: [
        "On Linux the backslash becomes part of a file's name: write the path as “Kernel/System/A.pm”.",
      ],
    },
  ],
  [
    "file-path-style",
    '<File Location="[[./Kernel//A.pm]]"/>',
    {
      fixed: '<File Location="Kernel/A.pm"/>',
      messages: [
        "The installer does not notice when another package owns this file, because it compares paths as texts: write “Kernel/A.pm”.",
      ],
    },
  ],
  ["file-path-style", '<File Location="[[ Kernel/A.pm ]]"/>', { fixed: '<File Location="Kernel/A.pm"/>' }],
  ["file-path-style", '<File Location="[[Kernel/]]"/>', { fixed: '<File Location="Kernel"/>' }],
  [
    "file-path-style",
    '<File Location="doc/My[[ ]]file (1).txt"/>',
    {
      fixed: null,
      messages: ["Tools and shells trip over “ ” in the name of a file, and code policies refuse it."],
    },
  ],
  ["file-path-style", '<File Location="[[doc/a &amp; b]]"/>'],
  [
    "file-path-style",
    '<File Location="var/httpd/htdocs/js/@scope/a-1_2+3.js"/><File Location="Kernel/Ä.pm"/>',
  ],

  [
    "file-toplevel",
    '<File Location="[[CHANGES.Acme]]"/>',
    {
      fixed: null,
      messages: [
        "Installing the package makes a new entry “CHANGES.Acme” in the framework's home. The framework looks for nothing there.",
      ],
    },
  ],
  [
    "file-toplevel",
    '<File Location="[[kernel]]/System/A.pm"/>',
    {
      fixed: '<File Location="Kernel/System/A.pm"/>',
      messages: [
        "Installing the package makes a new entry “kernel” in the framework's home. Did you mean “Kernel”?",
      ],
    },
  ],
  [
    "file-toplevel",
    '<File Location="./bin/a"/><File Location="/x"/><File Location="COPYING"/>',
    { knowledge: framework },
  ],

  [
    "file-empty",
    '<File Location="[[var/a]]"/><File Location="var/b"/>',
    {
      disk: { "var/a": file(0), "var/b": file(1) },
      fixed: '<File Location="var/b"/>',
      messages: [
        "The file can never be installed and the package never counts as correctly deployed, because “var/a” is empty.",
      ],
    },
  ],
  ["file-empty", '<File Location="var/log/a"/>', { disk: { "var/log/a": file(0) } }],

  [
    "file-is-directory",
    '<File Permission="660" Location="[[Kernel/Acme]]"/>',
    {
      disk: {
        "Kernel/Acme": { kind: "directory" },
        "Kernel/Acme/A.pm": file(1),
        "Kernel/Acme/B.pm": file(1),
      },
      fixed:
        '<File Permission="660" Location="Kernel/Acme/A.pm"/>\n        <File Permission="660" Location="Kernel/Acme/B.pm"/>',
      messages: [
        "Nothing of “Kernel/Acme” is packed, because it is a folder: it becomes an empty file, which cannot be installed.",
      ],
    },
  ],
  [
    "file-is-directory",
    '<File Location="[[var/pipe]]"/>',
    {
      disk: { "var/pipe": { kind: "special" } },
      messages: ["“var/pipe” cannot be packed, because it is neither a file nor a folder."],
      fixed: null,
    },
  ],

  [
    "file-symlink",
    '<File Location="[[var/a]]"/><File Location="var/b"/>',
    {
      disk: { "var/a": file(1, true), "var/b": file(1) },
      severities: ["warning"],
      messages: [
        "A file from outside the package would be packed, because “var/a” leads out of the base folder through a link.",
      ],
    },
  ],

  [
    "file-content-in-spec",
    '<File Location="var/a">\n  [[eA==]]\n</File>',
    { fixed: '<File Location="var/a"></File>' },
  ],
  ["file-content-in-spec", '<File Location="var/a">\n</File>'],
  ["file-content-in-spec", '<File Location="var/a">eA==</File>', { kind: "archive" }],
  [
    "file-encode-in-spec",
    '<File Location="var/a" [[Encode="Base64"]] Permission="660"/>',
    {
      fixed: '<File Location="var/a" Permission="660"/>',
    },
  ],
  ["file-encode-in-spec", '<File Location="var/a" Encode="Base64"/>', { kind: "archive" }],
  [
    "file-type-in-spec",
    '<File Location="var/a" [[Type="overwrite"]]/>',
    {
      fixed: '<File Location="var/a"/>',
      messages: ["Type=“overwrite” has no effect on a file: the installer knows “replace” alone."],
    },
  ],
  [
    "file-type-in-spec",
    '<File Location="var/a" [[Type="Replace"]]/>',
    {
      messages: [
        "The Znuny code policy refuses Type on a file, although the installer understands “replace”.",
      ],
    },
  ],
  [
    "file-type-in-spec",
    '<File Location="var/a" [[Type="Replace"]]/>',
    {
      ...{ dialect: "otobo-11", profile: "otobo-policy" },
      messages: [
        "The OTOBO code policy refuses Type on a file, although the installer understands “replace”.",
      ],
    },
  ],
  [
    "file-type-in-spec",
    '<File Location="var/a" Type="Replace"/>',
    { dialect: "otobo-11", profile: "znuny-policy" },
  ],
  ["file-type-in-spec", '<File Location="var/a" Type="Replace"/>', { profile: "framework" }],
  [
    "file-sopm-listed",
    '<File Location="[[Acme.sopm]]"/><File Location="doc/sopm.md"/>',
    {
      fixed: '<File Location="doc/sopm.md"/>',
    },
  ],

  [
    "file-framework-override",
    '<File Location="[[Kernel/System/Ticket.pm]]"/>',
    {
      knowledge: framework,
      messages: [
        "Installing replaces the framework's own “Kernel/System/Ticket.pm”, and from then on updates of the framework and of the package overwrite each other. Custom/Kernel/System/Ticket.pm would leave it in place.",
      ],
    },
  ],
  [
    "file-framework-override",
    '<File Location="[[COPYING]]"/>',
    {
      knowledge: framework,
      messages: [
        "Installing replaces the framework's own “COPYING”, and from then on updates of the framework and of the package overwrite each other.",
      ],
    },
  ],
  ["file-framework-override", '<File Location="Custom/Kernel/System/Ticket.pm"/>', { knowledge: framework }],
  ["file-framework-override", '<File Location="Kernel/System/Ticket.pm"/>'],

  [
    "file-otrs-name-in-otobo",
    '<File Location="[[bin/otrs.Acme.pl]]"/><File Location="[[scripts/tools/otrs-x.sh]]"/>',
    {
      dialect: "otobo-11",
    },
  ],
  [
    "file-otrs-name-in-otobo",
    '<File Location="bin/otobo.Acme.pl"/><File Location="scripts/test/otrs.t"/>',
    {
      dialect: "otobo-11",
    },
  ],
  ["file-otrs-name-in-otobo", '<File Location="bin/otrs.Acme.pl"/>', { dialect: "znuny-7" }],

  [
    "config-xml-outside",
    listed(
      "[[Kernel/Config/Files/A.xml]]",
      "[[Kernel/Config/Files/XML/a/B.xml]]",
      "[[Kernel/Config/Files/XML/C.XML]]",
    ),
    {
      messages: [
        "The settings in “Kernel/Config/Files/A.xml” are not loaded: they are read from Kernel/Config/Files/XML/ alone.",
        "The settings in “Kernel/Config/Files/XML/a/B.xml” are not loaded: folders inside Kernel/Config/Files/XML/ are not looked at.",
        "The settings in “Kernel/Config/Files/XML/C.XML” are not loaded: only files that end in “.xml”, in lower case, are read.",
      ],
    },
  ],
  [
    "config-xml-outside",
    listed("[[Kernel/Config/Files/A.xml]]"),
    {
      disk: { "Kernel/Config/Files/A.xml": file(1), "Kernel/Config/Files/XML/A.xml": file(1) },
      fixed: listed("Kernel/Config/Files/XML/A.xml"),
    },
  ],
  [
    "config-xml-outside",
    listed("[[Kernel/Config/Files/A.xml]]"),
    { disk: { "Kernel/Config/Files/A.xml": file(1) }, fixed: null },
  ],
  ["config-xml-outside", listed("Kernel/Config/Files/XML/A.xml", "Kernel/Config/Files/A.pm", "var/A.xml")],
  [
    "config-xml-outside",
    `<otrs_package><Framework>5.0.x</Framework>${listed("Kernel/Config/Files/A.xml")}</otrs_package>`,
  ],
  [
    "config-xml-outside",
    `<otrs_package><Framework>17.x.x</Framework>${listed("Kernel/Config/Files/A.xml")}</otrs_package>`,
  ],
  ["config-xml-outside", listed("Kernel/Config/Files/A.xml"), { dialect: "otrs-5" }],
  [
    "config-xml-legacy-location",
    listed("[[Kernel/Config/Files/XML/A.xml]]", "Kernel/Config/Files/A.xml"),
    {
      dialect: "otrs-5",
    },
  ],
  [
    "config-xml-legacy-location",
    `<otrs_package><Framework>6.0.x</Framework>${listed("Kernel/Config/Files/XML/A.xml")}</otrs_package>`,
    {
      dialect: "otrs-5",
    },
  ],

  ["language-file-name", '<File Location="[[Kernel/Language/Acme.pm]]"/>'],
  [
    "language-file-name",
    '<File Location="Kernel/Language/de_Acme.pm"/><File Location="Kernel/Language/sr_Latn_Acme.pm"/>',
  ],
  [
    "language-file-name",
    '<File Location="Kernel/Language/pt_BR_A.pm"/><File Location="Kernel/Language/xx.pm"/>',
  ],
  [
    "doc-pdf-location",
    '<File Location="[[doc/Acme.pdf]]"/><File Location="doc/en/Acme.pdf"/><File Location="doc/en/a.md"/>',
  ],
  ["unittest-location", '<File Location="[[Kernel/System/A.t]]"/><File Location="scripts/test/A/B.t"/>'],

  [
    "filelist-missing",
    "<[[otrs_package]]>\n    <Name>Acme</Name>\n</otrs_package>",
    {
      disk: { "Kernel/A.pm": file(1), "bin/b.pl": file(1) },
      fixed:
        '<otrs_package>\n    <Name>Acme</Name>\n    <Filelist>\n        <File Permission="660" Location="Kernel/A.pm"/>\n' +
        '        <File Permission="770" Location="bin/b.pl"/>\n    </Filelist>\n</otrs_package>',
      messages: ["Installing the package writes no files, because no file is listed."],
    },
  ],
  [
    "filelist-missing",
    "<otrs_package>\n    <[[Filelist]]/>\n</otrs_package>",
    {
      disk: { "Kernel/A.pm": file(1) },
      fixed:
        '<otrs_package>\n    <Filelist>\n        <File Permission="660" Location="Kernel/A.pm"/>\n    </Filelist>\n</otrs_package>',
    },
  ],
  [
    "filelist-missing",
    "<otrs_package>\n    <[[Filelist]]>\n        <!-- <File/> -->\n    </Filelist>\n</otrs_package>",
    {
      disk: { "Kernel/A.pm": file(1) },
      fixed:
        "<otrs_package>\n    <Filelist>\n        <!-- <File/> -->\n" +
        '        <File Permission="660" Location="Kernel/A.pm"/>\n    </Filelist>\n</otrs_package>',
    },
  ],
  ["filelist-missing", "<[[otrs_package]]/>", { fixed: null }],
  ["filelist-missing", "<otrs_package><!-- <Filelist>"],

  [
    "archive-too-large",
    `<[[Filelist]]>${listed("var/a", "var/b", "var/c").slice(10)}`,
    {
      disk: { "var/a": file(3 * 2 ** 20), "var/b": file(21 * 2 ** 20), "var/c": file(12) },
      severities: ["warning"],
      messages: [
        "opmbuild refuses the archive unless its limit is raised: it will have about 33 MiB, the most of it from var/b, var/a, var/c.",
      ],
    },
  ],
  [
    "archive-too-large",
    `<[[Filelist]]>${listed("var/a").slice(10)}`,
    {
      disk: { "var/a": file(60 * 2 ** 20) },
      severities: ["error"],
      messages: [
        "MySQL and MariaDB cannot store the archive as they are usually set up: it will have about 80 MiB, the most of it from var/a.",
      ],
    },
  ],
  ["archive-too-large", listed("var/a"), { disk: { "var/a": file(22 * 2 ** 20) } }],
];

for (const [id, text, expected] of rows) {
  test(`${id}: ${text.split("\n")[0]}${expected?.disk ? " on disk" : ""}`, () => {
    const { fixed } = expected ?? {};
    const [before, after] = surroundingsOf(text);
    checkRule(ruleOf(id), before + text + after, {
      ...expected,
      ...(typeof fixed === "string" && { fixed: before + fixed + after }),
    });
  });
}

/** Files stand in a list, and everything stands in a root. */
function surroundingsOf(text: string): readonly [before: string, after: string] {
  const name = /\w+/.exec(text)?.[0];
  if (name === "otrs_package") return ["", ""];
  if (name === "File") return ["<otrs_package><Filelist>", "</Filelist></otrs_package>"];
  return ["<otrs_package>", "</otrs_package>"];
}

function ruleOf(id: string): Rule {
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw new Error(`no rule ${id}`);
  return rule;
}
