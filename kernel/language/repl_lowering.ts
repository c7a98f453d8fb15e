/**
 * Turns JavaScript modules into scripts for V8's REPL mode, where a name can only be declared again by the same kind
 * of declaration: here every kind becomes `let`. Runs after TypeScript's own transforms, so its input is plain JavaScript.
 */
import ts from "typescript6";
import { isWritten, lowerVariables } from "./var_lowering";

const { factory } = ts;

/** Names that the kernel puts on `globalThis` and compiled code calls. */
export const runtime = { await: "__await", awaitAll: "__awaitAll", import: "__import" } as const;

/**
 * The transformer for a cell.
 *
 * @param declares Receives the names declared at the top level.
 * @param importMeta The JavaScript that replaces `import.meta`.
 */
export function replLowering(declares: Set<string>, importMeta: ts.Expression): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const functions: ts.Statement[] = [];
    const imports: ts.Statement[] = [];
    const rest: ts.Statement[] = [];
    const awaited = ts.visitEachChild(file, throughKernel(context, importMeta), context);
    const { statements, hoisted } = lowerVariables(awaited.statements, context);
    for (const statement of statements) {
      if (ts.isFunctionDeclaration(statement) && statement.body) functions.push(functionBinding(statement));
      else if (ts.isImportDeclaration(statement)) imports.push(importBinding(statement));
      else if (ts.isExportDeclaration(statement)) imports.push(...reExport(statement));
      else if (ts.isClassDeclaration(statement)) rest.push(classBinding(statement));
      else if (ts.isExportAssignment(statement)) {
        rest.push(like(statement, factory.createExpressionStatement(statement.expression)));
      } else if (ts.isVariableStatement(statement)) {
        rest.push(factory.updateVariableStatement(statement, undefined, statement.declarationList));
      } else rest.push(statement);
    }
    const top = [...functions, ...(hoisted.length ? [letStatement(hoisted)] : []), ...imports, ...rest];
    for (const statement of top) if (ts.isVariableStatement(statement)) collectNames(statement, declares);
    // TypeScript and an exported script treat a cell as a module, and modules are strict.
    const strict = factory.createExpressionStatement(factory.createStringLiteral("use strict"));
    return factory.updateSourceFile(awaited, [strict, ...top]);
  };
}

/** The transformer for a local module, whose `await` and `import()` also go through the kernel. */
export function kernelLowering(importMeta: ts.Expression): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => ts.visitEachChild(file, throughKernel(context, importMeta), context);
}

/** `await` waits through the kernel, so that the stop button reaches it. */
function throughKernel(context: ts.TransformationContext, importMeta: ts.Expression): ts.Visitor {
  const visit: ts.Visitor = (node) => {
    const visited = ts.visitEachChild(node, visit, context);
    if (ts.isAwaitExpression(visited))
      return factory.updateAwaitExpression(visited, call(runtime.await, visited.expression));
    if (ts.isForOfStatement(visited) && visited.awaitModifier) {
      const { awaitModifier, initializer, expression, statement } = visited;
      const iterable = call(runtime.awaitAll, expression);
      return factory.updateForOfStatement(visited, awaitModifier, initializer, iterable, statement);
    }
    if (ts.isCallExpression(visited) && visited.expression.kind === ts.SyntaxKind.ImportKeyword)
      return like(visited, call(runtime.import, ...visited.arguments));
    if (ts.isMetaProperty(visited) && visited.keywordToken === ts.SyntaxKind.ImportKeyword)
      return like(visited, importMeta);
    return visited;
  };
  return visit;
}

/** `let f = function () {}`: the name is inferred, and recursion sees a later `f`, as a declaration's would. */
function functionBinding(declaration: ts.FunctionDeclaration): ts.Statement {
  const { asteriskToken: star, parameters, body = factory.createBlock([]) } = declaration;
  const modifiers = declaration.modifiers?.filter((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword);
  return bindOrShow(
    declaration,
    factory.createFunctionExpression(modifiers, star, undefined, undefined, parameters, undefined, body),
  );
}

/** `let C = class C {}`: the inner name stays, for static members that mention the class. */
function classBinding(declaration: ts.ClassDeclaration): ts.Statement {
  const { name, heritageClauses, members } = declaration;
  return bindOrShow(declaration, factory.createClassExpression(undefined, name, undefined, heritageClauses, members));
}

function bindOrShow(declaration: ts.FunctionDeclaration | ts.ClassDeclaration, made: ts.Expression): ts.Statement {
  const value = like(declaration, made);
  const statement = declaration.name
    ? letStatement([variable(declaration.name, value)])
    : factory.createExpressionStatement(factory.createParenthesizedExpression(value));
  return like(declaration, statement);
}

/** `let { a, b: c } = await __await(__import("x"))`. */
function importBinding(declaration: ts.ImportDeclaration): ts.Statement {
  const { importClause: clause, moduleSpecifier, attributes } = declaration;
  const bindings = clause?.namedBindings;
  const elements: ts.BindingElement[] = [];
  if (clause?.name) elements.push(bindingElement("default", clause.name));
  if (bindings && ts.isNamedImports(bindings))
    for (const { propertyName, name } of bindings.elements) elements.push(bindingElement(propertyName ?? name, name));
  const module = importCall(moduleSpecifier, attributes);
  const pattern = factory.createObjectBindingPattern(elements);
  if (bindings && ts.isNamespaceImport(bindings)) {
    const whole = variable(bindings.name, module);
    return like(declaration, letStatement(elements.length ? [whole, variable(pattern, bindings.name)] : [whole]));
  }
  const statement = elements.length
    ? letStatement([variable(pattern, module)])
    : factory.createExpressionStatement(module);
  return like(declaration, statement);
}

/** Nothing can import from a cell: `export { a }` does nothing, `export * from "x"` only runs the module. */
function reExport(declaration: ts.ExportDeclaration): ts.Statement[] {
  const { moduleSpecifier: specifier, attributes } = declaration;
  return specifier ? [like(declaration, factory.createExpressionStatement(importCall(specifier, attributes)))] : [];
}

function importCall(specifier: ts.Expression, attributes: ts.ImportAttributes | undefined): ts.Expression {
  const properties = attributes?.elements.map(({ name, value }) => factory.createPropertyAssignment(name, value));
  const options = properties && [
    factory.createObjectLiteralExpression([
      factory.createPropertyAssignment("with", factory.createObjectLiteralExpression(properties)),
    ]),
  ];
  const imported = like(specifier, call(runtime.import, specifier, ...(options ?? [])));
  return factory.createAwaitExpression(call(runtime.await, imported));
}

function bindingElement(property: ts.ModuleExportName | string, name: ts.Identifier): ts.BindingElement {
  const text = typeof property === "string" ? property : property.text;
  const propertyName = text === name.text ? undefined : factory.createStringLiteral(text);
  return like(name, factory.createBindingElement(undefined, propertyName, name));
}

function variable(name: ts.BindingName, value: ts.Expression): ts.VariableDeclaration {
  return factory.createVariableDeclaration(name, undefined, undefined, value);
}

export function letStatement(declarations: readonly ts.VariableDeclaration[]): ts.VariableStatement {
  const list = factory.createVariableDeclarationList(declarations, ts.NodeFlags.Let);
  return factory.createVariableStatement(undefined, list);
}

function call(name: string, ...args: readonly ts.Expression[]): ts.CallExpression {
  return factory.createCallExpression(factory.createIdentifier(name), undefined, args);
}

/** Gives a new node the position of the one it replaces, for the source map and stack frames. */
function like<T extends ts.Node>(original: ts.Node, made: T): T {
  return ts.setTextRange(ts.setOriginalNode(made, original), original);
}

function collectNames(node: ts.Node, into: Set<string>): void {
  if (ts.isVariableStatement(node)) for (const each of node.declarationList.declarations) collectNames(each.name, into);
  else if (ts.isIdentifier(node)) {
    if (isWritten(node)) into.add(node.text);
  } else if (ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node))
    for (const element of node.elements) if (ts.isBindingElement(element)) collectNames(element.name, into);
}
