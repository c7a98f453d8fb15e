"""Values of layers, losses, metrics, optimizers, schedules and activations that test/goldens does not cover, from Keras.

    pip install tensorflow-cpu==2.21.0 keras==3.15.1 && python keras_values.py

writes keras_values.json beside this file. Classes are stored by name with their arguments in camel case, so that a test
makes the same object from the file.
"""
import json, os
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import keras
import tensorflow as tf

rng = np.random.default_rng(7)
L, M, O, S = keras.layers, keras.metrics, keras.optimizers, keras.optimizers.schedules


def num(a):
    a = np.asarray(a)
    if a.dtype == bool or np.issubdtype(a.dtype, np.integer):
        return a.astype(int).tolist()
    return np.vectorize(lambda v: float(np.format_float_positional(v, 9, fractional=False)) if np.isfinite(v) else 0.0)(a.astype(np.float64)).tolist()


def camel(name):
    head, *tail = name.split("_")
    return head + "".join(t[:1].upper() + t[1:] for t in tail)


def plain(value):
    """An argument as JSON: objects as { class, args }."""
    if isinstance(value, Spec):
        return value.json()
    if isinstance(value, tuple):
        return list(value)
    return value


class Spec:
    def __init__(self, module, name, *args, **options):
        self.module, self.name, self.args, self.options = module, name, args, options

    def json(self):
        options = {camel(k): plain(v) for k, v in self.options.items()}
        return {"class": self.name, "args": [plain(a) for a in self.args] + ([options] if options else [])}

    def make(self):
        real = lambda v: v.make() if isinstance(v, Spec) else v
        return getattr(self.module, self.name)(*map(real, self.args), **{k: real(v) for k, v in self.options.items()})

    def label(self):
        return f"{self.name}({', '.join([str(plain(a)) for a in self.args] + [f'{k}={plain(v)}' for k, v in self.options.items()])})"


# --- layers ------------------------------------------------------------------
img = rng.normal(size=(2, 6, 6, 4)).astype("float32")
odd = rng.normal(size=(2, 7, 5, 2)).astype("float32")
seq = rng.normal(size=(2, 6, 3)).astype("float32")
vec = rng.normal(size=(4, 5)).astype("float32")
rng2 = np.random.default_rng(5)
one = lambda name, *a, **k: Spec(L, name, *a, **k)
layer_specs = [
    (one("Conv2D", 4, 3, strides=2, padding="same"), odd), (one("Conv2D", 4, 3, dilation_rate=2), img), (one("Conv2D", 4, 3, dilation_rate=2, padding="same"), odd),
    (one("Conv2D", 4, 3, groups=2, use_bias=False), img), (one("Conv2D", 2, (2, 3), strides=(2, 1), activation="tanh"), odd),
    (one("Conv1D", 4, 3), seq), (one("Conv1D", 4, 3, padding="causal", dilation_rate=2), seq), (one("Conv1D", 4, 2, strides=2, padding="same"), seq),
    (one("Conv2DTranspose", 3, 3), odd), (one("Conv2DTranspose", 3, 3, strides=2, padding="same"), odd), (one("Conv2DTranspose", 3, 2, strides=2), odd),
    (one("Conv2DTranspose", 3, 3, strides=2, padding="same", output_padding=1), odd), (one("Conv2DTranspose", 3, (3, 2), strides=(2, 3)), odd),
    (one("DepthwiseConv2D", 3), img), (one("DepthwiseConv2D", 3, strides=2, padding="same", depth_multiplier=2), odd), (one("DepthwiseConv2D", 2, dilation_rate=2), img),
    (one("SeparableConv2D", 3, 3), img), (one("SeparableConv2D", 3, 2, depth_multiplier=2, strides=2, padding="same", activation="relu"), odd),
    (one("MaxPooling1D", 2), seq), (one("MaxPooling1D", 3, strides=2, padding="same"), seq), (one("AveragePooling1D", 2), seq), (one("AveragePooling2D", 3, strides=2, padding="same"), odd),
    (one("MaxPooling2D", (2, 3), padding="same"), odd), (one("GlobalMaxPooling2D"), img), (one("GlobalMaxPooling1D"), seq), (one("GlobalAveragePooling1D"), seq),
    (one("GlobalAveragePooling2D", keepdims=True), img),
    (one("UpSampling1D", 3), seq), (one("UpSampling2D", 2), odd), (one("UpSampling2D", (3, 2), interpolation="bilinear"), odd),
    (one("ZeroPadding1D", 2), seq), (one("ZeroPadding2D", ((1, 0), (2, 3))), odd), (one("ZeroPadding2D", (1, 2)), odd), (one("Cropping1D", (1, 2)), seq), (one("Cropping2D", ((1, 0), (2, 1))), odd),
    (one("RepeatVector", 3), vec), (one("Reshape", (-1, 2)), img), (one("Permute", (2, 1)), seq),
    (one("LSTM", 4, return_sequences=True, go_backwards=True), seq), (one("LSTM", 4, use_bias=False, activation="relu", recurrent_activation="hard_sigmoid"), seq),
    (one("GRU", 4, reset_after=False), seq), (one("GRU", 4, return_sequences=True), seq), (one("GRU", 4, use_bias=False, go_backwards=True), seq), (one("SimpleRNN", 4, return_sequences=True, activation="relu"), seq),
    *[(one("Bidirectional", one("LSTM", 3), merge_mode=m), seq) for m in ("concat", "sum", "mul", "ave")], (one("Bidirectional", one("GRU", 3, return_sequences=True)), seq),
    (one("TimeDistributed", one("Dense", 4, activation="tanh")), seq), (one("TimeDistributed", one("Conv1D", 2, 2)), rng.normal(size=(2, 3, 5, 2)).astype("float32")),
    (one("BatchNormalization", axis=1, momentum=0.9, epsilon=1e-2), img, True), (one("BatchNormalization", center=False, scale=False), img, True), (one("BatchNormalization"), img, True),
    (one("LayerNormalization", axis=(1, 2)), img), (one("LayerNormalization", axis=-1, epsilon=1e-5, center=False), seq),
    (one("GroupNormalization", groups=2), img), (one("GroupNormalization", groups=-1, axis=1, epsilon=1e-2, scale=False), img), (one("UnitNormalization"), vec), (one("UnitNormalization", axis=(1, 2)), img),
    (one("Conv1D", 4, 2, groups=2, padding="same"), rng2.normal(size=(2, 6, 4)).astype("float32")), (one("AlphaDropout", 0.0), vec, True),
    (one("Resizing", 4, 9), odd), (one("Resizing", 3, 2, interpolation="nearest"), odd), (one("Resizing", 4, 4, crop_to_aspect_ratio=True), odd), (one("CenterCrop", 4, 3), odd), (one("CenterCrop", 9, 4), odd),
    (one("RandomTranslation", (0.25, 0.25), (-0.4, -0.4), fill_mode="constant", fill_value=0.5), odd, True), (one("RandomBrightness", (0.1, 0.1), value_range=(-1.0, 1.0)), img, True), (one("RandomContrast", (0.0, 0.0), value_range=(-1.0, 1.0)), img, True),
    (one("ReLU", max_value=1.0, negative_slope=0.1, threshold=0.2), vec), (one("LeakyReLU"), vec), (one("PReLU"), vec), (one("PReLU", shared_axes=(1, 2)), img), (one("ELU", alpha=0.5), vec), (one("Softmax", axis=1), seq),
    (one("Rescaling", 1 / 127.5, offset=-1), vec), (one("Dense", 3), seq), (one("Normalization", mean=(1.0, 2.0, 3.0), variance=(1.0, 4.0, 9.0)), seq), (one("Normalization", mean=1.5, variance=2.0, invert=True), vec),
]
layers = []
for spec, x, *training in layer_specs:
    keras.backend.clear_session()
    model = keras.Sequential([L.Input(x.shape[1:]), spec.make()])
    weights = [rng.normal(scale=.5, size=v.shape).astype("float32") for v in model.get_weights()]
    if spec.name == "BatchNormalization":
        weights[-1] = np.abs(weights[-1]) + .5
    model.set_weights(weights)
    train = bool(training and training[0])
    out = model(x, training=train)
    entry = dict(spec.json(), layer=spec.label(), x=num(x), weight_shapes=[list(v.shape) for v in weights], weights=[num(v) for v in weights], training=train,
                 output_shape=list(out.shape), output=num(out), weights_after=[num(v) for v in model.get_weights()] if train else None)
    with tf.GradientTape(persistent=True) as tape:
        xt = tf.constant(x)
        tape.watch(xt)
        loss = tf.reduce_sum(model(xt, training=train) ** 2)
    entry["grad_of_sum_of_squares"] = [num(tf.convert_to_tensor(tape.gradient(loss, v))) for v in model.trainable_variables]
    entry["grad_of_input"] = num(tf.convert_to_tensor(tape.gradient(loss, xt)))
    layers.append(entry)

merges = []
a, b = rng.normal(size=(3, 4)).astype("float32"), rng.normal(size=(3, 4)).astype("float32")
for spec in [one("Add"), one("Subtract"), one("Multiply"), one("Average"), one("Maximum"), one("Minimum"), one("Concatenate"), one("Concatenate", axis=1), one("Dot", 1), one("Dot", 1, normalize=True)]:
    merges.append(dict(spec.json(), layer=spec.label(), inputs=[num(a), num(b)], output=num(spec.make()([a, b]))))
a3, b3 = rng.normal(size=(2, 3, 4)).astype("float32"), rng.normal(size=(2, 5, 4)).astype("float32")
spec = one("Dot", (2, 2))
merges.append(dict(spec.json(), layer=spec.label(), inputs=[num(a3), num(b3)], output=num(spec.make()([a3, b3]))))

# --- activations -------------------------------------------------------------
points = np.array([[-3.0, -1.0, -0.4, -0.1, 0.0, 0.2], [0.4, 0.6, 1.0, 2.5, 6.5, -7.0]], "float32")
activations = {name: num(getattr(keras.activations, name)(points)) for name in
               "celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu linear log_sigmoid log_softmax mish relu relu6 selu sigmoid silu "
               "soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid sparsemax squareplus tanh tanh_shrink".split()}

# Tversky with alpha != beta, and R2Score(num_regressors) of several outputs, are left out: Keras 3.15 has them wrong (3.16 right).
# --- losses ------------------------------------------------------------------
hot = np.eye(4, dtype="float32")[[3, 0, 1, 2, 1]]
ids = np.array([3, 0, 1, 2, 1])
probs = rng.dirichlet(np.ones(4), 5).astype("float32")
logits = rng.normal(size=(5, 4)).astype("float32")
bits = (rng.random((5, 4)) > .5).astype("float32")
w = np.array([1, 0, 2, .5, 1], "float32")
loss = lambda name, **k: Spec(keras.losses, name, **k)
losses = []
for spec, t, p in [
    (loss("CategoricalCrossentropy", from_logits=True, label_smoothing=0.1), hot, logits), (loss("CategoricalCrossentropy", label_smoothing=0.2), hot, probs),
    (loss("SparseCategoricalCrossentropy", from_logits=True), ids, logits), (loss("SparseCategoricalCrossentropy", ignore_class=1), ids, probs),
    (loss("BinaryCrossentropy", from_logits=True), bits, logits), (loss("BinaryCrossentropy", label_smoothing=0.1), bits, probs),
    (loss("BinaryFocalCrossentropy", gamma=3.0, apply_class_balancing=True), bits, probs), (loss("BinaryFocalCrossentropy", from_logits=True), bits, logits),
    (loss("CategoricalFocalCrossentropy"), hot, probs), (loss("CategoricalFocalCrossentropy", from_logits=True, alpha=0.5), hot, logits),
    (loss("CategoricalGeneralizedCrossEntropy"), ids, probs), (loss("KLDivergence"), hot, probs), (loss("Poisson"), bits, probs),
    (loss("MeanSquaredError", reduction="sum"), bits, logits), (loss("MeanAbsoluteError", reduction="none"), bits, logits), (loss("MeanSquaredError", reduction="mean_with_sample_weight"), bits, logits),
    (loss("MeanAbsolutePercentageError"), logits, probs), (loss("MeanSquaredLogarithmicError"), bits, probs), (loss("CosineSimilarity"), bits, logits), (loss("Huber", delta=0.5), bits, logits),
    (loss("LogCosh"), bits, logits), (loss("Hinge"), bits, logits), (loss("SquaredHinge"), 2 * bits - 1, logits), (loss("CategoricalHinge"), hot, probs),
    (loss("Dice", axis=(1,)), bits, probs), (loss("Tversky", alpha=0.3, beta=0.3), bits, probs),
]:
    per_value = spec.name in ("Tversky",)
    losses.append(dict(spec.json(), loss=spec.label(), y_true=num(t), y_pred=num(p), value=num(spec.make()(t, p)),
                       sample_weight=num(w), weighted=None if per_value else num(spec.make()(t, p, w))))

# --- metrics -----------------------------------------------------------------
metric = lambda name, *a, **k: Spec(M, name, *a, **k)
batches = [(slice(0, 2), 0), (slice(2, 5), 1)]
scores = rng.random((6, 3)).astype("float32")
labels = (rng.random((6, 3)) > .5).astype("float32")
flat_scores, flat_labels = rng.random(20).astype("float32"), (rng.random(20) > .6).astype("float32")
col_pred, col_true = rng.normal(size=(8, 2)).astype("float32"), rng.normal(size=(8, 2)).astype("float32")
cls_true, cls_pred = rng.integers(0, 3, 12), rng.integers(0, 3, 12)
hot3 = np.eye(3, dtype="float32")[rng.integers(0, 3, 6)]
metrics = []
for spec, t, p in [
    (metric("AUC"), flat_labels, flat_scores), (metric("AUC", curve="PR"), flat_labels, flat_scores), (metric("AUC", num_thresholds=11, summation_method="minoring"), flat_labels, flat_scores),
    (metric("AUC", num_thresholds=11, summation_method="majoring", curve="PR"), flat_labels, flat_scores), (metric("AUC", thresholds=[.1, .4, .45]), flat_labels, flat_scores),
    (metric("AUC", multi_label=True), labels, scores), (metric("AUC", multi_label=True, label_weights=[1.0, 2.0, .5]), labels, scores), (metric("AUC", from_logits=True), flat_labels, flat_scores * 4 - 2),
    (metric("AUC", curve="PRGAIN"), flat_labels, flat_scores),
    (metric("Precision"), flat_labels, flat_scores), (metric("Precision", thresholds=[.2, .5, .7]), flat_labels, flat_scores), (metric("Precision", top_k=2), labels, scores), (metric("Precision", class_id=1), labels, scores),
    (metric("Recall"), labels, scores), (metric("Recall", thresholds=.3), flat_labels, flat_scores), (metric("Recall", class_id=2, thresholds=[.25, .75]), labels, scores),
    (metric("TruePositives"), flat_labels, flat_scores), (metric("FalsePositives", thresholds=.7), flat_labels, flat_scores), (metric("TrueNegatives"), flat_labels, flat_scores), (metric("FalseNegatives", thresholds=[.1, .9]), flat_labels, flat_scores),
    (metric("PrecisionAtRecall", .5), flat_labels, flat_scores), (metric("RecallAtPrecision", .4), flat_labels, flat_scores), (metric("SensitivityAtSpecificity", .5), flat_labels, flat_scores),
    (metric("SpecificityAtSensitivity", .5, num_thresholds=50), flat_labels, flat_scores),
    (metric("F1Score"), hot3, scores), (metric("F1Score", average="macro", threshold=.4), labels, scores), (metric("FBetaScore", beta=2.0, average="micro", threshold=.5), labels, scores),
    (metric("FBetaScore", beta=.5, average="weighted"), hot3, scores),
    (metric("R2Score"), col_true, col_pred), (metric("R2Score", class_aggregation="variance_weighted_average"), col_true, col_pred), (metric("R2Score", class_aggregation=None), col_true, col_pred), (metric("R2Score", num_regressors=2), col_true[:, :1], col_pred[:, :1]),
    (metric("RootMeanSquaredError"), col_true, col_pred), (metric("MeanSquaredError"), col_true, col_pred), (metric("MeanAbsoluteError"), col_true, col_pred), (metric("MeanAbsolutePercentageError"), col_true, col_pred),
    (metric("MeanSquaredLogarithmicError"), labels, scores), (metric("CosineSimilarity"), col_true, col_pred), (metric("LogCoshError"), col_true, col_pred),
    (metric("Hinge"), labels, scores), (metric("SquaredHinge"), labels, scores), (metric("CategoricalHinge"), hot3, scores), (metric("KLDivergence"), hot3, scores), (metric("Poisson"), labels, scores),
    (metric("BinaryCrossentropy"), labels, scores), (metric("BinaryCrossentropy", from_logits=True, label_smoothing=.1), labels, scores), (metric("CategoricalCrossentropy"), hot3, scores),
    (metric("SparseCategoricalCrossentropy"), ids, probs), (metric("Accuracy"), cls_true, cls_pred), (metric("BinaryAccuracy", threshold=.4), labels, scores), (metric("CategoricalAccuracy"), hot3, scores),
    (metric("SparseCategoricalAccuracy"), ids, probs), (metric("TopKCategoricalAccuracy", k=2), hot3, scores), (metric("SparseTopKCategoricalAccuracy", k=2), ids, probs),
    (metric("IoU", num_classes=3, target_class_ids=[0, 2]), cls_true, cls_pred), (metric("MeanIoU", num_classes=3), cls_true, cls_pred), (metric("MeanIoU", num_classes=3, ignore_class=1), cls_true, cls_pred),
    (metric("BinaryIoU", threshold=.4), flat_labels, flat_scores), (metric("OneHotIoU", num_classes=3, target_class_ids=[1]), hot3, scores), (metric("OneHotMeanIoU", num_classes=3), hot3, scores),
]:
    keras.backend.clear_session()
    m, weighted = spec.make(), spec.make()
    weight = np.round(rng.random(len(t)) * 3).astype("float32") if "IoU" in spec.name else rng.random(len(t)).astype("float32")
    for part in (slice(0, 2), slice(2, None)):
        m.update_state(t[part], p[part])
        weighted.update_state(t[part], p[part], sample_weight=weight[part])
    metrics.append(dict(spec.json(), metric=spec.label(), name=m.name, y_true=num(t), y_pred=num(p), sample_weight=num(weight),
                        result=num(m.result()), weighted=num(weighted.result()), variables=[list(v.shape) for v in m.variables]))

# --- optimizers and schedules ------------------------------------------------
opt = lambda name, *a, **k: Spec(O, name, *a, **k)
sched = lambda name, *a, **k: Spec(S, name, *a, **k)
start = [rng.normal(size=(3, 2)).astype("float32"), rng.normal(size=2).astype("float32")]
grads = [[rng.normal(size=v.shape).astype("float32") for v in start] for _ in range(6)]
optimizers = []
for spec in [
    opt("SGD", .1, weight_decay=.1), opt("SGD", .1, clipvalue=.3), opt("SGD", .1, global_clipnorm=.5), opt("SGD", .1, momentum=.9, use_ema=True, ema_momentum=.8),
    opt("SGD", .1, use_ema=True, ema_momentum=.5, ema_overwrite_frequency=3), opt("SGD", .1, momentum=.9, gradient_accumulation_steps=2), opt("Adam", .1, gradient_accumulation_steps=3),
    opt("Lion", .01), opt("Lion", .01, beta_1=.8, beta_2=.9, weight_decay=.1), opt("Ftrl", .1), opt("Ftrl", .1, l1_regularization_strength=.1, l2_regularization_strength=.2, l2_shrinkage_regularization_strength=.05, beta=.1),
    opt("Ftrl", .1, learning_rate_power=-.3, initial_accumulator_value=.5), opt("Adadelta"), opt("Adadelta", .5, rho=.9, epsilon=1e-4), opt("Adagrad", weight_decay=.01), opt("Adamax", .1, beta_1=.8, beta_2=.9),
    opt("Nadam", .1, beta_1=.8, beta_2=.9), opt("RMSprop", .1, centered=True), opt("RMSprop", .1, rho=.5, momentum=.3, weight_decay=.1), opt("AdamW", .1), opt("Adam", .1, amsgrad=True, clipnorm=.4),
    opt("Adam", sched("CosineDecay", .1, 4)), opt("SGD", sched("PiecewiseConstantDecay", [2, 4], [.1, .05, .01]), momentum=.5),
]:
    o = spec.make()
    vs = [keras.Variable(v) for v in start]
    steps = []
    for g in grads:
        o.apply([tf.constant(x) for x in g], vs)
        steps.append([num(v.numpy()) for v in vs])
    o.finalize_variable_values(vs)
    optimizers.append(dict(spec.json(), optimizer=spec.label(), steps=steps, final=[num(v.numpy()) for v in vs], variables=[list(v.shape) for v in o.variables]))
at = [0, 1, 2, 3, 5, 9, 10, 11, 25, 100]
schedules = []
for spec in [
    sched("ExponentialDecay", .1, 10, .5), sched("ExponentialDecay", .1, 10, .5, staircase=True), sched("InverseTimeDecay", .1, 10, .5), sched("InverseTimeDecay", .1, 3, 2.0, staircase=True),
    sched("PolynomialDecay", .1, 10), sched("PolynomialDecay", .1, 10, end_learning_rate=.01, power=2.0, cycle=True), sched("PiecewiseConstantDecay", [2, 10], [.1, .05, .01]),
    sched("CosineDecay", .1, 20, alpha=.1), sched("CosineDecay", .01, 20, warmup_target=.1, warmup_steps=5), sched("CosineDecayRestarts", .1, 4), sched("CosineDecayRestarts", .1, 4, t_mul=1.0, m_mul=.5, alpha=.1),
    sched("CosineDecayRestarts", .1, 4, t_mul=1.5, m_mul=.9),
]:
    schedules.append(dict(spec.json(), schedule=spec.label(), steps=at, rates=[float(spec.make()(tf.constant(i))) for i in at]))

# --- constraints, regularizers and initializers ------------------------------
kernel = rng.normal(size=(4, 3)).astype("float32")
weights = []
for module, key, specs in [
    (keras.constraints, "constraints", [("MaxNorm", dict(max_value=1)), ("MaxNorm", dict(max_value=1.5, axis=1)), ("NonNeg", {}), ("UnitNorm", {}), ("MinMaxNorm", dict(min_value=.5, max_value=1.0, rate=.7))]),
    (keras.regularizers, "regularizers", [("L1", {}), ("L2", dict(l2=.1)), ("L1L2", dict(l1=.1, l2=.2)), ("OrthogonalRegularizer", dict(factor=.5, mode="columns")), ("OrthogonalRegularizer", {})]),
]:
    for name, options in specs:
        spec = Spec(module, name, **options)
        weights.append(dict(spec.json(), module=key, w=num(kernel), value=num(spec.make()(tf.constant(kernel)))))
initializers = []
for name in ["GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal", "RandomNormal", "RandomUniform", "TruncatedNormal", "Orthogonal"]:
    values = getattr(keras.initializers, name)(seed=3)((200, 100)).numpy()
    initializers.append(dict(name=name, std=float(values.std()), largest=float(np.abs(values).max())))

# --- image transforms --------------------------------------------------------
picture = rng.normal(size=(3, 5, 6, 2)).astype("float32")
affine = np.concatenate([np.tile([[1.0, 0, 0, 0, 1, 0]], (3, 1)) + .3 * rng.normal(size=(3, 6)), np.zeros((3, 2))], 1).astype("float32")
affine[:, [2, 5]] += [[2.3, -1.7], [-3.1, 4.4], [0.2, 0.1]]
warps = [dict(interpolation=i, fill_mode=m, value=num(keras.ops.image.affine_transform(picture, affine, interpolation=i, fill_mode=m, fill_value=.5)))
         for i in ("bilinear", "nearest") for m in ("reflect", "constant", "nearest")]

here = os.path.dirname(os.path.abspath(__file__))
value = dict(made_with=dict(keras=keras.__version__, tensorflow=tf.__version__), layers=layers, merges=merges, activations=dict(x=num(points), values=activations), losses=losses,
             metrics=metrics, optimizers=dict(start=[num(v) for v in start], gradients=[[num(x) for x in g] for g in grads], cases=optimizers), schedules=schedules, weights=weights, initializers=initializers,
             warps=dict(images=num(picture), matrix=num(affine), cases=warps))
with open(os.path.join(here, "keras_values.json"), "w") as f:
    json.dump(value, f)
print(os.path.getsize(os.path.join(here, "keras_values.json")))
