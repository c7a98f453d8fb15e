import path from "node:path";
import ts from "typescript6";
import { packageRoot } from "../../kernel/cli/places";

/** A value that is not what a parameter or an option takes, and how the test calls it. */
export interface WrongValue {
  readonly what: string;
  readonly value: unknown;
}

/** An option, and some values of types that it does not take. */
export interface Option {
  readonly name: string;
  readonly wrong: readonly WrongValue[];
}

/** A function or class that is exported, as TypeScript sees it. */
export interface Declaration {
  /** Where a program finds it: `keras.layers.Dense`, `keras.Model#fit`. */
  readonly path: string;
  readonly parameters: readonly (Option & { readonly optional: boolean; readonly takesTensor: boolean })[];
  /** The parameter that is an object of options, and what may be in it; -1 is the last, whatever its number. */
  readonly bag: { readonly index: number; readonly options: readonly Option[] } | undefined;
}

const root = path.join(packageRoot, "dist", "src", "index.d.ts");

const program = ts.createProgram([root], {
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
  types: ["node"],
});
const checker = program.getTypeChecker();

const candidates: readonly (WrongValue & { readonly type: ts.Type })[] = [
  { what: "a word", value: "zzz", type: checker.getStringLiteralType("zzz") },
  { what: "a number", value: 0.5, type: checker.getNumberLiteralType(0.5) },
  { what: "true", value: true, type: checker.getTrueType() },
];

const wrongFor = (type: ts.Type): WrongValue[] =>
  candidates.filter((candidate) => !checker.isTypeAssignableTo(candidate.type, type));

/** Whether this is the type of an object of options. */
function isBag(type: ts.Type): boolean {
  if ((type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) === 0) return false;
  if (checker.isArrayLikeType(type) || type.isClass()) return false;
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return false;
  const properties = type.getProperties();
  const named = /(Options|Hooks)$/.test(type.aliasSymbol?.name ?? type.symbol?.name ?? "");
  const optional = properties.filter((property) => property.flags & ts.SymbolFlags.Optional);
  return properties.length > 0 && (named || optional.length === properties.length);
}

function optionsOf(type: ts.Type): Option[] {
  return type.getProperties().map((property) => {
    const own = checker.getTypeOfSymbol(property);
    return { name: property.name, wrong: wrongFor(own) };
  });
}

type Parameter = { readonly name: string; readonly type: ts.Type; readonly optional: boolean };

const isOptional = (tuple: ts.Type, element: number) =>
  (((tuple as ts.TupleTypeReference).target.elementFlags[element] ?? 0) & ts.ElementFlags.Required) === 0;

/** The parameters of a signature; a rest parameter that is one of several tuples stands for several signatures. */
function parametersOf(signature: ts.Signature): Parameter[][] {
  const last = signature.parameters.at(-1);
  const declaration = last?.valueDeclaration;
  const plain = signature.parameters.map((symbol) => {
    const own = symbol.valueDeclaration;
    const optional = own !== undefined && ts.isParameter(own) && checker.isOptionalParameter(own);
    return { name: symbol.name, type: checker.getTypeOfSymbol(symbol), optional };
  });
  if (declaration === undefined || !ts.isParameter(declaration) || declaration.dotDotDotToken === undefined)
    return [plain];
  const rest = plain.pop() as Parameter;
  const tuples = rest.type.isUnion() ? rest.type.types : [rest.type];
  return tuples.map((tuple) => [
    ...plain,
    ...(checker.isTupleType(tuple)
      ? checker
          .getTypeArguments(tuple as ts.TypeReference)
          .map((type, i) => ({ name: `${rest.name}[${i}]`, type, optional: isOptional(tuple, i) }))
      : []),
  ]);
}

function describeFunction(pathOfIt: string, type: ts.Type): Declaration | undefined {
  const constructs = type.getConstructSignatures();
  const signatures = constructs.length > 0 ? constructs : type.getCallSignatures();
  if (signatures.length === 0) return undefined;
  const overloads = signatures.flatMap(parametersOf);
  const most = Math.max(...overloads.map((overload) => overload.length));
  const parameters = Array.from({ length: most }, (_, i) => {
    const all = overloads.flatMap((overload) => overload[i] ?? []);
    const wrong = candidates.filter((candidate) =>
      all.every(({ type }) => !checker.isTypeAssignableTo(candidate.type, type)),
    );
    const name = all[0]?.name ?? "";
    const takesTensor = all.some(({ type }) =>
      /\bTensor(Like)?\b/.test(checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)),
    );
    return { name, wrong, takesTensor, optional: all.some((one) => one.optional) || all.length < overloads.length };
  });
  for (const overload of overloads) {
    for (const [index, { type }] of overload.entries()) {
      const kinds = type.isUnion() ? type.types : [type];
      const bag = kinds.find(isBag);
      if (bag === undefined) continue;
      const variadic = signatures.some(({ parameters: [only] }) => only?.name === "data");
      return { path: pathOfIt, parameters, bag: { index: variadic ? -1 : index, options: optionsOf(bag) } };
    }
  }
  return { path: pathOfIt, parameters, bag: undefined };
}

/** Every function and class that a program can import, and the methods of the classes named. */
export function declarations(classes: readonly string[]): Declaration[] {
  const found: Declaration[] = [];
  const add = (declaration: Declaration | undefined) => declaration !== undefined && found.push(declaration);
  const visit = (module: ts.Symbol, prefix: string) => {
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const name = `${prefix}${exported.name}`;
      if (name === "tf") continue;
      if (symbol.flags & ts.SymbolFlags.ValueModule) visit(symbol, `${name}.`);
      else if (symbol.flags & ts.SymbolFlags.Value) {
        const type = checker.getTypeOfSymbol(symbol);
        add(describeFunction(name, type));
        // An object of functions, such as keras.ops.
        if (type.getCallSignatures().length + type.getConstructSignatures().length === 0) {
          for (const property of type.getProperties()) {
            if (property.name.startsWith("__")) continue;
            add(describeFunction(`${name}.${property.name}`, checker.getTypeOfSymbol(property)));
          }
        }
        const instance = classes.includes(name) ? type.getConstructSignatures()[0]?.getReturnType() : undefined;
        for (const method of instance?.getProperties() ?? []) {
          const declared = method.valueDeclaration;
          const hidden =
            declared && ts.getCombinedModifierFlags(declared) & (ts.ModifierFlags.Protected | ts.ModifierFlags.Private);
          if (!hidden && !method.name.startsWith("__")) {
            add(describeFunction(`${name}#${method.name}`, checker.getTypeOfSymbol(method)));
          }
        }
      }
    }
  };
  const source = program.getSourceFile(root);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${root} is not built.`);
  visit(module, "");
  return found;
}
