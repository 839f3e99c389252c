import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { PassThrough } from "node:stream";
import type { TestContext } from "node:test";
import { createConnection, StreamMessageWriter } from "vscode-languageserver/node";
import type { World } from "../../server/src/host/world.ts";
import { Gate } from "../../server/src/lsp/gate.ts";
import { startServer } from "../../server/src/lsp/server.ts";
import { FrameReader } from "../../server/src/node/frame-reader.ts";
import { fullClient, serverBundle } from "./language-client.ts";

/** What a server sends, as far as tests look at it. */
export interface RawMessage {
  readonly id?: string | number | null;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface RawOptions {
  readonly server?: string;
  readonly cwd?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** How a server has ended. */
export interface RawEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** Speaks to a server without a library in between, so that anything can be sent. */
export abstract class RawTalk {
  /** Everything received, in its order. */
  readonly received: RawMessage[] = [];
  #bytes = Buffer.alloc(0);
  #lastId = 0;
  #listeners: (() => void)[] = [];

  /** Sends bytes as they are. */
  abstract sendRaw(bytes: string | Uint8Array): void;

  /** Takes leave of the server, and gives what it has complained about elsewhere. */
  abstract stop(): Promise<Pick<RawEnd, "stderr">>;

  /** How the server has ended; undefined while it goes on. */
  protected abstract endOf(): Promise<RawEnd> | undefined;

  /** Sends any text as the body of a message. */
  sendBody(body: string): void {
    this.sendRaw(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  send(message: unknown): void {
    this.sendBody(JSON.stringify(message));
  }

  notify(method: string, params?: unknown): void {
    this.send({ jsonrpc: "2.0", method, params });
  }

  /** Sends a request and gives its id. */
  ask(method: string, params?: unknown): number {
    const id = ++this.#lastId;
    this.send({ jsonrpc: "2.0", id, method, params });
    return id;
  }

  /** Sends a request and gives the answer to it. */
  request(method: string, params?: unknown): Promise<RawMessage> {
    return this.answer(this.ask(method, params));
  }

  answer(id: string | number | null): Promise<RawMessage> {
    return this.message((each) => each.method === undefined && each.id === id);
  }

  /** The first message that fits, received already or still to come; rejects when the server ends before. */
  async message(fits: (message: RawMessage) => boolean): Promise<RawMessage> {
    for (let index = 0; ; index++) {
      while (index >= this.received.length) {
        const end = await this.endOf();
        if (end) throw new Error(`the server has ended: ${JSON.stringify(end)}`);
        await new Promise<void>((resolve) => this.#listeners.push(resolve));
      }
      if (fits(this.received[index]!)) return this.received[index]!;
    }
  }

  /** How often a request was answered. */
  answersTo(id: string | number | null): number {
    return this.received.filter((each) => each.method === undefined && each.id === id).length;
  }

  async initialize(params: Readonly<Record<string, unknown>> = {}): Promise<RawMessage> {
    const answer = await this.request("initialize", {
      processId: null,
      rootUri: null,
      capabilities: { ...fullClient.capabilities, workspace: { workspaceEdit: { documentChanges: true } } },
      ...params,
    });
    this.notify("initialized", {});
    return answer;
  }

  open(uri: string, text: string, languageId = "sopm"): void {
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  }

  protected take(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    while (true) {
      const end = this.#bytes.indexOf("\r\n\r\n");
      if (end < 0) break;
      const size = Number(/content-length: (\d+)/i.exec(this.#bytes.toString("latin1", 0, end))![1]);
      if (this.#bytes.length < end + 4 + size) break;
      this.received.push(JSON.parse(this.#bytes.toString("utf8", end + 4, end + 4 + size)));
      this.#bytes = this.#bytes.subarray(end + 4 + size);
    }
    this.tell();
  }

  protected tell(): void {
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }
}

/** Speaks over stdio, to a server in a process of its own. */
export class RawClient extends RawTalk {
  readonly process: ChildProcess;
  readonly ended: Promise<RawEnd>;

  /** Starts a server, which is gone after the test. */
  constructor(test: TestContext, options: RawOptions = {}) {
    super();
    const { server = serverBundle, cwd, environment } = options;
    this.process = spawn(process.execPath, [server, "--stdio"], {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ["pipe", "pipe", "pipe"],
    });
    test.after(() => this.process.kill("SIGKILL"));
    let stderr = "";
    this.process.stderr!.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    this.process.stdout!.on("data", (chunk: Buffer) => this.take(chunk));
    this.process.stdin!.on("error", () => {
      // The server may be gone before it has read everything.
    });
    this.ended = new Promise((resolve) => {
      this.process.on("close", (code, signal) => {
        resolve({ code, signal, stderr });
        this.tell();
      });
    });
  }

  override sendRaw(bytes: string | Uint8Array): void {
    this.process.stdin!.write(bytes);
  }

  override async stop(): Promise<RawEnd> {
    await this.request("shutdown");
    this.notify("exit");
    return this.ended;
  }

  protected override endOf(): Promise<RawEnd> | undefined {
    const { exitCode, signalCode } = this.process;
    return exitCode === null && signalCode === null ? undefined : this.ended;
  }
}

/** Speaks to a server in the process of the test, in a world of the test's own. What nobody catches fails the test. */
export class RawTalkHere extends RawTalk {
  readonly #up = new PassThrough();

  constructor(test: TestContext, world: World) {
    super();
    const down = new PassThrough();
    const reader = new FrameReader(this.#up, {
      onBadJson: () => gate.refuseNoJson(),
      onBadFrame: ({ text }) => assert.fail(text),
    });
    const gate: Gate = new Gate(reader, new StreamMessageWriter(down), world);
    const connection = createConnection(gate, gate.writer);
    down.on("data", (chunk: Buffer) => this.take(chunk));
    startServer(connection, world, () => {});
    test.after(() => connection.dispose());
  }

  override sendRaw(bytes: string | Uint8Array): void {
    this.#up.write(bytes);
  }

  override async stop(): Promise<Pick<RawEnd, "stderr">> {
    await this.request("shutdown");
    return { stderr: "" };
  }

  protected override endOf(): undefined {}
}
