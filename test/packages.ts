import { labPackages } from "../kernel/cli/python";

/** What the tests need of Python. */
export const testPackages = [
  ...labPackages,
  "jax",
  "keras",
  "jupyter_client",
  "jupyter_kernel_test",
  "nbclient",
  "nbformat",
  "onnxruntime",
  "plotly",
  "pytest",
];
