import { onnxType } from "../graph/builder";
import { nodesOf } from "../graph/order";
import type { DType, Value } from "../graph/value";
import type { State } from "../passes/pack_state";
import { attributeProto, Emitter, valueInfo } from "./emit";
import { encodeModel } from "./schema";

const numbered = (name: string, list: readonly unknown[]) => list.map((_, i) => `${name}${i}`);

/** A column of the data: all rows, of which each step takes a batch. */
export interface Column {
  /** Element type of the column as it is stored; the batch is converted to the step's. */
  readonly dtype: DType;
  /** The step's input for one batch: shape [batch, …row]. */
  readonly batch: Value;
}

/** One step and what it takes from the loop. */
export interface LoopSignature {
  readonly columns: readonly Column[];
  readonly state: readonly State[];
  /** Values that no step changes. */
  readonly fixed: readonly Value[];
  /** Values of each step, stacked along a new first axis. */
  readonly perStep: readonly Value[];
}

/**
 * The bytes of a model that runs a step many times: `steps` (int64), `order` (int32 [steps, batch]: the row numbers of each
 * batch), `column0 …`, `fixed0 …` and `state0 …` go in; `after0 …` and `step0 …` come out.
 */
export function emitLoop({ columns, state, fixed, perStep }: LoopSignature): Uint8Array {
  const body = new Emitter();
  const batch = columns[0]?.batch.shape[0] ?? 1;
  const used = new Set(nodesOf([...state.map(({ after }) => after), ...perStep]));
  body.append("Gather", ["order", "iteration"], ["rows"], [attributeProto("axis", 0)]);
  const gather = (from: string, to: string) => body.append("Gather", [from, "rows"], [to], [attributeProto("axis", 0)]);
  columns.forEach(({ batch: value, dtype }, i) => {
    if (!used.has(value.node)) return;
    body.bind(value, `batch${i}`);
    if (value.dtype === dtype) gather(`column${i}`, `batch${i}`);
    else {
      gather(`column${i}`, `batch${i}_stored`);
      body.append("Cast", [`batch${i}_stored`], [`batch${i}`], [attributeProto("to", onnxType[value.dtype])]);
    }
  });
  for (const [i, value] of fixed.entries()) body.bind(value, `fixed${i}`);
  for (const [i, { before }] of state.entries()) body.bind(before, `in${i}`);
  const after = state.map((each) => each.after);
  const outNames = [...numbered("out", state), ...numbered("each", perStep)];
  body.emit([...after, ...perStep], outNames);
  body.append("Identity", ["go"], ["go_on"]);
  const scalar = { dtype: "int64", shape: [] } as const;
  const flag = { dtype: "bool", shape: [] } as const;
  const entering = state.map(({ before }, i) => valueInfo(`in${i}`, before));
  const leaving = [...after, ...perStep].map((value, i) => valueInfo(outNames[i]!, value));
  const step = body.graph(
    "step",
    [valueInfo("iteration", scalar), valueInfo("go", flag), ...entering],
    [valueInfo("go_on", flag), ...leaving],
  );

  const main = new Emitter();
  main.append(
    "Loop",
    ["steps", "", ...numbered("state", state)],
    [...numbered("after", state), ...numbered("step", perStep)],
    [attributeProto("body", step)],
  );
  const stored = (column: Column) => ({ dtype: column.dtype, shape: ["rows", ...column.batch.shape.slice(1)] });
  const inputs = [
    valueInfo("steps", scalar),
    valueInfo("order", { dtype: "int32", shape: ["steps", batch] }),
    ...columns.map((column, i) => valueInfo(`column${i}`, stored(column))),
    ...fixed.map((value, i) => valueInfo(`fixed${i}`, value)),
    ...state.map(({ before }, i) => valueInfo(`state${i}`, before)),
  ];
  const outputs = [
    ...after.map((value, i) => valueInfo(`after${i}`, value)),
    ...perStep.map((value, i) => valueInfo(`step${i}`, { dtype: value.dtype, shape: ["steps", ...value.shape] })),
  ];
  return encodeModel(main.graph("loop", inputs, outputs));
}
