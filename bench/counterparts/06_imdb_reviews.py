from common import keras, load, vectorize_sequences, word_index

keras.utils.set_random_seed(42)
(train_data, train_labels), (test_data, test_labels) = load("imdb", num_words=10000)
words = {index + 3: word for word, index in word_index("imdb").items()}
print(" ".join(words.get(index, "?") for index in train_data[0][:60]))


def build_model():
    model = keras.Sequential()
    model.add(keras.layers.Input((10000,)))
    model.add(keras.layers.Dense(16, activation="relu"))
    model.add(keras.layers.Dense(16, activation="relu"))
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    return model


held = int(len(train_data) * 0.4)
x_val = vectorize_sequences(train_data[:held])
partial_x = vectorize_sequences(train_data[held:])
y_val, partial_y = train_labels[:held], train_labels[held:]
build_model().summary()
build_model().fit(partial_x, partial_y, epochs=20, batch_size=512, validation_data=(x_val, y_val))

x_test = vectorize_sequences(test_data)
model = build_model()
model.fit(vectorize_sequences(train_data), train_labels, epochs=4, batch_size=512)
print(model.evaluate(x_test, test_labels, verbose=0))
print(model.predict(x_test, verbose=0)[:10])
