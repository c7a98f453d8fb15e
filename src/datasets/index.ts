export * as fashionMnist from "./fashion_mnist";
