import {
  type DataCallback,
  type Disposable,
  ErrorCodes,
  type Message,
  type MessageReader,
  type MessageWriter,
} from "vscode-languageserver";
import type { World } from "../host/world.ts";
import type { Translate } from "../l10n/translate.ts";
import { notificationShapes, requestShapes, type Shape } from "./message-shapes.ts";

/** What a message has, as far as one can tell before it was looked at. */
type Incoming = Message & { readonly id?: unknown; readonly method?: unknown; readonly params?: unknown };

/** Why something is not answered otherwise. */
interface Refusal {
  readonly code: number;
  readonly message: string;
}

/**
 * Stands between a client and those who answer it, and lets in what the Language Server Protocol allows: requests
 * between `initialize` and `shutdown`, with parameters of the right shape. All other requests are refused here with
 * the codes of the protocol, and other notifications are dropped, so that nobody behind has to doubt what arrives.
 */
export class Gate implements MessageReader {
  readonly #reader: MessageReader;
  readonly #translate: Translate;
  readonly #requestShapes: Readonly<Record<string, Shape>>;
  readonly writer: MessageWriter;
  #phase: "new" | "serving" | "shut down" = "new";

  constructor(reader: MessageReader, writer: MessageWriter, { texts, paths }: World) {
    this.#reader = reader;
    this.#translate = texts.translate;
    this.#requestShapes = requestShapes(paths);
    this.writer = writer;
  }

  /** True when the client has said that it is about to leave. */
  get isShutDown(): boolean {
    return this.#phase === "shut down";
  }

  get onError() {
    return this.#reader.onError;
  }

  get onClose() {
    return this.#reader.onClose;
  }

  get onPartialMessage() {
    return this.#reader.onPartialMessage;
  }

  dispose(): void {
    this.#reader.dispose();
  }

  listen(callback: DataCallback): Disposable {
    return this.#reader.listen((message) => {
      if (this.#admits(message as Incoming | null)) callback(message);
    });
  }

  /** Tells a client that it has sent something which is no message. */
  refuseNoJson(): void {
    this.#answer(null, { code: ErrorCodes.ParseError, message: this.#translate("This is no JSON.") });
  }

  /** Tells the reader of the editor's log that something has gone wrong. */
  log(message: string): void {
    this.#send({ jsonrpc: "2.0", method: "window/logMessage", params: { type: 1, message } });
  }

  #admits(message: Incoming | null): boolean {
    const isObject = typeof message === "object" && message !== null && !Array.isArray(message);
    const { id, method, params } = isObject ? message : ({} as Partial<Incoming>);
    const hasId = typeof id === "string" || typeof id === "number";
    // An answer to one of our questions, or what a client takes for one.
    if (method === undefined && hasId) return true;
    if (typeof method !== "string" || (id !== undefined && !hasId)) {
      this.#answer(hasId ? id : null, {
        code: ErrorCodes.InvalidRequest,
        message: this.#translate("This is neither a request nor a notification nor a response."),
      });
      return false;
    }
    if (!hasId) return this.#admitsNotification(method, params);
    const refusal = this.#refusalOf(method, params);
    if (refusal) this.#answer(id, refusal);
    else if (method === "initialize") this.#phase = "serving";
    else if (method === "shutdown") this.#phase = "shut down";
    return !refusal;
  }

  #refusalOf(method: string, params: unknown): Refusal | undefined {
    if (this.#phase === "shut down") {
      return {
        code: ErrorCodes.InvalidRequest,
        message: "The server was shut down; it only waits for exit.",
      };
    }
    if (this.#phase === "new" && method !== "initialize") {
      const message = this.#translate("The server waits for initialize.");
      return { code: ErrorCodes.ServerNotInitialized, message };
    }
    if (this.#phase === "serving" && method === "initialize") {
      return {
        code: ErrorCodes.InvalidRequest,
        message: this.#translate("The server was initialized before."),
      };
    }
    const shape = shapeIn(this.#requestShapes, method);
    if (!shape) {
      return {
        code: ErrorCodes.MethodNotFound,
        message: this.#translate("There is no method {method}.", { method }),
      };
    }
    if (shape(params)) return undefined;
    const message = this.#translate("The parameters are not those of {method}.", { method });
    return { code: ErrorCodes.InvalidParams, message };
  }

  #admitsNotification(method: string, params: unknown): boolean {
    if (method === "exit") return true;
    if (this.#phase !== "serving") return false;
    const shape = shapeIn(notificationShapes, method);
    if (!shape) return false;
    if (shape(params)) return true;
    this.log(
      this.#translate("A notification was dropped: the parameters are not those of {method}.", { method }),
    );
    return false;
  }

  #answer(id: string | number | null, error: Refusal): void {
    this.#send({ jsonrpc: "2.0", id, error });
  }

  /** What cannot be sent has nobody who waits for it. */
  #send(message: Message & Readonly<Record<string, unknown>>): void {
    this.writer.write(message).catch(() => undefined);
  }
}

function shapeIn(shapes: Readonly<Record<string, Shape>>, method: string): Shape | undefined {
  return Object.hasOwn(shapes, method) ? shapes[method] : undefined;
}
