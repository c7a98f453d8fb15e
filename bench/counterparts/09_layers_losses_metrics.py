import numpy as np
from common import keras

keras.utils.set_random_seed(42)
random = np.random.RandomState(1337)
covariance = [[1, 0.5], [0.5, 1]]
clouds = [random.multivariate_normal(mean, covariance, 1000) for mean in ([0, 3], [3, 0])]
inputs = np.concatenate(clouds).astype("float32")
targets = np.concatenate([np.zeros((1000, 1)), np.ones((1000, 1))]).astype("float32")


def by_hand_tensorflow(steps, rate):
    import tensorflow as tf

    w, b = tf.Variable(tf.random.uniform((2, 1), -1, 1, seed=1)), tf.Variable(tf.zeros((1,)))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(targets - (tf.matmul(inputs, w) + b)))
        for variable, gradient in zip((w, b), tape.gradient(loss, (w, b))):
            variable.assign_sub(rate * gradient)
        yield float(loss)


def by_hand_jax(steps, rate):
    import jax

    weights = (jax.random.uniform(jax.random.key(1), (2, 1), minval=-1), jax.numpy.zeros((1,)))
    step = jax.value_and_grad(lambda p: jax.numpy.mean((targets - (inputs @ p[0] + p[1])) ** 2))
    for _ in range(steps):
        loss, gradients = step(weights)
        weights = tuple(weight - rate * gradient for weight, gradient in zip(weights, gradients))
        yield float(loss)


losses = list({"tensorflow": by_hand_tensorflow, "jax": by_hand_jax}[keras.backend.backend()](40, 0.1))
print(losses[0], losses[-1])


class SimpleDense(keras.layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units, self.activation = units, keras.activations.get(activation)

    def build(self, input_shape):
        self.W = self.add_weight(shape=(input_shape[-1], self.units), initializer="random_normal")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        return self.activation(keras.ops.matmul(inputs, self.W) + self.b)


keras.layers.Dense(1)(inputs)
print(SimpleDense(32, "relu")(np.ones((2, 784), "float32")).shape)

model = keras.Sequential([keras.layers.Dense(32, activation="relu"), keras.layers.Dense(32)])
model.compile(optimizer="rmsprop", loss="mean_squared_error", metrics=["accuracy"])


def forgiving(y_true, y_pred):
    return keras.ops.mean(keras.ops.relu(keras.ops.abs(y_true - y_pred) - 0.1), axis=-1)


def largest_error(y_true, y_pred):
    return keras.ops.max(keras.ops.abs(y_true - y_pred))


model = keras.Sequential([keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.05), loss=forgiving, metrics=[largest_error])
print(model.fit(inputs, targets, epochs=5, batch_size=128).history)

order = np.random.RandomState(42).permutation(2000)
shuffled_inputs, shuffled_targets = inputs[order], targets[order]
val_inputs, training_inputs = shuffled_inputs[:600], shuffled_inputs[600:]
val_targets, training_targets = shuffled_targets[:600], shuffled_targets[600:]
keras.utils.set_random_seed(42)
model = keras.Sequential([keras.layers.Dense(1)])
model.compile(
    optimizer=keras.optimizers.RMSprop(learning_rate=0.1),
    loss=keras.losses.MeanSquaredError(),
    metrics=[keras.metrics.BinaryAccuracy()],
)
model.fit(training_inputs, training_targets, epochs=5, batch_size=16, validation_data=(val_inputs, val_targets))
print(model.evaluate(val_inputs, val_targets, batch_size=128, return_dict=True))
print(model.predict(val_inputs, batch_size=128)[:10])
