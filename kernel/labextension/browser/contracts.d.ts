/** What the extension uses of JupyterLab, Lumino, Plotly and webpack's module federation; nothing of it is bundled. */

interface LuminoWidget {
  readonly node: HTMLElement;
  readonly isDisposed: boolean;
  addClass(name: string): void;
  dispose(): void;
  onAfterAttach(message: unknown): void;
  onBeforeDetach(message: unknown): void;
  onAfterShow(message: unknown): void;
}

interface MimeModel {
  readonly data: { readonly [mimeType: string]: unknown };
  readonly metadata: { readonly [mimeType: string]: unknown };
  readonly trusted: boolean;
  setData(options: { readonly data: object }): void;
}

interface RendererFactory {
  readonly safe: boolean;
  readonly mimeTypes: readonly string[];
  createRenderer(options: { readonly mimeType: string }): LuminoWidget;
}

interface RenderMimeRegistry {
  addFactory(factory: RendererFactory, rank: number): void;
  getFactory(mimeType: string): RendererFactory | undefined;
}

interface JupyterFrontEnd {
  readonly started: Promise<void>;
}

interface Settings {
  get(name: string): { readonly composite: unknown };
}

interface SettingRegistry {
  load(plugin: string): Promise<Settings>;
}

interface PlotlyLayout {
  width?: number;
  height?: number;
  template?: { layout?: { [name: string]: unknown }; [name: string]: unknown };
  [name: string]: unknown;
}

interface PlotlyFigure {
  data: unknown[];
  layout?: PlotlyLayout;
  frames?: unknown[];
  config?: { [name: string]: unknown };
}

interface Plotly {
  react(node: HTMLElement, figure: PlotlyFigure): Promise<unknown>;
  purge(node: HTMLElement): void;
  toImage(
    figure: PlotlyFigure,
    options: { readonly format: "png"; readonly width: number; readonly height: number },
  ): Promise<string>;
  readonly Plots: { resize(node: HTMLElement): Promise<unknown> };
}

/** One version of a shared module in webpack's share scope. */
interface SharedModule {
  readonly from: string;
  readonly loaded?: boolean | number;
  readonly eager?: boolean;
  get(): Promise<() => unknown> | (() => unknown);
}

interface ShareScope {
  readonly [module: string]: { readonly [version: string]: SharedModule };
}

interface Window {
  Plotly?: Plotly;
  _JUPYTERLAB?: { [name: string]: unknown };
}
