/**
 * A PNG of one pixel, for the updates of a moving chart. JupyterLab draws a Vega-Lite chart a second time to save a picture
 * of it, unless the bundle holds one.
 */
export const tinyPng =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
