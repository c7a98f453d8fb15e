/** Text for HTML, SVG, and Plotly, which reads labels as a little HTML. */
export const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The same for an attribute's value. */
export const escapeAttribute = (text: string): string => escapeText(text).replaceAll('"', "&quot;");
