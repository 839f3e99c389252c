import type { DialectId } from "./dialect.ts";
import type { Switch } from "./switches.ts";

/**
 * How often an element may occur below its parent in a package that works everywhere.
 * "one" and "some" (one or more) are required, "optional" and "many" (any number) are not.
 * The frameworks themselves enforce almost nothing of this.
 */
export type Repeat = "one" | "optional" | "some" | "many";

/** What stands between the start tag and the end tag. */
export type Content =
  | "empty" // nothing; text is dropped
  | "text" // character data
  | "perl" // Perl source, best in CDATA
  | "html" // an HTML fragment, escaped or in CDATA
  | "base64" // the bytes of a file: empty in a spec, filled in an archive
  | "elements"; // child elements only

/** Where an element or attribute may come from and where it goes. */
export type Origin = "author" | "builder" | "index" | "tools";

/** The words that `readBy` is made of, so that they can be translated one by one. */
export const readers = [
  "installer",
  "builder",
  "index",
  "online list",
  "admin screen",
  "console",
  "SQL generator",
  "checking tools",
  "nobody",
] as const;

/** One attribute of one element. A row of the tag schema. */
export interface AttributeFact {
  readonly name: string;
  /** True when the element does not work without it, in every place where the element may stand. */
  readonly required?: boolean;
  /** True when a good package has it although the frameworks do without; snippets offer it. */
  readonly advised?: boolean;
  /** True for an old attribute that works but should not be offered by completion. */
  readonly obsolete?: boolean;
  /** The complete list of useful values, in the letter case to write. Absent when any text goes. */
  readonly values?: readonly string[];
  /** True when the frameworks also take other letter cases of `values`. */
  readonly anyCase?: boolean;
  /** What the value is, for completion and checks. Absent means free text. */
  readonly type?:
    | "version"
    | "language"
    | "path"
    | "permission"
    | "date"
    | "boolean"
    | "package"
    | "table"
    | "column"
    | "number";
  /** What the framework assumes when the attribute is missing. Absent when nothing is assumed. */
  readonly default?: string;
  /** The releases that know it. Absent means all. */
  readonly where?: Switch;
  /** Filled by whom; absent means the author. */
  readonly filledBy?: Origin;
  /** One English sentence, Markdown inline code allowed: what it means to the author. */
  readonly summary: string;
  /** More of it: traps, and what really happens. Sentences, Markdown. */
  readonly details?: string;
}

/** One element of `.sopm` and `.opm`. A row of the tag schema. */
export interface ElementFact {
  readonly name: string;
  /** Names of the elements it may stand in; "root" stands for `otrs_package` and `otobo_package`. Empty for the roots themselves. */
  readonly parents: readonly string[];
  readonly repeat: Repeat;
  readonly content: Content;
  /** The complete list of useful texts, such as `0` and `1`. Absent when any text goes. */
  readonly values?: readonly string[];
  /** The value that an empty text stands for; the frameworks' builders write `0` as an empty text. Absent when empty text is just empty. */
  readonly emptyMeans?: string;
  /** What the framework assumes when the element is missing. Absent when nothing is assumed. */
  readonly default?: string;
  readonly attributes: readonly AttributeFact[];
  /** The dialects that know it. Absent means all that have a release which knows it. */
  readonly dialects?: readonly DialectId[];
  /** The releases that know it. Absent means all. */
  readonly where?: Switch;
  /** Since when, in words: "OTRS 5.0". Absent means always. */
  readonly since?: string;
  /** Filled by whom; absent means the author. */
  readonly filledBy?: Origin;
  /** False when the framework's builder leaves it out of the archive. Absent means it is kept. */
  readonly kept?: boolean;
  /** Who reads it: some of `readers`, joined by ", ", such as "admin screen, console" or "nobody". */
  readonly readBy: string;
  /** True for an old form that works only here and there and should not be offered by completion. */
  readonly obsolete?: boolean;
  /** One English sentence, Markdown inline code allowed: what it is for. Completion and hover show it first. */
  readonly summary: string;
  /** More of it: traps, and what really happens. Sentences, Markdown. */
  readonly details?: string;
  /** A short XML example of our own. */
  readonly example: string;
  /**
   * A snippet body in the editor's syntax (`$1`, `${1:text}`, `$0`): the whole element with required attributes and
   * children, indented by four blanks. `${VERSION}` and `${DATE}` in it are for completion to replace, by the
   * package's version and by today. Absent when one can be derived from the attributes and the content.
   */
  readonly snippet?: string;
  /** The framework routine that proves the row, by product and name. */
  readonly source: string;
}
