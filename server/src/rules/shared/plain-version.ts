/**
 * A version as far as it can be compared with others: digits and dots only, and not the placeholder 0.0.0, for which
 * many a vendor's build puts in the real version. Undefined for all others.
 */
export function plainVersion(version: string | undefined): string | undefined {
  if (version === undefined || !/^\d+(\.\d+)*$/.test(version)) return undefined;
  return /^[0.]+$/.test(version) ? undefined : version;
}
