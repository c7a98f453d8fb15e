"""The rows of scikit-learn's StratifiedKFold.

    pip install scikit-learn && python stratified_folds.py

writes stratified_folds.json beside this file.
"""
import json, os
import numpy as np
import sklearn
from sklearn.model_selection import StratifiedKFold

labels = {
    "even": [0, 1] * 10,
    "uneven": [2, 0, 0, 1, 0, 2, 0, 0, 1, 0, 1, 1, 0, 0, 2, 1, 0],
    "words": list("bbaacbacabacbbacaab"),
}
cases = []
for name, y in labels.items():
    for n, kwargs in ((2, {}), (3, {}), (3, {"shuffle": True, "random_state": 42}), (4, {"shuffle": True, "random_state": 7})):
        folds = StratifiedKFold(n, **kwargs).split(np.zeros(len(y)), y)
        options = {"shuffle": True, "randomState": kwargs["random_state"]} if kwargs else {}
        cases.append({"labels": y, "nSplits": n, "options": options, "test": [test.tolist() for _, test in folds]})

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "stratified_folds.json"), "w") as f:
    json.dump({"scikit-learn": sklearn.__version__, "cases": cases}, f, separators=(",", ":"))
    f.write("\n")
