export { Callback, type CallbackHooks, type CallbackLike, type CallbackParams, type Logs } from "./callback";
export { CSVLogger, type CSVLoggerOptions } from "./csv_logger";
export { EarlyStopping, type EarlyStoppingOptions } from "./early_stopping";
export { History } from "./history";
export { LambdaCallback } from "./lambda_callback";
export { type EpochSchedule, LearningRateScheduler } from "./learning_rate_scheduler";
export { ProgbarLogger } from "./progbar_logger";
export { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from "./reduce_lr_on_plateau";
export { TerminateOnNaN } from "./terminate_on_nan";
