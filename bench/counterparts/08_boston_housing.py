import numpy as np
from common import keras, load
from sklearn.model_selection import KFold

keras.utils.set_random_seed(42)
(train_data, train_targets), (test_data, test_targets) = load("boston_housing")
mean, std = train_data.mean(axis=0), train_data.std(axis=0)
x_train, x_test = (train_data - mean) / std, (test_data - mean) / std


def build_model():
    model = keras.Sequential(
        [
            keras.layers.Input((13,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
    model.compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
    return model


def folds(epochs):
    for train, val in KFold(4).split(x_train):
        model = build_model()
        held = (x_train[val], train_targets[val])
        history = model.fit(
            x_train[train], train_targets[train], epochs=epochs, batch_size=16, verbose=0, validation_data=held
        )
        yield model.evaluate(*held, verbose=0)[1], history.history["val_mae"]


build_model().summary()
scores = [score for score, _ in folds(100)]
print(scores, np.mean(scores))
averaged = np.mean([curve for _, curve in folds(200)], axis=0)
print(averaged.argmin(), averaged.min())
model = build_model()
model.fit(x_train, train_targets, epochs=130, batch_size=16, verbose=0)
print(model.evaluate(x_test, test_targets, verbose=0))
print(model.predict(x_test, verbose=0)[:3])
