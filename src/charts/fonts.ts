import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import type { ResvgRenderOptions } from "@resvg/resvg-js";

type FontOptions = NonNullable<ResvgRenderOptions["font"]>;

/** A family by its files, the regular face first. */
interface Family {
  readonly name: string;
  readonly files: readonly string[];
}

/** Faces for Latin, Greek and Cyrillic, the best first: browsers replace Helvetica by Liberation Sans or Arial. */
const western: readonly Family[] = [
  { name: "Liberation Sans", files: ["LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"] },
  { name: "Arial", files: ["arial.ttf", "arialbd.ttf"] },
  { name: "Arial", files: ["Arial.ttf", "Arial Bold.ttf"] },
  { name: "DejaVu Sans", files: ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"] },
  { name: "Noto Sans", files: ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"] },
];

/** Faces for Hangul. Only regular ones: resvg takes the first face that has a character, whatever its weight. */
const korean: readonly Family[] = [
  { name: "NanumGothic", files: ["NanumGothic.ttf"] },
  { name: "Noto Sans KR", files: ["NotoSansKR-Regular.otf"] },
  { name: "Noto Sans CJK KR", files: ["NotoSansCJK-Regular.ttc"] },
  { name: "Apple SD Gothic Neo", files: ["AppleSDGothicNeo.ttc"] },
  { name: "Malgun Gothic", files: ["malgun.ttf"] },
  { name: "NanumBarunGothic", files: ["NanumBarunGothic.ttf"] },
];

const folders: readonly string[] = [
  "/usr/share/fonts",
  "/usr/local/share/fonts",
  path.join(homedir(), ".fonts"),
  path.join(homedir(), ".local", "share", "fonts"),
  "/System/Library/Fonts",
  "/Library/Fonts",
  path.join(process.env["WINDIR"] ?? "C:\\Windows", "Fonts"),
];

/** The characters that {@link western} and {@link korean} have; for others every font of the machine is searched. */
const covered =
  /^[\t\n\r\u0020-\u024f\u0370-\u04ff\u1100-\u11ff\u2013\u2014\u2018-\u201d\u2026\u2212\u3130-\u318f\uac00-\ud7af]*$/;
const hangul = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]/;

interface Fonts {
  readonly western: Family | undefined;
  readonly korean: Family | undefined;
}

let found: Fonts | undefined;

/**
 * The fonts for the texts of a picture, and their family. Reading every font of a machine takes 80 ms for each picture, and
 * characters that one font lacks come from any other, bold or not.
 */
export function fontsFor(text: string): { readonly options: FontOptions; readonly family: string | undefined } {
  found ??= findFonts();
  const family = found.western?.name;
  const named = family === undefined ? {} : { defaultFontFamily: family, sansSerifFamily: family };
  const needsKorean = hangul.test(text);
  // Reading a Korean face takes twenty times as long as a western one.
  const files = [...(found.western?.files ?? []), ...((needsKorean && found.korean?.files) || [])];
  const enough = found.western && covered.test(text) && (found.korean || !needsKorean);
  return { options: { ...named, fontFiles: files, loadSystemFonts: !enough }, family };
}

function findFonts(): Fonts {
  const places = new Map(folders.flatMap(filesIn).map((file) => [path.basename(file), file]));
  const first = (families: readonly Family[]): Family | undefined => {
    const family = families.find(({ files: [regular] }) => places.has(regular!));
    return family && { ...family, files: family.files.flatMap((file) => places.get(file) ?? []) };
  };
  return { western: first(western), korean: first(korean) };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => path.join(folder, file));
  } catch {
    return []; // no such folder on this system
  }
}
