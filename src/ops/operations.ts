/**
 * The operations that can be a step of a functional model, by how Keras declares them: the module of `keras.ops`, then
 * the arguments in order. Arguments with `=` are options of Keras's class, the others are its inputs; those after `/`
 * are in an options object here, and `*` takes all that follow. Of two operations with one class, a file is read as the
 * first.
 *
 * @see https://github.com/keras-team/keras/tree/master/keras/src/ops
 */
// biome-ignore format: the names fill the lines
const operations = {
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
  "numpy x axis=": ["argsort", "cumprod", "cumsum", "expandDims", "flip", "sort", "squeeze", "stack"],
  "nn x axis=": ["glu", "logSoftmax", "softmax", "sparsemax"],
  "nn target output / from_logits=": ["binaryCrossentropy", "categoricalCrossentropy", "sparseCategoricalCrossentropy"],
  "nn x alpha=": ["celu", "elu"],
  "math x": ["erf", "rsqrt"],
  "nn x threshold=": ["hardShrink", "softShrink"],
  "numpy xs": ["hstack", "vstack"],
  "numpy x dtype=": ["onesLike", "zerosLike"],
  "numpy x indices axis=": ["take", "takeAlongAxis"],
  "numpy x k=": ["tril", "triu"],
  "numpy x1 x2 axis=": ["append"],
  "numpy x / axis= weights": ["average"],
  "numpy x shape=": ["broadcastTo"],
  "core x dtype=": ["cast"],
  "numpy x x_min= x_max=": ["clip"],
  "numpy xs axis=": ["concatenate"],
  "numpy x / axis=": ["countNonzero"],
  "numpy subscripts= *operands": ["einsum"],
  "numpy x fill_value": ["fullLike"],
  "nn x approximate=": ["gelu"],
  "numpy x key": ["getItem"],
  "math targets predictions k=": ["inTopK"],
  "numpy x1 x2 / rtol atol": ["isclose"],
  "nn x negative_slope=": ["leakyRelu"],
  "math x / axis= keepdims=": ["logsumexp"],
  "numpy *x indexing=": ["meshgrid"],
  "nn x axes=": ["moments"],
  "numpy x source= destination=": ["moveaxis"],
  "linalg x / ord= axis= keepdims=": ["norm"],
  "nn x / axis= order= epsilon=": ["normalize"],
  "nn x num_classes= / axis= dtype=": ["oneHot"],
  "numpy x pad_width= / mode= constant_values": ["pad"],
  "numpy x repeats= axis=": ["repeat"],
  "numpy x newshape=": ["reshape"],
  "numpy x shift= axis=": ["roll"],
  "numpy x decimals=": ["round"],
  "core indices values shape=": ["scatter"],
  "core inputs indices updates": ["scatterUpdate"],
  "numpy sorted_sequence values side=": ["searchsorted"],
  "math data segment_ids num_segments=": ["segmentSum"],
  "core inputs start_indices shape=": ["slice"],
  "numpy x indices_or_sections= axis=": ["split"],
  "nn x b=": ["squareplus"],
  "core variable": ["stopGradient"],
  "numpy x axis1= axis2=": ["swapaxes"],
  "numpy x1 x2 axes=": ["tensordot"],
  "nn x threshold= default_value=": ["threshold"],
  "numpy x repeats=": ["tile"],
  "numpy x axes=": ["transpose"],
  "core x num= axis=": ["unstack"],
  "numpy condition x1 x2": ["where"],
} as const;

/** The names of classes that are not the operation's, capitalized. */
const classNames: { readonly [name: string]: string } = {
  abs: "Absolute",
  hardSwish: "HardSilu",
  searchsorted: "SearchSorted",
  swish: "Silu",
};

/** The name of such an operation: `"mean"`. */
export type OperationName = (typeof operations)[keyof typeof operations][number];

const signatures = new Map<string, string>(
  Object.entries(operations).flatMap(([signature, names]) => names.map((name) => [name, signature])),
);

/** Whether a function of `keras.ops` can be a step of a functional model. */
export const isOperation = (name: string): name is OperationName => signatures.has(name);

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
  const [module, ...words] = signatures.get(name)!.split(" ");
  const slash = words.indexOf("/");
  const parameters = words.flatMap((word, i) => {
    const [rest, option] = [word.startsWith("*"), word.endsWith("=")];
    return word === "/" ? [] : { name: word.replace(/^\*|=$/g, ""), option, named: slash >= 0 && i > slash, rest };
  });
  return { module: `keras.src.ops.${module}`, className: classNameOf(name), parameters };
}

/** The operation of one of Keras's classes; undefined for another class. */
export const operationNamed = (className: string): OperationName | undefined =>
  [...signatures.keys()].filter(isOperation).find((name) => classNameOf(name) === className);
