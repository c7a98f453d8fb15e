/**
 * The messages between the kernel's two threads: the main thread, which runs the cells, and the worker, which speaks
 * the Jupyter protocol. JSON content travels as text, so that the worker only signs it.
 */

import type { CompiledCell } from "./language/language_service";

/** A cell to run. `id` is unique; `count` is the number that the notebook shows. */
export interface ExecuteOrder {
  readonly type: "execute";
  readonly id: number;
  readonly count: number;
  readonly code: string;
  readonly compiled: CompiledCell;
  readonly silent: boolean;
  readonly timed: boolean;
  readonly allowStdin: boolean;
  /** Name → JavaScript for its value, or the reason why it does not compile. */
  readonly userExpressions: Readonly<Record<string, { readonly javascript: string } | { readonly problem: string }>>;
}

/** A comm message of the front end; `id` is the request that its handler's output belongs to. */
export interface CommOrder {
  readonly type: "comm";
  readonly id: number;
  readonly kind: CommKind;
  readonly content: CommContent;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

export type CommKind = "comm_open" | "comm_msg" | "comm_close";

export interface CommContent {
  readonly comm_id: string;
  readonly target_name?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export type Order =
  | ExecuteOrder
  | CommOrder
  /** Sent repeatedly with the same number until it is acknowledged. */
  | { readonly type: "interrupt"; readonly number: number }
  | { readonly type: "terminated" }
  | ({ readonly type: "input" } & Answer)
  | { readonly type: "exit" };

export interface Answer {
  readonly request: number;
  readonly value: string;
}

export type Outcome =
  | { readonly status: "ok"; readonly user_expressions: Readonly<Record<string, unknown>>; readonly payload: unknown[] }
  | KernelError;

export interface KernelError {
  readonly status: "error";
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Main thread → worker. `id` is the cell (or comm message) whose output it is. */
export type Report =
  | { readonly type: "stream"; readonly id: number; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly type: "iopub";
      readonly id: number;
      readonly msgType: string;
      readonly content: string;
      readonly metadata?: string;
      readonly buffers?: readonly Uint8Array[];
    }
  | { readonly type: "done"; readonly id: number; readonly outcome: Outcome }
  | {
      readonly type: "input_request";
      readonly id: number;
      readonly request: number;
      readonly prompt: string;
      readonly password: boolean;
      /** The main thread receives no orders until the answer arrives. */
      readonly blocking: boolean;
    }
  | { readonly type: "comm_opened"; readonly comm: string; readonly target: string }
  | { readonly type: "comm_closed"; readonly comm: string }
  /** Imports start from another folder now. */
  | { readonly type: "moved"; readonly directory: string }
  | { readonly type: "acknowledged"; readonly number: number }
  /** The main thread has JavaScript on its stack, and waits for its termination. */
  | { readonly type: "busy" }
  /** Ctrl-C, for systems where the worker cannot receive it itself. */
  | { readonly type: "sigint" }
  | { readonly type: "exit" };

/** Numbers that both threads share, also while the main thread computes. */
export enum Shared {
  /** UTF-16 units of output that the worker has not sent yet: the main thread waits while there are too many. */
  Unsent,
  /** Reports of output that the worker has not read yet; of displays, that it has not sent. */
  Unread,
  /** Pieces of work that end by themselves after an interrupt (`host.cooperate`). */
  Cooperating,
  /** 1 from an interrupt until the main thread has received it: `await` in a cell throws, and so does `prompt`. */
  Interrupted,
  /** 1 while the main thread waits for V8 to be told to terminate its JavaScript. */
  Waiting,
  Length,
}

/**
 * The global property of the function that runs in the main thread before its JavaScript is terminated. Not a symbol: a
 * cell may have redeclared the name `Symbol`.
 */
export const prepareTermination = "__tskerasPrepareTermination";

/** The name of the symbol of the main thread's functions that show values for the debugger. */
export const inspectionSymbol = "tskeras.inspection";

/** The name of the symbol of the main thread's magics. */
export const magicsSymbol = "tskeras.magics";

export const newShared = (): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(4 * Shared.Length));
