import { MessageType } from "vscode-languageserver";
import { missingPart } from "../host/missing-part.ts";
import { PackageError } from "../host/package-error.ts";
import type { Texts } from "../l10n/texts.ts";
import type { RequestFailed } from "../protocol/request.ts";
import { errorText, isRepairable } from "./error-text.ts";
import { failedText } from "./failed-text.ts";
import { detailsOf, logError } from "./in-background.ts";
import { Refusal } from "./refusal.ts";
import type { Session } from "./session.ts";
import { showMessage } from "./show-message.ts";

/** The answer to a question that failed. What nobody expected is logged with its details. */
export function failureOf(
  { connection, world: { texts } }: Session,
  method: string,
  error: unknown,
): RequestFailed {
  if (error instanceof PackageError) {
    const { folder } = error.values;
    const damaged = isRepairable(error) && typeof folder === "string" ? { damaged: folder } : {};
    return { kind: "failed", ...errorText(error, texts), ...damaged };
  }
  if (error instanceof Refusal) {
    const { text, values } = error.reason;
    return failedText(texts, text, values);
  }
  logError(connection, `${method}: ${detailsOf(error)}`);
  return (
    missingPartText(error, texts) ?? {
      kind: "failed",
      message: texts.translate("SOPM has made a mistake and cannot answer."),
      hint: texts.translate("The output channel SOPM has the details."),
    }
  );
}

/** Hears of work that nobody has asked for and that has failed. */
export class BackgroundFailures {
  readonly #session: Pick<Session, "connection" | "world">;
  #isMissingPartTold = false;

  constructor(session: Pick<Session, "connection" | "world">) {
    this.#session = session;
  }

  /** Logs it. That a part of the installation is missing is logged and shown once: then all such work fails. */
  report(error: unknown): void {
    const { connection, world } = this.#session;
    const text = missingPartText(error, world.texts);
    if (text && this.#isMissingPartTold) return;
    logError(connection, error);
    if (!text) return;
    this.#isMissingPartTold = true;
    showMessage(connection, MessageType.Error, `${text.message} ${text.hint}`);
  }
}

function missingPartText(error: unknown, { translate }: Texts): RequestFailed | undefined {
  const path = missingPart(error);
  if (path === undefined) return undefined;
  return {
    kind: "failed",
    message: translate("A part of SOPM is missing: {path}.", { path }),
    hint: translate("Restart the editor after an update of SOPM, else install SOPM again."),
  };
}
