import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { TextEdit } from "vscode-languageserver";
import { SourceText } from "../../server/src/text/source-text.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { filesOf } from "../support/bare-world.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { serverInProcess, type TalkingServer } from "../support/server-in-process.ts";

const uri = "file:///work/Acme.sopm";
const text =
  '<otrs_package>\n<Filelist>\n<File Location="a"\nPermission="660"/>\n</Filelist>\n</otrs_package>\n';
const options = { tabSize: 2, insertSpaces: true };

interface Asked {
  readonly settings?: unknown;
  readonly files?: Readonly<Record<string, string>>;
}

/** A server that has the text open, and a disk that can be changed. */
async function open(context: TestContext, { settings = null, files = {} }: Asked = {}) {
  // Timers of a server keep no process alive; its connection does, which is only memory here.
  const timer = setInterval(() => {}, 1000);
  context.after(() => clearInterval(timer));
  const disk = new MemoryWorkspace(files);
  const server = await serverInProcess(context, memoryWorld(filesOf(disk)), {}, settings);
  await server.open(uri, text);
  await server.until(() => server.last(uri) !== undefined);
  return { server, disk };
}

/** What a request about the text makes of it; undefined for no answer. */
async function after(
  server: TalkingServer,
  request: string,
  params: object = {},
  address = uri,
): Promise<string | undefined> {
  const edits = (await server.client.sendRequest(`textDocument/${request}`, {
    textDocument: { uri: address },
    options,
    ...params,
  })) as readonly TextEdit[] | null;
  if (!edits) return undefined;
  const source = SourceText.of(text);
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      span: { start: source.offsetAt(range.start), end: source.offsetAt(range.end) },
      newText,
    })),
  );
}

const laidOut = (unit: string) =>
  `<otrs_package>\n${unit}<Filelist>\n${unit}${unit}<File Location="a"\n${unit}${unit}Permission="660"/>\n${unit}</Filelist>\n</otrs_package>\n`;

test("formatting indents by what the editor says", async (t) => {
  const { server } = await open(t);
  assert.equal(await after(server, "formatting"), laidOut("  "));
  assert.equal(
    await after(server, "formatting", { options: { tabSize: 3, insertSpaces: false } }),
    laidOut("\t"),
  );
});

test("formatting indents by the settings before all others", async (t) => {
  const settings = { format: { indentation: "3", attributes: "align", quotes: "single" } };
  const { server } = await open(t, { settings, files: { "/.editorconfig": "[*]\nindent_size = 8" } });
  assert.equal(
    await after(server, "formatting"),
    "<otrs_package>\n   <Filelist>\n      <File Location='a'\n            Permission='660'/>\n   </Filelist>\n</otrs_package>\n",
  );
});

test("formatting indents by an .editorconfig, as it is now", async (t) => {
  const path = "/work/.editorconfig";
  const { server, disk } = await open(t, {
    files: { [path]: "[*.sopm]\nindent_style = tab", "/.editorconfig": "[*]\nindent_size = 8" },
  });
  assert.equal(await after(server, "formatting"), laidOut("\t"));
  disk.files.set(path, "root = true\n[*.sopm]\nindent_size = 1");
  const isRead = new Promise<void>((resolve) => {
    disk.onRead = (read) => read === path && resolve();
  });
  await server.client.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri: `file://${path}`, type: 2 }],
  });
  await isRead;
  // Whoever asks at once has the answer of before.
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await after(server, "formatting"), laidOut(" "));
});

test("range formatting changes its lines", async (t) => {
  const { server } = await open(t);
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } };
  assert.equal(
    await after(server, "rangeFormatting", { range }),
    text.replace("\n<Filelist>", "\n  <Filelist>"),
  );
});

test("on-type formatting changes the line of the caret", async (t) => {
  const { server } = await open(t);
  const position = { line: 3, character: 0 };
  assert.equal(
    await after(server, "onTypeFormatting", { position, ch: "\n" }),
    text.replace("\nPerm", "\n  Perm"),
  );
});

test("an archive is not formatted, nor what is not open", async (t) => {
  const { server } = await open(t);
  const archive = "file:///work/Acme-1.0.0.opm";
  await server.client.sendNotification("textDocument/didOpen", {
    textDocument: { uri: archive, languageId: "opm", version: 1, text },
  });
  assert.equal(await after(server, "formatting", {}, archive), undefined);
  assert.equal(await after(server, "formatting", {}, "file:///work/Other.sopm"), undefined);
});

test("a tab of no width, or of one that nobody sees, does no harm", async (t) => {
  const { server } = await open(t, { settings: { format: { attributes: "wrap" } } });
  for (const tabSize of [0, 2_000_000_000]) {
    assert.match(
      (await after(server, "formatting", { options: { tabSize, insertSpaces: true } }))!,
      /\n {1,32}<Filelist>/,
    );
  }
});
