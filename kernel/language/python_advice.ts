import { adviceFor } from "../magics/table";
import type { Diagnostic } from "./language_service";
import { offsetAt } from "./positions";

/** An error and the code around it. */
interface Found extends Diagnostic {
  readonly text: string;
  /** The code before its start, from its start, and after its end. */
  readonly before: string;
  readonly from: string;
  readonly after: string;
}

/** What Python's built-in names are called here. */
const names: Readonly<Record<string, string>> = {
  print: "`console.log(…)`",
  len: "`.length` of an array, `.shape[0]` of a tensor",
  range: "`for (let i = 0; i < n; i += 1)`",
  None: "`null`",
  True: "`true`",
  False: "`false`",
};

const methods: Readonly<Record<string, string>> = { "+": "add", "-": "sub", "*": "mul", "/": "div", "%": "mod" };

/** Advice for what someone who follows a Python tutorial types. `alone` drops the line's other errors. */
const rules: readonly ((found: Found) => string | { readonly alone: string } | undefined)[] = [
  ({ text, code }) =>
    code < 2000 && /^\s*(from\s+[\w.]+\s+import\b|import\s+[\w.]+(\s+as\s+\w+)?\s*$)/.test(text)
      ? { alone: 'That is how Python imports. Here: `import { keras, tf } from "tskeras"`.' }
      : undefined,
  ({ code, from }) => (code === 1127 && from.startsWith("#") ? { alone: "A comment begins with `//`." } : undefined),
  ({ code, text, before }) =>
    code < 2000 && /^\s*%/.test(text) && !/[^\s%].*$/.test(before.slice(before.lastIndexOf("\n") + 1))
      ? { alone: adviceFor(text.trim()) }
      : undefined,
  ({ code, message }) => {
    const name = code === 2304 || code === 2552 ? /'(\w+)'/.exec(message)?.[1] : undefined;
    return name && Object.hasOwn(names, name) ? `Python's \`${name}\` is ${names[name]} here.` : undefined;
  },
  ({ code, before, from }) => {
    const [, name] = (code === 2304 && /[(,]\s*$/.test(before) && /^(\w+)\s*=(?![=>])/.exec(from)) || [];
    return name ? { alone: `Options stand in braces: \`{ ${name}: … }\`.` } : undefined;
  },
  ({ code, message }) =>
    code === 2559 && /^Type '[^{].*Options'\.$/.test(message)
      ? "Options stand in braces, by name: `{ name: … }`."
      : undefined,
  ({ code, message, before, after }) => {
    const operator =
      code === 2362 ? after.trimStart()[0] : code === 2363 ? before.trimEnd().at(-1) : tensorOperator(code, message);
    const method = methods[operator ?? ""];
    return method ? `Tensors have methods for this: \`a.${method}(b)\`.` : undefined;
  },
  ({ code, message }) =>
    code === 7053 && /index type 'Tensor/.test(message)
      ? "A row of a tensor is `x.gather(0)`, the first ten are `x.slice(0, 10)`."
      : undefined,
  ({ message }) =>
    /^\s*(Type|Argument of type) 'string' is not assignable to .*(Identifier|LossOption|Metrics)/m.test(message)
      ? "A text that may change cannot be checked: `const` instead of `let`, and `as const` behind a list or an object."
      : undefined,
  ({ code, message }) =>
    code === 2448
      ? `If you mean the ${/'.+'/.exec(message)?.[0] ?? "variable"} of an earlier cell, give the new one another name.`
      : undefined,
];

/** Operator '+' cannot be applied to types 'Tensor3D' and 'number'. */
const tensorOperator = (code: number, message: string): string | undefined =>
  code === 2365 ? /^Operator '(.)' .*'Tensor/.exec(message)?.[1] : undefined;

/** Adds to errors what to write here instead of Python's form. */
export function withPythonAdvice(diagnostics: readonly Diagnostic[], code: string): readonly Diagnostic[] {
  const lines = code.split("\n");
  const settled = new Set<number>();
  const tooEarly = new Set(diagnostics.filter((each) => each.code === 2448).map(({ message }) => quoted(message)));
  return diagnostics.flatMap((each) => {
    if (settled.has(each.start.line)) return [];
    // TypeScript says twice that a variable is used in its own declaration.
    if (each.code === 7022 && tooEarly.has(quoted(each.message))) return [];
    const offset = offsetAt(code, each.start);
    const found = {
      ...each,
      text: lines[each.start.line] ?? "",
      before: code.slice(0, offset),
      from: code.slice(offset),
      after: code.slice(offsetAt(code, each.end)),
    };
    for (const rule of rules) {
      const advice = rule(found);
      if (advice === undefined) continue;
      if (typeof advice !== "string") settled.add(each.start.line);
      return [{ ...each, message: `${each.message} ${typeof advice === "string" ? advice : advice.alone}` }];
    }
    return [each];
  });
}

const quoted = (message: string): string | undefined => /'(.+?)'/.exec(message)?.[1];
