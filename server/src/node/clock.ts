/** The local date as "YYYY-MM-DD". */
export function today(): string {
  return now().slice(0, 10);
}

/** The local date and time as "YYYY-MM-DD hh:mm:ss". */
export function now(): string {
  const date = new Date();
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace("T", " ");
}
