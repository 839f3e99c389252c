import { english, type Message, type MessageArguments } from "../l10n/translate.ts";
import type { Span } from "../text/span.ts";

interface ErrorTexts {
  /** The English message, which is the key of its translations. */
  readonly message: string;
  /** What the user can do next, in one sentence. */
  readonly hint: string;
}

export type PackageErrorCode = keyof typeof packageErrorTexts;

const readBackHint =
  "The archive that was there is unchanged. Build again; when it happens again, SOPM or the disk is at fault: please report it. With --force, or “force” in a task, the archive is written all the same.";

/** What can go wrong outside the program while an archive is written or a sandbox is used. */
export const packageErrorTexts = {
  "file-missing": {
    message: "The file “{location}” does not exist in “{folder}”.",
    hint: "Create the file, or take it out of the file list.",
  },
  "file-unreadable": {
    message: "The file “{location}” cannot be read: {reason}.",
    hint: "Look at its permissions and at the disk it is on.",
  },
  "file-is-folder": {
    message: "“{location}” is a folder, not a file.",
    hint: "List the files in it one by one.",
  },
  "file-is-special": {
    message: "“{location}” is a device, a pipe or a socket, not a file.",
    hint: "Only regular files can be packed.",
  },
  "file-outside": {
    message: "“{location}” leads out of the folder “{folder}”, perhaps through a symbolic link.",
    hint: "Copy the file into the folder, or allow symbolic links: setting sopm.build.allowSymlinks, option --allow-symlinks.",
  },
  "file-changed": {
    message: "The file “{location}” changed while it was read.",
    hint: "Build again when nothing writes to it any more.",
  },
  "base-folder-missing": {
    message: "There is no folder “{folder}” to take files from.",
    hint: "Choose another base folder.",
  },
  "output-folder-missing": {
    message: "There is no folder “{folder}” to write the archive into.",
    hint: "Create it, or choose another output folder.",
  },
  "output-folder-not-folder": {
    message: "“{folder}” is a file, a device or a pipe, not a folder to write the archive into.",
    hint: "Choose a folder; the archive gets its name from Name and Version of the package.",
  },
  "output-not-writable": {
    message: "No archive can be written into “{folder}”: {reason}.",
    hint: "Choose an output folder that you may write to.",
  },
  "output-full": {
    message: "There is no room for the archive in “{folder}”: {reason}.",
    hint: "Make room, or choose an output folder on another disk. The archive that was there is unchanged.",
  },
  "output-is-folder": {
    message: "“{fileName}” in “{folder}” is a folder, which no file can replace.",
    hint: "Choose another folder, or take that one away.",
  },
  "output-is-special": {
    message: "“{fileName}” in “{folder}” is a device, a pipe or a socket, which is left as it is.",
    hint: "Choose another place to write to.",
  },
  "output-is-link": {
    message:
      "“{fileName}” in “{folder}” is a link that leads out of that folder or nowhere, and nothing is written through it.",
    hint: "Take the link away, or choose the folder that it leads to.",
  },
  "output-changed": {
    message: "“{fileName}” in “{folder}” has changed since it was read, and is left as it is.",
    hint: "Do it again when nothing else writes to it.",
  },
  "output-name-invalid": {
    message: "A file cannot be called “{fileName}” here.",
    hint: "Change Name or Version of the package.",
  },
  "output-failed": {
    message: "The archive “{fileName}” cannot be written: {reason}.",
    hint: "The archive that was there is unchanged.",
  },
  "archive-reads-other": {
    message:
      "Reading the archive “{fileName}” back gave something else than the package: the element “{element}” is not as it was meant.",
    hint: readBackHint,
  },
  "archive-file-reads-other": {
    message:
      "Reading the archive “{fileName}” back gave something else than the package: the content of “{location}” has changed.",
    hint: readBackHint,
  },
  "archive-reads-not": {
    message: "The archive “{fileName}” could not be read back: {detail}.",
    hint: readBackHint,
  },
  "archive-missing": {
    message: "There is no archive “{file}”.",
    hint: "Check the path.",
  },
  "archive-unreadable": {
    message: "The archive “{file}” cannot be read: {reason}.",
    hint: "Look at its permissions and at the disk it is on.",
  },
  "archive-not-file": {
    message: "“{file}” is a folder, a device or a pipe, not an archive.",
    hint: "Name the archive itself.",
  },
  "archive-too-large": {
    message: "The archive “{file}” has {size} MB, and no more than {limit} MB can be read.",
    hint: "Split the package, or take large files out of it.",
  },
  "archive-changed": {
    message: "The archive “{file}” changed while it was read.",
    hint: "Try again when nothing writes to it any more.",
  },
  "package-not-installed": {
    message: "There is no package “{name}” in the sandbox “{folder}”.",
    hint: "Choose another sandbox, or install the package there.",
  },
  "spec-not-file": {
    message: "“{file}” is a folder, a device, a pipe or a socket, and no spec.",
    hint: "Name the .sopm file to build.",
  },
  "stamp-invalid": {
    message: "The environment variable SOURCE_DATE_EPOCH is “{value}”, which is no number of seconds.",
    hint: "Set it to the seconds since 1970-01-01, or take it away.",
  },
  cancelled: {
    message: "The build was cancelled.",
    hint: "The archive that was there is unchanged.",
  },
  "sandbox-missing": {
    message: "There is no sandbox in “{folder}”.",
    hint: "Make one there, or choose another folder.",
  },
  "folder-unreadable": {
    message: "The folder “{folder}” cannot be read: {reason}.",
    hint: "Look at its permissions and at the disk it is on.",
  },
  "sandbox-exists": {
    message: "“{folder}” is not empty, so that no sandbox can be made there.",
    hint: "Choose an empty folder or one that does not exist yet.",
  },
  "sandbox-newer": {
    message: "The sandbox “{folder}” was written by a newer version of SOPM.",
    hint: "Update SOPM, or make a new sandbox.",
  },
  "sandbox-damaged": {
    message: "“{file}” in the sandbox “{folder}” is damaged: {reason}.",
    hint: "Run “sopm sandbox repair” on it, which tells what it keeps, what it sets aside and what is lost.",
  },
  "sandbox-undescribed": {
    message:
      "What the sandbox “{folder}” stands for is not known any more: sandbox.data and its copy are damaged or gone.",
    hint: "Make a new sandbox. What was in this one is still there: the files in its folder home, the archives of its packages in its folder archives. Delete the folder when nothing of it is needed any more.",
  },
  "sandbox-archive-damaged": {
    message: "An archive in the sandbox “{folder}” is missing or damaged: {digest}.",
    hint: "Run “sopm sandbox repair” on it, and name the archive behind the folder if you have it. “sopm sandbox verify” tells which package it is of.",
  },
  "sandbox-in-use": {
    message: "The sandbox “{folder}” is being changed by process {process} on {host} since {since}.",
    hint: "Wait until that work is done. If that computer is gone, run “sopm sandbox repair --unlock” on the sandbox.",
  },
  "sandbox-lock-unreadable": {
    message:
      "The lock “{name}” in the sandbox “{folder}” cannot be read: {reason}. User {user} made it at {since} UTC and may be changing the sandbox, so that nobody else can.",
    hint: "Wait until no SOPM works on the sandbox any more, be it in an editor, a shell or on another computer, then run “sopm sandbox repair --unlock” on it.",
  },
  "sandbox-not-writable": {
    message: "Nothing can be written into the sandbox “{folder}”: {reason}.",
    hint: "Choose a sandbox that you may write to. A dry run does not need to write.",
  },
  "sandbox-full": {
    message: "There is no room in the sandbox “{folder}”: {reason}.",
    hint: "Make room and try again. The sandbox is as it was before.",
  },
  "sandbox-failed": {
    message: "The sandbox “{folder}” cannot be read or changed: {reason}.",
    hint: "The sandbox is as it was before.",
  },
  "sandbox-silent": {
    message: "The disk with the sandbox “{folder}” does not answer.",
    hint: "Look at the disk, or at the connection to the computer that shares it, then try again.",
  },
  "disk-silent": {
    message: "The disk with “{path}” does not answer.",
    hint: "Look at the disk, or at the connection to the computer that shares it, then try again.",
  },
  "sandbox-outdated": {
    message: "The sandbox “{folder}” has been changed by another operation since this one was planned.",
    hint: "Make the dry run again, then apply it.",
  },
  "sandbox-changed": {
    message:
      "The file “{location}” in the sandbox “{folder}” is not what it was when the operation was planned.",
    hint: "Make the dry run again, then apply it.",
  },
  "sandbox-path-outside": {
    message: "The path “{location}” leads out of the sandbox, so that nothing of the operation is done.",
    hint: "Give the file a Location below the home of the framework.",
  },
  "sandbox-name-invalid": {
    message:
      "A file cannot be called “{location}” on this computer, so that nothing of the operation is done.",
    hint: "Change the Location of the file, or apply the package on another system.",
  },
  "sandbox-blocked": {
    message:
      "“{location}” in the sandbox “{folder}” should be a folder that SOPM made, and is something else.",
    hint: "Take away the link or the file that was put there, then try again.",
  },
  "sandbox-in-the-way": {
    message: "“{location}” in the sandbox “{folder}” is a folder, where a file has to come back.",
    hint: "Take away the folder that was put there, then try again.",
  },
  "sandbox-operation-unknown": {
    message: "The sandbox “{folder}” has no operation {number} to go back to.",
    hint: "Look at the list of its operations; those that were undone are gone.",
  },
  "sandbox-server": {
    message: "The database of the sandbox “{folder}” cannot be used, so that nothing was changed.",
    hint: "The sandbox can be looked at all the same.",
  },
  "sandbox-server-unknown": {
    message:
      "The sandbox “{folder}” has its database on the server “{server}”, which no setting names. Nothing is sent to it, and nothing was changed.",
    hint: "Name the server again. The sandbox can be looked at all the same.",
  },
  "sandbox-not-made": {
    message: "The sandbox “{folder}” is not made, because its server cannot be used.",
    hint: "A sandbox without a database on a server needs none.",
  },
  "sandbox-half-dropped": {
    message:
      "The sandbox “{folder}” is gone. Its databases on the server “{server}”, whose names begin with “{database}”, are still there.",
    hint: "They are dropped when a sandbox is next made or dropped in the same folder.",
  },
  "sandbox-cancelled": {
    message: "The operation on the sandbox was cancelled.",
    hint: "The sandbox is as it was before.",
  },
  "report-too-long": {
    message: "The report is longer than a text can be in the form {format}.",
    hint: "Choose the form text, markdown or html, which leave out what nobody reads to its end.",
  },
  "history-incomplete": {
    message:
      "The content “{object}” of an earlier version is not in this clone, which has only a part of its repository.",
    hint: "Fetch all of the repository with Git, or take the version from an archive.",
  },
  "history-unreadable": {
    message: "“{object}” of an earlier version cannot be read. Git says: {reason}",
    hint: "Look at the repository with “git fsck”, or take the version from an archive.",
  },
  "history-too-large": {
    message:
      "The content “{object}” of an earlier version has {size} MB, and no more than {limit} MB are read.",
    hint: "Take the version from an archive.",
  },
  "history-slow": {
    message: "Git has not given “{object}” of an earlier version in time, and was ended.",
    hint: "Try again when the computer has less to do, or take the version from an archive.",
  },
  "history-cancelled": {
    message: "Reading earlier versions was cancelled.",
    hint: "Nothing has changed.",
  },
  "web-address": {
    message: "“{url}” is no address of the web.",
    hint: "Name one that begins with https:// or http://.",
  },
  "web-password-in-address": {
    message: "The address “{url}” has a name or a password in it.",
    hint: "Take it out, and have it sent as a header: option --headers, environment variable SOPM_REPOSITORY_HEADERS.",
  },
  "web-headers": {
    message: "Line {line} of {place} is no header for an address.",
    hint: "Write the address, a blank, and the header, such as “https://packages.example.com/znuny Authorization: Bearer …”.",
  },
  "web-file-elsewhere": {
    message: "The file “{file}” leads out of the repository “{url}”, so it is not fetched.",
    hint: "Tell whoever runs the repository: its index must name files below its own address.",
  },
  "web-redirect": {
    message: "“{url}” sends us to “{target}”, which is not followed.",
    hint: "Name the place itself, if you trust it. A redirect is followed from https to https only, never to another scheme, and never from elsewhere to this computer.",
  },
  "web-redirects": {
    message: "“{url}” sends us on more than {count} times.",
    hint: "Tell whoever runs the server.",
  },
  "web-unreachable": {
    message: "“{url}” cannot be reached: {reason}.",
    hint: "Look at the address, at the network, and at the environment variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY.",
  },
  "web-certificate": {
    message: "The certificate of “{url}” cannot be trusted: {reason}.",
    hint: "When it was signed by an authority of your own, name that one’s certificate in NODE_EXTRA_CA_CERTS.",
  },
  "web-unauthorized": {
    message: "“{url}” wants to know who is asking, or does not give it to us (status {status}).",
    hint: "Name the header that it wants, or another one: option --headers, environment variable SOPM_REPOSITORY_HEADERS.",
  },
  "web-proxy-unauthorized": {
    message: "The proxy wants to know who asks for “{url}”.",
    hint: "Put name and password into the address of the proxy, in HTTPS_PROXY or HTTP_PROXY.",
  },
  "web-missing": {
    message: "There is nothing at “{url}” (status {status}).",
    hint: "Look at the address of the repository: its index must lie directly below it.",
  },
  "web-status": {
    message: "The server does not give “{url}” to us (status {status}).",
    hint: "Try again later, or ask whoever runs the server.",
  },
  "web-packed": {
    message: "“{url}” comes compressed ({encoding}), which was not asked for.",
    hint: "Tell whoever runs the server: it must honour “Accept-Encoding: identity”.",
  },
  "web-too-large": {
    message: "“{url}” is larger than {megabytes} MB, so it is not fetched.",
    hint: "Fetch it by other means, and name the file or a folder with it.",
  },
  "web-cut-off": {
    message: "“{url}” ends before all of it is there.",
    hint: "Try again; when it happens again, ask whoever runs the server.",
  },
  "web-silent": {
    message: "The server has stopped answering: “{url}”.",
    hint: "Try again later.",
  },
  "web-slow": {
    message: "“{url}” comes so slowly that it is given up.",
    hint: "Try again later, or fetch it by other means and name a folder with it.",
  },
  "web-cancelled": {
    message: "Fetching “{url}” was cancelled.",
    hint: "Nothing has changed.",
  },
  "web-no-cache": {
    message: "What is fetched cannot be kept: {reason}.",
    hint: "It goes into the folder of your caches, such as XDG_CACHE_HOME: look at its permissions and at the disk.",
  },
  "web-not-here": {
    message: "Nothing can be fetched from the web here: “{url}”.",
    hint: "Name a local folder.",
  },
  "serve-port": {
    message: "Port {port} cannot be listened on: {reason}.",
    hint: "Choose another port, or 0 for one that is free.",
  },
  "framework-missing": {
    message: "There is no home of a framework in “{folder}”: it has no file RELEASE.",
    hint: "Choose the folder in which RELEASE and Kernel are.",
  },
  "framework-unknown": {
    message: "The file RELEASE in “{folder}” names no product and version that SOPM knows.",
    hint: "Make the sandbox from a product version.",
  },
  "release-newer": {
    message: "A release of “{path}” was begun by a newer version of SOPM.",
    hint: "Go on with it, or take it back, with that version.",
  },
  "release-damaged": {
    message:
      "What is noted of a release of “{path}” is damaged, so that it can neither go on nor be taken back.",
    hint: "Look yourself at the spec, its commit, its tag and what lies in the output folder. “sopm release --undo --yes” with the spec gives the release up, so that another one can begin.",
  },
} as const satisfies Record<string, ErrorTexts>;

/** A `PackageError` as plain data, for messages between threads. */
export interface PackageErrorData {
  readonly code: PackageErrorCode;
  readonly values: MessageArguments;
  readonly span: Span | undefined;
  readonly because: Message | undefined;
  readonly cause: string | undefined;
}

/** What an error says, to be put into the reader's language where it leaves. */
export function messageOf({
  code,
  values,
  because,
}: Pick<PackageErrorData, "code" | "values" | "because">): Message {
  return { text: packageErrorTexts[code].message, values, ...(because && { further: because }) };
}

/** The world refuses: a file or the disk is not as it would have to be. Nothing has changed then. */
export class PackageError extends Error {
  override readonly name = "PackageError";
  readonly code: PackageErrorCode;
  readonly values: MessageArguments;
  /** The element of the spec it is about, if it is about one. */
  readonly span: Span | undefined;
  /** What is said behind it; undefined for nothing. */
  readonly because: Message | undefined;

  constructor(
    code: PackageErrorCode,
    values: MessageArguments = {},
    {
      span,
      because,
      cause,
    }: {
      readonly span?: Span | undefined;
      readonly because?: Message | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(english(packageErrorTexts[code].message, values), cause === undefined ? undefined : { cause });
    this.code = code;
    this.values = values;
    this.span = span;
    this.because = because;
  }

  /** What the user can do next, in English. */
  get hint(): string {
    return packageErrorTexts[this.code].hint;
  }

  toData(): PackageErrorData {
    const cause = this.cause instanceof Error ? this.cause.message : undefined;
    return { code: this.code, values: this.values, span: this.span, because: this.because, cause };
  }

  static fromData({ code, values, span, because, cause }: PackageErrorData): PackageError {
    return new PackageError(code, values, {
      ...{ span, because },
      cause: cause === undefined ? undefined : new Error(cause),
    });
  }
}
