import type { ElementFact } from "./element-fact.ts";

/** The file list. */
export const fileElements: readonly ElementFact[] = [
  {
    name: "Filelist",
    parents: ["root"],
    repeat: "optional",
    content: "elements",
    attributes: [],
    readBy: "installer, builder, index",
    summary: "The files that the package brings along.",
    details:
      "Every element in it is treated as a file, whatever its name, and the builder writes it as `File`. Two lists are joined; a list inside a list is not understood. The index keeps only entries below `doc/`. A package without any accepted file gets no list in the archive.",
    example:
      '<Filelist>\n    <File Permission="660" Location="Kernel/System/AcmeContracts.pm"/>\n</Filelist>',
    snippet: '<Filelist>\n    <File Permission="${1|660,644,770,755|}" Location="$0"/>\n</Filelist>',
    source: "OTOBO 11 and Znuny 7.1, PackageParse and PackageBuild",
  },
  {
    name: "File",
    parents: ["Filelist"],
    repeat: "some",
    content: "base64",
    attributes: [
      {
        name: "Permission",
        required: true,
        type: "permission",
        summary: "The mode of the installed file as three or four octal digits, such as `660`.",
        details:
          "Without it the file is packed, but the installer skips it with a line in the log. The builder copies it as it is; the mode on the author's disk never counts. An empty value writes the file without setting a mode.",
      },
      {
        name: "Location",
        required: true,
        type: "path",
        summary: "Where the file goes, relative to the framework's home.",
        details:
          "The builder reads the file from the same path below its base folder. An entry with a leading `/`, with `../` or with the path of a generated file such as `Kernel/Config/Files/ZZZAuto.pm` is dropped with a line in the log, and the package is built and installed without it. Letter case counts.",
      },
      {
        name: "Type",
        values: ["replace"],
        anyCase: true,
        summary: "`replace` keeps an existing file as `.backup` instead of `.save`.",
        details: "Both come back when the package is uninstalled, the `.backup` first.",
      },
      {
        name: "Encode",
        values: ["Base64"],
        filledBy: "builder",
        summary: "How the content is packed into the archive.",
        details:
          "The builder throws the author's value away and writes `Base64`. A reader decodes only for exactly this value and takes everything else as it stands.",
      },
    ],
    readBy: "installer, builder, index",
    summary: "One file of the package; its content is filled in when the archive is built.",
    details:
      "A text in the spec is ignored by the framework's builder, and `opmbuild` puts the content after it. An empty file can be packed but never installed: the installer says that the content is not defined, and the deploy check reports the file as missing for ever. A location listed twice is packed and written twice. An attribute `Size` is dropped, others are kept.",
    example: '<File Permission="660" Location="Kernel/System/AcmeContracts.pm"/>',
    snippet: '<File Permission="${1|660,644,770,755|}" Location="$2"/>',
    source: "OTOBO 11 and Znuny 7.1, PackageParse, PackageBuild and _FileInstall",
  },
];
