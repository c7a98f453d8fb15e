import { primordials } from "../guards/primordials";

/** In the page: a labeled range with its value beside it. */
const script = `export default {
  render({ model, el }) {
    const place = (value) => (logarithmic ? Math.log10(value) : value);
    const name = document.createElement("label");
    const range = document.createElement("input");
    const shown = document.createElement("output");
    range.type = "range";
    range.min = place(min);
    range.max = place(max);
    range.step = step;
    const show = () => {
      range.value = place(model.get("value"));
      shown.textContent = String(model.get("value"));
      range.setAttribute("aria-valuetext", shown.textContent);
    };
    range.addEventListener("input", () => {
      const at = Number(range.value);
      const value = Number((logarithmic ? 10 ** at : at).toPrecision(logarithmic ? 3 : 12));
      model.set("value", Math.min(max, Math.max(min, value)));
      model.save_changes();
    });
    model.on("change:value", show);
    show();
    name.append(label, range, shown);
    el.classList.add("tskeras-slider");
    el.append(name);
    return () => model.off("change:value", show);
  },
};`;

const css = `.tskeras-slider label { display: flex; align-items: center; gap: 0.75em; padding: 4px 8px;
  color: var(--jp-content-font-color1); font: var(--jp-content-font-size1) var(--jp-content-font-family); }
.tskeras-slider input { flex: 0 1 20em; accent-color: var(--jp-brand-color1); }
.tskeras-slider output { min-width: 5em; font-variant-numeric: tabular-nums; }`;

export function sliderDefinition(options: NotebookSliderOptions) {
  const { label = "", min, max, value = min, scale = "linear", ...others } = options;
  const fail = (expected: string, found: unknown): never => {
    throw new primordials.Error(`slider() expected ${expected} but found ${found}.`);
  };
  const logarithmic = scale === "log";
  for (const [name, number] of Object.entries({ min, max, value })) {
    if (!Number.isFinite(number)) fail(`a finite number as ${name}`, number);
  }
  if (!(min < max)) fail("min to be less than max", `${min} and ${max}`);
  if (value < min || value > max) fail(`a value between min ${min} and max ${max}`, value);
  if (!logarithmic && scale !== "linear") fail('"linear" or "log" as scale', `"${scale}"`);
  if (logarithmic && min <= 0) fail("min to be greater than 0 on a logarithmic scale", min);
  const unknown = Object.keys(others).find((name) => name !== "step");
  if (unknown !== undefined) fail("label, min, max, value, step and scale", `"${unknown}"`);
  const { step = (logarithmic ? Math.log10(max / min) : max - min) / 100 } = options;
  if (!(step > 0)) fail("a step greater than 0", step);
  const constants = primordials.JSON.stringify({ label, min, max, step, logarithmic });
  return { esm: `const { label, min, max, step, logarithmic } = ${constants};\n${script}`, css, state: { value } };
}
