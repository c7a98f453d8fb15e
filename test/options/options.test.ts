import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ready } from "./rows";
import { type Subject, subjects, withOptions } from "./sweep";

// What another part of the tests looks after, or nobody calls by hand.
const elsewhere =
  /^keras\.datasets\.|^random\.|getFile$|FileDataset$|^keras\.charts\.(colormaps\.|Axes|(VegaLite|Image|Plotly)?Figure|Table|\w+(Callback|Chart)$|plotly$|vegaLite$)/;

// Functions of tensors: TensorFlow.js checks their arguments, and its errors name its own operation.
const ofTensors = /^keras\.(ops|activations|losses|metrics|layers)\.[a-z]/;

// The progress that fit and evaluate print has no place among the results.
const log = console.log;
console.log = () => undefined;
after(() => {
  console.log = log;
});

/** The error of a call, or an assertion that there was none. */
async function mistake(subject: Subject, args: readonly unknown[]): Promise<string> {
  try {
    await subject.call(args);
  } catch (error) {
    assert.ok(error instanceof Error);
    return error.message;
  }
  return assert.fail("no error at all");
}

/** An error that the reader of a cell can act on: it names the function, and does not come from inside of it. */
function assertTeaches(subject: Subject, message: string): void {
  assert.doesNotMatch(message, /Cannot (read|convert|destructure|set)|is not (a function|iterable|a constructor)/);
  if (subject.row.names === "the data") return;
  const lower = message.toLowerCase();
  assert.ok(
    subject.names.some((name) => lower.includes(name.toLowerCase())),
    `"${message}" does not say that it is about ${subject.names.join(" or ")}`,
  );
}

before(() => ready);

const swept = subjects().filter(({ declaration }) => !elsewhere.test(declaration.path));

describe("what is exported works as the sweep calls it", () => {
  for (const subject of swept) test(subject.declaration.path, async () => void (await subject.call(subject.args())));
});

describe("an option that does not exist is an error", () => {
  for (const subject of swept) {
    if (subject.declaration.bag === undefined || subject.row.open) continue;
    test(subject.declaration.path, async () => {
      const message = await mistake(subject, withOptions(subject, { zzzz: 1 }));
      assert.match(message, /has no option "zzzz"/);
      assertTeaches(subject, message);
    });
  }
});

describe("an option of the wrong type is an error that names it", () => {
  for (const subject of swept) {
    const { bag, path } = subject.declaration;
    const options = bag?.options.filter(({ name, wrong }) => wrong.length > 0 && !subject.row.lenient?.includes(name));
    if (options === undefined || options.length === 0) continue;
    test(path, async () => {
      for (const { name, wrong } of options) {
        for (const { what, value } of wrong) {
          const message = await mistake(subject, withOptions(subject, { [name]: value })).catch((error: Error) =>
            assert.fail(`${name}: ${what}: ${error.message}`),
          );
          assertTeaches(subject, message);
          assert.match(message, new RegExp(`\\b${name}\\b`));
          assert.match(message, /found|Unknown/);
        }
      }
    });
  }
});

describe("an argument of the wrong type is an error", () => {
  for (const subject of swept) {
    const { path, parameters, bag } = subject.declaration;
    if (ofTensors.test(path)) continue;
    const checked = parameters
      .map((parameter, index) => ({ ...parameter, index }))
      .filter(
        ({ index, name }) =>
          index !== bag?.index && !/^(options|more|args\[\d\])$/.test(name) && !subject.row.lenient?.includes(name),
      )
      .filter(({ wrong }) => wrong.length > 0);
    if (checked.length === 0) continue;
    test(path, async () => {
      for (const { name, index, wrong } of checked) {
        for (const { what, value } of wrong) {
          const args = subject.args();
          while (args.length < index) args.push(undefined);
          args[index] = value;
          const message = await mistake(subject, args).catch((error: Error) =>
            assert.fail(`${name}: ${what}: ${error.message}`),
          );
          assertTeaches(subject, message);
        }
      }
    });
  }
});
