/**
 * The operations that can be a step of a functional model, and how Keras declares each: the module of `keras.ops`, then
 * the arguments in order. Arguments with `=` are options of Keras's class, the others are its inputs; those after `/` are
 * in an options object here, and `*` takes all that follow. The name of the class is the operation's, capitalized.
 *
 * @see https://github.com/keras-team/keras/tree/master/keras/src/ops
 */
const signatures = {
  append: "numpy x1 x2 axis=",
  argsort: "numpy x axis=",
  average: "numpy x / axis= weights",
  binaryCrossentropy: "nn target output / from_logits=",
  broadcastTo: "numpy x shape=",
  cast: "core x dtype=",
  categoricalCrossentropy: "nn target output / from_logits=",
  celu: "nn x alpha=",
  clip: "numpy x x_min= x_max=",
  concatenate: "numpy xs axis=",
  countNonzero: "numpy x / axis=",
  cumprod: "numpy x axis=",
  cumsum: "numpy x axis=",
  einsum: "numpy subscripts= *operands",
  elu: "nn x alpha=",
  erf: "math x",
  expandDims: "numpy x axis=",
  flip: "numpy x axis=",
  fullLike: "numpy x fill_value",
  gelu: "nn x approximate=",
  getItem: "numpy x key",
  glu: "nn x axis=",
  hardShrink: "nn x threshold=",
  hstack: "numpy xs",
  inTopK: "math targets predictions k=",
  isclose: "numpy x1 x2 / rtol atol",
  leakyRelu: "nn x negative_slope=",
  logSoftmax: "nn x axis=",
  logsumexp: "math x / axis= keepdims=",
  meshgrid: "numpy *x indexing=",
  moments: "nn x axes=",
  moveaxis: "numpy x source= destination=",
  norm: "linalg x / ord= axis= keepdims=",
  normalize: "nn x / axis= order= epsilon=",
  oneHot: "nn x num_classes= / axis= dtype=",
  onesLike: "numpy x dtype=",
  pad: "numpy x pad_width= / mode= constant_values",
  repeat: "numpy x repeats= axis=",
  reshape: "numpy x newshape=",
  roll: "numpy x shift= axis=",
  round: "numpy x decimals=",
  rsqrt: "math x",
  scatter: "core indices values shape=",
  scatterUpdate: "core inputs indices updates",
  searchsorted: "numpy sorted_sequence values side=",
  segmentSum: "math data segment_ids num_segments=",
  slice: "core inputs start_indices shape=",
  softShrink: "nn x threshold=",
  softmax: "nn x axis=",
  sort: "numpy x axis=",
  sparseCategoricalCrossentropy: "nn target output / from_logits=",
  sparsemax: "nn x axis=",
  split: "numpy x indices_or_sections= axis=",
  squareplus: "nn x b=",
  squeeze: "numpy x axis=",
  stack: "numpy x axis=",
  stopGradient: "core variable",
  swapaxes: "numpy x axis1= axis2=",
  take: "numpy x indices axis=",
  takeAlongAxis: "numpy x indices axis=",
  tensordot: "numpy x1 x2 axes=",
  threshold: "nn x threshold= default_value=",
  tile: "numpy x repeats=",
  transpose: "numpy x axes=",
  tril: "numpy x k=",
  triu: "numpy x k=",
  unstack: "core x num= axis=",
  vstack: "numpy xs",
  where: "numpy condition x1 x2",
  zerosLike: "numpy x dtype=",
} as const;

// Signatures that many operations have. Of two names for one class the first is read from a file.
// biome-ignore format: the names fill the lines
const groups = {
  "numpy x": [
    "abs", "absolute", "arccos", "arccosh", "arcsin", "arcsinh", "arctan", "arctanh", "array", "ceil", "copy", "cos",
    "cosh", "deg2rad", "diag", "diagonal", "exp2", "exp", "expm1", "floor", "isfinite", "isinf", "isnan", "log10",
    "log1p", "log2", "log", "logicalNot", "negative", "rad2deg", "ravel", "reciprocal", "sign", "sin", "sinh", "sqrt",
    "square", "tan", "tanh", "trace", "trunc",
  ],
  "numpy x1 x2": [
    "add", "arctan2", "divide", "divideNoNan", "dot", "equal", "floorDivide", "greater", "greaterEqual", "hypot",
    "less", "lessEqual", "logaddexp", "logicalAnd", "logicalOr", "logicalXor", "matmul", "maximum", "minimum", "mod",
    "multiply", "notEqual", "outer", "power", "subtract", "trueDivide",
  ],
  "nn x": [
    "hardSigmoid", "hardSilu", "hardSwish", "hardTanh", "logSigmoid", "relu6", "relu", "selu", "sigmoid", "silu",
    "softplus", "softsign", "sparsePlus", "sparseSigmoid", "swish", "tanhShrink",
  ],
  "numpy x / axis= keepdims=": [
    "all", "amax", "amin", "any", "argmax", "argmin", "max", "mean", "median", "min", "prod", "ptp", "std", "sum",
    "var",
  ],
} as const;

const classNames: { readonly [name: string]: string } = {
  abs: "Absolute",
  hardSwish: "HardSilu",
  searchsorted: "SearchSorted",
  swish: "Silu",
};

/** The name of such an operation: `"mean"`. */
export type OperationName = keyof typeof signatures | (typeof groups)[keyof typeof groups][number];

const operations = new Map<string, string>([
  ...Object.entries(groups).flatMap(([signature, names]) => names.map((name) => [name, signature] as const)),
  ...Object.entries(signatures),
]);

/** Whether a function of `keras.ops` can be a step of a functional model. */
export const isOperation = (name: string): name is OperationName => operations.has(name);

/** How Keras declares an operation. */
export interface Operation {
  readonly module: string;
  readonly className: string;
  readonly parameters: readonly {
    readonly name: string;
    /** Whether it is an option of the class rather than an input. */
    readonly option: boolean;
    /** Whether it is in the options object here. */
    readonly named: boolean;
    /** Whether it takes all arguments that follow. */
    readonly rest: boolean;
  }[];
}

const classNameOf = (name: string): string => classNames[name] ?? `${name[0]!.toUpperCase()}${name.slice(1)}`;

/** How Keras declares the operation `name`. */
export function operationOf(name: OperationName): Operation {
  const [module, ...words] = operations.get(name)!.split(" ");
  const slash = words.indexOf("/");
  const parameters = words.flatMap((word, i) => {
    const [rest, option] = [word.startsWith("*"), word.endsWith("=")];
    return word === "/" ? [] : { name: word.replace(/^\*|=$/g, ""), option, named: slash >= 0 && i > slash, rest };
  });
  return { module: `keras.src.ops.${module}`, className: classNameOf(name), parameters };
}

/** The operation of one of Keras's classes; undefined for another class. */
export const operationNamed = (className: string): OperationName | undefined =>
  [...operations.keys()].filter(isOperation).find((name) => classNameOf(name) === className);
