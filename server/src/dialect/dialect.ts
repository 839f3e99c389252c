/** The families of package formats, oldest first in each line. */
export const dialectIds = [
  "otrs-legacy",
  "otrs-5",
  "otrs-6",
  "otrs-8",
  "znuny-6",
  "znuny-7",
  "otobo-10",
  "otobo-11",
] as const;

export type DialectId = (typeof dialectIds)[number];
