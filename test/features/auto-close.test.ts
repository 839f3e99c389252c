import assert from "node:assert/strict";
import { test } from "node:test";
import { autoClose } from "../../server/src/features/auto-close.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { withCaret } from "../support/marked.ts";

const cases: readonly (readonly [name: string, markedText: string, inserted: string | undefined])[] = [
  ["a start tag", "<a><Name>|</a>", "$0</Name>"],
  ["a start tag with attributes", '<a><Description Lang="en">|</a>', "$0</Description>"],
  ["the root", "<otrs_package>|", "$0</otrs_package>"],
  ["before an element of the same name", "<a>\n<Name>|\n<Name>x</Name>\n</a>", "$0</Name>"],
  ["in an element of the same name, which lost its end tag", "<a><b>\n<b>|</b></a>", "$0</b>"],
  ["a closed element", "<a><Name>|</Name></a>", undefined],
  ["an element whose end tag is misspelt", "<a><Name>|</Nome></a>", undefined],
  ["an empty element", "<a><Name/>|</a>", undefined],
  ["an end tag", "<a><Name></Name>|</a>", undefined],
  ["an arrow in CDATA", "<a><![CDATA[ $x->|", undefined],
  ["a tag in CDATA", "<a><![CDATA[ <b>| ]]></a>", undefined],
  ["a tag in a comment", "<a><!-- <b>| --></a>", undefined],
  ["the end of a comment", "<a><!-- b -->|</a>", undefined],
  ["a bracket in a value", '<a b="x>|"></a>', undefined],
  ["a bracket in a text", "<a>1 >|</a>", undefined],
  ["the start of an end tag", "<a><Name>Acme</|</a>", "Name>"],
  ["the start of an end tag before more lines", "<a>\n<Name>Acme</|\n<Version>1</Version>\n</a>", "Name>"],
  ["the start of an end tag in front of its bracket", "<a><Name>Acme</|></a>", "Name"],
  ["the start of the last end tag", "<a><Name>Acme</Name>\n</|", "a>"],
  ["an outer element", "<a><b><c/></|</a>", "b>"],
  ["the start of an end tag where all is closed", "<a><Name>Acme</|</Name></a>", undefined],
  ["a slash in an end tag that is complete", "<a><Name>Acme</|Name></a>", undefined],
  ["the start of an end tag in CDATA", "<a><![CDATA[ </|", undefined],
  ["the start of an end tag in a comment", "<a><!-- </| --></a>", undefined],
  ["a slash that ends a tag", '<a>\n<File Location="x" /|\n<b/></a>', ">"],
  ["a slash right behind a value", '<a>\n<File Location="x"/|\n<b/></a>', ">"],
  ["a slash before its bracket", '<a><File Location="x" /|></a>', undefined],
  ["a slash in a value", '<a><File Location="Kernel/|"/></a>', undefined],
  ["a slash in a value without quotes", "<a><File Location=Kernel/|</a>", undefined],
  ["a slash in a text", "<a>and/|or</a>", undefined],
];

for (const [name, markedText, inserted] of cases) {
  test(`auto-close: ${name}`, () => {
    const { text, caret } = withCaret(markedText);
    assert.equal(autoClose(SyntaxTree.parse(text), caret), inserted);
  });
}
