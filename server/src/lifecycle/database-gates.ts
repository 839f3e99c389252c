import type { Message } from "../l10n/translate.ts";
import type { DatabaseFamily } from "../model/package-spec.ts";
import { isTrue, type StartTag, type Tag } from "../model/package-structure.ts";

/**
 * Why elements of database sections do not come to the database, for the plan of an operation and for the preview of
 * its SQL alike.
 */

/** Of a section that no operation runs. @source Znuny 7.1 and OTOBO 11, PackageUpgrade and PackageReinstall */
export function deadSectionReason(family: DatabaseFamily): Message {
  return family === "DatabaseUpgrade"
    ? { text: "DatabaseUpgrade of phase pre is never run." }
    : { text: "{family} is never run.", values: { family } };
}

/** Of a section whose Type is none of the phases of its family. */
export function unknownPhaseReason(family: DatabaseFamily, phase: string): Message {
  return { text: "{family} has no phase “{phase}”.", values: { family, phase } };
}

/** Of an element of an upgrade or a merge that has no version where one is looked for, which is on the third level. */
export function unversionedReason({ level, attributes }: StartTag): Message {
  return level !== 3 && isTrue(attributes.get("Version"))
    ? { text: "The Version stands on level {level}, and only level 3 is looked at.", values: { level } }
    : { text: "The element has no Version, and those without are never run." };
}

/** Of an element of an upgrade for a version that was reached before. */
export function passedVersionReason(version: string, installed: string): Message {
  return {
    text: "The element is for {version}, and {installed} was installed.",
    values: { version, installed },
  };
}

/** Of what waits for a package to be merged. @param merges whether the package ever merges one of this name */
export function notMergedReason(name: string, merges: boolean): Message {
  return merges
    ? { text: "IfPackage: {name} was not merged in this operation.", values: { name } }
    : { text: "IfPackage: the package never merges {name}.", values: { name } };
}

/** What is skipped ends with the first end tag of the same name on the same level. */
export function isEndOf(tag: Tag, start: StartTag): boolean {
  return tag.kind === "end" && tag.name === start.name && tag.level === start.level;
}
