/**
 * JupyterLab's renderer of Plotly figures, and the imports of completed names, as a prebuilt extension without a bundler: this
 * script registers a module federation container by hand. JupyterLab has no renderer of its own, and plotly.py's ignores
 * updates; and a completion of its own replaces one piece of text only.
 */
(() => {
  const name = "tskeras";
  const mimeType = "application/vnd.plotly.v1+json";
  const quiet = 1000; // ms without an update before a picture is stored, as JupyterLab's Vega renderer stores its own
  const defaultHeight = 360;

  let settings: Settings | undefined;
  /** JupyterLab's Settings, "Plotly figures": whether figures are stored as pictures too. */
  const storesPictures = () => settings?.get("storePictures").composite !== false;

  const ownSource = (document.currentScript as HTMLScriptElement).src;
  let loading: Promise<Plotly> | undefined;

  /** Plotly from this extension's own folder, when the first figure appears. */
  function plotly(): Promise<Plotly> {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const version = /remoteEntry\.([0-9a-f]+)\.js/.exec(ownSource)?.[1] ?? "";
      script.src = new URL(`plotly.min.js?v=${version}`, ownSource).href;
      script.onload = () =>
        window.Plotly ? resolve(window.Plotly) : reject(new Error("plotly.min.js defines no Plotly"));
      script.onerror = () => {
        loading = undefined;
        reject(new Error(`${script.src} does not load. Run: npx tskeras install`));
      };
      document.head.append(script);
    });
    return loading;
  }

  /** The page's colours for whatever the figure's author left open. */
  function themed({ data, layout = {}, frames, config }: PlotlyFigure): PlotlyFigure {
    const style = getComputedStyle(document.body);
    const color = (variable: string, fallback: string) => style.getPropertyValue(variable).trim() || fallback;
    const grid = color("--jp-border-color2", "#ddd");
    return painted({ data, layout, ...(frames && { frames }), ...(config && { config }) }, "rgba(0,0,0,0)", {
      ink: color("--jp-content-font-color1", "#222"),
      grid,
    });
  }

  function painted(figure: PlotlyFigure, paper: string, { ink, grid }: { ink: string; grid: string }): PlotlyFigure {
    const { template = {}, ...layout } = figure.layout ?? {};
    const axis = { gridcolor: grid, zerolinecolor: grid, linecolor: grid };
    const ours = { paper_bgcolor: paper, plot_bgcolor: paper, font: { color: ink }, xaxis: axis, yaxis: axis };
    const open = { ...template, layout: { ...ours, ...template.layout } };
    const config = { typesetMath: false, ...figure.config, responsive: false, displaylogo: false };
    return { ...figure, layout: { autosize: true, height: defaultHeight, ...layout, template: open }, config };
  }

  const frame = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 50); // a hidden tab has no animation frames
      requestAnimationFrame(() => {
        clearTimeout(timer);
        resolve();
      });
    });

  function rendererClass(Widget: new () => LuminoWidget) {
    return class RenderedPlotly extends Widget {
      #model: MimeModel | undefined;
      #dirty = false;
      #drawing: Promise<void> | undefined;
      #drawn = false;
      #snapshot: ReturnType<typeof setTimeout> | undefined;
      readonly #resize = new ResizeObserver(() => this.#fit());
      readonly #theme = new MutationObserver(() => this.#draw());

      constructor() {
        super();
        this.addClass("jp-RenderedPlotly");
        this.node.style.width = "100%";
        this.node.style.overflow = "hidden";
      }

      /** JupyterLab calls this again on the same widget when a display is updated in place. */
      renderModel(model: MimeModel): Promise<void> {
        this.#model = model;
        return this.#draw();
      }

      override onAfterAttach(message: unknown): void {
        super.onAfterAttach(message);
        this.#resize.observe(this.node);
        this.#theme.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
        this.#fit();
      }

      override onBeforeDetach(message: unknown): void {
        this.#resize.disconnect();
        this.#theme.disconnect();
        super.onBeforeDetach(message);
      }

      override onAfterShow(message: unknown): void {
        super.onAfterShow(message);
        this.#fit();
      }

      override dispose(): void {
        if (this.isDisposed) return;
        clearTimeout(this.#snapshot);
        this.#resize.disconnect();
        this.#theme.disconnect();
        if (this.#drawn) window.Plotly?.purge(this.node);
        super.dispose();
      }

      /** One drawing at a time; a burst of updates ends in one drawing of the last. */
      #draw(): Promise<void> {
        this.#dirty = true;
        this.#drawing ??= this.#drawAll().finally(() => {
          this.#drawing = undefined;
        });
        return this.#drawing;
      }

      async #drawAll(): Promise<void> {
        while (this.#dirty && this.#model && !this.isDisposed) {
          this.#dirty = false;
          try {
            const Plotly = await plotly();
            if (this.isDisposed) return;
            const figure = themed(structuredClone(this.#model.data[mimeType]) as PlotlyFigure);
            this.node.style.height = `${figure.layout?.height ?? defaultHeight}px`;
            if (!this.#drawn) this.node.replaceChildren();
            await Plotly.react(this.node, figure);
            this.#drawn = true;
            this.#storePictureWhenQuiet();
          } catch (error) {
            this.#complain(error);
          }
          await frame();
        }
      }

      #complain(error: unknown): void {
        const text = document.createElement("pre");
        text.textContent = `This Plotly figure could not be drawn: ${error instanceof Error ? error.message : error}\n${this.#model?.data["text/plain"] ?? ""}`;
        this.node.style.height = "auto";
        this.node.replaceChildren(text);
        this.#drawn = false;
      }

      #fit(): void {
        if (!this.#drawn || !this.node.offsetWidth) return;
        requestAnimationFrame(() => {
          if (this.#drawn && !this.isDisposed && this.node.offsetWidth) void window.Plotly?.Plots.resize(this.node);
        });
      }

      /** GitHub and `nbconvert` show the PNG that is saved beside the figure. */
      #storePictureWhenQuiet(): void {
        clearTimeout(this.#snapshot);
        const model = this.#model;
        // Storing it changes the notebook, which an untrusted one, just being read, must not suffer.
        if (!storesPictures() || !model?.trusted || model.data["image/png"] !== undefined) return;
        this.#snapshot = setTimeout(async () => {
          const { offsetWidth: width, offsetHeight: height } = this.node;
          if (this.isDisposed || this.#model !== model || !width) return;
          const figure = structuredClone(model.data[mimeType]) as PlotlyFigure;
          const onWhite = painted(figure, "white", { ink: "#222", grid: "#ddd" });
          const url = await (await plotly()).toImage(onWhite, {
            format: "png",
            width: figure.layout?.width ?? width,
            height,
          });
          if (this.isDisposed || this.#model !== model || model.data["image/png"] !== undefined) return;
          model.setData({ data: { ...model.data, "image/png": url.slice(url.indexOf(",") + 1) } });
        }, quiet);
      }
    };
  }

  let shared: ShareScope = {};

  async function load<T>(module: string): Promise<T> {
    const versions = Object.values(shared[module] ?? {});
    const version =
      versions.find(({ loaded, eager }) => loaded || eager) ??
      versions.find(({ from }) => from === "@jupyterlab/application-top") ??
      versions[0];
    if (!version) throw new Error(`JupyterLab shares no ${module}`);
    return (await version.get())() as T;
  }

  async function plotlyPlugin() {
    const { Widget } = await load<{ Widget: new () => LuminoWidget }>("@lumino/widgets");
    const { IRenderMimeRegistry } = await load<{ IRenderMimeRegistry: object }>("@jupyterlab/rendermime");
    const settingRegistry = load<{ ISettingRegistry: object }>("@jupyterlab/settingregistry");
    const optional = await settingRegistry.then(
      ({ ISettingRegistry }) => [ISettingRegistry],
      () => [],
    );
    const Renderer = rendererClass(Widget);
    const factory: RendererFactory = { safe: true, mimeTypes: [mimeType], createRenderer: () => new Renderer() };
    return {
      id: `${name}:plotly`,
      description: "Draws Plotly figures, updates them in place and keeps a picture of each in the notebook.",
      autoStart: true,
      requires: [IRenderMimeRegistry],
      optional,
      activate(app: JupyterFrontEnd, registry: RenderMimeRegistry, known?: SettingRegistry | null) {
        // Figures are drawn whether or not there are settings.
        known?.load(`${name}:plotly`).then(
          (loaded) => {
            settings = loaded;
          },
          () => undefined,
        );
        registry.addFactory(factory, 1);
        // The last factory wins, whatever its rank, and plotly.py's registers after plugins are activated.
        void app.started.then(() => {
          if (registry.getFactory(mimeType) !== factory) registry.addFactory(factory, 1);
        });
      },
    };
  }

  /** A name of the library that is chosen among the completions, and that no cell has imported, brings its import along. */
  async function importsPlugin() {
    const { ICompletionProviderManager } = await load<{ ICompletionProviderManager: object }>("@jupyterlab/completer");
    return {
      id: `${name}:imports`,
      description: "Adds the import of a name that was completed to its cell.",
      autoStart: true,
      requires: [ICompletionProviderManager],
      activate({ shell }: JupyterFrontEnd, completions: CompletionProviderManager) {
        completions.selected.connect((_, { insertText }) => {
          // The name is put into the cell by another listener.
          setTimeout(() => void addImport(shell.currentWidget, insertText));
        });
      },
    };
  }

  async function addImport(panel: Panel | null, inserted: string): Promise<void> {
    const kernel = panel?.sessionContext?.session?.kernel;
    const { editor, model } = panel?.content?.activeCell ?? {};
    if (kernel?.name !== "tskeras" || !editor || !model) return;
    const { sharedModel } = model;
    const code = sharedModel.getSource();
    const before = code.slice(0, editor.getOffsetAt(editor.getCursorPosition()));
    if (!before.endsWith(inserted)) return;
    const { content } = await kernel.requestComplete({ code, cursor_pos: Array.from(before).length });
    const items = content.metadata?._jupyter_types_experimental ?? [];
    const found = items.find(({ text, signature }) => text === inserted && signature.startsWith("import {"));
    if (!found || sharedModel.getSource() !== code) return;
    const { at, text } = importEdit(code, inserted, found.signature);
    sharedModel.updateSource(at, at, text);
  }

  /** Among the names of the same module, or as a line of its own behind a `%%` line. */
  function importEdit(code: string, inserted: string, statement: string): { at: number; text: string } {
    const module = statement.slice(statement.indexOf(" from "));
    for (const each of code.matchAll(/^import \{([^}]*)\}( from "[^"]*")/gm)) {
      const [, names = "", from] = each;
      const listed = names.trimEnd();
      if (from !== module) continue;
      return {
        at: each.index + "import {".length + listed.length,
        text: `${/(^|,)$/.test(listed) ? "" : ","} ${inserted}`,
      };
    }
    const at = /^(?:%%.*\n)*/.exec(code)?.[0].length ?? 0;
    return { at, text: `${statement};\n${/^import\b/.test(code.slice(at)) ? "" : "\n"}` };
  }

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB[name] = {
    init(scope: ShareScope) {
      shared = scope;
    },
    async get(module: string) {
      if (module !== "./extension") throw new Error(`${name} has no module ${module}`);
      // Figures are drawn whether or not there is a completer.
      const imports = await importsPlugin().catch(() => []);
      const exported = { __esModule: true, default: [await plotlyPlugin(), ...[imports].flat()] };
      return () => exported;
    },
  };
})();
