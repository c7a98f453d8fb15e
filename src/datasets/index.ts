export * as bostonHousing from "./boston_housing";
export * as californiaHousing from "./california_housing";
export * as cifar10 from "./cifar10";
export * as cifar100 from "./cifar100";
export * as fashionMnist from "./fashion_mnist";
export * as imdb from "./imdb";
export * as mnist from "./mnist";
export * as reuters from "./reuters";
