import { english, type Message, messageText } from "../../l10n/translate.ts";

/** A test system cannot be used, or does not do what it is told. */
export class TestSystemError extends Error {
  override readonly name = "TestSystemError";
  /** What happened, and what to do next, for the user. */
  readonly text: Message;
  /** True where it is not known what has been done there. */
  readonly isOpen: boolean;

  constructor(text: Message, isOpen = false) {
    super(messageText(text, english));
    this.text = text;
    this.isOpen = isOpen;
  }
}

/** The user has seen the commands and does not want them to be run. */
export class CommandsRefused extends TestSystemError {}
