import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { ChangeFileListResult, FileBadge } from "../../server/src/protocol/files.ts";
import { SourceText } from "../../server/src/text/source-text.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { goodSpec } from "../support/cli-package.ts";
import { fileUri, fullClient, LanguageClient } from "../support/language-client.ts";

const entry = (location: string) => `        <File Permission="660" Location="${location}"/>\n`;
const listing = (...locations: readonly string[]) =>
  goodSpec.replace(entry("Kernel/System/Acme.pm"), locations.map(entry).join(""));

const hostile = "Kernel/It's 50% & ä 日本.pm";
const many = Array.from({ length: 500 }, (_, number) => `Kernel/System/Many/Part${number}.pm`);
/** With a mistake, so that something is said of it while it is closed. */
const closedSpec = listing(...many).replace("<Vendor>Acme Inc.</Vendor>", "");
const openSpec = listing(hostile.replace("&", "&amp;"), "Kernel/Other.pm");

const files: Readonly<Record<string, string>> = {
  "open/Acme.sopm": openSpec,
  [`open/${hostile}`]: "1;\n",
  "open/Kernel/Other.pm": "1;\n",
  "open/var/httpd/a.js": "1;\n",
  "open/var/httpd/made.js": "1;\n",
  "open/.gitignore": "made.js\n",
  "closed/Many.sopm": closedSpec,
  ...Object.fromEntries(many.map((path) => [`closed/${path}`, "1;\n"])),
};

describe("files of packages, over stdio", () => {
  let client: LanguageClient;
  let folder: string;
  const uriOf = (path: string) => fileUri(join(folder, path));

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "sopm-files-"));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    client = new LanguageClient();
    const checked = client.diagnostics((each) => each.uri === uriOf("closed/Many.sopm"));
    const { capabilities } = fullClient;
    await client.initialize({
      capabilities: {
        ...capabilities,
        workspace: {
          ...capabilities.workspace,
          fileOperations: { willRename: true, willDelete: true, didRename: true, didDelete: true },
        },
      },
      workspaceFolders: [{ uri: fileUri(folder), name: "ws" }],
    });
    const opened = client.diagnostics(
      (each) => each.uri === uriOf("open/Acme.sopm") && each.diagnostics.length > 0,
    );
    await Promise.all([checked, opened, client.open(uriOf("open/Acme.sopm"), openSpec)]);
  });

  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  function edited(text: string, edits: readonly Pick<TextEdit, "range" | "newText">[]): string {
    const source = SourceText.of(text);
    return applyEdits(
      text,
      edits.map(({ range, newText }) => ({
        span: { start: source.offsetAt(range.start), end: source.offsetAt(range.end) },
        newText,
      })),
    );
  }

  /** The only spec that an edit is about, afterwards. */
  function after1(edit: WorkspaceEdit | null, text: string): string {
    const [document, ...others] = edit!.documentChanges as TextDocumentEdit[];
    assert.equal(others.length, 0);
    return edited(text, document!.edits as TextEdit[]);
  }

  const rename = (...moves: readonly (readonly [string, string])[]) =>
    client.request<WorkspaceEdit | null>("workspace/willRenameFiles", {
      files: moves.map(([from, to]) => ({ oldUri: uriOf(from), newUri: uriOf(to) })),
    });

  test("the editor is asked before and tells nothing that was answered", () => {
    assert.deepEqual(Object.keys(client.capabilities.workspace!.fileOperations!), [
      "willRename",
      "willDelete",
      "didRename",
      "didDelete",
    ]);
  });

  test("500 files that move one by one, and in a folder, are one edit of a closed spec", async () => {
    const expected = closedSpec.replaceAll("System/Many", "Moved");
    const one = await rename(
      ...many.map((path) => [`closed/${path}`, `closed/${path.replace("System/Many", "Moved")}`] as const),
    );
    assert.equal(after1(one, closedSpec), expected);
    assert.equal(
      after1(await rename(["closed/Kernel/System/Many", "closed/Kernel/Moved"]), closedSpec),
      expected,
    );
  });

  test("names of any kind are followed", async () => {
    assert.equal(
      after1(await rename([`open/${hostile}`, 'open/var/<b> "c" 100%25.pm']), openSpec),
      listing("var/&lt;b&gt; &quot;c&quot; 100%25.pm", "Kernel/Other.pm"),
    );
  });

  test("what is deleted goes from the list", async () => {
    const edit = await client.request<WorkspaceEdit | null>("workspace/willDeleteFiles", {
      files: [{ uri: uriOf("open/Kernel/Other.pm") }],
    });
    assert.equal(after1(edit, openSpec), listing(hostile.replace("&", "&amp;")));
  });

  test("a folder is listed with what is in it, but for what Git ignores", async () => {
    const result = await client.request<ChangeFileListResult>("sopm/changeFileList", {
      uris: [uriOf("open/var")],
      change: "add",
    });
    assert.ok(result.kind === "edits");
    assert.equal(
      edited(openSpec, result.documents[0]!.edits),
      listing(hostile.replace("&", "&amp;"), "Kernel/Other.pm", "var/httpd/a.js"),
    );
  });

  test("files that are not listed have badges", async () => {
    const badges = await client.request<FileBadge[]>("sopm/fileBadges", {});
    assert.deepEqual(
      badges.map(({ uri, kind }) => `${kind} ${uri}`),
      [`unlisted ${uriOf("open/var/httpd/a.js")}`],
    );
    const unlisted = await client.request("sopm/unlistedFiles", { uri: uriOf("open/Acme.sopm") });
    assert.deepEqual(unlisted, [{ path: "var/httpd/a.js", uri: uriOf("open/var/httpd/a.js") }]);
  });
});
