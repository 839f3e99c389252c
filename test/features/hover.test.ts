import assert from "node:assert/strict";
import { test } from "node:test";
import { hover } from "../../server/src/features/hover.ts";
import { joinKnowledge } from "../../server/src/knowledge/join-knowledge.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { featureDocument, file, type Surroundings } from "../support/feature-document.ts";
import { withCaret } from "../support/marked.ts";

/** Of these releases of Znuny, the newest last. */
function znuny(...versions: readonly string[]) {
  return joinKnowledge(versions.map((version) => knowledgeFor("Znuny", version)));
}

interface Expected extends Surroundings {
  /** What the hover is about, as it stands in the text. */
  readonly on?: string;
  readonly says?: readonly (string | RegExp)[];
  readonly saysNot?: readonly RegExp[];
  /** True when there is nothing to say. */
  readonly silent?: boolean;
}

function checkHover(markedText: string, expected: Expected): void {
  const { text, caret } = withCaret(markedText);
  const shown = hover(featureDocument(text, expected), caret, english);
  if (expected.silent) {
    assert.equal(shown, undefined);
    return;
  }
  assert.ok(shown, "nothing is shown");
  const { span, markdown } = shown;
  assert.ok(span.start <= caret && caret <= span.end, "the hover is not at the caret");
  if (expected.on !== undefined) assert.equal(text.slice(span.start, span.end), expected.on);
  for (const part of expected.says ?? []) {
    if (typeof part === "string") assert.ok(markdown.includes(part), `“${part}” is not in:\n${markdown}`);
    else assert.match(markdown, part);
  }
  for (const part of expected.saysNot ?? []) assert.doesNotMatch(markdown, part);
}

const cases: readonly (readonly [name: string, markedText: string, expected: Expected])[] = [
  [
    "an element",
    "<otrs_package><Frame|work>7.1.x</Framework></otrs_package>",
    {
      on: "Framework",
      says: [
        "**`<Framework>`** A framework version the package runs on, such as `7.1.x`",
        "The text is compared with the whole version",
        "once or more · read by installer, index, online list, admin screen · kept by the builder",
        '```xml\n<Framework Minimum="7.0.4">7.0.x</Framework>\n```',
      ],
    },
  ],
  ["an end tag", "<otrs_package><Name>A</Na|me></otrs_package>", { on: "Name", says: ["exactly once"] }],
  [
    "an element with default and beginning",
    "<otrs_package><PackageIsVisi|ble/></otrs_package>",
    {
      says: ["at most once · counts as `1` when missing · since OTRS 4.0 · read by"],
    },
  ],
  [
    "an element that the builder drops",
    "<otrs_package><CV|S/></otrs_package>",
    { says: ["This is an old form", "dropped by the builder"] },
  ],
  [
    "an element the builder fills in",
    "<otrs_package><BuildDa|te/></otrs_package>",
    { says: ["filled in by the builder"] },
  ],
  [
    "an element of later releases",
    "<otrs_package><Framework>3.3.x</Framework><PackageMe|rge/></otrs_package>",
    { dialect: "otrs-legacy", says: ["Known from OTRS 4.0 on."] },
  ],
  [
    "an element of other products",
    "<otobo_package><Framework>11.0.x</Framework><IntroInstallP|re/></otobo_package>",
    { dialect: "otobo-11", says: ["Known only to OTRS 2 to 4, OTRS 5, OTRS 6"] },
  ],
  ["nothing about an element nobody knows", "<otrs_package><Fo|o/></otrs_package>", { silent: true }],
  ["nothing in a text", "<otrs_package><Name>Ac|me</Name></otrs_package>", { silent: true }],
  ["nothing between attributes", '<otrs_package><File A="1" | B="2"/></otrs_package>', { silent: true }],
  [
    "an attribute",
    '<otrs_package><Filelist><File Perm|ission="660"/></Filelist></otrs_package>',
    { on: "Permission", says: ["**`Permission`** (`<File>`) The mode of the installed file", "required"] },
  ],
  [
    "an attribute with values",
    '<otrs_package><Description For|mat="plain">x</Description></otrs_package>',
    { says: ["one of `plain`, `html`, in any letter case"] },
  ],
  [
    "nothing about an attribute nobody knows",
    '<otrs_package><Name a|="1"/></otrs_package>',
    { silent: true },
  ],
  [
    "a file",
    '<otrs_package><Filelist><File Location="a/b|.pm"/></Filelist></otrs_package>',
    {
      on: "a/b.pm",
      disk: { "a/b.pm": file(1234) },
      says: [/^1234 bytes\n/, "Where the file goes"],
      saysNot: [/file of this name/],
    },
  ],
  [
    "a file of the framework",
    '<otrs_package><Filelist><File Location="a/|/b.pm"/></Filelist></otrs_package>',
    {
      disk: { "a/b.pm": file(1) },
      knowledge: { release: "Znuny 7.1.7", isFrameworkFile: (path) => path === "a/b.pm" },
      says: [/^1 byte\n\nIn Znuny 7\.1\.7 there is a file of this name\./],
    },
  ],
  [
    "a file that is not there",
    '<otrs_package><Filelist><File Location="a|"/></Filelist></otrs_package>',
    { disk: {}, says: [/^There is no such file/] },
  ],
  [
    "a file in other letters",
    '<otrs_package><Filelist><File Location="a|"/></Filelist></otrs_package>',
    { disk: { a: { kind: "missing", otherCase: "A" } }, says: ["but `A`."] },
  ],
  [
    "an empty file",
    '<otrs_package><Filelist><File Location="a|"/></Filelist></otrs_package>',
    { disk: { a: file(0) }, says: ["not installed"] },
  ],
  [
    "a folder",
    '<otrs_package><Filelist><File Location="a|"/></Filelist></otrs_package>',
    { disk: { a: { kind: "directory" } }, says: ["This is a folder."] },
  ],
  [
    "a file in an archive",
    '<otrs_package><Filelist><File Location="a|">QUJD</File></Filelist></otrs_package>',
    { kind: "archive", disk: {}, says: [/^3 bytes/] },
  ],
  [
    "a table of the framework",
    '<otrs_package><DatabaseInstall><Insert Table="use|rs"/></DatabaseInstall></otrs_package>',
    {
      knowledge: {
        release: "Znuny 7.1.7",
        table: (name) => ({
          name,
          columns: [
            {
              name: "login",
              type: "VARCHAR",
              size: "200",
              required: true,
              primaryKey: false,
              autoIncrement: false,
              default: undefined,
            },
          ],
          indexes: [],
          uniques: [],
          foreignKeys: [],
        }),
      },
      says: ["A table of Znuny 7.1.7:\n\n- `login` VARCHAR(200) NOT NULL"],
    },
  ],
  [
    "a table of some of the releases",
    '<otrs_package><DatabaseInstall><Insert Table="cloud_service_|config"/></DatabaseInstall></otrs_package>',
    { knowledge: znuny("6.4.5", "6.5.4", "7.0.9"), says: [/^A table of Znuny 6\.5\.4:\n\n- `id` INTEGER/] },
  ],
  [
    "a file of some of the releases",
    '<otrs_package><Filelist><File Location="Kernel/System/Cloud|Service/Backend/Run.pm"/></Filelist></otrs_package>',
    { knowledge: znuny("6.4.5", "6.5.4", "7.0.9"), says: [/^In Znuny 6\.4\.5–6\.5\.4 there is a file/] },
  ],
  [
    "a phase",
    '<otrs_package><CodeInstall Type="p|re"/></otrs_package>',
    { on: "pre", says: [/^Runs first in an installation/, "one of `pre`, `post`"] },
  ],
  [
    "a section without phase",
    "<otrs_package><CodeUninst|all/></otrs_package>",
    { says: [/^Runs last in an uninstallation/] },
  ],
  [
    "a section that takes over the phase before it",
    '<otrs_package><DatabaseInstall Type="pre"/><DatabaseIn|stall/></otrs_package>',
    { says: [/^Runs in an installation before the files are written/] },
  ],
  [
    "a phase in wrong letters",
    '<otrs_package><DatabaseInstall Type="P|re"/></otrs_package>',
    { says: [/^This section never runs/] },
  ],
  [
    "a phase of code in other letters",
    '<otrs_package><CodeInstall Type="P|RE"/></otrs_package>',
    { says: [/^Runs first/] },
  ],
  [
    "a text that may still be shown",
    '<otrs_package><IntroInstall Type="x|"/></otrs_package>',
    { says: [/^\*\*`Type`/] },
  ],
  [
    "code in a phase that is not there",
    '<otrs_package><CodeInstall Type="merge|"/></otrs_package>',
    { says: [/^This section never/] },
  ],
  [
    "a pattern for phases is left to its author",
    '<otrs_package><CodeInstall Ty|pe="pre&#124;post"/></otrs_package>',
    { says: [/^\*\*`Type`/] },
  ],
  [
    "a phase that no framework executes",
    '<otrs_package><DatabaseUpgrade Type="p|re"/></otrs_package>',
    { says: [/^This section never runs: no framework/] },
  ],
  [
    "a section that never runs",
    "<otrs_package><DatabaseRein|stall/></otrs_package>",
    { says: [/^This section never runs: reinstalling/] },
  ],
  [
    "a text that is never shown",
    "<otrs_package><IntroUninst|all/></otrs_package>",
    { says: [/^Never shown/] },
  ],
  [
    "a gate of code",
    '<otrs_package><Version>1.1.0</Version><CodeUpgrade Version="1.|1.0"/></otrs_package>',
    { on: "1.1.0", says: [/^Runs only when the installed version is lower than `1\.1\.0`/] },
  ],
  [
    "a gate of code above the package",
    '<otrs_package><Version>1.1.0</Version><CodeUpgrade Version="1.|2.0"/></otrs_package>',
    { says: [/^Never runs in this package: its version is `1\.1\.0`/] },
  ],
  [
    "a gate of merge code",
    '<otrs_package><Version>1.1.0</Version><CodeUpgrade Type="merge" Ver|sion="1.2.0"/></otrs_package>',
    { says: ["`TargetVersion`"] },
  ],
  [
    "a gate of a table",
    '<otrs_package><Version>1.1.0</Version><DatabaseUpgrade><TableAlter Version="1.|1.0"/></DatabaseUpgrade></otrs_package>',
    { says: [/^Runs when the installed version is lower than `1\.1\.0`\.\n/] },
  ],
  [
    "a gate of a table above the package",
    '<otrs_package><Version>1.1.0</Version><DatabaseUpgrade><TableAlter Version="1.|2.0"/></DatabaseUpgrade></otrs_package>',
    { says: ["so now and at every upgrade"] },
  ],
  [
    "a version without meaning",
    '<otrs_package><DatabaseInstall><TableCreate Version="1.|2.0"/></DatabaseInstall></otrs_package>',
    { says: [/^This version has no meaning here/] },
  ],
  [
    "a gate in a section that never runs",
    '<otrs_package><Version>1.1.0</Version><DatabaseUpgrade Type="pre"><TableAlter Version="1.|0.0"/></DatabaseUpgrade></otrs_package>',
    { says: ["**`Version`**"], saysNot: [/^Runs/] },
  ],
  [
    "a gate of code that never runs",
    '<otrs_package><Version>1.1.0</Version><CodeUpgrade Type="never" Version="1.|0.0"/></otrs_package>',
    { says: ["**`Version`**"], saysNot: [/^Runs/] },
  ],
  [
    "a statement of an upgrade without a gate",
    '<otrs_package><DatabaseUpgrade Type="post"><Table|Alter/></DatabaseUpgrade></otrs_package>',
    { says: [/^Never runs: in a `DatabaseUpgrade` only what has a `Version` does\./] },
  ],
  [
    "code of an upgrade without a gate",
    '<otrs_package><Code|Upgrade Type="post"/></otrs_package>',
    { says: [/^Runs last in an upgrade.*\n\nRuns in every upgrade, because it has no `Version`\./] },
  ],
  [
    "a version of another package is no gate",
    '<otrs_package><PackageRequired Version="1.|2.0"/></otrs_package>',
    { says: [/^\*\*`Version`/] },
  ],
];

for (const [name, markedText, expected] of cases) {
  test(`hover: ${name}`, () => checkHover(markedText, expected));
}

test("hover: text of the package does not become markup", () => {
  const trick = "`](https://evil.example/) ![x](https://evil.example/x.png) ``";
  const { text, caret } = withCaret(`<otrs_package><CodeUpgrade Ver|sion="${trick}"/></otrs_package>`);
  const { markdown } = hover(featureDocument(text), caret, english)!;
  assert.ok(markdown.includes(`\`\`\` ${trick} \`\`\``), markdown);
});
