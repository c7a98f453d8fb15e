import { onnxType } from "../graph/builder";
import { nodesOf } from "../graph/order";
import type { DType, Value } from "../graph/value";
import { attributeProto, Emitter, valueInfo } from "./emit";
import { encodeModel } from "./schema";

/** A column of the data: all rows, of which each step takes a batch. */
export interface Column {
  /** Element type of the column as it is stored; the batch is converted to the step's. */
  readonly dtype: DType;
  /** The step's input for one batch: shape [batch, …row]. */
  readonly batch: Value;
}

/** One step and what surrounds it in the loop. */
export interface LoopSignature {
  readonly columns: readonly Column[];
  /** Values carried from step to step: the step's input and its value after the step. */
  readonly state: readonly { readonly before: Value; readonly after: Value }[];
  /** Values that stay the same throughout. */
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
  columns.forEach((column, i) => {
    if (!used.has(column.batch.node)) return;
    const gathered = `batch${i}`;
    body.bind(column.batch, gathered);
    const { dtype } = column.batch;
    if (dtype === column.dtype) {
      body.append("Gather", [`column${i}`, "rows"], [gathered], [attributeProto("axis", 0)]);
    } else {
      body.append("Gather", [`column${i}`, "rows"], [`${gathered}_stored`], [attributeProto("axis", 0)]);
      body.append("Cast", [`${gathered}_stored`], [gathered], [attributeProto("to", onnxType[dtype])]);
    }
  });
  fixed.forEach((value, i) => {
    body.bind(value, `fixed${i}`);
  });
  state.forEach(({ before }, i) => {
    body.bind(before, `in${i}`);
  });
  const scalar = { dtype: "int64", shape: [] } as const;
  const flag = { dtype: "bool", shape: [] } as const;
  body.emit(
    [...state.map(({ after }) => after), ...perStep],
    [...state.map((_, i) => `out${i}`), ...perStep.map((_, i) => `each${i}`)],
  );
  body.append("Identity", ["go"], ["go_on"]);
  const step = body.graph(
    "step",
    [
      valueInfo("iteration", scalar),
      valueInfo("go", flag),
      ...state.map(({ before }, i) => valueInfo(`in${i}`, before)),
    ],
    [
      valueInfo("go_on", flag),
      ...state.map(({ after }, i) => valueInfo(`out${i}`, after)),
      ...perStep.map((value, i) => valueInfo(`each${i}`, value)),
    ],
  );

  const main = new Emitter();
  main.append(
    "Loop",
    ["steps", "", ...state.map((_, i) => `state${i}`)],
    [...state.map((_, i) => `after${i}`), ...perStep.map((_, i) => `step${i}`)],
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
    ...state.map(({ after }, i) => valueInfo(`after${i}`, after)),
    ...perStep.map((value, i) => valueInfo(`step${i}`, { dtype: value.dtype, shape: ["steps", ...value.shape] })),
  ];
  return encodeModel(main.graph("loop", inputs, outputs));
}
