import { sizeFromShape } from "../../backend/shapes";
import type { Builder } from "../graph/builder";
import { sameShape, type Value } from "../graph/value";
import { substitute } from "./pass";

/** A value carried from step to step. */
export interface State {
  readonly before: Value;
  readonly after: Value;
}

/** State after packing: each entry is one of the original states, or several laid one after the other. */
export interface PackedState extends State {
  /** Which of the original states, in order. */
  readonly members: readonly number[];
}

/** Larger states are not packed: copying them costs more than fewer operations save. */
const LARGEST_MEMBER = 16384;
const LARGEST_PACK = 65536;

const elementwise = new Set([
  ...["Add", "Sub", "Mul", "Div", "Max", "Min", "Pow", "Sqrt", "Neg", "Abs", "Sign", "Exp", "Log", "Tanh"],
  ...["Reciprocal", "Clip", "Where", "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Not", "Cast"],
]);

/**
 * Packs small states that have the same update into single vectors.
 *
 * An optimizer does the same few element-wise operations for every weight. On a bias of ten numbers each of them costs a
 * call and hardly any arithmetic, so the small weights and their optimizer variables become one vector each, which is split for the
 * forward pass and updated as a whole.
 */
export function packState(
  graph: Builder,
  states: readonly State[],
  others: readonly Value[],
): { state: PackedState[]; others: Value[] } {
  const packed: PackedState[] = [];
  const views = new Map<Value, Value>();
  for (const group of packs(states)) {
    const [lead] = group as [Unit];
    const { shape } = lead.states[0]!.before;
    const sizes = group.map(({ size }) => size);
    const packedShape = [sizes.reduce((sum, size) => sum + size)];
    // What the update of the first unit starts from, and the same of all units together.
    const together = new Map<Value, Value>();
    for (const [role, { before }] of lead.states.entries()) {
      const members = group.map((unit) => unit.states[role]!.before);
      const input = graph.input(`packed ${members.map(({ node }) => node.name)}`, before.dtype, packedShape);
      const pieces = graph.split(input, sizes, 0);
      for (const [i, member] of members.entries()) views.set(member, graph.reshape(pieces[i]!, member.shape));
      together.set(before, input);
    }
    for (const [leaf, value] of lead.free.entries()) {
      const parts = group.map(({ free, size }) => graph.reshape(free[leaf]!, [size]));
      together.set(value, graph.concat(parts, 0));
    }
    for (const [role, { before, after }] of lead.states.entries()) {
      packed.push({
        before: together.get(before)!,
        after: replay(graph, after, shape, packedShape, together),
        members: group.map((unit) => states.indexOf(unit.states[role]!)),
      });
    }
  }
  const inPack = new Set(packed.flatMap(({ members }) => members));
  const alone = states.map((state, index) => ({ ...state, members: [index] }));
  const all = [...packed, ...alone.filter((_, index) => !inPack.has(index))];
  const values = substitute(graph, [...all.map(({ after }) => after), ...others], views);
  return { state: all.map((entry, i) => ({ ...entry, after: values[i]! })), others: values.slice(all.length) };
}

/** States that are updated together (a weight and its optimizer variables), with what their update takes from outside. */
interface Unit {
  readonly states: readonly State[];
  readonly free: readonly Value[];
  readonly signature: string;
  /** Elements of one of its states. */
  readonly size: number;
}

/** Units with the same update, in groups small enough to be packed. */
function packs(states: readonly State[]): Unit[][] {
  const groups: Unit[][] = [];
  const open = new Map<string, Unit[]>();
  for (const unit of components(states).map(describeUnit)) {
    let group = open.get(unit.signature);
    if (!group || group.reduce((sum, { size }) => sum + size, unit.size) > LARGEST_PACK) {
      group = [];
      groups.push(group);
      open.set(unit.signature, group);
    }
    group.push(unit);
  }
  return groups.filter(({ length }) => length > 1);
}

function canPack({ before, after }: State): boolean {
  const size = sizeFromShape(before.shape);
  return before.dtype === "float32" && before.shape.length > 0 && size <= LARGEST_MEMBER && isPart(after, before.shape);
}

/** True for an element-wise operation on `shape` whose operands have that shape or are single numbers. */
function isPart(value: Value, shape: readonly number[]): boolean {
  if (!elementwise.has(value.node.op) || !sameShape(value.shape, shape)) return false;
  return value.node.inputs.every((input) => !input || sameShape(input.shape, shape) || isNumber(input));
}

const isNumber = (value: Value) => value.shape.length === 0 || (value.shape.length === 1 && value.shape[0] === 1);

/** The states whose updates depend on each other. */
function components(states: readonly State[]): State[][] {
  const groupOf = new Map(states.filter(canPack).map((state) => [state.before, [state]]));
  for (const [before, [{ after }]] of [...groupOf] as [Value, [State]][]) {
    walk(after, before.shape, (leaf) => {
      const [a, b] = [groupOf.get(before)!, groupOf.get(leaf)];
      if (b === undefined || a === b) return;
      a.push(...b);
      for (const member of b) groupOf.set(member.before, a);
    });
  }
  const groups = [...new Set(groupOf.values())];
  return groups.map((group) => group.sort((a, b) => states.indexOf(a) - states.indexOf(b)));
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

function describeUnit(states: readonly State[]): Unit {
  const { shape } = states[0]!.before;
  const names = new Map(states.map(({ before }, role) => [before, `state${role}`]));
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
  const results = states.map(({ after }) => name(after));
  return { states, free, signature: `${lines.join(";")};${results}`, size: sizeFromShape(shape) };
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
  const { op, attributes } = value.node;
  const result = graph.op(op, inputs, { dtype: value.dtype, shape: packedShape }, attributes);
  operands.set(value, result);
  return result;
}
