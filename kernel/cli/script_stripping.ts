import ts from "typescript6";

/**
 * A statement that Node can run by stripping its types. Syntax with run-time meaning (enums, namespaces, parameter
 * properties, decorators, `<T>x`) is compiled to JavaScript.
 *
 * @param text the statement's text, possibly rewritten
 */
export function strippable(statement: ts.Statement, text: string): string {
  if (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference)) {
    return `const ${statement.name.text} = require(${statement.moduleReference.expression.getText()});`;
  }
  return hasMeaning(statement) ? javascript(text) : text;
}

/** TypeScript as JavaScript that every Node from 20 on runs. */
export function javascript(text: string): string {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(text, { compilerOptions });
  return outputText.replace(/^"use strict";\n/, "").trimEnd();
}

function hasMeaning(node: ts.Node): boolean {
  if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)) {
    return false;
  }
  return (
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isDecorator(node) ||
    ts.isTypeAssertionExpression(node) ||
    (ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent)) ||
    (ts.forEachChild(node, (child) => hasMeaning(child) || undefined) ?? false)
  );
}
