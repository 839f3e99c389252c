import { type Message, messageText, type Translate } from "../l10n/translate.ts";
import type { Finding } from "./rule.ts";

type Said = Pick<Finding, "message" | "arguments" | "reason" | "part" | "assumed">;

/**
 * What a finding says: its message, why it is so, and of which releases it is true when it is not true of all that are
 * admitted, or of which it is known when it is known of none of these.
 */
export function findingMessage({ message, arguments: values, reason, part, assumed }: Said): Message {
  const extent = assumed === undefined ? part && partMessage(part) : assumedMessage(assumed);
  const further = reason ? { ...reason, ...(extent && { further: extent }) } : extent;
  return { text: message, ...(values && { values }), ...(further && { further }) };
}

/** The same as one text. */
export function findingText(finding: Said, translate: Translate): string {
  return messageText(findingMessage(finding), translate);
}

function assumedMessage(release: string): Message {
  return {
    text: "This is so in {release}, and assumed of the releases that the package is for.",
    values: { release },
  };
}

function partMessage({ since, until }: NonNullable<Finding["part"]>): Message {
  if (since === undefined) return { text: "This holds before {until}.", values: { until: until! } };
  if (until === undefined) return { text: "This holds from {since} on.", values: { since } };
  return { text: "This holds from {since} on and before {until}.", values: { since, until } };
}
