"""Keras's public names, and what its classes take.

    pip install tensorflow-cpu && python keras_names.py

writes keras_names.json beside this file: for each module its names in order; for a class the names of its arguments, for
anything else null.
"""
import inspect, json, os
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras

modules = """layers models losses metrics optimizers optimizers.schedules callbacks activations initializers regularizers
constraints datasets utils ops random saving""".split()


def arguments(value):
    if not inspect.isclass(value):
        return None
    return [name for name in inspect.signature(value.__init__).parameters if name not in ("self", "args", "kwargs")]


names = {}
for path in modules:
    module = keras
    for part in path.split("."):
        module = getattr(module, part)
    public = [n for n in dir(module) if not n.startswith("_") and (path == "datasets" or not inspect.ismodule(getattr(module, n)))]
    names[path] = {n: arguments(getattr(module, n)) for n in public}

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "keras_names.json"), "w") as f:
    json.dump({"keras": keras.__version__, "names": names}, f, indent=1)
    f.write("\n")
