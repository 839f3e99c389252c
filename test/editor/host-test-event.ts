/** One line of the file that tests inside the extension host report to. */
export type HostTestEvent =
  | { readonly event: "pass"; readonly title: string; readonly milliseconds: number }
  | { readonly event: "fail"; readonly title: string; readonly error: string }
  | { readonly event: "pending"; readonly title: string }
  | { readonly event: "end"; readonly failures: number; readonly vscode: string; readonly node: string };

/** The variable that names this file to the tests. */
export const resultsVariable = "SOPM_HOST_TEST_RESULTS";
