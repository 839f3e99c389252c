/** A task of type `sopm` as it stands in tasks.json, which may say anything; relative paths start at the workspace folder. */
export interface TaskDefinition {
  readonly type: string;
  readonly command?: unknown;
  readonly spec?: unknown;
  readonly folder?: unknown;
  /** Of a dry run. */
  readonly operation?: unknown;
  /** Of a dry run, in place of the operation. */
  readonly scenario?: unknown;
  /** As `sopm` takes them. Builds have none. */
  readonly options?: unknown;
  /** Of a build. */
  readonly outputFolder?: unknown;
  /** Of a build. */
  readonly force?: unknown;
}

/** The commands of the command line that are tasks, with what stands behind the options. */
const operands: Readonly<Record<string, (task: TaskDefinition) => readonly (string | undefined)[]>> = {
  lint: packagesOf,
  "dry-run": (task) => [
    text(task.scenario) === undefined ? (text(task.operation) ?? "install") : undefined,
    text(task.spec),
  ],
  test: packagesOf,
  index: ({ folder }) => [text(folder) ?? "."],
};

/** What a task can do. */
export const taskCommands: readonly string[] = ["build", ...Object.keys(operands)];

/**
 * What `sopm` is called with for a task; undefined when the task is none of the command line. What stands in the task in
 * place of a text is left out, as if it were not there; the command line says what it cannot do without.
 */
export function commandWords(task: TaskDefinition): readonly string[] | undefined {
  const command = text(task.command);
  if (command === undefined || !Object.hasOwn(operands, command)) return undefined;
  const scenario = command === "dry-run" ? text(task.scenario) : undefined;
  const options: readonly unknown[] = Array.isArray(task.options) ? task.options : [];
  const words = [
    command,
    scenario === undefined ? undefined : `--scenario=${scenario}`,
    ...options.map(text),
    // What follows is no option, however it is spelled.
    "--",
    ...operands[command]!(task),
  ];
  return words.filter((word) => word !== undefined);
}

function packagesOf({ spec, folder }: TaskDefinition): readonly string[] {
  return [text(spec) ?? text(folder) ?? "."];
}

/** A text of a task; undefined where there is none. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
