type Schema = Readonly<Record<string, unknown>>;

/**
 * What in a value is not as a JSON schema wants it, as "path: reason"; nothing when all is. Knows the keywords that our
 * schemas use, and throws on others, so that none is passed over. Properties that are not described are problems too:
 * a schema that is published should not lag behind.
 */
export function schemaProblems(value: unknown, schema: Schema, root: Schema = schema, path = "$"): string[] {
  const problems: string[] = [];
  for (const [keyword, rule] of Object.entries(schema)) {
    switch (keyword) {
      case "$schema":
      case "$defs":
      case "title":
      case "description":
      case "required":
        break;
      case "$ref":
        problems.push(...schemaProblems(value, resolve(root, rule as string), root, path));
        break;
      case "anyOf": {
        const results = (rule as Schema[]).map((each) => schemaProblems(value, each, root, path));
        if (!results.some(({ length }) => length === 0)) problems.push(...results[0]!);
        break;
      }
      case "const":
        if (value !== rule) problems.push(`${path}: is not ${rule}`);
        break;
      case "enum":
        if (!(rule as unknown[]).includes(value)) problems.push(`${path}: ${String(value)} is not allowed`);
        break;
      case "type": {
        const types = [rule].flat() as string[];
        if (!types.includes(typeOf(value)) && !(typeOf(value) === "integer" && types.includes("number")))
          problems.push(`${path}: is ${typeOf(value)}`);
        break;
      }
      case "minimum":
        if (typeof value === "number" && value < (rule as number)) problems.push(`${path}: is too small`);
        break;
      case "items":
        for (const [index, item] of Array.isArray(value) ? value.entries() : [])
          problems.push(...schemaProblems(item, rule as Schema, root, `${path}[${index}]`));
        break;
      case "properties":
        problems.push(...propertyProblems(value, schema, root, path));
        break;
      default:
        throw new Error(`unknown keyword ${keyword}`);
    }
  }
  return problems;
}

function propertyProblems(value: unknown, schema: Schema, root: Schema, path: string): string[] {
  if (typeOf(value) !== "object") return [];
  const object = value as Schema;
  const properties = schema.properties as Readonly<Record<string, Schema>>;
  const missing = ((schema.required ?? []) as string[]).filter((name) => !(name in object));
  return [
    ...missing.map((name) => `${path}.${name}: is missing`),
    ...Object.entries(object).flatMap(([name, each]) =>
      properties[name]
        ? schemaProblems(each, properties[name], root, `${path}.${name}`)
        : [`${path}.${name}: is not described`],
    ),
  ];
}

function resolve(root: Schema, reference: string): Schema {
  return reference
    .replace(/^#\//, "")
    .split("/")
    .reduce<Schema>((at, name) => at[name] as Schema, root);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}
