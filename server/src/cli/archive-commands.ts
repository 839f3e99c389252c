import { type Command, command, type Parameters } from "./command.ts";
import { baseParameters, formatParameters, symlinkParameters } from "./common-parameters.ts";

const archiveParameters = {
  archive: { operand: "one", kind: "file", endings: ["opm"], placeholder: "ARCHIVE", text: "The archive" },
} as const satisfies Parameters;

export const showArchiveParameters = {
  ...archiveParameters,
  spec: { kind: "flag", text: "Print what its spec has become: the archive without the contents of files" },
  file: {
    kind: "text",
    placeholder: "LOCATION",
    text: "Print one of its files as it is; of several in the same place the last one, which counts",
  },
  ...formatParameters,
} as const satisfies Parameters;

export const extractParameters = {
  ...archiveParameters,
  output: { kind: "folder", placeholder: "DIR", text: "The folder to write into; it has to be said" },
  "as-source": {
    kind: "flag",
    text: "Write the spec as well, so that the package can be changed and built again",
  },
  force: { kind: "flag", text: "Replace files that are there" },
  ...formatParameters,
} as const satisfies Parameters;

export const diffParameters = {
  before: {
    operand: "one",
    kind: "file",
    endings: ["opm", "sopm"],
    placeholder: "BEFORE",
    text: "A package: an archive, a spec, sandbox:FOLDER#NAME for one that is installed in a sandbox, or version:SPEC#VERSION for an earlier version, which a tag may name as well",
  },
  after: {
    operand: "one",
    kind: "file",
    endings: ["opm", "sopm"],
    placeholder: "AFTER",
    text: "Another one in the same forms",
  },
  ...baseParameters,
  ...symlinkParameters,
  ...formatParameters,
} as const satisfies Parameters;

/** Commands that look into archives. */
export const archiveCommands: readonly Command[] = [
  command({
    name: "show",
    summary: "Tell what an archive holds",
    about:
      "Tells what package an archive is of, and which files it has: mode, bytes and SHA-256 of each, which are listed twice, and which the frameworks leave out.",
    parameters: showArchiveParameters,
    tooFew: "Name the archive.",
    tooMany: "One archive is looked at at a time.",
    exits: ["the archive was looked at", "it cannot be read, or has no such file"],
    run: async (given, shell) => (await import("./show.ts")).show(given, shell),
  }),
  command({
    name: "extract",
    summary: "Write the files of an archive into a folder, or make its source again",
    about:
      "Writes the files of an archive. With --as-source the spec comes with them, without contents and build data, and it is told whether building it gives the archive back byte for byte. Nothing is written outside the folder or through a link in it. The owner may read and change every file, and none runs as somebody else, whatever the package asks for. Of an archive that is cut off or not well-formed, the files that are whole are written, and it is told what was left out.",
    parameters: extractParameters,
    tooFew: "Name the archive.",
    tooMany: "One archive is extracted at a time.",
    exits: [
      "all files were written",
      "files were left out, are damaged or in the way, or something cannot be read or written",
    ],
    run: async (given, shell) => (await import("./extract.ts")).extract(given, shell),
  }),
  command({
    name: "diff",
    summary: "Tell how two packages differ, and why the bytes of two archives do",
    about:
      "Compares two packages by their elements, files, database sections and settings. Of two archives it tells the first byte that differs, and whether that comes from the build data, the order, the wrapping of Base64, line ends or a changed file. Where a spec is compared, what is written about the building does not count.",
    parameters: diffParameters,
    tooFew: "Name two packages.",
    tooMany: "Two packages are compared at a time.",
    exits: ["they are the same", "they differ; 2 also when one of them cannot be read"],
    run: async (given, shell) => (await import("./diff.ts")).diff(given, shell),
  }),
];
