import { type ProductVersion, readProductVersion, unknownProduct } from "../system/product-version.ts";
import { UsageError } from "./usage-error.ts";

/** Reads what `--product` names, such as "Znuny 7.1.3". @throws UsageError for what nobody knows */
export function readProductArgument(value: string): ProductVersion {
  const product = readProductVersion(value);
  if (product) return product;
  const { text, values } = unknownProduct(value);
  throw new UsageError(text, values);
}
