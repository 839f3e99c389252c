import type { BuildStamp } from "../builder/archive-part.ts";
import type { BuildMode } from "../builder/build-mode.ts";
import { type Release, switchesOf } from "../dialect/switches.ts";
import { inUtc } from "../host/clock.ts";
import { PackageError } from "../host/package-error.ts";
import type { World } from "../host/world.ts";

/** What somebody wants to stand in an archive about its building. */
export interface StampWishes {
  readonly mode: BuildMode;
  /** "YYYY-MM-DD hh:mm:ss"; absent or empty for `SOURCE_DATE_EPOCH`, else now. */
  readonly stampDate?: string | undefined;
  /** Absent or empty for the name of this machine. */
  readonly stampHost?: string | undefined;
}

/**
 * The build data of an archive, whoever builds it and wherever it goes. Frameworks write the time in their own time zone,
 * which is UTC unless set otherwise (OTRS 6 and later), or in that of the machine; `opmbuild` in that of the machine.
 *
 * @throws PackageError when `SOURCE_DATE_EPOCH` counts and is no number of seconds
 */
export function buildStamp(
  { mode, stampDate, stampHost }: StampWishes,
  release: Release,
  { clock, machine }: Pick<World, "clock" | "machine">,
): BuildStamp {
  const host = stampHost || machine.name();
  if (stampDate) return { date: stampDate, host };
  const epoch = machine.variable("SOURCE_DATE_EPOCH");
  if (epoch) {
    // To go on with the present time would make archives differ without anybody noticing.
    if (!/^\d{1,11}$/.test(epoch)) throw new PackageError("stamp-invalid", { value: epoch });
    return { date: inUtc(new Date(Number(epoch) * 1000)), host };
  }
  const isLocal = mode === "opmbuild" || switchesOf(release).buildDateIsLocal;
  return { date: isLocal ? clock.now() : clock.nowInUtc(), host };
}
