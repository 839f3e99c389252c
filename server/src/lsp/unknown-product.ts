/** The reader named a product that nobody knows. */
export class UnknownProduct extends Error {
  override readonly name = "UnknownProduct";
  readonly product: string;

  constructor(product: string) {
    super(`no such product: ${product}`);
    this.product = product;
  }
}
