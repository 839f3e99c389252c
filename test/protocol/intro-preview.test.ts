import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { IntroPreviewResult } from "../../server/src/protocol/intro-preview.ts";
import { goodSpec } from "../support/cli-package.ts";
import { LanguageClient } from "../support/language-client.ts";

const uri = "untitled:Acme.sopm";
const intro =
  '<IntroInstall Type="pre" Lang="de" Title="Hallo"><![CDATA[<b>Welt</b><script>x</script>]]></IntroInstall>';
const spec = goodSpec.replace("    <Filelist>", `    ${intro}\n    <Filelist>`);

describe("the preview of texts for administrators over stdio", () => {
  let client: LanguageClient;
  before(async () => {
    client = new LanguageClient();
    await client.initialize({ locale: "de" });
    await client.open(uri, spec);
  });
  after(() => client.stop());

  const preview = (asked = uri) =>
    client.request<IntroPreviewResult | null>("sopm/introPreview", { uri: asked });

  test("it is HTML in the reader's language, sanitised, with its style", async () => {
    const shown = await preview();
    assert.ok(shown?.isReadable);
    assert.match(
      shown.html,
      /<h2>Installieren, vorher<\/h2>.*Für Leser mit der Sprache de.*<h3>Hallo<\/h3><b>Welt<\/b>/s,
    );
    assert.doesNotMatch(shown.html, /script/);
    assert.match(shown.style, /--vscode-editor-background/);
  });

  test("it follows what is typed, and tells when nothing can be read", async () => {
    const line = spec.split("\n").findIndex((each) => each.includes("IntroInstall"));
    const character = spec.split("\n")[line]!.indexOf("Hallo");
    const start = { line, character };
    await client.change(uri, [{ range: { start, end: { line, character: character + 5 } }, text: "Servus" }]);
    assert.match((await preview())!.html, /<h3>Servus<\/h3>/);
    await client.change(uri, [{ range: { start, end: start }, text: '"<' }]);
    assert.equal((await preview())!.isReadable, false);
  });

  test("a document that is not open has none", async () => {
    assert.equal(await preview("untitled:Other.sopm"), null);
  });
});
