import numpy as np
from common import CLASSIFIER, dense_model, fashion_split, keras

keras.utils.set_random_seed(42)
x_train, x_val, y_train, y_val = fashion_split()


def build_model(*before_output):
    model = dense_model("relu", *before_output)
    model.compile(optimizer="adam", **CLASSIFIER)
    return model


build_model().summary()
build_model().fit(x_train, y_train, epochs=20, verbose=0, validation_data=(x_val, y_val))

model = build_model(keras.layers.Dropout(0.3))
model.summary()
checkpoint = keras.callbacks.ModelCheckpoint("best-model.keras", save_best_only=True)
early_stopping = keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)
history = model.fit(
    x_train, y_train, epochs=20, validation_data=(x_val, y_val), callbacks=[checkpoint, early_stopping]
)
print("epochs run", len(history.epoch))
print(model.evaluate(x_val, y_val))
reloaded = keras.models.load_model("best-model.keras")
print(reloaded.evaluate(x_val, y_val))
model.save_weights("best-model.weights.h5", overwrite=True)
fresh = build_model(keras.layers.Dropout(0.3))
fresh.load_weights("best-model.weights.h5")
print(fresh.evaluate(x_val, y_val, verbose=0))
print(np.mean(reloaded.predict(x_val, verbose=0).argmax(-1) == y_val))
