import { type Release, switchesOf } from "../dialect/switches.ts";

/**
 * Tells whether an installed version is at least the wanted one, as the installer of a release decides it.
 *
 * The groups are compared one by one and the first that differs as a text decides, even when both have the same
 * numeric value: `1.01.5` and `1.1.9` each count as at least the other. Text behind the digits of a group is not seen,
 * nor is anything from the seventh group on. OTRS 2 to 4 print five groups with four digits each and compare the two
 * long numbers.
 *
 * @returns false means "older"; the installers know no third answer
 * @source Znuny 7.1 and OTOBO 11, _CheckVersion with Type Min; OTRS 3.1, _CheckVersion
 */
export function isAtLeast(installed: string, wanted: string, release: Release): boolean {
  if (switchesOf(release).comparesLongNumbers) return asLongNumber(installed) >= asLongNumber(wanted);
  const installedGroups = groupsOf(installed);
  const wantedGroups = groupsOf(wanted);
  for (let index = 0; index < 6; index++) {
    const installedGroup = installedGroups[index] || "0";
    const wantedGroup = wantedGroups[index] || "0";
    if (installedGroup !== wantedGroup) return perlNumber(installedGroup) >= perlNumber(wantedGroup);
  }
  return true;
}

/**
 * Orders two versions as their author means them: all groups by number, and a suffix such as `-rc1` before the same
 * version without one.
 *
 * @returns negative when `a` is older, 0 when they are the same, positive when `a` is newer
 */
export function compareStrictly(a: string, b: string): number {
  const [aGroups, bGroups] = [meaningOf(a), meaningOf(b)];
  for (let index = 0; index < Math.max(aGroups.length, bGroups.length); index++) {
    const aGroup = aGroups[index] ?? noGroup;
    const bGroup = bGroups[index] ?? noGroup;
    if (aGroup.number !== bGroup.number) return aGroup.number < bGroup.number ? -1 : 1;
    if (aGroup.suffix === bGroup.suffix) continue;
    if (aGroup.suffix === "" || bGroup.suffix === "") return aGroup.suffix === "" ? 1 : -1;
    return aGroup.suffix < bGroup.suffix ? -1 : 1;
  }
  return 0;
}

/**
 * Tells whether the installer orders two versions otherwise than their author means it, in either direction.
 * Then an upgrade is refused, or a requirement passes, that should not.
 */
export function disagree(a: string, b: string, release: Release): boolean {
  const meant = compareStrictly(a, b);
  return isAtLeast(a, b, release) !== meant >= 0 || isAtLeast(b, a, release) !== meant <= 0;
}

/** The groups of a version as Perl splits it: empty ones at the end are not there. */
export function groupsOf(version: string): readonly string[] {
  return version.replace(/\.+$/, "").split(".");
}

/**
 * The number Perl sees in a text: digits in front, 0 when there are none.
 * A group of a version has no dot, so there are no decimals.
 */
export function perlNumber(text: string): number {
  const number =
    /^\s*([+-]?(?:\d+(?:[eE][+-]?\d+)?|inf(?:inity)?|nan))/i.exec(text)?.[1]?.toLowerCase() ?? "0";
  if (number.endsWith("nan")) return Number.NaN;
  if (number.includes("inf")) return number.startsWith("-") ? -Infinity : Infinity;
  return Number(number);
}

/** Groups of more than four digits run into the next one; that is what happens there. */
function asLongNumber(version: string): number | bigint {
  const groups = groupsOf(version);
  const printed = [0, 1, 2, 3, 4].map((index) => {
    const number = Math.trunc(perlNumber(groups[index] ?? "0"));
    return number < 0 ? `-${String(-number).padStart(3, "0")}` : String(number).padStart(4, "0");
  });
  const digits = /^-?\d+/.exec(printed.join(""))?.[0] ?? "0";
  const exact = BigInt(digits);
  // Perl's whole numbers end with 64 bits; longer ones lose their last digits.
  return exact <= 0xffff_ffff_ffff_ffffn && exact >= -0x8000_0000_0000_0000n ? exact : Number(digits);
}

interface Group {
  readonly number: bigint;
  readonly suffix: string;
}

const noGroup: Group = { number: 0n, suffix: "" };

function meaningOf(version: string): readonly Group[] {
  return version
    .trim()
    .replace(/^v(?=\d)/i, "")
    .split(".")
    .map((group) => {
      const [, digits, suffix] = /^(\d*)(.*)$/s.exec(group)!;
      return { number: BigInt(digits || "0"), suffix: suffix! };
    });
}
