import * as tf from "@tensorflow/tfjs-core";
import { variable } from "../backend/variable";
import type { Logs } from "../callbacks/logs";
import * as kinds from "../options/kinds";
import { describe } from "../options/options";
import { gatherBatch } from "./eager_runner";
import type { Column } from "./step";

/** What a user's `trainStep` returned last, in variables, so that the step can be compiled. */
export class StepLogs {
  readonly #values = new Map<string, tf.Variable>();

  get variables(): readonly tf.Variable[] {
    return [...this.#values.values()];
  }

  /** Runs the step once on a row of the data to learn what it returns, then restores every variable. */
  prepare(
    columns: readonly Column[],
    variables: () => readonly tf.Variable[],
    run: (batch: readonly tf.Tensor[]) => unknown,
  ): void {
    tf.tidy(() => {
      const before = variables().map((each) => [each, each.clone()] as const);
      const known = new Set(before.map(([each]) => each));
      const batch = columns.map((column) => gatherBatch(column, Int32Array.of(0), 0, 1));
      for (const name of Object.keys(this.#check(run(batch)))) {
        this.#values.set(name, variable(tf.scalar(0), { name, trainable: false }));
      }
      for (const [each, value] of before) each.assign(value);
      // Variables that the step made, such as an optimizer's, begin at zero.
      const logs = new Set(this.variables);
      for (const each of variables()) if (!known.has(each) && !logs.has(each)) each.assign(tf.zerosLike(each));
    });
  }

  #check(returned: unknown): { readonly [name: string]: tf.Tensor | number } {
    if (kinds.object.accepts(returned) && !(returned instanceof tf.Tensor))
      return returned as { [name: string]: tf.Tensor };
    throw new TypeError(
      `trainStep() and testStep() return losses and metrics by name, as in { loss }, but it returned ${describe(returned)}.`,
    );
  }

  update(returned: unknown): void {
    const logs = this.#check(returned);
    for (const [name, value] of this.#values) {
      const tensor = logs[name];
      if (tensor !== undefined) value.assign(tf.mean(tf.cast(tensor, "float32")));
    }
  }

  results(): Logs {
    return Object.fromEntries([...this.#values].map(([name, value]) => [name, value.dataSync()[0]!]));
  }
}
