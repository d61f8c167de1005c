/** In the order in which they stand above an ARN. */
export const arnOfferKinds = ['invalidate-cache', 'who-may-invalidate', 'explain'] as const;

export type ArnOfferKind = (typeof arnOfferKinds)[number];

/** The last one stands above statements that changed (`compare/statementChanges.ts`). */
export const codeLensKinds = [...arnOfferKinds, 'changes'] as const;

export type CodeLensKind = (typeof codeLensKinds)[number];
