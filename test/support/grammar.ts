import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

/** One piece of a line and its scopes, outermost first. */
export interface ScopedText {
  readonly text: string;
  readonly scopes: readonly string[];
}

export type ScopedLine = readonly ScopedText[];

/** A TextMate grammar with everything it embeds. */
export interface LoadedGrammar {
  readonly scopeName: string;
  /** Colours a text as the editor does, line by line. No line is given up because it is long. */
  tokenize(text: string): readonly ScopedLine[];
}

/**
 * Loads the grammar of specs or of archives. What it embeds is a stub that has every construct that could run on
 * past its end, and nothing else.
 */
export async function loadGrammar(scopeName: "text.xml.sopm" | "text.xml.opm"): Promise<LoadedGrammar> {
  const grammar = await registry().loadGrammar(scopeName);
  if (!grammar) throw new Error(`no grammar for ${scopeName}`);
  return {
    scopeName,
    tokenize: (text) => {
      let state = textmate.INITIAL;
      return text.split(/\r\n|\n/).map((line) => {
        const result = grammar.tokenizeLine(line, state);
        state = result.ruleStack;
        return result.tokens
          .map(({ startIndex, endIndex, scopes }) => ({ text: line.slice(startIndex, endIndex), scopes }))
          .filter(({ text: piece }) => piece !== "");
      });
    },
  };
}

/**
 * Lines and scopes as a text that can be read and compared: each line after its number, then its pieces with the
 * scopes below the grammar's own. Blanks without a scope are left out.
 */
export function renderScopes(lines: readonly ScopedLine[]): string {
  const rendered: string[] = [];
  lines.forEach((pieces, index) => {
    rendered.push(`${index + 1} | ${pieces.map(({ text }) => text).join("")}`.trimEnd());
    for (const { text, scopes } of pieces) {
      const own = scopes.slice(1);
      if (own.length > 0 || text.trim() !== "")
        rendered.push(`    ${JSON.stringify(text)} ${own.join(" ")}`.trimEnd());
    }
  });
  return `${rendered.join("\n")}\n`;
}

const grammarFiles: Record<string, string> = {
  "text.xml.sopm": "../../syntaxes/sopm.tmLanguage.json",
  "text.xml.opm": "../../syntaxes/opm.tmLanguage.json",
};

const stubs: Record<string, object> = {
  "source.perl": {
    scopeName: "source.perl",
    patterns: [{ include: "#code" }],
    repository: {
      code: {
        patterns: [
          { name: "comment.line.perl", match: "#.*$" },
          { name: "comment.block.pod.perl", begin: "^=pod", end: "^=cut" },
          { name: "comment.block.end.perl", begin: "^__END__", end: "(?!)" },
          { name: "string.quoted.double.perl", begin: '"', end: '"' },
          { name: "string.quoted.single.perl", begin: "'", end: "'" },
          { name: "string.quoted.other.perl", begin: "\\bq\\{", end: "\\}" },
          { name: "string.unquoted.heredoc.perl", begin: "<<['\"]?(\\w+)['\"]?;", end: "^\\1$" },
          { name: "meta.block.perl", begin: "\\{", end: "\\}", patterns: [{ include: "#code" }] },
          { name: "keyword.perl", match: "\\b(?:my|if|return|print)\\b" },
          { name: "variable.perl", match: "\\$[\\w:]+" },
        ],
      },
    },
  },
  "text.html.basic": {
    scopeName: "text.html.basic",
    patterns: [
      { name: "comment.block.html", begin: "<!--", end: "-->" },
      { name: "meta.script.html", begin: "<script>", end: "</script>" },
      { name: "meta.tag.html", begin: "</?[a-z]+", end: ">" },
    ],
  },
};

function registry(): textmate.Registry {
  return new textmate.Registry({
    onigLib: loadOniguruma(),
    loadGrammar: async (scopeName) => {
      const file = grammarFiles[scopeName];
      if (!file) return stubs[scopeName] as textmate.IRawGrammar | undefined;
      return textmate.parseRawGrammar(readFileSync(new URL(file, import.meta.url), "utf8"), file);
    },
  });
}

let loadedOniguruma: Promise<textmate.IOnigLib> | undefined;

/** The regular expression engine; its WebAssembly may be loaded only once in a process. */
function loadOniguruma(): Promise<textmate.IOnigLib> {
  loadedOniguruma ??= (async () => {
    const file = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
    await oniguruma.loadWASM({ data: readFileSync(file) });
    return {
      createOnigScanner: (patterns) => oniguruma.createOnigScanner(patterns),
      createOnigString: (text) => oniguruma.createOnigString(text),
    };
  })();
  return loadedOniguruma;
}
