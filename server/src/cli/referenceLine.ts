import type { CliIo } from './io';

/** From which day the service reference is, and how old that makes it. Reads the index alone, and
 * nothing that would have to be loaded for it. */
export function referenceLine(io: CliIo): string {
  let date: string | undefined;
  try {
    const assets = io.iamDataAssets();
    date = assets === undefined ? undefined : (JSON.parse(assets.index) as { readonly date: string }).date;
  } catch {
    // What cannot be read is none; commands that need it say why.
  }
  if (date === undefined) {
    return 'no service reference';
  }
  const days = Math.max(0, Math.floor((io.today().getTime() - Date.parse(`${date}T00:00:00Z`)) / DAY_MS));
  return `service reference of ${date}, ${days === 1 ? '1 day' : `${days} days`} old`;
}

const DAY_MS = 24 * 60 * 60 * 1000;
