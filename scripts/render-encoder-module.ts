import { readFileSync } from "node:fs";
import wabt from "wabt";

const source = new URL("../server/src/node/base64-encoder.wat", import.meta.url);
const compiler = await wabt();

/** A TypeScript module that holds the compiled Base64 encoder, so that no further file has to be found at run time. */
export function renderEncoderModule(): string {
  const module = compiler.parseWat("base64-encoder.wat", readFileSync(source, "utf8"), { simd: true });
  try {
    module.validate();
    const bytes = module.toBinary({ canonicalize_lebs: true }).buffer;
    const lines = Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,100}/g)!;
    return [
      "// Made from base64-encoder.wat by `npm run generate`; do not edit.",
      "",
      "/** The compiled encoder, in Base64 itself. */",
      "export const base64EncoderModule =",
      `${lines.map((line) => `  "${line}"`).join(" +\n")};`,
      "",
    ].join("\n");
  } finally {
    module.destroy();
  }
}
