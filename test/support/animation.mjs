// Puts screenshots one behind the other into an animated WebP, each frame only where it differs from the one before.

/**
 * @param context a browser context of Playwright: the browser is what can write WebP
 * @param frames `png` (bytes) and `ms`, how long it is shown; all of one size
 * @returns the bytes of the file, which is played again and again
 */
export async function animated(context, frames) {
  const page = await context.newPage();
  await page.evaluate(() => {
    globalThis.before = undefined;
  });
  const parts = [];
  let size;
  for (const { png, ms } of frames) {
    const part = await page.evaluate(changedPart, `data:image/png;base64,${png.toString('base64')}`);
    size ??= part;
    // What stays as it is is shown for longer.
    if (part.bytes === undefined) parts.at(-1).ms += ms;
    else parts.push({ ...part, ms, bytes: Buffer.from(part.bytes) });
  }
  await page.close();
  const head = Buffer.alloc(10);
  head.writeUInt8(ANIMATION, 0);
  head.writeUIntLE(size.width - 1, 4, 3);
  head.writeUIntLE(size.height - 1, 7, 3);
  // No background, and no end of the loop.
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    chunk('VP8X', head),
    chunk('ANIM', Buffer.alloc(6)),
    ...parts.map(frameChunk),
  ]);
  return chunk('RIFF', body);
}

/** Flag of VP8X, and of ANMF that a frame takes the place of what was there (WebP container specification). */
const ANIMATION = 0x02;
const NO_BLENDING = 0x02;

function frameChunk({ x, y, width, height, ms, bytes }) {
  const head = Buffer.alloc(16);
  head.writeUIntLE(x / 2, 0, 3);
  head.writeUIntLE(y / 2, 3, 3);
  head.writeUIntLE(width - 1, 6, 3);
  head.writeUIntLE(height - 1, 9, 3);
  head.writeUIntLE(ms, 12, 3);
  head.writeUInt8(NO_BLENDING, 15);
  return chunk('ANMF', Buffer.concat([head, pictureOf(bytes)]));
}

/** The chunk with the picture, without what is around it in a file of its own. */
function pictureOf(file) {
  for (let at = 12; at < file.length; ) {
    const length = 8 + file.readUInt32LE(at + 4);
    const padded = length + (length % 2);
    if (/^VP8[ L]$/.test(file.toString('latin1', at, at + 4))) return file.subarray(at, at + padded);
    at += padded;
  }
  throw new Error('The browser wrote no picture.');
}

function chunk(name, data) {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

/** Runs in the browser: the smallest rectangle around what differs, at even places, as the format has them. */
async function changedPart(source) {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const drawing = canvas.getContext('2d', { alpha: false });
  drawing.drawImage(image, 0, 0);
  const { data, width, height } = drawing.getImageData(0, 0, image.width, image.height);
  const pixels = new Uint32Array(data.buffer);
  const { before } = globalThis;
  globalThis.before = pixels;
  let [left, top, right, bottom] = before === undefined ? [0, 0, width, height] : [width, height, 0, 0];
  for (let index = 0; before !== undefined && index < pixels.length; index++) {
    if (pixels[index] === before[index]) continue;
    const [column, row] = [index % width, Math.floor(index / width)];
    left = Math.min(left, column);
    top = Math.min(top, row);
    right = Math.max(right, column + 1);
    bottom = Math.max(bottom, row + 1);
  }
  if (right <= left) return { width, height };
  left -= left % 2;
  top -= top % 2;
  const part = new OffscreenCanvas(right - left, bottom - top);
  part.getContext('2d', { alpha: false }).drawImage(canvas, -left, -top);
  const blob = await part.convertToBlob({ type: 'image/webp', quality: 0.6 });
  return {
    x: left,
    y: top,
    width: part.width,
    height: part.height,
    bytes: [...new Uint8Array(await blob.arrayBuffer())],
  };
}
