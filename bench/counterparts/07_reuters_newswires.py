import numpy as np
from common import keras, load, vectorize_sequences, word_index

keras.utils.set_random_seed(42)
(train_data, train_labels), (test_data, test_labels) = load("reuters", num_words=10000)
words = {index + 3: word for word, index in word_index("reuters").items()}
print(" ".join(words.get(index, "?") for index in train_data[0][:60]))


def build_model(units=64, loss="categorical_crossentropy"):
    model = keras.Sequential()
    model.add(keras.layers.Input((10000,)))
    model.add(keras.layers.Dense(64, activation="relu"))
    model.add(keras.layers.Dense(units, activation="relu"))
    model.add(keras.layers.Dense(46, activation="softmax"))
    model.compile(optimizer="rmsprop", loss=loss, metrics=["accuracy"])
    return model


x_val, x_train = vectorize_sequences(train_data[:1000]), vectorize_sequences(train_data[1000:])
x_test = vectorize_sequences(test_data)
y_val = keras.utils.to_categorical(train_labels[:1000], 46)
y_train = keras.utils.to_categorical(train_labels[1000:], 46)
y_test = keras.utils.to_categorical(test_labels, 46)
build_model().summary()
build_model().fit(x_train, y_train, epochs=20, batch_size=512, validation_data=(x_val, y_val))

model = build_model()
model.fit(x_train, y_train, epochs=9, batch_size=512, validation_data=(x_val, y_val))
print(model.evaluate(x_test, y_test))
print(np.mean(np.random.permutation(test_labels) == test_labels))
print(model.predict(x_test, verbose=0).argmax(-1)[:10])

narrow = build_model(4)
narrow.fit(x_train, y_train, epochs=20, batch_size=128, verbose=0, validation_data=(x_val, y_val))
print(model.evaluate(x_val, y_val, verbose=0), narrow.evaluate(x_val, y_val, verbose=0))

sparse = build_model(loss="sparse_categorical_crossentropy")
sparse.fit(x_train, train_labels[1000:], epochs=9, batch_size=512, verbose=0)
print(sparse.evaluate(x_test, test_labels))
