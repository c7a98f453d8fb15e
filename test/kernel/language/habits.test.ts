import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { createLanguageService } from "../../../kernel/language/index";

const language = createLanguageService({ directory: __dirname });
after(() => language.dispose());

const setup = {
  fileName: "cell-1.ts",
  code: 'import { keras, tf } from "tskeras";\nlet x = tf.ones([4, 3]);\nconst model = keras.Sequential([keras.layers.Dense(2)]);',
};

/** What a Python tutorial makes one type, and all that is said of it. */
const cases: { readonly [code: string]: readonly RegExp[] } = {
  "from tensorflow import keras": [/how Python imports\. Here: `import \{ keras, tf \} from "tskeras"`/],
  "import tensorflow as tf": [/how Python imports/],
  "# a comment\n1": [/comment begins with `\/\/`/],
  "%matplotlib inline": [/Charts need no such line/],
  "%pip install pandas": [/`%npm install NAME`/],
  "%%bash\nls": [/There is no `%%bash` here: `%help` lists/],
  "%%typecheck loose\n1": [/`%%typecheck off`, `warn` or `error`/],
  "1;\n%%time\n2": [/`%%time` belongs in the first line/],
  "print(x)": [/Python's `print` is `console\.log\(…\)` here/],
  "const none = None": [/`null`/],
  "x / 255": [/`a\.div\(b\)`/],
  "2 * x": [/`a\.mul\(b\)`/],
  "x + 1": [/`a\.add\(b\)`/],
  "x[0]": [/`x\.gather\(0\)`/],
  "model.fit(x, x, epochs=5, batch_size=2)": [/Options stand in braces: `\{ epochs: … \}`/],
  "model.fit(x, x, 5)": [/Options stand in braces/],
  "let [x] = [x.add(1)]": [/If you mean the 'x' of an earlier cell, give the new one another name/],
  'for (const optimizer of ["sgd", "adam"]) model.compile({ optimizer, loss: "mse" })': [/`as const` behind a list/],
  'const options = { activation: "relu" };\nkeras.layers.Dense(1, options)': [/`as const` behind a list or an object/],
  // Ordinary mistakes get no such advice.
  "const n: number = 'text'": [/^Type 'string' is not assignable to type 'number'\.$/],
  "epoch = 5": [/^Cannot find name 'epoch'\.$/],
  "const a = ;": [/^Expression expected\.$/],
};

describe("what someone who comes from Python types", () => {
  for (const [code, expected] of Object.entries(cases)) {
    test(code, async () => {
      language.accept(setup);
      const told = await language.check({ fileName: "cell-2.ts", code });
      const messages = told.filter(({ category }) => category === "error").map(({ message }) => message);
      assert.equal(messages.length, expected.length, messages.join("\n"));
      for (const [i, pattern] of expected.entries()) assert.match(messages[i] ?? "", pattern);
    });
  }
});
