/** The part of an attribute row or an element row that limits a value. */
interface ValueFact {
  readonly values?: readonly string[];
  readonly anyCase?: boolean;
  readonly emptyMeans?: string;
}

/**
 * The pattern of XML Schema for values that count in any letter case, such as `[pP][rR][eE]|[pP][oO][sS][tT]`;
 * undefined where the values are simply listed or free. It means the same as a regular expression of the
 * language when both its ends are anchored.
 */
export function valuePattern({ values, anyCase }: ValueFact): string | undefined {
  return values && anyCase ? values.map(anyCasePattern).join("|") : undefined;
}

/** The listed values, the empty one included where it stands for one of them; undefined where any text goes. */
export function listedValues({ values, emptyMeans }: ValueFact): readonly string[] | undefined {
  return values && emptyMeans !== undefined ? [...values, ""] : values;
}

/** Tells whether a value is one of those that the row lists; true when it lists none. */
export function isAcceptedValue(fact: ValueFact, value: string): boolean {
  const values = listedValues(fact);
  if (!values) return true;
  const pattern = valuePattern(fact);
  return values.includes(value) || (pattern !== undefined && new RegExp(`^(?:${pattern})$`).test(value));
}

/** Only for letters of ASCII, as Perl's and XML's patterns agree on no others. */
function anyCasePattern(value: string): string {
  return value.replace(/[A-Za-z]/g, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}
