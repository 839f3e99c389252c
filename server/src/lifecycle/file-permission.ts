/**
 * The mode that a file gets from the `Permission` of a package.
 *
 * Three characters get a zero in front, and the whole is read as an octal number, up to the first character that is
 * no octal digit. Nothing is set when the text is false in Perl.
 *
 * @returns undefined where the mode stays as the file was made with
 * @source Znuny 7.1 and OTOBO 11, Kernel::System::Main, FileWrite
 */
export function modeOf(permission: string): number | undefined {
  if (permission === "" || permission === "0") return undefined;
  if (/^[0-7]{3,4}$/.test(permission)) return Number.parseInt(permission, 8);
  return perlOctal(permission.length === 3 ? `0${permission}` : permission) & 0o7777;
}

/** What Perl makes of a text with its function `oct`, which also knows hexadecimal and binary numbers. */
export function perlOctal(text: string): number {
  const trimmed = text.trimStart();
  const [, prefix = "", digits = ""] = /^(0?[xX]|0?[bB]|0?[oO])?(.*)$/s.exec(trimmed) ?? [];
  const base = /x/i.test(prefix) ? 16 : /b/i.test(prefix) ? 2 : 8;
  const valid = { 16: /^[0-9a-fA-F_]*/, 2: /^[01_]*/, 8: /^[0-7_]*/ }[base];
  const [number = ""] = valid.exec(digits) ?? [];
  // Only the last digits are permission bits, so a number too long to be exact needs no more of them.
  return Number.parseInt(number.replaceAll("_", "").slice(-12) || "0", base);
}
