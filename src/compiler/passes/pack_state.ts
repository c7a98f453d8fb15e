import { sizeFromShape } from "../../backend/shapes";
import type { Builder } from "../graph/builder";
import { sameShape, type Value } from "../graph/value";
import { substitute } from "./pass";

/** A value carried from step to step. */
export interface State {
  readonly before: Value;
  readonly after: Value;
}

/** State after packing: each entry stands for one of the original states, or for several laid one behind the other. */
export interface PackedState extends State {
  /** Which of the original states, in order. */
  readonly members: readonly number[];
}

/** States larger than this stay on their own: there the copies cost more than the fewer operations save. */
const LARGEST_MEMBER = 16384;
const LARGEST_PACK = 65536;

const elementwise = new Set([
  ...["Add", "Sub", "Mul", "Div", "Max", "Min", "Pow", "Sqrt", "Neg", "Abs", "Sign", "Exp", "Log", "Tanh"],
  ...["Reciprocal", "Clip", "Where", "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Not", "Cast"],
]);

/**
 * Packs small states that are updated alike into single vectors.
 *
 * An optimizer does the same few element-wise operations for every weight. On a bias of ten numbers each of them costs a
 * call and hardly any arithmetic, so the small weights and their slots are laid out as one vector each, cut apart for the
 * forward pass and updated together.
 */
export function packState(
  graph: Builder,
  states: readonly State[],
  others: readonly Value[],
): { state: PackedState[]; others: Value[] } {
  const groups = alikeGroups(states);
  const packed: PackedState[] = [];
  const views = new Map<Value, Value>();
  for (const group of groups) {
    const lead = group[0] as Unit;
    const sizes = group.map((unit) => sizeFromShape((states[unit.states[0]!] as State).before.shape));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const inputs = Array.from({ length: lead.states.length }, (_, role) => {
      const first = (states[lead.states[role]!] as State).before;
      const name = `packed ${group.map((unit) => (states[unit.states[role]!] as State).before.node.name)}`;
      const input = graph.input(name, first.dtype, [total]);
      const types = sizes.map((size) => ({ dtype: first.dtype, shape: [size] }));
      const pieces = graph.node("Split", [input, graph.integers(sizes)], types, { axis: 0 });
      group.forEach((unit, i) => {
        const { before } = states[unit.states[role]!] as State;
        views.set(before, graph.reshape(pieces[i]!, before.shape));
      });
      return input;
    });
    const together = new Map<Value, Value>();
    lead.states.forEach((index, role) => {
      together.set((states[index] as State).before, inputs[role]!);
    });
    lead.free.forEach((_, leaf) => {
      const parts = group.map((unit, i) => graph.reshape(unit.free[leaf]!, [sizes[i]!]));
      together.set(lead.free[leaf]!, graph.concat(parts, 0));
    });
    const shape = (states[lead.states[0]!] as State).before.shape;
    lead.states.forEach((index, role) => {
      const after = replay(graph, (states[index] as State).after, shape, [total], together);
      const members = group.map((unit) => unit.states[role]!);
      packed.push({ before: inputs[role]!, after, members });
    });
  }
  const inPack = new Set(packed.flatMap(({ members }) => members));
  states.forEach((state, index) => {
    if (!inPack.has(index)) packed.push({ ...state, members: [index] });
  });
  const values = substitute(graph, [...packed.map(({ after }) => after), ...others], views);
  return {
    state: packed.map((entry, i) => ({ ...entry, after: values[i]! })),
    others: values.slice(packed.length),
  };
}

/** States that are updated together (a weight and its slots), with what their update takes from outside. */
interface Unit {
  readonly states: number[];
  readonly free: Value[];
  readonly signature: string;
  readonly size: number;
}

/** Units with the same update, in groups small enough to be packed. */
function alikeGroups(states: readonly State[]): Unit[][] {
  const bySignature = new Map<string, Unit[][]>();
  for (const members of components(states)) {
    const unit = describeUnit(states, members);
    let groups = bySignature.get(unit.signature);
    if (!groups) {
      groups = [[]];
      bySignature.set(unit.signature, groups);
    }
    const last = groups.at(-1) as Unit[];
    const total = last.reduce((sum, { size }) => sum + size, unit.size);
    if (total <= LARGEST_PACK) last.push(unit);
    else groups.push([unit]);
  }
  return [...bySignature.values()].flat().filter((group) => group.length > 1);
}

function canPack({ before, after }: State): boolean {
  const size = sizeFromShape(before.shape);
  return before.dtype === "float32" && before.shape.length > 0 && size <= LARGEST_MEMBER && isPart(after, before.shape);
}

/** True for an element-wise operation all over `shape`, whose operands are of that shape or single numbers. */
function isPart(value: Value, shape: readonly number[]): boolean {
  if (!elementwise.has(value.node.op) || !sameShape(value.shape, shape)) return false;
  return value.node.inputs.every((input) => !input || sameShape(input.shape, shape) || isNumber(input));
}

const isNumber = (value: Value) => value.shape.length === 0 || (value.shape.length === 1 && value.shape[0] === 1);

/** The states whose updates look at each other, as lists of indices. */
function components(states: readonly State[]): number[][] {
  const candidates = new Map<Value, number>();
  states.forEach((state, index) => {
    if (canPack(state)) candidates.set(state.before, index);
  });
  const groupOf = new Map<number, number[]>([...candidates.values()].map((index) => [index, [index]]));
  for (const index of candidates.values()) {
    const { before, after } = states[index] as State;
    walk(after, before.shape, (leaf) => {
      const other = candidates.get(leaf);
      if (other === undefined) return;
      const [a, b] = [groupOf.get(index) as number[], groupOf.get(other) as number[]];
      if (a === b) return;
      a.push(...b);
      for (const member of b) groupOf.set(member, a);
    });
  }
  return [...new Set(groupOf.values())].map((group) => group.sort((a, b) => a - b));
}

/** Visits what the element-wise operations behind `value` start from, each once. */
function walk(value: Value, shape: readonly number[], visit: (leaf: Value) => void, seen = new Set<Value>()): void {
  if (seen.has(value)) return;
  seen.add(value);
  if (!isPart(value, shape)) {
    visit(value);
    return;
  }
  for (const input of value.node.inputs) if (input) walk(input, shape, visit, seen);
}

function describeUnit(states: readonly State[], members: number[]): Unit {
  const { shape } = (states[members[0]!] as State).before;
  const names = new Map<Value, string>();
  members.forEach((index, role) => {
    names.set((states[index] as State).before, `state${role}`);
  });
  const free: Value[] = [];
  const lines: string[] = [];
  const name = (value: Value): string => {
    let known = names.get(value);
    if (known) return known;
    if (isPart(value, shape)) {
      const operands = value.node.inputs.map((input) => (input ? name(input) : ""));
      known = `part${lines.length}`;
      lines.push(`${value.dtype} ${value.node.op}(${operands})${JSON.stringify(value.node.attributes)}`);
    } else if (isNumber(value) && !sameShape(value.shape, shape)) {
      known = `number${value.node.id}.${value.index}`;
    } else {
      known = `free${free.length}`;
      lines.push(`${value.dtype} free`);
      free.push(value);
    }
    names.set(value, known);
    return known;
  };
  const results = members.map((index) => name((states[index] as State).after));
  return { states: members, free, signature: `${lines.join(";")};${results}`, size: sizeFromShape(shape) };
}

/** The same operations on other operands of another shape. */
function replay(
  graph: Builder,
  value: Value,
  shape: readonly number[],
  packedShape: readonly number[],
  operands: Map<Value, Value>,
): Value {
  const known = operands.get(value);
  if (known) return known;
  if (!isPart(value, shape)) return value;
  const inputs = value.node.inputs.map((input) => input && replay(graph, input, shape, packedShape, operands));
  const result = graph.op(
    value.node.op,
    inputs,
    { dtype: value.dtype, shape: packedShape },
    { ...value.node.attributes },
  );
  operands.set(value, result);
  return result;
}
