import { withoutContents } from "../builder/cut-contents.ts";
import { specOf } from "../model/package-spec.ts";
import { type NamedFileKind, perlFileSymbols, settingsFileSymbols } from "../symbols/file-symbols.ts";
import { symbolsOf } from "../symbols/package-symbols.ts";
import type { PackageSymbol, SymbolKind } from "../symbols/symbol.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText, editorText } from "../text/decode.ts";

/** The names in a document, and the text that their spans are of. */
export interface ReadNames {
  readonly symbols: readonly PackageSymbol[];
  readonly text: string;
  /** Whether editors read this very text: a file in another encoding than UTF-8 they show otherwise, and would spoil. */
  readonly isAsEdited: boolean;
}

/**
 * Reads the names in the bytes of a document, those of its files aside, which `KnownPackage` has. Places are counted in the
 * text that editors show. Of archives the contents of files are passed over, and their text is without these; all else
 * stands in its line.
 *
 * @throws never
 */
export function readNames(kind: "spec" | "archive" | NamedFileKind, bytes: Uint8Array): ReadNames {
  const read = kind === "archive" ? withoutContents(bytes) : bytes;
  const edited = editorText(read);
  const text = edited ?? decodeText(read).text;
  return { symbols: namesIn(kind, text), text, isAsEdited: edited !== undefined };
}

function namesIn(kind: Parameters<typeof readNames>[0], text: string): readonly PackageSymbol[] {
  if (kind === "perl") return perlFileSymbols(text);
  const tree = SyntaxTree.parse(text);
  if (kind === "settings") return settingsFileSymbols(tree);
  const spec = specOf(tree);
  return [
    ...symbolsOf(spec, { kinds: packageKinds }),
    ...symbolsOf(spec, { kinds: codeKinds, role: "used" }),
  ];
}

const packageKinds: readonly SymbolKind[] = ["package", "table", "column", "index", "key"];
const codeKinds: readonly SymbolKind[] = ["module", "sub", "setting"];
