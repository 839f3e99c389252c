import { type ProductVersion, readProductVersion } from "../system/product-version.ts";
import { UsageError } from "./usage-error.ts";

/** Reads what `--product` names, such as "Znuny 7.1.3". @throws UsageError for what nobody knows */
export function readProductArgument(value: string): ProductVersion {
  const product = readProductVersion(value);
  if (product) return product;
  throw new UsageError("“{value}” is no product that SOPM knows; write it as “Znuny 7.1.3”.", { value });
}
