import type { Release } from "../dialect/switches.ts";
import type { FrameworkRange } from "../model/framework-range.ts";
import type { Requirement } from "../model/requirements.ts";
import { attributeOf, type DocumentTag, type RefusalReason, readTags } from "./read-tags.ts";

/** A package as an index lists it. */
export interface IndexEntry {
  readonly name: string;
  readonly version: string;
  /** Where the archive lies, below the address of the repository. */
  readonly file: string;
  /** In the language asked for if there is one in it, else the first; undefined when there is none. */
  readonly description: string | undefined;
  readonly frameworks: readonly FrameworkRange[];
  readonly requiredPackages: readonly Requirement[];
  /** Files of documentation, by their attribute `Location`. */
  readonly documents: readonly (string | undefined)[];
  /** The text of every other element by its name; of several the last one. */
  readonly fields: ReadonlyMap<string, string | undefined>;
  /** The start tags, that of `Package` first; empty unless they were asked for. */
  readonly tags: readonly DocumentTag[];
}

export type IndexReading =
  | {
      readonly kind: "read";
      readonly entries: readonly IndexEntry[];
      /** The line in which the document is not well-formed, though it could be read; undefined when it is. */
      readonly malformedLine: number | undefined;
    }
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly line: number };

/**
 * Reads the index of a repository, `otrs.xml` or `otobo.xml`, in document order. The name of the root element does not
 * matter.
 *
 * @param language of the descriptions, such as "en"
 * @param withTags whether entries have their tags, which is much to keep of a long index
 * @throws never
 * @source Znuny 7.1, RepositoryPackageListGet; OTOBO 11, PackageOnlineList
 */
export function readIndex(text: string, language: string, release: Release, withTags = false): IndexReading {
  const reading = readTags(text, release);
  if (reading.kind === "refused") return reading;
  const entries: IndexEntry[] = [];
  let entry = new EntryInProgress();
  for (const tag of reading.tags) {
    if (tag.kind === "end") {
      if (tag.name === "Package" && !entry.isEmpty) entries.push(entry.finish());
    } else if (tag.name === "Package") {
      entry = new EntryInProgress();
      if (withTags) entry.tags.push(tag);
    } else {
      if (withTags) entry.tags.push(tag);
      entry.add(tag, language);
    }
  }
  return { kind: "read", entries, malformedLine: reading.isLenient ? reading.line : undefined };
}

/** What was found since the last start of a package. */
class EntryInProgress {
  isEmpty = true;
  readonly tags: DocumentTag[] = [];
  readonly #frameworks: FrameworkRange[] = [];
  readonly #requiredPackages: Requirement[] = [];
  readonly #documents: (string | undefined)[] = [];
  readonly #fields = new Map<string, string | undefined>();
  #description: string | undefined;
  #hasFileList = false;

  add(tag: DocumentTag, language: string): void {
    const { name, content } = tag;
    if (name === "Filelist") {
      this.#hasFileList = true;
      return;
    }
    this.isEmpty = false;
    switch (name) {
      case "Framework":
        this.#frameworks.push({
          pattern: content,
          minimum: attributeOf(tag, "Minimum"),
          maximum: attributeOf(tag, "Maximum"),
        });
        break;
      case "PackageRequired":
        this.#requiredPackages.push({ name: content ?? "", version: attributeOf(tag, "Version") });
        break;
      case "Description":
        if (this.#description === undefined || attributeOf(tag, "Lang") === language)
          this.#description = content;
        break;
      default:
        if (name === "FileDoc" && this.#hasFileList) this.#documents.push(attributeOf(tag, "Location"));
        else this.#fields.set(name, content);
    }
  }

  /** An entry may come twice, when a package is inside another. */
  finish(): IndexEntry {
    const fields = new Map(this.#fields);
    return {
      name: fields.get("Name") ?? "",
      version: fields.get("Version") ?? "",
      file: fields.get("File") ?? "",
      description: this.#description,
      frameworks: [...this.#frameworks],
      requiredPackages: [...this.#requiredPackages],
      documents: [...this.#documents],
      fields,
      tags: this.tags,
    };
  }
}
