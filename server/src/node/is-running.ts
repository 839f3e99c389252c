/** Whether there is a process of this number here, whoever runs it. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // It is there, but of another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
