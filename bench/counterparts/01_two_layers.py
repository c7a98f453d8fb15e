from common import CLASSIFIER, fashion_split, keras

keras.utils.set_random_seed(42)
x_train, x_val, y_train, y_val = fashion_split((-1, 28 * 28))

inputs = keras.layers.Input((784,))
dense1 = keras.layers.Dense(100, activation="sigmoid")
dense2 = keras.layers.Dense(10, activation="softmax")
keras.Sequential([inputs, dense1, dense2]).summary()

keras.Sequential(
    [
        keras.layers.Input((784,)),
        keras.layers.Dense(100, activation="sigmoid", name="은닉층"),
        keras.layers.Dense(10, activation="softmax", name="출력층"),
    ],
    name="패션 MNIST 모델",
).summary()

model = keras.Sequential()
model.add(keras.layers.Input((784,)))
model.add(keras.layers.Dense(100, activation="sigmoid"))
model.add(keras.layers.Dense(10, activation="softmax"))
model.summary()
model.compile(**CLASSIFIER)
model.fit(x_train, y_train, epochs=5, validation_data=(x_val, y_val))
print(model.evaluate(x_val, y_val))
