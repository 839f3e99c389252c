import type { MessageArguments, Translate } from "./translate.ts";

/**
 * Why the system refuses something, for people who do not know its codes.
 *
 * @param code such as "EACCES", or one of ours; a code that we have no words for is given back
 */
function systemReason(translate: Translate, code: string): string {
  return Object.hasOwn(reasons, code) ? translate(reasons[code]!.text) : code;
}

/** The values of a message with the reason in it, if there is one, in words. */
export function withSystemReason(translate: Translate, values: MessageArguments = {}): MessageArguments {
  const { reason } = values;
  return typeof reason === "string" ? { ...values, reason: systemReason(translate, reason) } : values;
}

const reasons: Readonly<Record<string, { readonly text: string }>> = {
  EACCES: { text: "permission denied" },
  EPERM: { text: "permission denied" },
  ENOENT: { text: "there is no such file or folder" },
  ENOTDIR: { text: "what should be a folder is a file" },
  EEXIST: { text: "something else of that name is there" },
  EISDIR: { text: "it is a folder" },
  ELOOP: { text: "symbolic links lead in a circle" },
  EIO: { text: "the disk reports an error" },
  EROFS: { text: "the file system is read-only" },
  ENOSPC: { text: "the disk is full" },
  EDQUOT: { text: "the disk quota is used up" },
  EFBIG: { text: "the file would become too large" },
  EMFILE: { text: "too many files are open" },
  ENFILE: { text: "too many files are open" },
  ERR_FS_FILE_TOO_LARGE: { text: "it is too large" },
  ERR_STRING_TOO_LONG: { text: "it is too large" },
  // What we find out ourselves.
  "not-plain": { text: "it is a link, a folder, a device or a pipe" },
  lock: { text: "it is no lock of SOPM" },
  checksum: { text: "its bytes have changed" },
  missing: { text: "it is missing" },
  number: { text: "it belongs to another operation" },
  stray: { text: "SOPM has not put it there" },
  "not-folder": { text: "it is no folder" },
  form: { text: "its contents make no sense" },
  parts: { text: "it refers to what is lost" },
  elsewhere: { text: "it is of another computer or container" },
  journal: { text: "the journal that belongs to it is lost" },
};
