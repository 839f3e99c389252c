import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { codePolicies } from "../../server/src/dialect/code-policies.ts";
import { orderElements } from "../../server/src/features/organize/order-elements.ts";
import { organizeFiles } from "../../server/src/features/organize/organize-files.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { elementOrder } from "../../server/src/rules/document/element-order.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { featureDocument } from "../support/feature-document.ts";
import { sharedFolder } from "../support/shared.ts";

const policy = codePolicies.find(({ product }) => product === "Znuny");

type Organize = (text: string) => string;

const sortFiles: Organize = (text) => applyEdits(text, organizeFiles(specOf(SyntaxTree.parse(text))));
const order: Organize = (text) =>
  applyEdits(text, orderElements(specOf(SyntaxTree.parse(text)), policy!, "znuny-7"));

const inList = (lines: string) => `<otrs_package>\n<Filelist>\n${lines}\n</Filelist>\n</otrs_package>`;
const inRoot = (lines: string) => `<otrs_package>\n${lines}\n</otrs_package>`;

/** Absent: nothing changes. */
const fileCases: Readonly<Record<string, readonly [text: string, expected?: string]>> = {
  "by Location, as computers compare letters": [
    inList(
      '<File Location="var/b"/>\n<File Location="Kernel/b"/>\n<File Location="Kernel/B"/>\n<File Location="a"/>',
    ),
    inList(
      '<File Location="Kernel/B"/>\n<File Location="Kernel/b"/>\n<File Location="a"/>\n<File Location="var/b"/>',
    ),
  ],
  "comments move with the file that they precede, and with the one whose line they end": [
    inList(
      '<!-- of b -->\n<!-- sopm-disable-next-line x -->\n<File Location="b"/> <!-- sopm-disable-line y -->\n\n<File Location="a"/>\n<!-- the end -->',
    ),
    inList(
      '<File Location="a"/>\n\n<!-- of b -->\n<!-- sopm-disable-next-line x -->\n<File Location="b"/> <!-- sopm-disable-line y -->\n<!-- the end -->',
    ),
  ],
  "one that speaks for the file stays": [
    inList('<!-- sopm-disable-file x -->\n<File Location="b"/>\n<File Location="a"/>'),
    inList('<!-- sopm-disable-file x -->\n<File Location="a"/>\n<File Location="b"/>'),
  ],
  "what is listed twice keeps its order": [
    inList(
      '<File Location="b" Permission="660"/>\n<File Location="a"/>\n<File Location="b" Permission="770"/>',
    ),
    inList(
      '<File Location="a"/>\n<File Location="b" Permission="660"/>\n<File Location="b" Permission="770"/>',
    ),
  ],
  "each list by itself": [
    inRoot(
      '<Filelist><File Location="b"/><File Location="a"/></Filelist><Filelist><File Location="A"/></Filelist>',
    ),
    inRoot(
      '<Filelist><File Location="a"/><File Location="b"/></Filelist><Filelist><File Location="A"/></Filelist>',
    ),
  ],
  "a sorted list stays": [inList('<File Location="a"/>\n<File Location="b"/>')],
  "so does one with something else in it": [inList('<File Location="b"/>\n<File/>\n<File Location="a"/>')],
  "or with a text": [inList('<File Location="b"/>\nx\n<File Location="a"/>')],
  "or with something broken": [inList('<File Location="b"/>\n<File Location="a">\n<File Location="0"/>')],
};

for (const [name, [text, expected = text]] of Object.entries(fileCases)) {
  test(`organize files: ${name}`, () => checkTwice(sortFiles, text, expected));
}

const orderCases: Readonly<Record<string, readonly [text: string, expected?: string]>> = {
  "as the policy wants them, each with its comments": [
    inRoot("<!-- whose -->\n<Vendor>A</Vendor>\n\n<Version>1</Version> <!-- now -->\n<Name>B</Name>"),
    inRoot("<Name>B</Name>\n\n<Version>1</Version> <!-- now -->\n<!-- whose -->\n<Vendor>A</Vendor>"),
  ],
  "what has one place keeps its order": [
    inRoot(
      '<CodeInstall Type="post">a</CodeInstall>\n<Filelist/>\n<DatabaseInstall/>\n<CodeInstall Type="pre">b</CodeInstall>',
    ),
    inRoot(
      '<Filelist/>\n<CodeInstall Type="post">a</CodeInstall>\n<DatabaseInstall/>\n<CodeInstall Type="pre">b</CodeInstall>',
    ),
  ],
  "what the policy does not know stays behind its neighbour": [
    inRoot("<CVS>c</CVS>\n<Vendor>A</Vendor>\n<Nope/>\n<Name>B</Name>"),
    inRoot("<CVS>c</CVS>\n<Name>B</Name>\n<Vendor>A</Vendor>\n<Nope/>"),
  ],
  "nothing changes where another version would count": [
    inRoot("<PackageMerge><Version>2</Version></PackageMerge>\n<Version>1</Version>"),
  ],
  "nor in what is broken": [inRoot("<Version>1</Version>\n<Name>A")],
};

for (const [name, [text, expected = text]] of Object.entries(orderCases)) {
  test(`order elements: ${name}`, () => checkTwice(order, text, expected));
}

function checkTwice(organize: Organize, text: string, expected: string): void {
  assert.equal(organize(text), expected);
  assert.equal(organize(expected), expected, "a second time");
}

const corpus = sharedFolder("corpus");

test("organize: real specs keep their elements and files, and come to an end", { skip: !corpus }, () => {
  let [moved, sorted] = [0, 0];
  for (const name of readdirSync(corpus!, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".sopm")) continue;
    const { text } = decodeText(readFileSync(join(corpus!, name)));
    for (const organize of [order, sortFiles]) {
      const once = organize(text);
      assert.equal(organize(once), once, name);
      assert.deepEqual(linesIn(once), linesIn(text), name);
      if (once === text) continue;
      if (organize === order) {
        moved++;
        const document = featureDocument(once);
        assert.deepEqual([...elementOrder.check(document.spec, document.context)], [], name);
      } else {
        sorted++;
        assert.deepEqual(locationsIn(once), locationsIn(text).sort(), name);
      }
    }
  }
  assert.ok(moved > 20 && sorted > 20, `${moved} moved, ${sorted} sorted`);
});

/** Whatever changes places, changes nothing else. */
function linesIn(text: string): readonly string[] {
  return text.split(/\s+/).sort();
}

function locationsIn(text: string): string[] {
  return [...SyntaxTree.parse(text).elements()].flatMap((element) =>
    element.parent?.name === "Filelist" ? (element.value("Location") ?? []) : [],
  );
}
