# Four explanations once more, from a run folder's files alone: saliency, guided backpropagation, epsilon relevance and Grad-CAM in numpy.
# explain_numpy.py RUN PICTURE.npy MAP.npy...   prints for every MAP (its name begins with the method's) the largest difference.
import json
import os
import re
import struct
import sys

import numpy as np


def tensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    return {name: np.frombuffer(data[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"]).astype(float)
            for name, entry in header.items() if name != "__metadata__"}


def layers(run, weights):
    text = open(os.path.join(run, "experiment.toml")).read()
    words = [w.split() for w in re.search(r'layers = "(.*)"', text).group(1).split(",")] + [["dense"]]
    count = {}
    for word in words:
        count[word[0]] = count.get(word[0], 0) + 1
        if word[0] in ("conv", "dense"):
            name = word[0] + str(count[word[0]])
            pad = int(word[word.index("pad") + 1]) if "pad" in word else 0
            yield word[0], weights[name + ".weight"], weights[name + ".bias"], pad
        else:
            yield word[0], int(word[1]) if len(word) > 1 else None, None, 0


class Conv:
    def __init__(self, w, b, pad):
        self.w, self.b, self.pad = w, b, pad

    def forward(self, x):
        self.x = x
        p, (_, _, h, v) = self.pad, self.w.shape
        padded = np.pad(x, ((0, 0), (p, p), (p, p)))
        height, width = padded.shape[1] - h + 1, padded.shape[2] - v + 1
        z = np.zeros((len(self.w), height, width)) + self.b[:, None, None]
        for i in range(h):
            for j in range(v):
                z += np.tensordot(self.w[:, :, i, j], padded[:, i:i + height, j:j + width], 1)
        self.z = z
        return z

    def backward(self, d):
        p, (_, _, h, v) = self.pad, self.w.shape
        dx = np.zeros((self.x.shape[0], self.x.shape[1] + 2 * p, self.x.shape[2] + 2 * p))
        for i in range(h):
            for j in range(v):
                dx[:, i:i + d.shape[1], j:j + d.shape[2]] += np.tensordot(self.w[:, :, i, j].T, d, 1)
        return dx[:, p:p + self.x.shape[1], p:p + self.x.shape[2]]


class Dense:
    def __init__(self, w, b, _):
        self.w, self.b = w, b

    def forward(self, x):
        self.x = x
        self.z = self.w @ x.ravel() + self.b
        return self.z

    def backward(self, d):
        return (self.w.T @ d).reshape(self.x.shape)


class Relu:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, d):
        return d * (self.x > 0)


class MaxPool:
    def __init__(self, size):
        self.size = size

    def forward(self, x):
        s, self.x = self.size, x
        height, width = x.shape[1] // s, x.shape[2] // s
        blocks = x[:, :height * s, :width * s].reshape(x.shape[0], height, s, width, s).transpose(0, 1, 3, 2, 4)
        blocks = blocks.reshape(x.shape[0], height, width, s * s)
        self.best = blocks.argmax(3)
        return blocks.max(3)

    def backward(self, d):
        dx, s = np.zeros_like(self.x), self.size
        for c, i, j in np.ndindex(d.shape):
            u, v = divmod(int(self.best[c, i, j]), s)
            dx[c, i * s + u, j * s + v] += d[c, i, j]
        return dx


class Gap:
    def forward(self, x):
        self.x = x
        self.z = x.mean((1, 2))
        return self.z

    def backward(self, d):
        return np.ones_like(self.x) * d[:, None, None] / (self.x.shape[1] * self.x.shape[2])


def network(run):
    kinds = {"conv": Conv, "dense": Dense}
    for kind, a, b, pad in layers(run, tensors(os.path.join(run, "model.safetensors"))):
        yield kinds[kind](a, b, pad) if kind in kinds else Relu() if kind == "relu" else MaxPool(a) if kind == "maxpool" else Gap()


def smooth(m, height, width):
    def between(i, wanted, count):
        at = min(max((i + 0.5) * count / wanted - 0.5, 0), count - 1)
        return int(at), min(int(at) + 1, count - 1), at - int(at)
    out = np.zeros((height, width))
    for i, j in np.ndindex(height, width):
        (a, b, s), (c, d, t) = between(i, height, m.shape[0]), between(j, width, m.shape[1])
        out[i, j] = (1 - s) * ((1 - t) * m[a, c] + t * m[a, d]) + s * ((1 - t) * m[b, c] + t * m[b, d])
    return out


def explanation(method, net, x):
    h = x
    for layer in net:
        h = layer.forward(h)
    seed = np.zeros_like(h)
    seed[h.argmax()] = 1
    if method == "relevance":
        r = seed * h
        for layer in reversed(net):
            if hasattr(layer, "z"):  # shares by a w / (z + epsilon sign z)
                r = layer.x * layer.backward(r / (layer.z + np.where(layer.z < 0, -1e-6, 1e-6)))
            elif isinstance(layer, MaxPool):
                r = layer.backward(r)
        return r.sum(0)
    last = max(i for i, layer in enumerate(net) if isinstance(layer, Relu) and layer.x.ndim == 3)
    d = seed
    for i in range(len(net) - 1, -1, -1):
        if method == "gradcam" and i == last:
            maps = np.maximum(net[i].x, 0)
            return smooth(np.maximum(np.tensordot(d.mean((1, 2)), maps, 1), 0), *x.shape[1:])
        if method == "guided" and isinstance(net[i], Relu):
            d = np.maximum(d, 0)
        d = net[i].backward(d)
    return np.abs(d).max(0) if method == "saliency" else d.sum(0)


run, picture, *maps = sys.argv[1:]
net, x = list(network(run)), np.load(picture).astype(float)
for path in maps:
    method = os.path.basename(path).split(".")[0]
    wanted, found = explanation(method, net, x), np.load(path)
    print(method, np.abs(wanted - found).max(), np.abs(wanted).max())
