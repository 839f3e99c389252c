import { type Connection, MessageType, ShowMessageNotification } from "vscode-languageserver";
import { PackageError } from "../host/package-error.ts";
import { translate } from "../node/language.ts";
import { missingPart } from "../node/missing-part.ts";
import type { RequestFailed } from "../protocol/request.ts";
import { errorText } from "./error-text.ts";
import { failedText } from "./failed-text.ts";
import { detailsOf, inBackground, logError } from "./in-background.ts";
import { UnknownProduct } from "./unknown-product.ts";

/** The answer to a question that failed. What nobody expected is logged with its details. */
export function failureOf(connection: Connection, method: string, error: unknown): RequestFailed {
  if (error instanceof PackageError) {
    const { folder } = error.values;
    const isRepairable = repairable.has(error.code) && typeof folder === "string";
    return { kind: "failed", ...errorText(error), ...(isRepairable && { damaged: folder }) };
  }
  if (error instanceof UnknownProduct) {
    return failedText("“{value}” is no product that SOPM knows; write it as “Znuny 7.1.3”.", {
      value: error.product,
    });
  }
  logError(connection, `${method}: ${detailsOf(error)}`);
  return (
    missingPartText(error) ?? {
      kind: "failed",
      message: translate("SOPM has made a mistake and cannot answer."),
      hint: translate("The output channel SOPM has the details."),
    }
  );
}

/** Says once that the work behind a document cannot be done any more, when nobody has asked and waits for an answer. */
export class MissingPartNotice {
  readonly #connection: Connection;
  #isGiven = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  give(error: unknown): void {
    const text = missingPartText(error);
    if (!text || this.#isGiven) return;
    this.#isGiven = true;
    const shown = { type: MessageType.Error, message: `${text.message} ${text.hint}` } as const;
    inBackground(this.#connection, this.#connection.sendNotification(ShowMessageNotification.type, shown));
  }
}

function missingPartText(error: unknown): RequestFailed | undefined {
  const path = missingPart(error);
  if (path === undefined) return undefined;
  return {
    kind: "failed",
    message: translate("A part of SOPM is missing: {path}.", { path }),
    hint: translate("Restart the editor after an update of SOPM, else install SOPM again."),
  };
}

const repairable: ReadonlySet<string> = new Set(["sandbox-damaged", "sandbox-archive-damaged"]);
