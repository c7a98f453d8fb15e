from common import CLASSIFIER, dense_model, fashion_split, keras

keras.utils.set_random_seed(42)
x_train, x_val, y_train, y_val = fashion_split((-1, 28 * 28))

baseline = keras.Sequential([keras.layers.Input((784,)), keras.layers.Dense(10, activation="softmax")])
baseline.compile(**CLASSIFIER)
baseline.fit(x_train, y_train, epochs=5)
print(baseline.evaluate(x_val, y_val))

dense1 = keras.layers.Dense(100, activation="sigmoid")
dense2 = keras.layers.Dense(10, activation="softmax")
keras.Sequential([keras.layers.Input((784,)), dense1, dense2]).summary()

model = keras.Sequential()
model.add(keras.layers.Input((784,)))
model.add(keras.layers.Dense(100, activation="sigmoid"))
model.add(keras.layers.Dense(10, activation="softmax"))
model.compile(**CLASSIFIER)
model.fit(x_train, y_train, epochs=5)

model = dense_model()
model.summary()
x_train, x_val, y_train, y_val = fashion_split()
model.compile(**CLASSIFIER)
model.fit(x_train, y_train, epochs=5)
print(model.evaluate(x_val, y_val))
model.compile(optimizer="sgd", **CLASSIFIER)
model.compile(optimizer=keras.optimizers.SGD(), **CLASSIFIER)

model = dense_model()
model.compile(optimizer="adam", **CLASSIFIER)
model.fit(x_train, y_train, epochs=5)
print(model.evaluate(x_val, y_val))
