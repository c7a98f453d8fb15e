from common import CLASSIFIER, dense_model, fashion_split, keras
import numpy as np

keras.utils.set_random_seed(42)
x_train, x_val, y_train, y_val = fashion_split()
_, (test_input, _) = keras.datasets.fashion_mnist.load_data()

model = dense_model("relu", keras.layers.Dropout(0.2))
model.summary()
model.compile(optimizer="adam", **CLASSIFIER)
model.fit(x_train, y_train, epochs=5, validation_data=(x_val, y_val))
print(model.evaluate(x_val, y_val))
print(model.predict(test_input[:10] / 255.0))

inputs = np.linspace(-3, 3, 600, dtype="float32").reshape(600, 1)
targets = np.sin(inputs)


def cubed_error(y_true, y_pred):
    return keras.ops.mean(keras.ops.abs(y_true - y_pred) ** 3, axis=-1)


wave = keras.Sequential([keras.layers.Dense(32, activation="tanh"), keras.layers.Dense(1)])
wave.compile(optimizer=keras.optimizers.Adam(learning_rate=0.01), loss=cubed_error, metrics=["mae"])
wave.fit(inputs, targets, epochs=100, verbose=0)
print(wave.predict(inputs, verbose=0)[:3])
