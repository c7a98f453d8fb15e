/**
 * A PNG of one pixel. JupyterLab stores its own picture of each Vega-Lite chart it draws, and draws the chart a second
 * time when it has; a bundle that holds a picture is drawn once. Updates while a chart moves carry this one.
 */
export const tinyPng =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
