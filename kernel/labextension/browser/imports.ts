/** Adds the imports of completed names: a completion of JupyterLab replaces one piece of text only. */

/** Adds the import of a library name that was chosen among the completions and that no cell imports. */
async function importsPlugin() {
  const { ICompletionProviderManager } = await load<{ ICompletionProviderManager: object }>("@jupyterlab/completer");
  return {
    id: `${extensionName}:imports`,
    description: "Adds the import of a name that was completed to its cell.",
    autoStart: true,
    requires: [ICompletionProviderManager],
    activate({ shell }: JupyterFrontEnd, completions: CompletionProviderManager) {
      completions.selected.connect((_, { insertText }) => {
        // Another listener inserts the name first.
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

/** Where the import goes: among the names of the same module, or on a line of its own after any `%%` lines. */
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
