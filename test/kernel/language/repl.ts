/** V8's REPL mode as the kernel uses it, to prove what compiled cells do. */

import { type Runtime, Session } from "node:inspector";
import { createRequire } from "node:module";
import { compileCell } from "../../../kernel/language/compile_cell";

/** A prompt: cells run one after another on this process's own global scope. */
export class Repl {
  private readonly session = new Session();
  private cells = 0;

  constructor() {
    this.session.connect();
    Object.assign(globalThis, {
      __await: (value: unknown) => value,
      __awaitAll: (values: unknown) => values,
      __import: async (name: string, options?: ImportCallOptions) => import(name, options),
      require: createRequire(__filename),
    });
  }

  /** The value of a cell; throws what the cell throws, as text. */
  async run(code: string): Promise<unknown> {
    this.cells += 1;
    const { javascript, hasValue } = compileCell({ fileName: `cell-${this.cells}.ts`, code }, "/notebooks");
    const options = { expression: javascript, replMode: true, awaitPromise: true, returnByValue: hasValue };
    const { result, exceptionDetails } = await new Promise<Runtime.EvaluateReturnType>((resolve, reject) =>
      this.session.post("Runtime.evaluate", options, (error, evaluated) =>
        error ? reject(error) : resolve(evaluated as Runtime.EvaluateReturnType),
      ),
    );
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  close(): void {
    this.session.disconnect();
  }
}
