import type { MessageArguments } from "../l10n/translate.ts";
import type { Span } from "../text/span.ts";

/** Why no archive is written. */
export interface Refusal {
  readonly id: RefusalId;
  readonly values: MessageArguments;
  /** What it is about in the spec; undefined for what is missing or about the whole spec. */
  readonly span: Span | undefined;
}

interface RefusalKind {
  /** The English message, which is the key of its translations. */
  readonly text: string;
  /** True when the framework refuses too; false when only we do, because what it does is not safe. */
  readonly byFramework: boolean;
}

export type RefusalId = keyof typeof refusalKinds;

/** Every reason not to write an archive that can be seen without looking at the disk. */
export const refusalKinds = {
  malformed: {
    text: "The spec is not well-formed XML, so no archive can be built from it.",
    byFramework: true,
  },
  "malformed-tolerated": {
    text: "The spec is not well-formed XML. The framework reads such a spec a second time with a lenient parser and builds an archive in which parts are there twice or missing; SOPM never does. Mend the XML.",
    byFramework: false,
  },
  "malformed-unseen": {
    text: "The spec is not well-formed XML. The framework reads such a spec a second time with a lenient parser, and whether it would build an archive, and what would be in it, cannot be foretold; SOPM never does. Mend the XML.",
    byFramework: false,
  },
  encoding: {
    text: "The spec is not written in UTF-8, so the framework cannot read it.",
    byFramework: true,
  },
  "no-known-tag": {
    text: "Nothing in this file belongs to a package.",
    byFramework: true,
  },
  "missing-element": {
    text: "The builder needs the element “{name}”, which the spec does not have.",
    byFramework: true,
  },
  "not-downloadable": {
    text: "PackageIsDownloadable is not true, and such a package is not built.",
    byFramework: true,
  },
  "version-form": {
    text: "“{version}” is no version to build with: it takes three groups of one to four digits, such as 1.2.3.",
    byFramework: true,
  },
  "name-too-long": {
    text: "The archive would be called “{fileName}”, which is longer than file systems allow.",
    byFramework: true,
  },
  "name-leads-outside": {
    text: "The archive would be called “{fileName}”. The framework would write it wherever that leads, and could overwrite a file elsewhere; SOPM never does. Take the separator out of Name and Version.",
    byFramework: false,
  },
  "name-control-character": {
    text: "Name or Version holds a line break or another control character, which would be in the name of the archive. The framework would build it; SOPM never does, because such a name misleads whoever sees it. Take the character out.",
    byFramework: false,
  },
  doctype: {
    text: "The spec declares entities or refers to another file in its DOCTYPE. The framework would build it; SOPM never does, because entities can bring in other files or fill the memory, and every product reads them otherwise. Remove the DOCTYPE.",
    byFramework: false,
  },
} as const satisfies Record<string, RefusalKind>;

export function refuse(id: RefusalId, span?: Span, values: MessageArguments = {}): Refusal {
  return { id, values, span };
}
