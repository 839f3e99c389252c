import { relative } from "node:path";
import ts from "typescript";

/**
 * Where the sources of a project let a promise go by itself, as `file:line: what`: a statement whose value is a promise,
 * also behind `void`, and a function that gives a promise to somebody who does not look at it, such as a timer or an
 * emitter of events. Commands of the editor are awaited by it.
 *
 * @param folders absolute paths of the folders to look through
 */
export function floatingPromises(configFile: string, folders: readonly string[]): string[] {
  const root = configFile.slice(0, configFile.lastIndexOf("/"));
  const { config } = ts.readConfigFile(configFile, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const names = fileNames.filter((name) => folders.some((folder) => name.startsWith(`${folder}/`)));
  const program = ts.createProgram(names, options);
  const checker = program.getTypeChecker();
  const found: string[] = [];

  const isThenable = (type: ts.Type): boolean =>
    type.isUnion()
      ? type.types.some(isThenable)
      : (type.flags & ts.TypeFlags.Any) === 0 && checker.getPropertyOfType(type, "then") !== undefined;
  const isIgnored = (type: ts.Type): boolean => (type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Any)) !== 0;

  for (const file of program.getSourceFiles()) {
    if (!names.includes(file.fileName)) continue;
    const report = (node: ts.Node) => {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      const text = node.getText(file).split("\n")[0]!;
      found.push(`${relative(root, file.fileName)}:${line + 1}: ${text}`);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isExpressionStatement(node) && isFloating(node.expression)) report(node);
      if (ts.isVoidExpression(node) && isThenable(checker.getTypeAtLocation(node.expression))) report(node);
      if (ts.isCallOrNewExpression(node) && !/\bregisterCommand$/.test(node.expression.getText(file))) {
        for (const each of node.arguments ?? []) if (isMisplaced(each)) report(each);
      }
      if (ts.isVariableDeclaration(node) && node.initializer && isKeptTooLong(node)) report(node);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;

  /** What fails while something else is awaited has nobody who hears of it, unless that was said before. */
  function isKeptTooLong({ name, initializer, parent }: ts.VariableDeclaration): boolean {
    if (!ts.isIdentifier(name) || !isThenable(checker.getTypeAtLocation(name))) return false;
    const block = ts.findAncestor(parent, ts.isBlock);
    const mentions = new RegExp(`\\b${name.text}\\b`);
    let isKept = false;
    let isDecided = false;
    const visit = (node: ts.Node): void => {
      if (isDecided || ts.isFunctionLike(node)) return;
      if (node.pos >= initializer!.end && ts.isExpressionStatement(node)) {
        isDecided = isCaught(node.expression) && mentions.test(node.getText());
      }
      if (node.pos >= initializer!.end && !isDecided && ts.isAwaitExpression(node)) {
        isDecided = true;
        isKept = !mentions.test(node.getText());
      }
      ts.forEachChild(node, visit);
    };
    if (block) ts.forEachChild(block, visit);
    return isKept;
  }

  /** What is kept in a variable may be awaited by somebody else. */
  function isFloating(expression: ts.Expression): boolean {
    if (ts.isAwaitExpression(expression) || isAssignment(expression)) return false;
    return isThenable(checker.getTypeAtLocation(expression)) && !isCaught(expression);
  }

  /** `….catch(handler)` and `….then(one, other)`: what goes wrong is handled there. */
  function isCaught(expression: ts.Expression): boolean {
    if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression))
      return false;
    const { name } = expression.expression;
    return name.text === "catch" || (name.text === "then" && expression.arguments.length === 2);
  }

  function isAssignment(expression: ts.Expression): boolean {
    if (!ts.isBinaryExpression(expression)) return false;
    const { kind } = expression.operatorToken;
    return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  }

  function isMisplaced(argument: ts.Expression): boolean {
    const given = checker.getTypeAtLocation(argument).getCallSignatures();
    if (!given.some((each) => isThenable(each.getReturnType()))) return false;
    const wanted = checker.getContextualType(argument)?.getNonNullableType();
    const signatures = (wanted?.isUnion() ? wanted.types : wanted ? [wanted] : []).flatMap((type) => [
      ...type.getCallSignatures(),
    ]);
    return signatures.length > 0 && signatures.every((each) => isIgnored(each.getReturnType()));
  }
}
