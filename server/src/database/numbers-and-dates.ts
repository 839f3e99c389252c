/**
 * A number rounded to so many digits behind the point, halves away from zero, as databases do.
 *
 * @param text a number, perhaps with an exponent
 * @returns undefined for one so large or small that no column could hold it
 */
export function roundedDecimal(text: string, scale: number): string | undefined {
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] =
    /^\s*([-+]?)(\d*)\.?(\d*)(?:e([-+]?\d+))?\s*$/i.exec(text) ?? [];
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > mostDigits || whole.length + fraction.length > mostDigits) return undefined;
  // The number is digits / 10^behind.
  const digits = whole + fraction;
  const behind = fraction.length - exponent;
  let scaled: bigint;
  if (behind <= scale) scaled = BigInt(`${digits}${"0".repeat(scale - behind)}`);
  else {
    const kept = digits.length - (behind - scale);
    const next = kept < 0 ? "0" : digits[kept];
    scaled = BigInt(kept <= 0 ? "0" : digits.slice(0, kept));
    if (next !== undefined && next >= "5") scaled += 1n;
  }
  const padded = String(scaled).padStart(scale + 1, "0");
  const point = padded.length - scale;
  const plain = scale > 0 ? `${padded.slice(0, point)}.${padded.slice(point)}` : padded;
  return sign === "-" && scaled !== 0n ? `-${plain}` : plain;
}

const mostDigits = 4000;

/**
 * Reads a date as the frameworks write it, with or without a time.
 *
 * @param isLoose whether digits may also stand one behind the other (MySQL)
 * @param takesZero whether a date of zeros alone is one (MariaDB)
 * @returns as "YYYY-MM-DD hh:mm:ss"; undefined for what is no date
 */
export function readDate(text: string, isLoose: boolean, takesZero: boolean): string | undefined {
  const parts =
    /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2})(?:\.\d*)?)?)?\s*$/.exec(
      text,
    ) ?? (isLoose ? /^\s*(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?\s*$/.exec(text) : null);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const isZero = takesZero && year === 0 && month === 0 && day === 0;
  const isDay = isZero || (month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month));
  if (!isDay || hour > 23 || minute > 59 || second > 59) return undefined;
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(hour)}:${two(minute)}:${two(second)}`;
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)} ${time}`;
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
