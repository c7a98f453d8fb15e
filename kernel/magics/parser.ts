import { lineToolSymbol } from "../bridge";

/** `%name rest` at the start of a line; the names are all there are, for `a\n% b` is TypeScript. */
const percent = /^%(help|who|reset|cd|npm|time)(?![\w$(.=])[ \t]*(.*)$/;
/** `!ls -la`, but neither `!done && go()` nor `!f()`, which are TypeScript. */
const shell = /^!([\w./~-]+(?:[ \t]+(?!&&|\|\||[=!]==?|\?|[+*/<>-] )\S.*)?)$/;
const continued = /[,([{=+\-*/<>&|?:]\s*$/;

/** A cell without its line tools. */
export interface WithoutTools {
  /** Each `%tool` and `!command` is a call in the same line. */
  readonly code: string;
  /** By line, how many columns to the right that moved what the reader wrote. */
  readonly moved: ReadonlyMap<number, number>;
  /** The cell starts with `%%time`. */
  readonly timed: boolean;
}

/** Takes its line tools out of a cell. */
export function takeLineTools(code: string): WithoutTools {
  const moved = new Map<number, number>();
  const timed = /^\s*%%time[ \t]*(?=\r?\n|$)/.exec(code);
  const source = timed ? " ".repeat(timed[0].length) + code.slice(timed[0].length) : code;
  if (!/^[%!]/m.test(source)) return { code: source, moved, timed: timed !== null };
  let before = "";
  const lines = source.split("\n").map((line, number) => {
    const made = continued.test(before) ? undefined : toCall(line.trimEnd());
    if (line.trim()) before = line;
    if (made?.moved) moved.set(number, made.moved);
    return made?.text ?? line;
  });
  return { code: lines.join("\n"), moved, timed: timed !== null };
}

interface Made {
  readonly text: string;
  /** By how many columns what is TypeScript in it stands further right now. */
  readonly moved?: number;
}

function toCall(line: string): Made | undefined {
  const [, command] = shell.exec(line) ?? [];
  if (command) return { text: call("shell", JSON.stringify(command)) };
  const [, name, rest = ""] = percent.exec(line) ?? [];
  if (!name || (name === "time" && !rest)) return undefined;
  if (name !== "time") return { text: call(name, JSON.stringify(rest.trim())) };
  const opening = "async () => (";
  const text = call(name, `${opening}${rest.replace(/;\s*$/, "")})`);
  return { text, moved: call(name, opening).length - 1 - (line.length - rest.length) };
}

/** Typed as unknown, so that a type check has nothing to say. */
function call(name: string, argument: string): string {
  const tools = `(globalThis as unknown as Record<symbol, Record<string, (argument: unknown) => unknown>>)`;
  return `;await ${tools}[Symbol.for("${lineToolSymbol}")]!["${name}"]!(${argument})`;
}
