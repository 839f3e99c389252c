import type { Family } from "../dialect/dialect.ts";
import type { Message } from "../l10n/translate.ts";

/** What a second validator says of a spec. */
export type SchemaOpinion =
  | { readonly kind: "valid" }
  /** In the validator's own words, with line and column. */
  | { readonly kind: "invalid"; readonly messages: readonly string[] }
  | { readonly kind: "not-asked"; readonly reason: "no-java" | "java-untrusted" | "no-validator" }
  | { readonly kind: "too-slow"; readonly seconds: number }
  /** Why it could not be asked: in our words, which hold a code of the system, or in Java's. */
  | { readonly kind: "failed"; readonly message: Message }
  | { readonly kind: "cancelled" };

export interface OpinionOptions {
  /** Folders that Java is not started from, beside the current one and the checkout that each of them lies in. */
  readonly untrustedFolders: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; absent for more than any spec takes. */
  readonly timeLimit?: number | undefined;
}

/** A validator of XML that is not ours, for a second opinion. */
export interface SchemaValidator {
  /**
   * Asks what it thinks of a file, by the schema of a family. Never throws.
   *
   * @param file absolute path; the file must not have a DOCTYPE, whose entities it would go and fetch
   */
  readonly ask: (file: string, family: Family, options: OpinionOptions) => Promise<SchemaOpinion>;
}
