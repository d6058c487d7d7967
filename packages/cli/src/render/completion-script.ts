/**
 * Completion scripts by shell. All three ask the command itself (`--get-completions`), so they never go stale;
 * where it has no answer they complete file names.
 */
export const completionScripts: Readonly<Record<"bash" | "zsh" | "fish", string>> = {
  bash: String.raw`# inquest completion for bash: source <(inquest completion bash)
_inquest() {
  local IFS=$'\n'
  COMPREPLY=($(inquest --get-completions "${"$"}{COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o bashdefault -o default -F _inquest inquest
`,
  zsh: String.raw`#compdef inquest
# inquest completion for zsh: a file named _inquest in a folder of $fpath, or source it
_inquest() {
  local -a found
  found=("${"$"}{(@f)$(inquest --get-completions "${"$"}{(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then
    compadd -- "${"$"}{found[@]}"
  else
    _default
  fi
}
if [[ "${"$"}{zsh_eval_context[-1]}" == loadautofunc ]]; then
  _inquest "$@"
else
  compdef _inquest inquest
fi
`,
  fish: String.raw`# inquest completion for fish: ~/.config/fish/completions/inquest.fish
complete -c inquest -a '(inquest --get-completions (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
};
