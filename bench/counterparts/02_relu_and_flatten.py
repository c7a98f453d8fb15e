from common import CLASSIFIER, dense_model, fashion_split, keras

keras.utils.set_random_seed(42)
model = dense_model()
model.summary()
x_train, x_val, y_train, y_val = fashion_split()
model.compile(**CLASSIFIER)
model.fit(x_train, y_train, epochs=10, validation_data=(x_val, y_val))
print(model.evaluate(x_val, y_val))
