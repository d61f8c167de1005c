import {
  codeLensKinds,
  type DocumentInput,
  type Edit,
  type HoverWorkspace,
  type InlayHintKind,
  type LanguageService,
  type Span,
} from '../../server/src/core/index';

const HINTS: ReadonlySet<InlayHintKind> = new Set(['actions', 'region']);

/** What a feature said of a document. */
export interface Answer {
  readonly feature: string;
  /** For people: messages, labels, titles, Markdown. */
  readonly texts: readonly (string | undefined)[];
  /** In the document. */
  readonly spans: readonly Span[];
  /** Each list can be applied to the document by itself. */
  readonly edits: readonly (readonly Edit[])[];
}

/**
 * Asks every feature of the language service about a document: those about the whole once, those about a place at each
 * of the offsets. Throws what a feature throws, and where a rule failed.
 */
export function* everyFeature(
  service: LanguageService,
  input: DocumentInput,
  offsets: Iterable<number>,
  workspace?: HoverWorkspace,
): Generator<Answer> {
  const knowledge = workspace?.knowledge;
  const document = service.open(input);
  const whole: Span = { start: 0, end: input.text.length };
  const { findings, failures } = service.lint(document, { knowledge });
  const [failure] = failures;
  if (failure !== undefined) {
    throw new Error(`The rule ${failure.rule} failed`, { cause: failure.error });
  }
  const answer = (feature: string, parts: Partial<Omit<Answer, 'feature'>>): Answer => ({
    feature,
    texts: parts.texts ?? [],
    spans: parts.spans ?? [],
    edits: parts.edits ?? [],
  });
  const fixes = findings.flatMap((finding) => finding.fixes);
  yield answer('lint', {
    texts: [...findings.map(({ message }) => message), ...fixes.map(({ title }) => title)],
    spans: findings.map(({ span }) => span),
    edits: fixes.map((fix) => fix.edits()),
  });
  const actions = service.codeActions(document, whole, findings, () => true);
  yield answer('code actions', {
    texts: actions.map(({ title }) => title),
    edits: actions.map((action) => action.edits()),
  });
  yield answer('sort', { edits: [service.sortEdits(document)] });
  const symbols = service.documentSymbols(document);
  yield answer('symbols', {
    texts: symbols.flatMap(({ name, detail }) => [name, detail]),
    spans: symbols.map(({ span }) => span),
  });
  yield answer('folding', { spans: service.foldingSpans(document) });
  const links = service.documentLinks(document);
  yield answer('links', { texts: links.map(({ title }) => title), spans: links.map(({ span }) => span) });
  const hints = service.inlayHints(document, whole, HINTS);
  yield answer('hints', {
    texts: hints.flatMap(({ label, text }) => [label, service.actionPatternText(text)]),
    spans: hints.map(({ offset }) => ({ start: offset, end: offset })),
  });
  yield answer('tokens', { spans: service.semanticTokens(document).map(({ span }) => span) });
  const lenses = service.codeLenses(document).filter(({ kind }) => codeLensKinds.includes(kind));
  yield answer('lenses', { spans: lenses.map(({ span }) => span) });
  const refusals = service.refusals(document);
  yield answer('refusals', { texts: refusals.map(({ message }) => message) });
  for (const policy of document.policies) {
    service.policySize(policy);
  }
  for (const offset of offsets) {
    const hover = service.hover(document, offset, workspace);
    const explanation = service.explainArnAt(document, offset);
    yield answer('hover', {
      texts: [hover?.contents, explanation && service.arnReport(explanation)],
      spans: hover === undefined ? [] : [hover.span],
    });
    const { items } = service.completions(document, offset, { snippets: 'plain', knowledge });
    yield answer('completion', {
      texts: items.flatMap(({ label, detail, documentation }) => [
        label,
        detail,
        documentation === undefined ? undefined : service.completionDocumentation(documentation),
      ]),
      edits: items.map(({ edit, additionalEdits }) => [edit, ...additionalEdits]),
    });
    yield answer('selection', { spans: service.selectionSpans(document, offset) });
    yield answer('highlights', {
      spans: (service.highlights(document, offset) ?? []).map(({ span }) => span),
    });
    const at = { start: offset, end: offset };
    service.arnOffers(document, at);
    const inserted = service.insertInvalidateCache(document, at);
    yield answer('insert', {
      texts: inserted.map(({ title }) => title),
      edits: inserted.map((action) => action.edits()),
    });
    if (knowledge !== undefined) {
      service.routesAt(document, offset, knowledge);
    }
    const draft = service.invalidationDraftAt(document, offset);
    if (draft !== undefined && knowledge !== undefined) {
      const choices = service.invalidationChoices(draft, knowledge);
      yield answer('draft', { texts: Object.values(choices).flat() });
    }
    yield* aboutGrants(service, input, offset, answer);
  }
}

/** What the open policies allow, asked of what they themselves name. */
function* aboutGrants(
  service: LanguageService,
  input: DocumentInput,
  offset: number,
  answer: (feature: string, parts: Partial<Omit<Answer, 'feature'>>) => Answer,
): Generator<Answer> {
  const document = service.open(input);
  const { actions, resources, principals } = service.questionChoices([document], { document, offset });
  const [action = 's3:GetObject'] = actions;
  const [resource = 'arn:aws:s3:::b/k'] = resources;
  const request = { action, resource, principal: principals[0] };
  const { hinges } = service.allows([document], request);
  yield answer('allows', {
    texts: [...hinges.map(({ text }) => text), ...service.questionDoubts(request)],
  });
  const grants = service.grants([document], request);
  yield answer('grants', {
    texts: grants.map(({ title }) => title),
    edits: grants.flatMap(({ changes }) => changes.map(({ edits }) => edits)),
  });
  service.preflight(document, resource);
  yield answer('standings', {
    texts: service
      .whoMayInvalidate(document, resource)
      .flatMap(({ callers }) => callers.map(({ principal }) => principal)),
  });
}
