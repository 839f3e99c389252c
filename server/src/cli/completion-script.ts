import type { Translate } from "../l10n/translate.ts";
import { type Command, type CommandGroup, type Parameter, rowsOf, withPaths } from "./command.ts";
import { optionsOf, textOf } from "./help.ts";
import type { Shell } from "./shells.ts";

type Commands = readonly (Command | CommandGroup)[];

/** What a shell needs to complete commands, options and values; it asks for nothing more when it does. */
export function completionScript(shell: Shell, commands: Commands, translate: Translate): string {
  return { bash, zsh, fish }[shell](commands, translate);
}

/** Words that commands follow, the empty one included, with these commands. */
function groups(commands: Commands): readonly { readonly path: string; readonly commands: Commands }[] {
  return [
    { path: "", commands },
    ...commands.flatMap((each) => ("commands" in each ? [{ path: each.name, commands: each.commands }] : [])),
  ];
}

/** Options behind which a word is their value, with all commands or with all but those of {@link flagsAllTheSame}. */
function optionsWithValue(commands: Commands): readonly string[] {
  const names = withPaths(commands).flatMap(({ command }) =>
    optionsOf(command.parameters).flatMap(([name, { kind }]) => (kind === "flag" ? [] : [`--${name}`])),
  );
  return [...new Set(names)].sort();
}

/** Commands, each with an option that is a flag there, and takes a value with others. */
function flagsAllTheSame(commands: Commands): readonly string[] {
  const valued = new Set(optionsWithValue(commands));
  return withPaths(commands).flatMap(({ path, command }) =>
    optionsOf(command.parameters).flatMap(([name, { kind }]) =>
      kind === "flag" && valued.has(`--${name}`) ? [`${path} --${name}`] : [],
    ),
  );
}

/** In single quotes, as all three shells understand it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

// bash: a table in a function, and a walk over the words.

function bash(commands: Commands): string {
  const rows = [
    ...groups(commands).map((group): [string, string] => [
      `${group.path} 1`.trim(),
      `words ${[...group.commands.map(({ name }) => name), ...(group.path === "" ? ["help"] : [])].join(" ")}`,
    ]),
    ["help 1", `words ${commands.map(({ name }) => name).join(" ")}`] as [string, string],
    [" -", "words --help --version"] as [string, string],
    ...withPaths(commands).flatMap(({ path, command }): [string, string][] => {
      const options = optionsOf(command.parameters);
      const operands = rowsOf(command.parameters, "operands");
      return [
        [`${path} -`, `words ${[...options.map(([name]) => `--${name}`), "--help"].join(" ")}`],
        ...options.flatMap(([name, row]): [string, string][] =>
          row.kind === "flag" ? [] : [[`${path} --${name}`, bashRow(row)]],
        ),
        ...operands.map(([, row], index): [string, string] => [`${path} ${index + 1}`, bashRow(row)]),
        // The last one may be repeated.
        ...operands
          .slice(-1)
          .flatMap(([, row]): [string, string][] =>
            row.operand === "many" || row.operand === "any" ? [[`${path} more`, bashRow(row)]] : [],
          ),
      ];
    }),
  ];
  const cases = rows
    .filter(([, row]) => row !== "")
    .map(([key, row]) => `    ${quoted(key)}) row=${quoted(row)} ;;`)
    .join("\n");
  return `# Completion of sopm for bash. Made by: sopm completion bash

_sopm_row() {
  row=
  case $1 in
${cases}
  esac
}

_sopm() {
  local cur=\${COMP_WORDS[COMP_CWORD]} valued=${quoted(` ${optionsWithValue(commands).join(" ")} `)}
  local flags=${quoted(`,${flagsAllTheSame(commands).join(",")},`)}
  local command= group= option= only= word row operand=1 i IFS=$' \\t\\n'
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ -n $option ]]; then
      # --option=value comes as three words.
      [[ $word == = ]] || option=
    elif [[ -z $only && $word == -- ]]; then
      only=1
    elif [[ -z $only && $word == -* ]]; then
      [[ $valued == *" $word "* && $flags != *",$command $word,"* ]] && option=$word
    elif [[ -z $command ]]; then
      command=$word group=${groups(commands)
        .filter(({ path }) => path !== "")
        .map(({ path }) => `\n      [[ $word == ${path} ]] && group=1`)
        .join("")}
    elif [[ -n $group ]]; then
      command="$command $word" group=
    else
      ((operand++))
    fi
  done
  COMPREPLY=()
  [[ $cur == = ]] && cur=
  if [[ -n $option ]]; then
    _sopm_row "$command $option"
  elif [[ -z $only && $cur == -* ]]; then
    _sopm_row "$command -"
  elif [[ -z $command ]]; then
    _sopm_row 1
  else
    _sopm_row "$command $operand"
    [[ -z $row ]] && _sopm_row "$command more"
  fi
  case $row in
    'words '*) COMPREPLY=($(compgen -W "\${row#words }" -- "$cur")) ;;
    folders | files*)
      # A line is a name, whatever is in it.
      local IFS=$'\\n'
      compopt -o filenames 2>/dev/null
      local found=($(set -f; compgen -d -- "$cur"))
      if [[ $row == files ]]; then
        found=($(set -f; compgen -f -- "$cur"))
      elif [[ $row == files* ]]; then
        for word in $(set -f; compgen -f -- "$cur"); do
          [[ " \${row#files } " == *" \${word##*.} "* && ! -d $word ]] && found+=("$word")
        done
      fi
      COMPREPLY=("\${found[@]}")
      ;;
  esac
}

complete -F _sopm sopm
`;
}

function bashRow({ kind, choices, endings }: Parameter): string {
  if (choices) return `words ${choices.join(" ")}`;
  if (kind === "folder") return "folders";
  return kind === "file" ? ["files", ...(endings ?? [])].join(" ") : "";
}

// zsh: its own function for arguments does the rest.

function zsh(commands: Commands, translate: Translate): string {
  const functions = groups(commands).map(({ path, commands: below }) => {
    const name = ["_sopm", path].filter((word) => word !== "").join("_");
    const described = below
      .map(({ name, summary }) => `    ${quoted(`${name}:${translate(summary)}`)}`)
      .join("\n");
    const cases = below
      .map((each) =>
        "commands" in each
          ? `        ${each.name}) _sopm_${each.name} ;;`
          : `        ${each.name})\n          _arguments -S \\\n${zshRows(each, translate)
              .map((row) => `            ${quoted(row)}`)
              .join(" \\\n")}\n          ;;`,
      )
      .join("\n");
    return `${name}() {
  local curcontext=$curcontext state line
  local -A opt_args
  local -a commands=(
${described}
  )
  _arguments -C -A '-*' '--help[${translate("Show help")}]' '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $words[1] in
${cases}
      esac
      ;;
  esac
}
`;
  });
  return `#compdef sopm
# Completion of sopm for zsh. Made by: sopm completion zsh

${functions.join("\n")}
# Called when it was found in a folder of fpath, and only told about when it was sourced.
if [[ $funcstack[1] == _sopm ]]; then
  _sopm "$@"
else
  compdef _sopm sopm
fi
`;
}

function zshRows({ parameters }: Command, translate: Translate): string[] {
  const plain = (text: string) => text.replace(/[\\[\]:]/g, "\\$&");
  const options = optionsOf(parameters).map(([name, row]) => {
    const again = row.repeatable ? "*" : "";
    const text = plain(textOf(row, translate));
    return row.kind === "flag"
      ? `--${name}[${text}]`
      : `${again}--${name}=[${text}]:${plain(wordOf(row, translate))}:${zshAction(row)}`;
  });
  const operands = rowsOf(parameters, "operands").map(([, row], index) => {
    const place = { one: `${index + 1}:`, optional: `${index + 1}::`, many: "*:", any: "*:" }[row.operand!];
    return `${place}${plain(wordOf(row, translate))}:${zshAction(row)}`;
  });
  return [...options, ...operands];
}

function wordOf({ placeholder }: Parameter, translate: Translate): string {
  return placeholder === undefined ? translate("one of") : translate(placeholder);
}

function zshAction({ kind, choices, endings }: Parameter): string {
  if (choices) return `(${choices.join(" ")})`;
  if (kind === "folder") return "_files -/";
  if (kind !== "file") return " ";
  // One ending alone in parentheses would be a qualifier.
  const pattern = endings?.length === 1 ? endings[0] : `(${endings?.join("|")})`;
  return endings ? `_files -g "*.${pattern}"` : "_files";
}

// fish: a row for each option, with the condition under which it holds.

function fish(commands: Commands, translate: Translate): string {
  const isText = (text: string) => `'${text.replace(/[\\']/g, "\\$&")}'`;
  const line = (path: string, operand: string, rest: string) =>
    `complete -c sopm -n ${isText(`__sopm_at '${path}' ${operand}`)} ${rest}`;
  const lines = [
    ...groups(commands).flatMap(({ path, commands: below }) =>
      below.map(({ name, summary }) => line(path, "1", `-a ${name} -d ${isText(translate(summary))}`)),
    ),
    ...withPaths(commands).flatMap(({ path, command: { parameters } }) => [
      ...optionsOf(parameters).map(([name, row]) =>
        line(
          path,
          "any",
          `-l ${name} ${fishValue(row)} -d ${isText(textOf(row, translate))}`.replace(/ {2,}/g, " "),
        ),
      ),
      ...rowsOf(parameters, "operands").flatMap(([, row], index) => {
        const value = fishValue(row).replace(/^-x /, "");
        const more = row.operand === "many" || row.operand === "any" ? "+" : "";
        return value === "-x" ? [] : [line(path, `${index + 1}${more}`, value)];
      }),
    ]),
  ];
  return `# Completion of sopm for fish. Made by: sopm completion fish

# True behind the words of a command, where the operand of this number is to come; a number with + means it and all behind.
function __sopm_at --argument-names path number
    set -l words (commandline -opc)
    set -e words[1]
    set -l command
    set -l operand 1
    set -l value no
    for word in $words
        if test $value = yes
            set value no
        else if string match -q -- '-*' $word
            contains -- $word ${optionsWithValue(commands).join(" ")}
            and not contains -- "$command $word" ${flagsAllTheSame(commands).map(isText).join(" ")}
            and set value yes
        else if test -z "$command"; or contains -- "$command" ${groups(commands)
          .filter(({ path }) => path !== "")
          .map(({ path }) => path)
          .join(" ")}
            set command (string trim -- "$command $word")
        else
            set operand (math $operand + 1)
        end
    end
    test "$command" = "$path"; or return 1
    switch $number
        case any
            return 0
        case '*+'
            test $operand -ge (string trim -r -c + -- $number)
        case '*'
            test $operand -eq $number
    end
end

# Folders, and files with one of these endings.
function __sopm_files
    set -l token (commandline -ct)
    __fish_complete_directories $token
    for path in $token*
        for ending in $argv
            string match -q -- "*.$ending" $path; and test -f $path; and echo $path
        end
    end
end

complete -c sopm -f
complete -c sopm -l help -d ${isText(translate("Show help"))}
${lines.join("\n")}
`;
}

function fishValue({ kind, choices, endings }: Parameter): string {
  if (kind === "flag") return "";
  if (choices) return `-x -a '${choices.join(" ")}'`;
  if (kind === "folder") return "-x -a '(__fish_complete_directories (commandline -ct))'";
  if (kind !== "file") return "-x";
  return endings ? `-x -a '(__sopm_files ${endings.join(" ")})'` : "-r -F";
}
