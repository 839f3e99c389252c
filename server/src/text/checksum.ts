/**
 * A short text that is the same for the same text, and most likely another one for another. It keeps nobody from making
 * two texts that share it.
 */
export function checksum(text: string): string {
  let one = 0x9e3779b9;
  let two = 0x85ebca6b;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 2654435761);
    two = Math.imul(two ^ unit, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return `${(one >>> 0).toString(36)}${(two >>> 0).toString(36)}-${text.length.toString(36)}`;
}
