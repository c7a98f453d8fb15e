from common import CLASSIFIER, fashion_split, keras

keras.utils.set_random_seed(42)
_, (test_input, test_target) = keras.datasets.fashion_mnist.load_data()
x_train, x_val, y_train, y_val = fashion_split((-1, 28, 28, 1))
model = keras.Sequential(
    [
        keras.layers.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu", padding="same"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu", padding="same"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dropout(0.4),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.summary()
model.compile(optimizer="adam", **CLASSIFIER)
model.fit(x_train, y_train, epochs=4, validation_data=(x_val, y_val))
print(model.evaluate(x_val, y_val))
print(model.predict(x_val[:10], verbose=0).argmax(-1), model.predict(x_val, verbose=0).shape)
for layer in model.layers[0], model.layers[2]:
    print(keras.Model(model.inputs, layer.output).predict(x_train[:1], verbose=0).shape)
print(model.evaluate(test_input.reshape(-1, 28, 28, 1) / 255.0, test_target))
