import type { LanguageService } from "../language/language_service";
import { toCodePoints, toUtf16 } from "./code_points";
import type { History } from "./history";
import { kernelInfo } from "./kernel_info";
import type { Json } from "./message";

/** What the simple requests ask. */
export interface Services {
  readonly language: () => Promise<LanguageService>;
  readonly history: History;
  /** Open comms: id → target name. */
  readonly comms: ReadonlyMap<string, string>;
}

type Handler = (content: Json, services: Services) => Json | Promise<Json>;

/** The requests that are answered at once, also while a cell runs: request type → the reply's content. */
export const requests: { readonly [type: string]: Handler | undefined } = {
  kernel_info_request: kernelInfo,
  complete_request: complete,
  inspect_request: inspect,
  is_complete_request: async ({ code }, { language }) => ({ ...(await language()).isComplete(text(code)) }),
  history_request: (content, { history }) => ({ status: "ok", history: history.select(content) }),
  comm_info_request: ({ target_name }, { comms }) => ({
    status: "ok",
    comms: Object.fromEntries(
      [...comms]
        .filter(([, target]) => !target_name || target === target_name)
        .map(([id, t]) => [id, { target_name: t }]),
    ),
  }),
};

async function complete(content: Json, { language }: Services): Promise<Json> {
  const code = text(content["code"]);
  const { items, start, end } = await (await language()).complete(code, cursor(content, code));
  const [cursorStart, cursorEnd] = [toCodePoints(code, start), toCodePoints(code, end)];
  return {
    status: "ok",
    matches: items.map((item) => item.text),
    cursor_start: cursorStart,
    cursor_end: cursorEnd,
    metadata: {
      _jupyter_types_experimental: items.map((item) => ({
        start: cursorStart,
        end: cursorEnd,
        text: item.text,
        type: item.kind,
        signature: item.signature ?? "",
        ...(item.documentation ? { documentation: item.documentation } : {}),
      })),
    },
  };
}

async function inspect(content: Json, { language }: Services): Promise<Json> {
  const code = text(content["code"]);
  const hover = await (await language()).hover(code, cursor(content, code));
  if (!hover) return { status: "ok", found: false, data: {}, metadata: {} };
  const { signature, documentation } = hover;
  return {
    status: "ok",
    found: true,
    data: {
      "text/plain": documentation ? `${signature}\n\n${documentation}` : signature,
      "text/markdown": `\`\`\`typescript\n${signature}\n\`\`\`\n\n${documentation}`,
    },
    metadata: {},
  };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function cursor({ cursor_pos }: Json, code: string): number {
  return typeof cursor_pos === "number" ? toUtf16(code, cursor_pos) : code.length;
}
