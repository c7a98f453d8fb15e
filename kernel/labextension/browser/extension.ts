/**
 * The entry of the prebuilt JupyterLab extension. It registers a module federation container by hand, without a bundler: the
 * installation puts the scripts of this folder into one function, so that they share their names with nobody.
 */

const extensionName = "tskeras";

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

window._JUPYTERLAB ??= {};
window._JUPYTERLAB[extensionName] = {
  init(scope: ShareScope) {
    shared = scope;
  },
  async get(module: string) {
    if (module !== "./extension") throw new Error(`${extensionName} has no module ${module}`);
    // Figures are drawn whether or not there is a completer.
    const imports = await importsPlugin().catch(() => []);
    const exported = { __esModule: true, default: [await plotlyPlugin(), ...[imports].flat()] };
    return () => exported;
  },
};
