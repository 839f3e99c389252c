/**
 * Why a table is left on purpose behind an uninstall; undefined for one that is not. Databases do not tell upper case from lower.
 *
 * @param kept reasons by the names of tables, as settings have them
 */
export function keptFor(table: string, kept: Readonly<Record<string, string>>): string | undefined {
  const wanted = table.toLowerCase();
  return Object.entries(kept).find(([name]) => name.toLowerCase() === wanted)?.[1];
}
