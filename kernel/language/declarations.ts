import ts from "typescript6";

/**
 * What a cell declares at its top level (values, types and imports), from its syntax alone. Of broken code it returns what can
 * be read.
 *
 * @returns `names`: each name, and whether other cells may assign to it (`let` and `var`). `exported`: the names among them that
 * the cell exports itself. `ambient`: whether it changes types everywhere (`declare global`, `declare module "x"`).
 */
export function declarations(code: string) {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ESNext);
  const names = new Map<string, boolean>();
  const exported = new Set<string>();
  let ambient = false;
  const declare = (name: ts.BindingName | undefined, assignable = false, exports = false): void => {
    if (!name) return;
    if (!ts.isIdentifier(name)) {
      for (const element of name.elements) if (ts.isBindingElement(element)) declare(element.name, assignable, exports);
    } else if (name.text) {
      // A name may be both a type and a value; only a plain variable can be declared again by its type alone.
      names.set(name.text, assignable && (names.get(name.text) ?? true));
      if (exports) exported.add(name.text);
    }
  };
  const list = ({ declarations, flags }: ts.VariableDeclarationList, exports = false): void => {
    const assignable = (flags & ts.NodeFlags.Constant) === 0 && (flags & ts.NodeFlags.Using) === 0;
    for (const { name } of declarations) declare(name, assignable, exports);
  };
  /** A `var` inside a block or loop belongs to the cell too. */
  const nested = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node)) return;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) list(node);
    ts.forEachChild(node, nested);
  };
  for (const statement of file.statements) {
    const exports = ts.canHaveModifiers(statement) && isExport(statement);
    if (ts.isVariableStatement(statement)) list(statement.declarationList, exports);
    else if (ts.isImportDeclaration(statement)) {
      const { name, namedBindings } = statement.importClause ?? {};
      declare(name);
      if (namedBindings && ts.isNamespaceImport(namedBindings)) declare(namedBindings.name);
      else for (const element of namedBindings?.elements ?? []) declare(element.name);
    } else if (ts.isExportDeclaration(statement)) {
      const { exportClause, moduleSpecifier } = statement;
      if (!moduleSpecifier && exportClause && ts.isNamedExports(exportClause))
        for (const { name } of exportClause.elements) exported.add(name.text);
    } else if (ts.isModuleDeclaration(statement)) {
      const { name } = statement;
      if (ts.isIdentifier(name) && (statement.flags & ts.NodeFlags.GlobalAugmentation) === 0)
        declare(name, false, exports);
      else ambient = true;
    } else {
      const { name } = statement as ts.DeclarationStatement;
      if (name && ts.isIdentifier(name)) declare(name, false, exports);
      else nested(statement);
    }
  }
  return { names, exported, ambient };
}

/** `export`, but not `export default`, whose name is not exported. */
function isExport(node: ts.HasModifiers): boolean {
  const kinds = node.modifiers?.map(({ kind }) => kind) ?? [];
  return kinds.includes(ts.SyntaxKind.ExportKeyword) && !kinds.includes(ts.SyntaxKind.DefaultKeyword);
}
