import { PackageError } from "./package-error.ts";
import { isBelow, readWebAddress } from "./web-address.ts";

/** A header that is sent to the addresses below one. Its value is a secret: it is shown nowhere. */
export interface AddressHeader {
  readonly address: string;
  readonly key: string;
  readonly value: string;
}

/**
 * Reads headers for addresses, a line for each, such as `https://packages.example.com/znuny Authorization: Bearer …`.
 * Empty lines and those that begin with `#` say nothing.
 *
 * @param place what is named when a line is wrong; the line itself is not, as it has a secret in it
 * @throws PackageError when one cannot be read
 */
export function readAddressHeaders(text: string, place: string): readonly AddressHeader[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (/^\s*(?:#|$)/.test(line)) return [];
    const [, address = "", key = "", value = ""] = /^\s*(\S+)\s+([^\s:]+):\s*(.*?)\s*$/.exec(line) ?? [];
    const header = { address, key, value };
    if (!isAddress(address) || !isSendable(header))
      throw new PackageError("web-headers", { place, line: index + 1 });
    return [header];
  });
}

function isAddress(text: string): boolean {
  try {
    return readWebAddress(text) !== undefined;
  } catch {
    return false;
  }
}

/** What belongs to the connection, and what would make two requests of one, is nobody's to send. */
function isSendable({ key, value }: Pick<AddressHeader, "key" | "value">): boolean {
  return (
    /^[\w!#$%&'*+.^`|~-]+$/.test(key) &&
    !/^(?:host|connection|content-.*|transfer-encoding|te|trailer|upgrade|expect|proxy-.*|keep-alive|if-.*|range|accept-encoding)$/i.test(
      key,
    ) &&
    value !== "" &&
    /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
  );
}

/** The headers that go to an address. Of several for one name the last one counts. */
export function headersFor(url: URL, headers: readonly AddressHeader[]): Record<string, string> {
  const sent = headers.filter(
    (each) => isSendable(each) && URL.canParse(each.address) && isBelow(url, new URL(each.address)),
  );
  return Object.fromEntries(sent.map(({ key, value }) => [key, value]));
}
