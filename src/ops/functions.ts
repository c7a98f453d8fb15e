export * from "./creation";
export * from "./elementwise";
export * from "./indexing";
export * from "./linalg";
export * from "./nn";
export * from "./reductions";
export * from "./shapes";
export { stopGradient } from "./stop_gradient";
