"""Situation to matches, and the details found in it."""

import os

# From 1.29 on, onnxruntime reports the machine to its makers as soon as it is imported, unless this is set before.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
