/** Browsers make no larger pictures of points, in pixels of a side and in all. */
const most = { side: 16_000, all: 100_000_000 };

/**
 * A picture of points, twice as fine as the screen where that is not too large.
 *
 * @param svg the text of a file
 * @returns PNG in Base64
 * @throws where the browser cannot make it
 */
export async function drawPng(svg: string): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${base64(svg)}`;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = Math.min(2, most.side / width, most.side / height, Math.sqrt(most.all / (width * height)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.floor(width * scale));
  canvas.height = Math.max(1, Math.floor(height * scale));
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
}

function base64(text: string): string {
  let bytes = "";
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}
