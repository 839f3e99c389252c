import { missingPart } from "../host/missing-part.ts";
import { messageOf, type PackageError } from "../host/package-error.ts";
import type { Shell } from "../host/shell.ts";

/** Says on standard error why the world refused something, and what to do about it. */
export function complainAbout({ world, complain }: Shell, error: PackageError): void {
  const { translate, textOf } = world.texts;
  complain("{problem} {advice}", { problem: textOf(messageOf(error)), advice: translate(error.hint) });
}

/** What Node throws when a call of the system fails. */
interface SystemCallError extends Error {
  readonly syscall?: string;
}

/** Says on one line what nobody expected, and what to do. Only our own mistakes and a damaged SOPM come here. */
export function complainAboutMistake({ world, complain }: Shell, error: unknown): void {
  const path = missingPart(error);
  const { message = String(error), stack = message, syscall } = Object(error) as SystemCallError;
  if (path !== undefined) complain("A part of SOPM is missing: {path}. Install SOPM again.", { path });
  else if (syscall === "uv_cwd")
    complain("The current folder is gone. Go to one that is there, and try again.");
  else if (world.machine.variable("SOPM_DEBUG")) complain("{reason}", { reason: stack });
  else {
    complain(
      "Something went wrong that should not: {reason}. Please report it, with the command and what it says when SOPM_DEBUG=1 is set.",
      { reason: message },
    );
  }
}
