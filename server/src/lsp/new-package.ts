import { newPackage } from "../engine/new-package/new-package.ts";
import { productsForNewPackages, usualLicense } from "../engine/new-package/wishes.ts";
import { objectionToFolder, writeNewPackage } from "../engine/new-package/write-new-package.ts";
import {
  type NewPackageChoices,
  type NewPackageParams,
  type NewPackageResult,
  packageParts,
} from "../protocol/new-package.ts";
import { readProductVersion, unknownProduct } from "../system/product-version.ts";
import { failedText } from "./failed-text.ts";
import type { Session } from "./session.ts";

export function choicesForNewPackage(): NewPackageChoices {
  const products = productsForNewPackages();
  const names = new Set(products.map((each) => readProductVersion(each)!.product));
  return {
    products,
    licenses: Object.fromEntries([...names].map((product) => [product, usualLicense([{ product }])])),
  };
}

/** @throws SystemError when the folder cannot be written into */
export async function makeNewPackage(
  { folder, name, products, vendor, url, license, parts, checkOnly }: NewPackageParams,
  { world }: Pick<Session, "world">,
): Promise<NewPackageResult> {
  const { texts, clock, knowledge, paths } = world;
  const read = products.map((text) => ({ text, product: readProductVersion(text) }));
  const unknown = read.find(({ product }) => !product);
  if (unknown) {
    const { text, values } = unknownProduct(unknown.text);
    return failedText(texts, text, values);
  }
  const wishes = {
    ...{ name, vendor, url, license },
    products: read.flatMap(({ product }) => product ?? []),
    parts: new Set(packageParts.filter((each) => parts.includes(each))),
  };
  const plan = newPackage(wishes, clock.now(), knowledge.knowledgeFor);
  if (plan.kind === "objection") return failedText(texts, plan.reason.text, plan.reason.values);
  const write = checkOnly ? objectionToFolder : writeNewPackage;
  const objection = folder === undefined ? undefined : await write(plan.files, folder, world);
  if (objection) return failedText(texts, objection.text, objection.values);
  const files = plan.files.map(({ path }) => path);
  return { kind: "made", spec: paths.join(folder ?? "", files[0]!), files };
}
