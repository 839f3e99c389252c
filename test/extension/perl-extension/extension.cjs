// Stands in for an extension that knows Perl: it answers what the story of forwarding asks, for every document in Perl.
const vscode = require("vscode");

exports.activate = ({ subscriptions }) => {
  const perl = { language: "perl" };
  const { languages } = vscode;
  subscriptions.push(
    languages.registerCompletionItemProvider(perl, { provideCompletionItems: complete }, "$"),
    languages.registerHoverProvider(perl, { provideHover: explain }),
    languages.registerDefinitionProvider(perl, { provideDefinition: define }),
    languages.registerFoldingRangeProvider(perl, { provideFoldingRanges: fold }),
  );
};

const variable = /[$@%]\w+/;

function complete(document, position) {
  const names = [...document.getText().matchAll(/\bmy ([$@%]\w+)/g)].map(([, name]) => name);
  const range = document.getWordRangeAtPosition(position, /[$@%]\w*/);
  const variables = names.map((name) => {
    const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Variable);
    if (range) item.range = range;
    return item;
  });
  return [...variables, new vscode.CompletionItem("wantarray", vscode.CompletionItemKind.Function)];
}

function explain(document, position) {
  const range = document.getWordRangeAtPosition(position, variable);
  return range && new vscode.Hover(`Perl has a variable ${document.getText(range)} here.`, range);
}

function define(document, position) {
  const range = document.getWordRangeAtPosition(position, variable);
  const start = range ? document.getText().indexOf(`my ${document.getText(range)}`) : -1;
  return start < 0 ? undefined : new vscode.Location(document.uri, document.positionAt(start));
}

function fold(document) {
  const folds = [];
  const open = [];
  for (let line = 0; line < document.lineCount; line++) {
    const { text } = document.lineAt(line);
    if (text.trimEnd().endsWith("{")) open.push(line);
    if (text.trim() === "}" && open.length > 0) folds.push(new vscode.FoldingRange(open.pop(), line - 1));
  }
  return folds;
}
