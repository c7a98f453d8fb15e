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
  readonly shell: { readonly currentWidget: Panel | null };
}

/** A notebook, if it has a session and cells. */
interface Panel {
  readonly sessionContext?: { readonly session: { readonly kernel: KernelConnection | null } | null };
  readonly content?: { readonly activeCell?: NotebookCell | null };
}

interface KernelConnection {
  readonly name: string;
  requestComplete(content: { readonly code: string; readonly cursor_pos: number }): Promise<{
    readonly content: {
      readonly metadata?: {
        readonly _jupyter_types_experimental?: readonly { readonly text: string; readonly signature: string }[];
      };
    };
  }>;
}

interface NotebookCell {
  readonly editor: { getCursorPosition(): object; getOffsetAt(position: object): number } | null;
  readonly model: {
    readonly sharedModel: { getSource(): string; updateSource(start: number, end: number, text: string): void };
  };
}

interface CompletionProviderManager {
  readonly selected: {
    connect(listener: (sender: unknown, chosen: { readonly insertText: string }) => void): void;
  };
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
