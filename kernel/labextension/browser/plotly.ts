/** Draws Plotly figures: JupyterLab has no renderer of its own, and the one of plotly.py ignores updates. */

const mimeType = "application/vnd.plotly.v1+json";
const quiet = 1000; // ms without an update before a picture is stored
const defaultHeight = 360;

let settings: Settings | undefined;
/** The setting "Plotly figures": whether a picture of each figure is stored. */
const storesPictures = () => settings?.get("storePictures").composite !== false;

const ownSource = (document.currentScript as HTMLScriptElement).src;
let loading: Promise<Plotly> | undefined;

/** Loads Plotly from this extension's folder when the first figure appears. */
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

/** The page's colors where the figure sets none. */
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
    const timer = setTimeout(resolve, 50); // hidden tabs get no animation frames
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

    /** One drawing at a time: of a burst of updates only the last is drawn. */
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
      // Storing it changes the notebook. Merely reading an untrusted one must not.
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
    id: `${extensionName}:plotly`,
    description: "Draws Plotly figures, updates them in place and keeps a picture of each in the notebook.",
    autoStart: true,
    requires: [IRenderMimeRegistry],
    optional,
    activate(app: JupyterFrontEnd, registry: RenderMimeRegistry, known?: SettingRegistry | null) {
      // Figures are drawn without settings, too.
      known?.load(`${extensionName}:plotly`).then(
        (loaded) => {
          settings = loaded;
        },
        () => undefined,
      );
      registry.addFactory(factory, 1);
      // The last factory wins, whatever its rank, and plotly.py registers its own after plugins are activated.
      void app.started.then(() => {
        if (registry.getFactory(mimeType) !== factory) registry.addFactory(factory, 1);
      });
    },
  };
}
