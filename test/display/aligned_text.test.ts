import assert from "node:assert/strict";
import { test } from "node:test";
import { alignedHtml } from "../../src/display/aligned_text";

const cells = (letter: string) => `<span style="display:inline-block;width:2ch;text-align:center">${letter}</span>`;
const content = (html: string | undefined) => /^<pre style="[^"]*">([\s\S]*)<\/pre>$/.exec(html ?? "")?.[1];

test("letters that fill two cells get two cells in HTML", () => {
  assert.equal(content(alignedHtml("은 (Dense) │ 1")), `${cells("은")} (Dense) │ 1`);
  // A letter may be made of several code points.
  assert.equal(content(alignedHtml("\u1112\u1161\u11ab")), cells("\u1112\u1161\u11ab"));
  assert.equal(content(alignedHtml("層 <b> & c")), `${cells("層")} &lt;b&gt; &amp; c`);
});

test("text of single cells stays text", () => {
  assert.equal(alignedHtml("dense (Dense) │ é ┏━┓\n 78,500"), undefined);
});
