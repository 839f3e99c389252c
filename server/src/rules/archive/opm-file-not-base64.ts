import type { ElementRule } from "../rule.ts";
import { attributeInsertion, replacement } from "../shared/fixes.ts";
import { locationOf } from "../shared/listed-file.ts";

/** What a file has as its text is decoded where `Encode` says so, letter by letter. */
export const opmFileNotBase64: ElementRule = {
  id: "opm-file-not-base64",
  scope: "element",
  elements: ["File"],
  severity: "error",
  message: {
    "encode-missing":
      "“{location}” is installed as the text that stands here, because it has no Encode and is not decoded.",
    "encode-wrong":
      "“{location}” is installed as the text that stands here, because Encode is “{encode}” and only “Base64” is decoded.",
    characters:
      "“{location}” is installed with another content than was packed, because “{character}” is no letter of Base64 and is passed over.",
    "cut-short":
      "“{location}” is installed without its end, because what stands behind the first “=” is not decoded.",
  },

  check(file, { kind }) {
    const location = kind === "archive" ? locationOf(file) : undefined;
    const { value: text, span } = file.text;
    if (!location || text.trim() === "") return undefined;
    const values = { location: location.value };
    const encode = file.attribute("Encode");
    const isBase64 = /^[A-Za-z0-9+/\s]*=*\s*$/.test(text);
    if (!encode) {
      // Text that could be nothing else was meant to be decoded.
      const fixes = isBase64 ? [attributeInsertion(file, "Encode", "Base64")] : [];
      return {
        span: file.nameSpan,
        variant: "encode-missing",
        severity: isBase64 ? "error" : "warning",
        arguments: values,
        fixes,
      };
    }
    if (encode.value !== "Base64") {
      return {
        span: encode.valueSpan,
        variant: "encode-wrong",
        arguments: { ...values, encode: encode.value },
        fixes: isBase64 ? [replacement(encode.valueSpan, "Base64")] : [],
      };
    }
    const character = /[^A-Za-z0-9+/=\s]/.exec(text)?.[0];
    if (character !== undefined) return { span, variant: "characters", arguments: { ...values, character } };
    if (/=\s*[A-Za-z0-9+/]/.test(text)) return { span, variant: "cut-short", arguments: values };
    return undefined;
  },
};
