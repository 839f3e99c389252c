import type { DialectId } from "../../dialect/dialect.ts";
import { type Knowledge, noKnowledge } from "../../knowledge/knowledge.ts";

/** What is known of the framework a dialect belongs to, read from our data when first asked for. */
export function knowledgeFor(_dialect: DialectId): Knowledge {
  return noKnowledge;
}
