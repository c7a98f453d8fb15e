import { lineToolSymbol } from "../bridge";

/** `%name rest` at the start of a line; the names are all there are, for `a\n% b` is TypeScript. */
const percent = /^%(help|who|reset|cd|npm|time)(?![\w$(.=])[ \t]*(.*)$/;
/** `!ls -la`, but neither `!done && go()` nor `!f()`, which are TypeScript. */
const shell = /^!([\w./~-]+(?:[ \t]+(?!&&|\|\||[=!]==?|\?|[+*/<>-] )\S.*)?)$/;
const continued = /[,([{=+\-*/<>&|?:]\s*$/;

/** A cell without its line tools: each `%tool` and `!command` is a call in the same line. `%%time` times the cell. */
export function takeLineTools(code: string): { readonly code: string; readonly timed: boolean } {
  const timed = /^\s*%%time[ \t]*(?=\r?\n|$)/.exec(code);
  const source = timed ? " ".repeat(timed[0].length) + code.slice(timed[0].length) : code;
  if (!/^[%!]/m.test(source)) return { code: source, timed: timed !== null };
  let before = "";
  const lines = source.split("\n").map((line) => {
    const call = continued.test(before) ? undefined : toCall(line.trimEnd());
    if (line.trim()) before = line;
    return call ?? line;
  });
  return { code: lines.join("\n"), timed: timed !== null };
}

function toCall(line: string): string | undefined {
  const [, command] = shell.exec(line) ?? [];
  if (command) return call("shell", JSON.stringify(command));
  const [, name, rest = ""] = percent.exec(line) ?? [];
  if (name === "time") return rest ? call(name, `async () => (${rest.replace(/;\s*$/, "")})`) : undefined;
  return name && call(name, JSON.stringify(rest.trim()));
}

/** Typed as unknown, so that a type check has nothing to say. */
function call(name: string, argument: string): string {
  const tools = `(globalThis as unknown as Record<symbol, Record<string, (argument: unknown) => unknown>>)`;
  return `;await ${tools}[Symbol.for("${lineToolSymbol}")]!["${name}"]!(${argument})`;
}
