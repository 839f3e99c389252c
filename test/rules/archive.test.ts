import { checkRows, inRoot, type RuleRow } from "../support/rule-rows.ts";

const file = (attributes: string, text: string) =>
  inRoot(`<Filelist><File Location="a.pm"${attributes}>${text}</File></Filelist>`);
const base64 = ' Encode="Base64"';
const archive = { kind: "archive" } as const;

const rows: readonly RuleRow[] = [
  ["opm-file-not-base64", file(base64, "MTsK"), archive],
  ["opm-file-not-base64", file(base64, "MTsK\nMTs=\n"), archive],
  ["opm-file-not-base64", file(base64, ""), archive],
  ["opm-file-not-base64", file("", "1;")],
  [
    "opm-file-not-base64",
    file(' Encode="[[base64]]"', "MTsK"),
    {
      ...archive,
      severities: ["error"],
      fixed: file(base64, "MTsK"),
      messages: [
        "“a.pm” is installed as the text that stands here, because Encode is “base64” and only “Base64” is decoded.",
      ],
    },
  ],
  ["opm-file-not-base64", file(' Encode="[[none]]"', "use strict;"), { ...archive, fixed: null }],
  [
    "opm-file-not-base64",
    inRoot('<Filelist><[[File]] Location="a.pm">MTsK</File></Filelist>'),
    { ...archive, severities: ["error"], fixed: file(base64, "MTsK") },
  ],
  [
    "opm-file-not-base64",
    inRoot('<Filelist><[[File]] Location="a.pm">use strict;</File></Filelist>'),
    {
      ...archive,
      severities: ["warning"],
      fixed: null,
      messages: [
        "“a.pm” is installed as the text that stands here, because it has no Encode and is not decoded.",
      ],
    },
  ],
  [
    "opm-file-not-base64",
    file(base64, "[[***not base64***]]"),
    {
      ...archive,
      messages: [
        "“a.pm” is installed with another content than was packed, because “*” is no letter of Base64 and is passed over.",
      ],
    },
  ],
  [
    "opm-file-not-base64",
    file(base64, "[[MTs=MTs=]]"),
    {
      ...archive,
      messages: [
        "“a.pm” is installed without its end, because what stands behind the first “=” is not decoded.",
      ],
    },
  ],

  ["file-empty", inRoot('<Filelist><File Location="[[a.pm]]" Encode="Base64"></File></Filelist>'), archive],
  ["file-empty", inRoot('<Filelist><File Location="a.pm" Encode="Base64">MTsK</File></Filelist>'), archive],

  [
    "opm-filename-mismatch",
    inRoot("<Name>[[Acme]]</Name><Version>1.0.0</Version>"),
    {
      ...archive,
      fileName: "Bad-1.0.0.opm",
      messages: [
        "Whoever goes by the name of the file takes this for another package, because it is called Bad-1.0.0.opm and not Acme-1.0.0.opm.",
      ],
    },
  ],
  [
    "opm-filename-mismatch",
    inRoot("<Name>Acme</Name><Version>[[1.0.1]]</Version>"),
    { ...archive, fileName: "Acme-1.0.0.opm" },
  ],
  [
    "opm-filename-mismatch",
    inRoot("<Name>Acme</Name><Version>1.0.0</Version>"),
    { ...archive, fileName: "Acme-1.0.0.opm" },
  ],
  ["opm-filename-mismatch", inRoot("<Name>Acme</Name><Version>1.0.0</Version>"), archive],
  ["opm-filename-mismatch", inRoot("<Name>Acme</Name>"), { ...archive, fileName: "A.opm" }],

  [
    "opm-build-fields-missing",
    "<[[otrs_package]]><BuildDate></BuildDate><BuildHost>a</BuildHost></otrs_package>",
    {
      ...archive,
      messages: ["Two builds of this version cannot be told apart, because the archive has no BuildDate."],
    },
  ],
  [
    "opm-build-fields-missing",
    inRoot("<BuildDate>2024-05-02 10:00:00</BuildDate><BuildHost>a</BuildHost>"),
    archive,
  ],
  ["opm-build-fields-missing", inRoot("<Name>A</Name>")],
];

checkRows(rows);
