import { UsageError } from "./usage-error.ts";

/** A value that must be one of a few. @throws UsageError when it is not */
export function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  throw new UsageError("“{value}” is no value for {option}; it takes {allowed}.", {
    value,
    option,
    allowed: allowed.join(", "),
  });
}
