"""Trains a workload with a training loop written by hand in PyTorch, with Keras's numbers for the optimizers."""

from data import load, serve

import torch
from torch import nn


def modules(layers, shape):
    """The layers of a workload for rows of `shape`; softmax and sigmoid before the loss are part of PyTorch's losses."""
    result = []
    for position, (kind, *arguments) in enumerate(layers):
        if kind == "flatten":
            result.append(nn.Flatten())
            shape = [torch.Size(shape).numel()]
        elif kind == "dense":
            result.append(nn.Linear(shape[-1], arguments[0]))
            shape = [arguments[0]]
            if position < len(layers) - 1:
                result.append({"relu": nn.ReLU, "sigmoid": nn.Sigmoid}[arguments[1]]())
        elif kind == "conv":
            result += [nn.Conv2d(shape[0], arguments[0], 3, padding="same"), nn.ReLU()]
            shape = [arguments[0], *shape[1:]]
        elif kind == "pool":
            result.append(nn.MaxPool2d(2))
            shape = [shape[0], shape[1] // 2, shape[2] // 2]
        elif kind == "dropout":
            result.append(nn.Dropout(arguments[0]))
    return result


def prepare(workload):
    x, y = (torch.from_numpy(array.copy()) for array in load(workload))
    if workload["layers"][0][0] == "conv":
        x = x.permute(0, 3, 1, 2).contiguous()
    model = nn.Sequential(*modules(workload["layers"], list(x.shape[1:])))
    kind = workload["loss"]
    if kind == "sparse_categorical_crossentropy":
        loss_of, y = nn.CrossEntropyLoss(), y.long()
    else:
        loss_of, y = (nn.BCEWithLogitsLoss() if kind == "binary_crossentropy" else nn.MSELoss()), y[:, None]
    if workload["optimizer"] == "rmsprop":
        optimizer = torch.optim.RMSprop(model.parameters(), lr=0.001, alpha=0.9, eps=1e-7)
    else:
        optimizer = torch.optim.Adam(model.parameters(), lr=0.001, eps=1e-7)

    def metric(prediction, target):
        if kind == "sparse_categorical_crossentropy":
            return (prediction.argmax(1) == target).sum()
        return ((prediction > 0) == (target > 0.5)).sum() if kind == "binary_crossentropy" else (prediction - target).abs().sum()

    def fit():
        model.train()
        total = loss_sum = torch.zeros(())
        for rows in torch.randperm(len(x)).split(workload["batchSize"]):
            inputs, targets = x[rows], y[rows]
            optimizer.zero_grad()
            prediction = model(inputs)
            loss = loss_of(prediction, targets)
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                total = total + metric(prediction, targets)
                loss_sum = loss_sum + loss * len(rows)
        return total.item() / len(x), loss_sum.item() / len(x)

    return fit


serve(prepare)
