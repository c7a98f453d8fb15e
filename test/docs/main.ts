import { writeFileSync } from "node:fs";
import { coverageFile, coveragePage } from "../compiler/coverage_page";
import { parityFile, parityPage } from "./parity";

/** `npm run docs`: writes the pages that come from the built library. */
async function main(): Promise<void> {
  writeFileSync(parityFile, parityPage());
  writeFileSync(coverageFile, await coveragePage());
}

void main();
