import { readFileSync } from "node:fs";
import { basename } from "node:path";
import wabt from "wabt";
import type { GeneratedFile } from "./generated-files.ts";

const root = new URL("../", import.meta.url);
const compiler = await wabt();

/**
 * A TypeScript module beside a `.wat` file that holds what it assembles to, so that no further file has to be found at run
 * time.
 *
 * @param source relative to the project's root
 * @param name what the module exports
 * @param about what that is
 */
export function assembled(source: string, name: string, about: string): GeneratedFile {
  return {
    path: source.replace(/\.wat$/, "-module.ts"),
    render() {
      const file = basename(source);
      const module = compiler.parseWat(file, readFileSync(new URL(source, root), "utf8"), { simd: true });
      try {
        module.validate();
        const bytes = module.toBinary({ canonicalize_lebs: true }).buffer;
        const lines = Buffer.from(bytes)
          .toString("base64")
          .match(/.{1,100}/g)!;
        return [
          `// Made from ${file} by \`npm run generate\`; do not edit.`,
          "",
          `/** ${about}, in Base64 itself. */`,
          `export const ${name} =`,
          `${lines.map((line) => `  "${line}"`).join(" +\n")};`,
          "",
        ].join("\n");
      } finally {
        module.destroy();
      }
    },
  };
}
