export * from "./creation";
export * from "./indexing";
export * from "./linalg";
export * from "./logic";
export * from "./math";
export * from "./nn";
export * from "./reductions";
export * from "./shapes";
export { stopGradient } from "./stop_gradient";
