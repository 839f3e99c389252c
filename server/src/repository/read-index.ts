import type { Release } from "../dialect/switches.ts";
import type { FrameworkRange } from "../model/framework-range.ts";
import type { Requirement } from "../model/requirements.ts";
import type { Span } from "../text/span.ts";
import { attributeOf, contentSpan, type DocumentTag, listTagsOf, type RefusalReason } from "./read-tags.ts";

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
  /** Where the names of these stand, in their order. */
  readonly requiredSpans: readonly Span[];
  /** Where its name stands, as it is written; undefined for one without. */
  readonly nameSpan: Span | undefined;
  /** Files of documentation, by their attribute `Location`. */
  readonly documents: readonly (string | undefined)[];
  /** The text of every other element by its name; of several the last one. */
  readonly fields: ReadonlyMap<string, string | undefined>;
  /** The start tags, that of `Package` first; empty unless they were asked for. */
  readonly tags: readonly DocumentTag[];
}

export type IndexReading<Entry = IndexEntry> =
  | {
      readonly kind: "read";
      readonly entries: readonly Entry[];
      /** The line in which the document is not well-formed, though it could be read; undefined when it is. */
      readonly malformedLine: number | undefined;
    }
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly line: number };

/**
 * Reads the index of a repository, `otrs.xml` or `otobo.xml`, in document order. The name of the root element does not
 * matter.
 *
 * @param language of the descriptions, such as "en"
 * @throws never
 * @source Znuny 7.1, RepositoryPackageListGet; OTOBO 11, PackageOnlineList
 */
export function readIndex(text: string, language: string, release: Release): IndexReading {
  const reading = readEntries(text, language, release, (entry) => entry);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
  }
}

/**
 * The same for who keeps something else of an entry, which is little beside a long index. It may be put off at every
 * `yield`.
 *
 * @param make may be called for entries of which nothing counts in the end
 * @param withTags whether entries have their tags, which is much to keep of a long index
 */
export function* readEntries<Entry>(
  text: string,
  language: string,
  release: Release,
  make: (entry: IndexEntry) => Entry,
  withTags = false,
): Generator<undefined, IndexReading<Entry>, undefined> {
  let entries: Entry[] = [];
  const reading = yield* listTagsOf(text, release, () => {
    entries = [];
    let entry = new EntryInProgress();
    return (tags) => {
      for (const tag of tags) {
        if (tag.kind === "end") {
          if (tag.name === "Package" && !entry.isEmpty) entries.push(make(entry.finish()));
          continue;
        }
        if (tag.name === "Package") entry = new EntryInProgress();
        else entry.add(tag, language);
        if (withTags) entry.tags.push(tag);
      }
    };
  });
  if (reading.kind === "refused") return reading;
  return { kind: "read", entries, malformedLine: reading.isLenient ? reading.line : undefined };
}

/** What was found since the last start of a package. */
class EntryInProgress {
  isEmpty = true;
  readonly tags: DocumentTag[] = [];
  #frameworks: FrameworkRange[] = [];
  #requiredPackages: Requirement[] = [];
  #requiredSpans: Span[] = [];
  #nameSpan: Span | undefined;
  #documents: (string | undefined)[] = [];
  #fields = new Map<string, string | undefined>();
  #description: string | undefined;
  #hasFileList = false;
  /** Whether an entry has the lists that are here. */
  #isFinished = false;

  add(tag: DocumentTag, language: string): void {
    const { name, content } = tag;
    if (name === "Filelist") {
      this.#hasFileList = true;
      return;
    }
    if (this.#isFinished) this.#takeCopies();
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
        this.#requiredSpans.push(contentSpan(tag));
        break;
      case "Description":
        if (this.#description === undefined || attributeOf(tag, "Lang") === language)
          this.#description = content;
        break;
      default:
        if (name === "FileDoc" && this.#hasFileList) this.#documents.push(attributeOf(tag, "Location"));
        else {
          this.#fields.set(name, content);
          if (name === "Name") this.#nameSpan = contentSpan(tag);
        }
    }
  }

  /** It may go on behind the end of a package, when this was inside another, so that an entry may come twice. */
  finish(): IndexEntry {
    this.#isFinished = true;
    const fields = this.#fields;
    return {
      name: fields.get("Name") ?? "",
      version: fields.get("Version") ?? "",
      file: fields.get("File") ?? "",
      description: this.#description,
      frameworks: this.#frameworks,
      requiredPackages: this.#requiredPackages,
      requiredSpans: this.#requiredSpans,
      nameSpan: this.#nameSpan,
      documents: this.#documents,
      fields,
      tags: this.tags,
    };
  }

  #takeCopies(): void {
    this.#isFinished = false;
    this.#frameworks = [...this.#frameworks];
    this.#requiredPackages = [...this.#requiredPackages];
    this.#requiredSpans = [...this.#requiredSpans];
    this.#documents = [...this.#documents];
    this.#fields = new Map(this.#fields);
  }
}
