/** Turns the top level's `var` and `const` into `let`. */
import ts from "typescript6";

const { factory } = ts;

/**
 * A `var` or `const` statement becomes a `let` statement. A `var` inside a block or loop, and one that repeats a name,
 * becomes an assignment to a name that is declared at the top.
 */
export function lowerVariables(
  statements: readonly ts.Statement[],
  context: ts.TransformationContext,
): { readonly statements: readonly ts.Statement[]; readonly hoisted: readonly ts.VariableDeclaration[] } {
  const seen = new Set<string | ts.Identifier>();
  const hoisted = new Map<string | ts.Identifier, ts.Identifier>();
  for (const statement of statements)
    if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name)
      seen.add(statement.name.text);

  /** A whole declaration becomes an assignment; undefined if there is nothing to assign. */
  const assignment = (list: ts.VariableDeclarationList): ts.Expression | undefined => {
    const assignments = list.declarations.flatMap(({ name, initializer }) =>
      initializer ? [factory.createAssignment(pattern(name), initializer) as ts.Expression] : [],
    );
    for (const { name } of list.declarations) for (const id of identifiers(name)) hoist(id);
    if (assignments.length === 0) return undefined;
    const all = assignments.reduce((left, right) => factory.createComma(left, right));
    return ts.setTextRange(all, list);
  };
  const hoist = (name: ts.Identifier) => {
    if (!seen.has(key(name))) hoisted.set(key(name), name);
    seen.add(key(name));
  };

  const inner: ts.Visitor = (node) => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return node;
    if (ts.isVariableStatement(node) && isVar(node.declarationList)) {
      const expression = assignment(node.declarationList);
      return expression && ts.setTextRange(factory.createExpressionStatement(expression), node);
    }
    if ((ts.isForOfStatement(node) || ts.isForInStatement(node)) && isVarList(node.initializer)) {
      const [declaration] = node.initializer.declarations;
      const target = declaration ? pattern(declaration.name) : factory.createIdentifier("_");
      assignment(node.initializer);
      const body = ts.visitEachChild(node.statement, inner, context);
      return ts.isForOfStatement(node)
        ? factory.updateForOfStatement(node, node.awaitModifier, target, node.expression, body)
        : factory.updateForInStatement(node, target, node.expression, body);
    }
    if (ts.isForStatement(node) && node.initializer && isVarList(node.initializer)) {
      const initializer = assignment(node.initializer);
      const body = ts.visitEachChild(node.statement, inner, context);
      return factory.updateForStatement(node, initializer, node.condition, node.incrementor, body);
    }
    return ts.visitEachChild(node, inner, context);
  };

  const lowered = statements.flatMap((statement): ts.Statement[] => {
    const list = ts.isVariableStatement(statement) ? statement.declarationList : undefined;
    const names = list?.declarations.flatMap(({ name }) => identifiers(name)) ?? [];
    const repeats = names.some((name) => seen.has(key(name))) || new Set(names.map(key)).size < names.length;
    if (!list || !ts.isVariableStatement(statement) || (isVar(list) && repeats)) {
      const visited = ts.visitNode(statement, inner, ts.isStatement);
      return visited ? [visited] : [];
    }
    for (const name of names) seen.add(key(name));
    const asLet = ts.setTextRange(factory.createVariableDeclarationList(list.declarations, ts.NodeFlags.Let), list);
    return [factory.updateVariableStatement(statement, statement.modifiers, asLet)];
  });
  const declarations = [...hoisted.values()].map((name) => factory.createVariableDeclaration(name));
  return { statements: lowered, hoisted: declarations };
}

function isVar(list: ts.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.BlockScoped) === 0;
}

function isVarList(node: ts.Node): node is ts.VariableDeclarationList {
  return ts.isVariableDeclarationList(node) && isVar(node);
}

/** False for TypeScript's own temporaries (`env_1` of `using`), whose final names are made while printing. */
export function isWritten(name: ts.Identifier): boolean {
  return ts.getOriginalNode(name).pos >= 0;
}

/** Temporaries never repeat. */
function key(name: ts.Identifier): string | ts.Identifier {
  return isWritten(name) ? name.text : name;
}

function identifiers(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? identifiers(element.name) : []));
}

/** `{ a, b: [c = 1], ...d }` as a target of assignment. */
function pattern(name: ts.BindingName): ts.Expression {
  if (ts.isIdentifier(name)) return name;
  const target = ({ name, initializer }: ts.BindingElement) =>
    initializer ? factory.createAssignment(pattern(name), initializer) : pattern(name);
  if (ts.isArrayBindingPattern(name)) {
    const elements = name.elements.map((element) => {
      if (!ts.isBindingElement(element)) return factory.createOmittedExpression();
      return element.dotDotDotToken ? factory.createSpreadElement(pattern(element.name)) : target(element);
    });
    return ts.setTextRange(factory.createArrayLiteralExpression(elements), name);
  }
  const properties = name.elements.map((element) => {
    if (element.dotDotDotToken) return factory.createSpreadAssignment(pattern(element.name));
    if (element.propertyName) return factory.createPropertyAssignment(element.propertyName, target(element));
    if (ts.isIdentifier(element.name))
      return factory.createShorthandPropertyAssignment(element.name, element.initializer);
    throw new TypeError("A nested pattern needs a property name.");
  });
  return ts.setTextRange(factory.createObjectLiteralExpression(properties), name);
}
