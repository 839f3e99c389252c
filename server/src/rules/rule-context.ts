import type { DialectId } from "../dialect/dialect.ts";
import type { Product } from "../dialect/products.ts";
import type { Schema } from "../dialect/schema.ts";
import type { ReleaseRange } from "../dialect/switches.ts";
import type { FolderFacts } from "../host/folder-facts.ts";
import type { PerlFacts } from "../host/perl-checker.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Profile } from "./profiles.ts";
import type { Severity } from "./rule.ts";

/** `archive` for `.opm` documents, `index` for the lists that repositories have of them. */
export type DocumentKind = "spec" | "archive" | "index";

/**
 * All that a rule may know beside the text it looks at. The same object means that nothing of it has changed, so
 * what was found with it is still true.
 */
export interface RuleContext {
  readonly dialect: DialectId;
  /** The releases that the text is checked for; the oldest of them may be of an older dialect of the product. */
  readonly releases: ReleaseRange;
  readonly schema: Schema;
  readonly product: Product;
  readonly profile: Profile;
  /** The text that settings want in the head of each file of code; undefined where they want none. */
  readonly licenseHeader: string | undefined;
  /** Why tables are left on purpose behind an uninstall, by their names. */
  readonly keptTables: Readonly<Record<string, string>>;
  /** Rules about specs only have nothing to say in an archive. */
  readonly kind: DocumentKind;
  /** The file's name without folder; undefined for texts that are no file yet. */
  readonly fileName: string | undefined;
  /** The package's own name and version; undefined when missing or empty. */
  readonly packageName: string | undefined;
  readonly packageVersion: string | undefined;
  readonly folder: FolderFacts;
  /** What Perl says of code; undefined where nobody asks it. */
  readonly perl: PerlFacts | undefined;
  readonly knowledge: Knowledge;
  /** "YYYY-MM-DD", local time. */
  readonly today: string;
  /** Severities that settings give to rules, by id. */
  readonly configured: Readonly<Record<string, Severity | "off">>;
}
