import { DatabaseUnavailable } from "../../host/database-server.ts";
import type { MessageArguments } from "../../l10n/translate.ts";

/** Why a server cannot be used, and what the user can do. Each text has {name} and {place} of the server. */
const unavailableTexts = {
  "no-answer": {
    message: "The database “{name}” does not answer on {place}: {reason}.",
    hint: "Start the server, or correct where it is and of which kind in the settings of the database.",
  },
  "not-ready": {
    message: "The database “{name}” on {place} is not ready: {reason}.",
    hint: "Try again when it is.",
  },
  "limit-reached": {
    message: "The database “{name}” on {place} has reached a limit of its settings: {reason}.",
    hint: "Try again when others have ended their connections, or have the limit raised.",
  },
  "host-unknown": {
    message: "The computer of the database “{name}” is not known: {reason}.",
    hint: "Correct its host in the settings of the database.",
  },
  "not-spoken": {
    message: "What answers on {place} is not the kind of server that “{name}” names: {reason}.",
    hint: "Correct kind and port in the settings of the database.",
  },
  "password-not-in-environment": {
    message:
      "The environment variable {variable}, which has the password of the database “{name}”, is not set.",
    hint: "Set it where SOPM is started.",
  },
  "password-unreadable": {
    message: "The file with the password of the database “{name}” cannot be read: {reason}.",
    hint: "Look at the file and at its permissions.",
  },
  "password-not-kept": {
    message: "No password of the database “{name}” is kept.",
    hint: "Set it in the editor with “SOPM: Set Password of Database…”. On the command line, name an environment variable or a file in its “secret”.",
  },
  "password-wrong": {
    message: "The database “{name}” on {place} does not let the user “{user}” in: {reason}.",
    hint: "Correct user and password. Some servers say the same of a user who may not come from this computer, or not without encryption.",
  },
  "password-empty": {
    message:
      "The database “{name}” on {place} wants a password of the user “{user}”, and the one that it was given is empty.",
    hint: "Say in “secret” of the database where the password is, or correct what stands there.",
  },
  "not-let-in": {
    message: "The database “{name}” on {place} does not let the user “{user}” in: {reason}.",
    hint: "Have the server let this user in from this computer, and look at “tls” of the database, if the server wants encryption.",
  },
  "tls-wanted": {
    message: "The database “{name}” on {place} lets nobody in without encryption: {reason}.",
    hint: "Set “tls” of the database to “verified”, or to “unverified” in a network that you trust.",
  },
  "tls-failed": {
    message: "No encrypted connection to the database “{name}” on {place} comes about: {reason}.",
    hint: "Give the server a certificate for its host. When it was signed by an authority of your own, name that one’s certificate in NODE_EXTRA_CA_CERTS. In a network that you trust, “tls” of the database can be “unverified” or “off”.",
  },
  "too-old": {
    message: "The database “{name}” is {version}, which is too old: SOPM needs at least {needed}.",
    hint: "Name a newer server, or take the embedded database.",
  },
  pooled: {
    message:
      "What answers on {place} is not the database “{name}” itself: it hands on what it is told, over connections of its own.",
    hint: "Name host and port of the server itself. Behind such a pooler, runs would not know of each other.",
  },
  "read-only": {
    message: "Nothing can be written to the database “{name}” on {place}.",
    hint: "When the server is a copy of another one, name that one. Otherwise have it take changes again.",
  },
  "no-right": {
    message: "The user “{user}” of the database “{name}” may not make databases.",
    hint: "Have somebody who may do so say: {grant}.",
  },
  "too-mighty": {
    message:
      "The user “{user}” of the database “{name}” may change other databases than those of a run, and so could a package.",
    hint: "Name another user. One to whom nothing belongs and who has no other right than this may do all that a run needs: {grant}.",
  },
  "name-taken": {
    message: "The database “{name}” has a database “{database}” already, which is left as it is.",
    hint: "Try again: the next run has another name.",
  },
  "too-slow": {
    message:
      "The database “{name}” on {place} took more than {seconds} s to answer, and was not waited for any longer.",
    hint: "Look at the server and at what else it does, then try again.",
  },
  "no-room": {
    message: "The database “{name}” has no room or no memory left: {reason}.",
    hint: "Make room on the server, then try again.",
  },
  gone: {
    message: "The connection to the database “{name}” on {place} is gone: {reason}.",
    hint: "See whether the server runs and what its log says, then try again. What was left behind is tidied up then.",
  },
  cancelled: {
    message: "The run on the database “{name}” was cancelled.",
    hint: "What it has made there is dropped, at the latest when the database is used again.",
  },
  "not-done": {
    message: "The database “{name}” does not do what the run needs of it: {reason}.",
    hint: "Look at what the server says. A statement of the package may have changed what its connection can do.",
  },
  "not-kept": {
    message: "The database “{name}” does not do what a sandbox needs of it: {reason}.",
    hint: "Look at what the server says, and at its settings.",
  },
  "not-of-sandbox": {
    message:
      "The sandbox says that its databases on “{name}” begin with “{database}”, which no database of a sandbox does.",
    hint: "Nothing was done there. Make the sandbox anew.",
  },
  refused: {
    message: "The database “{name}” does not make a database for the run: {reason}.",
    hint: "Look at what the server says, and at its settings.",
  },
} as const;

export type UnavailableCode = keyof typeof unavailableTexts;

/** A DatabaseUnavailable of a server that was named in settings. */
export function unavailable(
  code: UnavailableCode,
  values: MessageArguments,
  cause?: unknown,
): DatabaseUnavailable {
  const { message, hint } = unavailableTexts[code];
  return new DatabaseUnavailable({ text: message, values, further: { text: hint, values } }, { cause });
}
