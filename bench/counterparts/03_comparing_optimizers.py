from common import CLASSIFIER, dense_model, fashion_split, keras

x_train, x_val, y_train, y_val = fashion_split()


def train(optimizer):
    keras.utils.set_random_seed(42)
    model = dense_model()
    model.compile(optimizer=optimizer, **CLASSIFIER)
    model.fit(x_train, y_train, epochs=5, validation_data=(x_val, y_val))
    print(optimizer, model.evaluate(x_val, y_val, verbose=0))


train("sgd")
train(keras.optimizers.SGD(learning_rate=0.1))
train(keras.optimizers.SGD(momentum=0.9))
train(keras.optimizers.SGD(momentum=0.9, nesterov=True))
train(keras.optimizers.Adagrad())
train(keras.optimizers.RMSprop())
train("adam")
train(keras.optimizers.Adam(learning_rate=0.003))
