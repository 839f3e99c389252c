import type { Readable } from "node:stream";
import { AbstractMessageReader, type DataCallback, type Disposable } from "vscode-languageserver/node";
import type { Message } from "../l10n/translate.ts";

/** A header is two short lines; who sends more speaks another protocol. In bytes. */
const longestHeader = 8192;

/** No text that an editor sends comes near it, and it fits into one string. In bytes. */
const longestBody = 256 * 1024 * 1024;

const tooLong: Message = { text: "What the client sends cannot be read: a header does not end." };
const noLength: Message = { text: "What the client sends cannot be read: a header has no Content-Length." };
const tooMuch: Message = { text: "What the client sends cannot be read: a message is longer than 256 MB." };

/** What is told of bytes that hold no message. */
export interface FrameTrouble {
  /** A message is no JSON; the next ones can be read all the same. */
  onBadJson(): void;
  /** Nobody can tell where the next message begins. Nothing is read any more. */
  onBadFrame(reason: Message): void;
}

/** Reads messages from a stream, each behind a header with its length, and gives up at the first wrong header. */
export class FrameReader extends AbstractMessageReader {
  readonly #input: Readable;
  readonly #trouble: FrameTrouble;
  #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes of the body that is being read; undefined while it is a header. */
  #bodySize: number | undefined;

  constructor(input: Readable, trouble: FrameTrouble) {
    super();
    this.#input = input;
    this.#trouble = trouble;
  }

  listen(callback: DataCallback): Disposable {
    const take = (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#size += chunk.length;
      const problem = this.#readAll(callback);
      if (problem === undefined) return;
      this.#input.off("data", take);
      this.#trouble.onBadFrame(problem);
    };
    this.#input.on("data", take);
    return { dispose: () => this.#input.off("data", take) };
  }

  /** Hands on all messages that are there; gives what is wrong with a header. */
  #readAll(callback: DataCallback): Message | undefined {
    while (true) {
      if (this.#bodySize === undefined) {
        const head = this.#readHeader();
        if (typeof head !== "number") return head;
        this.#bodySize = head;
      }
      if (this.#size < this.#bodySize) return undefined;
      const body = this.#take(this.#bodySize).toString("utf8");
      this.#bodySize = undefined;
      let message: Parameters<DataCallback>[0];
      try {
        message = JSON.parse(body);
      } catch {
        this.#trouble.onBadJson();
        continue;
      }
      try {
        callback(message);
      } catch (error) {
        this.fireError(error);
      }
    }
  }

  /** The length of the body, what is wrong with the header, or undefined while it is not all there. */
  #readHeader(): number | Message | undefined {
    const bytes = this.#joined();
    const end = bytes.indexOf("\r\n\r\n");
    if (end > longestHeader || (end < 0 && bytes.length > longestHeader)) return tooLong;
    if (end < 0) return undefined;
    const header = this.#take(end + 4).toString("latin1");
    const length = /^content-length:[ \t]*(\d{1,12})[ \t]*$/im.exec(header.replaceAll("\r", ""))?.[1];
    if (length === undefined) return noLength;
    return Number(length) > longestBody ? tooMuch : Number(length);
  }

  #take(size: number): Buffer {
    const bytes = this.#joined();
    this.#chunks = size < bytes.length ? [bytes.subarray(size)] : [];
    this.#size -= size;
    return bytes.subarray(0, size);
  }

  #joined(): Buffer {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks, this.#size)];
    return this.#chunks[0]!;
  }
}
