import { md5 } from "../../model/md5.ts";

/**
 * A name that fits: one that is too long is cut and ends in two digits of the MD5 sum of the whole.
 *
 * @param limit in characters, the two digits included
 * @source Znuny 7.1 and OTOBO 11, the drivers of all databases
 */
export function fittingName(name: string, limit: number): string {
  const characters = [...name];
  if (characters.length <= limit) return name;
  const sum = md5(new TextEncoder().encode(name));
  return `${characters.slice(0, limit - 2).join("")}${sum.charAt(0)}${sum.charAt(31)}`;
}

/** The whole name of a foreign key, which does not hold the table it refers to. */
export function foreignKeyName(table: string, column: string, foreignColumn: string): string {
  return `FK_${table}_${column}_${foreignColumn}`;
}
