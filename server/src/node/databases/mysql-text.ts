/** A name in a statement for MariaDB or MySQL. */
export function quotedName(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

/** A text in a statement. */
export function quotedText(value: string): string {
  return `'${value.replaceAll(/['\\]/g, "\\$&")}'`;
}
