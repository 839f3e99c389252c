/**
 * Metadata of `opmbuild sopm`, as its JSON says it: anything may be anything. What is not of the form that is asked for is
 * as if it were not there.
 */
export type Metadata = Readonly<Record<string, unknown>>;

export type MetadataReading =
  | { readonly kind: "read"; readonly metadata: Metadata }
  /** What the parser says, in English. */
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Reads the JSON of a package. Comments from `#` to the end of a line and commas behind the last of a list are allowed, as
 * Perl's relaxed JSON allows them.
 *
 * @throws never
 * @source OPM::Maker::Command::sopm 1.1.1, validate_args
 */
export function readMetadata(text: string): MetadataReading {
  try {
    const value: unknown = JSON.parse(strict(text.replace(/^\ufeff/, "")));
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return { kind: "read", metadata: value as Metadata };
    throw new SyntaxError("Expected an object");
  } catch (error) {
    return { kind: "refused", reason: (error as Error).message };
  }
}

/** The same JSON without what is only allowed in relaxed one, each part in its place. */
function strict(text: string): string {
  return text
    .replace(/"(?:[^"\\]|\\.)*"|#[^\n]*/gs, (part) => (part.startsWith("#") ? blank(part) : part))
    .replace(/"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])/gs, (part) => (part === "," ? " " : part));
}

function blank(part: string): string {
  return " ".repeat(part.length);
}

/** A text or a number as text, where Perl makes no difference; undefined for anything else, and for what Perl takes for false. */
export function textIn(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" && text !== "0" ? text : undefined;
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function tableIn(value: unknown): Metadata {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Metadata) : {};
}

/** Perl's truth. */
export function isTrueIn(value: unknown): boolean {
  return value === true || textIn(value) !== undefined || (typeof value === "object" && value !== null);
}
