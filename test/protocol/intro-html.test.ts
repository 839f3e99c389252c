import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { CompletionItem, CompletionList, Hover, MarkupContent } from "vscode-languageserver";
import { goodSpec } from "../support/cli-package.ts";
import { LanguageClient } from "../support/language-client.ts";

const uri = "untitled:Acme.sopm";
const intros = [
  "<IntroInstall Lang='en' Title='😀'><![CDATA[<p>a</p><img src='b.png'/><]]></IntroInstall>",
  "<IntroInstall Lang='de' Title='A'>&lt;ul&gt;</IntroInstall>",
];
const spec = goodSpec.replace("    <Filelist>", `${intros.join("\n")}\n    <Filelist>`);

/** Where a text ends that the spec has once. */
function behind(text: string) {
  const before = spec.slice(0, spec.indexOf(text) + text.length).split("\n");
  return { line: before.length - 1, character: before.at(-1)!.length };
}

describe("HTML in texts for administrators over stdio", () => {
  let client: LanguageClient;
  before(async () => {
    client = new LanguageClient();
    await client.initialize({
      locale: "de",
      capabilities: { textDocument: { hover: { contentFormat: ["markdown"] } } },
    });
    await client.open(uri, spec);
  });
  after(() => client.stop());

  test("tags are offered, and tell more of themselves when one is looked at", async () => {
    const { items } = await client.request<CompletionList>("textDocument/completion", {
      textDocument: { uri },
      position: behind("'b.png'/><"),
      context: { triggerKind: 2, triggerCharacter: "<" },
    });
    const item = items.find(({ label }) => label === "strong")!;
    assert.equal(item.documentation, undefined);
    assert.ok(!items.some(({ label }) => label === "script"));
    const told = await client.request<CompletionItem>("completionItem/resolve", item);
    assert.match((told.documentation as MarkupContent).value, /strong element/);
  });

  test("a tag that the admin screen takes out is told as such", async () => {
    const hover = await client.request<Hover>("textDocument/hover", {
      textDocument: { uri },
      position: behind("<im"),
    });
    assert.deepEqual(hover.range, { start: behind("<p>a</p><"), end: behind("<img") });
    assert.match((hover.contents as MarkupContent).value, /^Die Admin-Oberfläche nimmt das heraus/);
  });

  test("a tag is closed as the text around is written", async () => {
    const position = behind("&lt;ul&gt;");
    assert.equal(await client.request("sopm/autoClose", { uri, position }), "$0&lt;/ul&gt;");
  });
});
