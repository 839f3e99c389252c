import type { FirstDifference } from "../builder/first-difference.ts";
import type { Message } from "../l10n/translate.ts";

/** How two packages differ. Plain data; texts of packages are as they are written in them. */
export interface PackageComparison {
  /** Of two archives: whether they have the same bytes. Of others: whether they hold the same package. */
  readonly isSame: boolean;
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  /** Elements outside of file lists and database sections, without what is said of the building. */
  readonly facts: readonly FactDifference[];
  readonly files: readonly FileDifference[];
  readonly database: readonly StatementDifference[];
  readonly settings: readonly SettingDifference[];
  /** How the archives are written; undefined when one of both is none. */
  readonly bytes: ByteDifference | undefined;
}

export interface ComparedSide {
  /** As somebody has named it. */
  readonly title: string;
  readonly kind: "archive" | "spec" | "installed";
  /** Undefined when it says none, and when nothing can be read out of it. */
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly isReadable: boolean;
  /** What it lacks that is not whole; nothing for others. */
  readonly damage: readonly Message[];
}

/** What all elements of a name say, those with attributes with these in front. */
export interface FactDifference {
  readonly element: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface FileDifference {
  readonly location: string;
  readonly change: "added" | "removed" | "changed";
  /** What the attributes say otherwise, those of the building left out; of a file on one side only none. */
  readonly attributes: readonly AttributeDifference[];
  /** Bytes; undefined where it is not. */
  readonly sizeBefore: number | undefined;
  readonly sizeAfter: number | undefined;
  readonly isSameContent: boolean;
  /** The lines that differ, in the form of `diff -u`; undefined for what is no text or too long, and for the same. */
  readonly diff: string | undefined;
}

export interface AttributeDifference {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** An element right in a database section. */
export interface StatementDifference {
  /** Such as "DatabaseInstall". */
  readonly section: string;
  /** Such as "TableCreate(acme)". */
  readonly element: string;
  /** "moved": it runs in another phase; "order": it stands in another place. */
  readonly change: "added" | "removed" | "changed" | "moved" | "order";
  readonly phaseBefore: string | undefined;
  readonly phaseAfter: string | undefined;
  /** As a file's; undefined for what is the same but for its phase or its place. */
  readonly diff: string | undefined;
}

export interface SettingDifference {
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  /** The values as JSON; undefined where there is no such setting. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface ByteDifference {
  readonly first: FirstDifference;
  /** Why the bytes differ, each reason once. */
  readonly reasons: readonly ByteReason[];
}

export interface ByteReason extends Message {
  readonly id:
    | "stamp"
    | "declaration"
    | "root"
    | "line-ends"
    | "wrapping"
    | "encoding"
    | "order"
    | "file-order"
    | "files"
    | "facts"
    | "database"
    | "comments"
    | "layout";
}
