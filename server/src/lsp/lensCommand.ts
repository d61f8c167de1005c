import type { ArnOfferKind, CodeLens } from '../core/index';
import { toRange } from './convert';
import type { Snapshot } from './documents';

/** What an offer about an ARN is called, what it does in more words, and which command of the client it runs. */
const LENSES: Readonly<
  Record<ArnOfferKind, { readonly title: string; readonly tooltip: string; readonly command: string }>
> = {
  'invalidate-cache': {
    title: 'Invalidate cache',
    tooltip: 'Invalidate the cached response for this ARN',
    command: 'apiGateway.invalidateCache',
  },
  'who-may-invalidate': {
    title: 'Who may invalidate?',
    tooltip: 'Show who may invalidate the cached response for this ARN',
    command: 'iamPolicy.whoMayInvalidate',
  },
  explain: {
    title: 'Explain',
    tooltip: 'Explain each segment of this ARN',
    command: 'iamPolicy.explainArn',
  },
};

/** All these commands take the argument that `apiGateway.invalidateCache` documents. */
export function lensCommand({ text }: Snapshot, lens: CodeLens) {
  const { start } = toRange(text, lens.span);
  return { ...LENSES[lens.kind], arguments: [{ uri: text.uri, position: start }] };
}
