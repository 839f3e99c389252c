export { type Operation, operations } from "../protocol/operations.ts";

/**
 * Who asks: the package manager itself, its console command or the admin screen, which check more than it does.
 *
 * @source Znuny 7.1 and OTOBO 11, Kernel::System::Package, Admin::Package::*, AdminPackageManager
 */
export const entrances = ["api", "console", "admin"] as const;
export type Entrance = (typeof entrances)[number];
