import path from "node:path";
import "../../src/tensorflow/index";
import * as tf from "@tensorflow/tfjs-core";
import { packageRoot } from "../../kernel/cli/places";
import { kernels } from "../../src/compiler/trace/kernels";
import { passTable } from "./pass_table";

export const coverageFile = path.join(packageRoot, "docs", "compiled-operations.md");

/** The page, from the table of kernels and from what TensorFlow.js's plain backend has. */
export async function coveragePage(): Promise<string> {
  const all = [
    ...new Set([...tf.getKernelsForBackend("cpu").map((kernel) => kernel.kernelName), ...Object.keys(kernels)]),
  ];
  const list = (names: string[]) =>
    names
      .sort()
      .map((name) => `\`${name}\``)
      .join(" · ");
  return `# Compiled operations

Written by \`npm run docs\`; do not edit.

A function that uses only the first kind of TensorFlow.js kernels is compiled by \`compile()\`, \`fit\`, \`evaluate\` and \`predict\`.
One that uses another runs eagerly, and says so.

## With a compiled form

${list(all.filter((name) => name in kernels))}

## Without

${list(all.filter((name) => !(name in kernels)))}

## What the passes do

A training step of 784-100-10 with RMSprop, batch 32 (workload W1 of the benchmark): its operations after each pass that changes
their number, and how many of them go over all 78 400 weights of the first layer.

| after | operations | over all weights |
|---|---|---|
${await passTable()}
`;
}
