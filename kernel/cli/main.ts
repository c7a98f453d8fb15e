#!/usr/bin/env node
import { doctor } from "./doctor";
import { exportCommand } from "./export";
import { installCommand, uninstallCommand } from "./install";
import { lab } from "./lab";
import { native } from "./native";
import { run } from "./run";
import { UserError } from "./user_error";

const help = `tskeras: Keras for TypeScript notebooks

  tskeras lab [FOLDER]             open JupyterLab with the TypeScript kernel; other arguments go to jupyter lab
  tskeras run NOTEBOOK…            execute notebooks, a line per cell (--twice, --reverse, --in-place, --to FOLDER)
  tskeras export NOTEBOOK…         write notebooks as TypeScript programs for plain Node (--to FOLDER, --js)
  tskeras install                  install the kernel for Jupyter and VS Code (--user, --sys-prefix, --prefix DIR)
  tskeras uninstall                remove it (same options)
  tskeras doctor                   report what is installed, what is missing and what to do
  tskeras native                   build the native part of tfjs-node, for faster computing outside fit (--uninstall)
`;

type Command = (args: readonly string[]) => number | Promise<number>;

const commands: { readonly [name: string]: Command } = {
  lab,
  run,
  install: installCommand,
  uninstall: uninstallCommand,
  export: exportCommand,
  doctor,
  native,
};

async function main([name = "help", ...args]: readonly string[]): Promise<number> {
  if (["help", "--help", "-h"].includes(name)) {
    console.log(help);
    return 0;
  }
  const command = commands[name];
  if (!command) {
    console.error(`There is no command ${name}.\n\n${help}`);
    return 2;
  }
  try {
    return await command(args);
  } catch (error) {
    // parseArgs explains a misspelled option itself.
    const mistyped = (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS");
    if (!(error instanceof UserError || mistyped)) throw error;
    console.error((error as Error).message);
    return 1;
  }
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
