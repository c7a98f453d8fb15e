import numpy as np
from common import keras, load

keras.utils.set_random_seed(42)
(train_images, train_labels), (test_images, test_labels) = load("mnist")

network = keras.Sequential()
network.add(keras.layers.Input((28 * 28,)))
network.add(keras.layers.Dense(512, activation="relu"))
network.add(keras.layers.Dense(10, activation="softmax"))
network.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
network.summary()

x_train = train_images.reshape(-1, 28 * 28).astype("float32") / 255
x_test = test_images.reshape(-1, 28 * 28).astype("float32") / 255
y_train = keras.utils.to_categorical(train_labels)
y_test = keras.utils.to_categorical(test_labels)
network.fit(x_train, y_train, epochs=5, batch_size=128)
print("test_acc:", network.evaluate(x_test, y_test)[1])

matrix = np.array([[5, 78, 2, 34, 0], [6, 79, 3, 35, 1], [7, 80, 4, 36, 2]])
print(matrix.ndim, matrix.shape, matrix.dtype, train_images.ndim, train_images.shape, train_images.dtype)
print(train_images[10:100].shape, train_images[:, 14:, 14:].shape)
print(np.ones((3, 5)) + np.array([0, 10, 20, 30, 40]))
