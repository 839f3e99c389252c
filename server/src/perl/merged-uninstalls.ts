import type { PerlText } from "./perl-text.ts";
import { surePlaces } from "./sure-places.ts";

/** A call that takes a package out of the system which has become a part of another one. */
export interface MergedUninstall {
  /** Undefined where it is known only when the code runs. */
  readonly name: string | undefined;
  /** False where it depends on something whether the code comes to the call. */
  readonly isSure: boolean;
}

/** The calls of `_PackageUninstallMerged`, in the order they stand in the code. */
export function mergedUninstalls({ code, withStrings }: PerlText): readonly MergedUninstall[] {
  const isSure = surePlaces(code);
  return [...code.matchAll(/->\s*_PackageUninstallMerged\b/g)].map(({ index, 0: call }) => {
    const end = code.indexOf(";", index);
    const given = withStrings.slice(index + call.length, end < 0 ? undefined : end);
    const [, , name] = /\bName\s*=>\s*(["'])([^"'$@\\]+)\1/.exec(given) ?? [];
    return { name, isSure: isSure(index) };
  });
}
