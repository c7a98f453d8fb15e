"""What model.export() writes runs in Python's onnxruntime with the outputs of model.predict()."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

ROOT = Path(__file__).resolve().parents[2]

MODELS = {
    "dense": "[Input([6]), Dense(5, { activation: 'gelu' }), Dropout(0.5), Dense(3, { activation: 'softmax' })]",
    "convolutional": "[Input([9, 9, 2]), Conv2D(4, 3, { padding: 'same', activation: 'relu' }), BatchNormalization(),"
    " MaxPooling2D(2), SeparableConv2D(4, 3), GlobalAveragePooling2D(), Dense(2)]",
    "recurrent": "[Input([5, 3]), LSTM(4, { returnSequences: true }), Bidirectional(GRU(3)), LayerNormalization(), Dense(1)]",
    "text": "[Input([7], { dtype: 'int32' }), Embedding(11, 4), Conv1D(4, 3), GlobalMaxPooling1D(), Dense(1)]",
}

# Exports each model and predicts for 1 and for 5 rows.
PROGRAM = """
const { keras, tf } = require("./dist/src/index.js");
const { writeFileSync } = require("node:fs");
const [folder, models] = [process.argv[1], JSON.parse(process.argv[2])];
(async () => {
  for (const [name, layers] of Object.entries(models)) {
    keras.utils.setRandomSeed(1);
    const names = Object.keys(keras.layers);
    const model = keras.Sequential(new Function(...names, `return ${layers}`)(...names.map((each) => keras.layers[each])));
    model.compile({ optimizer: "sgd", loss: "mse" });
    const cases = [];
    for (const rows of [1, 5]) {
      const shape = [rows, ...model.inputShape.slice(1)];
      const x = name === "text" ? tf.randomUniform(shape, 0, 11, "int32") : tf.randomNormal(shape);
      if (rows === 1) await model.fit(x, (await model.predict(x, { verbose: 0 })).add(1), { verbose: 0 });
      cases.push([x.arraySync(), (await model.predict(x, { verbose: 0 })).arraySync()]);
    }
    await model.export(`${folder}/${name}.onnx`);
    writeFileSync(`${folder}/${name}.json`, JSON.stringify(cases));
  }
})();
"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    subprocess.run(["node", "-e", PROGRAM, str(folder), json.dumps(MODELS)], cwd=ROOT, check=True, timeout=120)
    return folder


@pytest.mark.parametrize("name", MODELS)
def test_python_runs_an_exported_model_with_equal_outputs(exported, name):
    session = onnxruntime.InferenceSession(exported / f"{name}.onnx", providers=["CPUExecutionProvider"])
    (declared,) = session.get_inputs()
    for x, expected in json.loads((exported / f"{name}.json").read_text()):
        inputs = np.array(x, "int32" if declared.type == "tensor(int32)" else "float32")
        (actual,) = session.run(None, {declared.name: inputs})
        assert actual.shape == np.shape(expected)
        np.testing.assert_allclose(actual, np.array(expected, "float32"), rtol=1e-5, atol=1e-6)
