import type { Command } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import { choiceOf } from "../options/option-values.ts";
import { completionScripts } from "../render/completion-script.ts";

const shells = ["bash", "zsh", "fish"] as const;

/** `inquest completion`: a script that completes commands, options and their values. */
export const completion: Command = {
  positionals: [{ name: "shell", describe: "your shell", choices: shells }],
  options: {},
  examples: [
    ["source <(inquest completion bash)", "in ~/.bashrc"],
    ["inquest completion zsh > ~/.zfunc/_inquest", "in a folder of $fpath"],
    ["inquest completion fish > ~/.config/fish/completions/inquest.fish", "fish finds it there"],
  ],
  epilogue: null,
  run: async (args, io) => {
    const shell = choiceOf(args, "shell", shells) ?? "bash";
    await io.stdout.write(completionScripts[shell]);
    return exitCode.ok;
  },
};
