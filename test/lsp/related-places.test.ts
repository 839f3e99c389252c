import assert from "node:assert/strict";
import { test } from "node:test";
import { clientCapabilities } from "../../server/src/lsp/client-capabilities.ts";
import { type Home, toDiagnostic } from "../../server/src/lsp/convert.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { SourceText } from "../../server/src/text/source-text.ts";
import { fullClient } from "../support/language-client.ts";
import { memoryWorld } from "../support/memory-world.ts";

const home: Home = {
  uri: "file:///ws/Acme.sopm",
  source: SourceText.of("<a>\n<b/>\n</a>"),
  baseFolder: "/ws/src",
};

const finding: Finding = {
  rule: "any",
  severity: "error",
  message: "“{name}” is there twice.",
  arguments: { name: "b" },
  span: { start: 0, end: 1 },
  related: [
    { message: "It stands here first.", span: { start: 4, end: 6 } },
    {
      message: "It is absorbed here.",
      span: { start: 2, end: 3 },
      file: { path: "Kernel/A.xml", text: "\n\nx" },
    },
    {
      message: "This is the one that counts.",
      document: "/other/Other.sopm",
      start: { line: 7, character: 1 },
      end: { line: 7, character: 4 },
    },
  ],
};

function diagnosticFor(client: Parameters<typeof clientCapabilities>[0]) {
  return toDiagnostic(home.source, finding, home, {
    world: memoryWorld(),
    client: () => clientCapabilities(client),
  });
}

test("a client that can is led to the other places, in whichever file they are", () => {
  const { message, relatedInformation } = diagnosticFor(fullClient);
  assert.equal(message, "“b” is there twice.");
  assert.deepEqual(
    relatedInformation?.map(({ location: { uri, range }, message: said }) => [uri, range.start, said]),
    [
      [home.uri, { line: 1, character: 0 }, "It stands here first."],
      ["file:///ws/src/Kernel/A.xml", { line: 2, character: 0 }, "It is absorbed here."],
      ["file:///other/Other.sopm", { line: 7, character: 1 }, "This is the one that counts."],
    ],
  );
});

test("a client that cannot is told where they are", () => {
  const { message, relatedInformation } = diagnosticFor({ capabilities: {} });
  assert.equal(relatedInformation, undefined);
  assert.deepEqual(String(message).split("\n"), [
    "“b” is there twice.",
    "Acme.sopm, line 2: It stands here first.",
    "A.xml, line 3: It is absorbed here.",
    "Other.sopm, line 8: This is the one that counts.",
  ]);
});
