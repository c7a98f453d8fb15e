import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Json, protocolVersion } from "./message";

const version = (file: string): string => String((JSON.parse(readFileSync(file, "utf8")) as Json)["version"]);
// The compiled file is dist/kernel/protocol/kernel_info.js.
const implementationVersion = version(join(__dirname, "../../../package.json"));

/** The content of a `kernel_info_reply`, with the versions that are installed. */
export function kernelInfo(): Json {
  const typescript = version(require.resolve("typescript/package.json"));
  return {
    status: "ok",
    protocol_version: protocolVersion,
    implementation: "tskeras",
    implementation_version: implementationVersion,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: "typescript",
      nbconvert_exporter: "script",
    },
    banner: `tskeras ${implementationVersion} · TypeScript ${typescript} · Node.js ${process.version}`,
    debugger: true,
    help_links: [
      { text: "Keras", url: "https://keras.io/api/" },
      { text: "TensorFlow.js", url: "https://js.tensorflow.org/api/latest/" },
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
    ],
    supported_features: ["debugger"],
  };
}
