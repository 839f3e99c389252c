/** Tells whether a code section's `Type` has signs that mean something in a regular expression, as which it is used. */
export function isTypePattern(type: string): boolean {
  return /[.|()[\]{}*+?^$\\]/.test(type);
}
