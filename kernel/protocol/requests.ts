/** Requests about code: the contents of their replies. */

import type { LanguageService } from "../language/language_service";
import { toCodePoints, toUtf16 } from "./code_points";
import type { Json } from "./message";

export function is_complete_request({ code }: Json, language: LanguageService): Json {
  return { ...language.isComplete(text(code)) };
}

export async function complete_request(content: Json, language: LanguageService): Promise<Json> {
  const code = text(content["code"]);
  const { items, start, end } = await language.complete(code, cursor(content, code));
  const [cursor_start, cursor_end] = [toCodePoints(code, start), toCodePoints(code, end)];
  return {
    status: "ok",
    matches: items.map((item) => item.text),
    cursor_start,
    cursor_end,
    metadata: {
      _jupyter_types_experimental: items.map(({ text, kind, signature = "", documentation }) => ({
        start: cursor_start,
        end: cursor_end,
        text,
        type: kind,
        signature,
        ...(documentation ? { documentation } : {}),
      })),
    },
  };
}

export async function inspect_request(content: Json, language: LanguageService): Promise<Json> {
  const code = text(content["code"]);
  const hover = await language.hover(code, cursor(content, code));
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
