/**
 * The operations that can stand in a functional model, and what Keras calls them: module and class of `keras.ops`, then the
 * arguments in order. Those with `=` are options of the class, the others are what it is called on; those after `/` stand in
 * an object here, and `*` takes all that follow. https://github.com/keras-team/keras/tree/master/keras/src/ops
 */
export const operations = {
  abs: "numpy.Absolute x",
  absolute: "numpy.Absolute x",
  add: "numpy.Add x1 x2",
  all: "numpy.All x / axis= keepdims=",
  amax: "numpy.Amax x / axis= keepdims=",
  amin: "numpy.Amin x / axis= keepdims=",
  any: "numpy.Any x / axis= keepdims=",
  append: "numpy.Append x1 x2 axis=",
  arccos: "numpy.Arccos x",
  arccosh: "numpy.Arccosh x",
  arcsin: "numpy.Arcsin x",
  arcsinh: "numpy.Arcsinh x",
  arctan2: "numpy.Arctan2 x1 x2",
  arctan: "numpy.Arctan x",
  arctanh: "numpy.Arctanh x",
  argmax: "numpy.Argmax x / axis= keepdims=",
  argmin: "numpy.Argmin x / axis= keepdims=",
  argsort: "numpy.Argsort x axis=",
  array: "numpy.Array x",
  average: "numpy.Average x / axis= weights",
  binaryCrossentropy: "nn.BinaryCrossentropy target output / from_logits=",
  broadcastTo: "numpy.BroadcastTo x shape=",
  cast: "core.Cast x dtype=",
  categoricalCrossentropy: "nn.CategoricalCrossentropy target output / from_logits=",
  ceil: "numpy.Ceil x",
  celu: "nn.Celu x alpha=",
  clip: "numpy.Clip x x_min= x_max=",
  concatenate: "numpy.Concatenate xs axis=",
  copy: "numpy.Copy x",
  cos: "numpy.Cos x",
  cosh: "numpy.Cosh x",
  countNonzero: "numpy.CountNonzero x / axis=",
  cumprod: "numpy.Cumprod x axis=",
  cumsum: "numpy.Cumsum x axis=",
  deg2rad: "numpy.Deg2rad x",
  diag: "numpy.Diag x",
  diagonal: "numpy.Diagonal x",
  divide: "numpy.Divide x1 x2",
  divideNoNan: "numpy.DivideNoNan x1 x2",
  dot: "numpy.Dot x1 x2",
  einsum: "numpy.Einsum subscripts= *operands",
  elu: "nn.Elu x alpha=",
  equal: "numpy.Equal x1 x2",
  erf: "math.Erf x",
  exp2: "numpy.Exp2 x",
  exp: "numpy.Exp x",
  expandDims: "numpy.ExpandDims x axis=",
  expm1: "numpy.Expm1 x",
  flip: "numpy.Flip x axis=",
  floor: "numpy.Floor x",
  floorDivide: "numpy.FloorDivide x1 x2",
  fullLike: "numpy.FullLike x fill_value",
  gelu: "nn.Gelu x approximate=",
  getItem: "numpy.GetItem x key",
  glu: "nn.Glu x axis=",
  greater: "numpy.Greater x1 x2",
  greaterEqual: "numpy.GreaterEqual x1 x2",
  hardShrink: "nn.HardShrink x threshold=",
  hardSigmoid: "nn.HardSigmoid x",
  hardSilu: "nn.HardSilu x",
  hardSwish: "nn.HardSilu x",
  hardTanh: "nn.HardTanh x",
  hstack: "numpy.Hstack xs",
  hypot: "numpy.Hypot x1 x2",
  inTopK: "math.InTopK targets predictions k=",
  isclose: "numpy.Isclose x1 x2 / rtol atol",
  isfinite: "numpy.Isfinite x",
  isinf: "numpy.Isinf x",
  isnan: "numpy.Isnan x",
  leakyRelu: "nn.LeakyRelu x negative_slope=",
  less: "numpy.Less x1 x2",
  lessEqual: "numpy.LessEqual x1 x2",
  log10: "numpy.Log10 x",
  log1p: "numpy.Log1p x",
  log2: "numpy.Log2 x",
  log: "numpy.Log x",
  logSigmoid: "nn.LogSigmoid x",
  logSoftmax: "nn.LogSoftmax x axis=",
  logaddexp: "numpy.Logaddexp x1 x2",
  logicalAnd: "numpy.LogicalAnd x1 x2",
  logicalNot: "numpy.LogicalNot x",
  logicalOr: "numpy.LogicalOr x1 x2",
  logicalXor: "numpy.LogicalXor x1 x2",
  logsumexp: "math.Logsumexp x / axis= keepdims=",
  matmul: "numpy.Matmul x1 x2",
  max: "numpy.Max x / axis= keepdims=",
  maximum: "numpy.Maximum x1 x2",
  mean: "numpy.Mean x / axis= keepdims=",
  median: "numpy.Median x / axis= keepdims=",
  meshgrid: "numpy.Meshgrid *x indexing=",
  min: "numpy.Min x / axis= keepdims=",
  minimum: "numpy.Minimum x1 x2",
  mod: "numpy.Mod x1 x2",
  moments: "nn.Moments x axes=",
  moveaxis: "numpy.Moveaxis x source= destination=",
  multiply: "numpy.Multiply x1 x2",
  negative: "numpy.Negative x",
  norm: "linalg.Norm x / ord= axis= keepdims=",
  normalize: "nn.Normalize x / axis= order= epsilon=",
  notEqual: "numpy.NotEqual x1 x2",
  oneHot: "nn.OneHot x num_classes= / axis= dtype=",
  onesLike: "numpy.OnesLike x dtype=",
  outer: "numpy.Outer x1 x2",
  pad: "numpy.Pad x pad_width= / mode= constant_values",
  power: "numpy.Power x1 x2",
  prod: "numpy.Prod x / axis= keepdims=",
  ptp: "numpy.Ptp x / axis= keepdims=",
  rad2deg: "numpy.Rad2deg x",
  ravel: "numpy.Ravel x",
  reciprocal: "numpy.Reciprocal x",
  relu6: "nn.Relu6 x",
  relu: "nn.Relu x",
  repeat: "numpy.Repeat x repeats= axis=",
  reshape: "numpy.Reshape x newshape=",
  roll: "numpy.Roll x shift= axis=",
  round: "numpy.Round x decimals=",
  rsqrt: "math.Rsqrt x",
  scatter: "core.Scatter indices values shape=",
  scatterUpdate: "core.ScatterUpdate inputs indices updates",
  searchsorted: "numpy.SearchSorted sorted_sequence values side=",
  segmentSum: "math.SegmentSum data segment_ids num_segments=",
  selu: "nn.Selu x",
  sigmoid: "nn.Sigmoid x",
  sign: "numpy.Sign x",
  silu: "nn.Silu x",
  sin: "numpy.Sin x",
  sinh: "numpy.Sinh x",
  slice: "core.Slice inputs start_indices shape=",
  softShrink: "nn.SoftShrink x threshold=",
  softmax: "nn.Softmax x axis=",
  softplus: "nn.Softplus x",
  softsign: "nn.Softsign x",
  sort: "numpy.Sort x axis=",
  sparseCategoricalCrossentropy: "nn.SparseCategoricalCrossentropy target output / from_logits=",
  sparsePlus: "nn.SparsePlus x",
  sparseSigmoid: "nn.SparseSigmoid x",
  sparsemax: "nn.Sparsemax x axis=",
  split: "numpy.Split x indices_or_sections= axis=",
  sqrt: "numpy.Sqrt x",
  square: "numpy.Square x",
  squareplus: "nn.Squareplus x b=",
  squeeze: "numpy.Squeeze x axis=",
  stack: "numpy.Stack x axis=",
  std: "numpy.Std x / axis= keepdims=",
  stopGradient: "core.StopGradient variable",
  subtract: "numpy.Subtract x1 x2",
  sum: "numpy.Sum x / axis= keepdims=",
  swapaxes: "numpy.Swapaxes x axis1= axis2=",
  swish: "nn.Silu x",
  take: "numpy.Take x indices axis=",
  takeAlongAxis: "numpy.TakeAlongAxis x indices axis=",
  tan: "numpy.Tan x",
  tanh: "numpy.Tanh x",
  tanhShrink: "nn.TanhShrink x",
  tensordot: "numpy.Tensordot x1 x2 axes=",
  threshold: "nn.Threshold x threshold= default_value=",
  tile: "numpy.Tile x repeats=",
  trace: "numpy.Trace x",
  transpose: "numpy.Transpose x axes=",
  tril: "numpy.Tril x k=",
  triu: "numpy.Triu x k=",
  trueDivide: "numpy.TrueDivide x1 x2",
  trunc: "numpy.Trunc x",
  unstack: "core.Unstack x num= axis=",
  var: "numpy.Var x / axis= keepdims=",
  vstack: "numpy.Vstack xs",
  where: "numpy.Where condition x1 x2",
  zerosLike: "numpy.ZerosLike x dtype=",
} as const;

/** The name of such an operation: `"mean"`. */
export type OperationName = keyof typeof operations;

/** How Keras writes an operation. */
export interface Operation {
  readonly module: string;
  readonly className: string;
  readonly parameters: readonly {
    readonly name: string;
    /** Whether it is an option of the class rather than an input. */
    readonly option: boolean;
    /** Whether it stands in the object at the end here. */
    readonly named: boolean;
    /** Whether it takes all arguments that follow. */
    readonly rest: boolean;
  }[];
}

/** What is known of an operation. */
export function operationOf(name: OperationName): Operation {
  const [path = "", ...words] = operations[name].split(" ");
  const [module, className] = path.split(".") as [string, string];
  const slash = words.indexOf("/");
  const parameters = words.flatMap((word, i) =>
    word === "/"
      ? []
      : [
          {
            name: word.replace(/^\*|=$/g, ""),
            option: word.endsWith("="),
            named: slash >= 0 && i > slash,
            rest: word.startsWith("*"),
          },
        ],
  );
  return { module: `keras.src.ops.${module}`, className, parameters };
}

/** The operation of one of Keras's classes; undefined for another class. */
export function operationNamed(className: string): OperationName | undefined {
  const names = Object.keys(operations) as OperationName[];
  return names.find((name) => operations[name].split(" ")[0]?.split(".")[1] === className);
}
