import {
  type DocumentInput,
  type Edit,
  joinKnowledge,
  type LanguageService,
  markdown,
  readContext,
  readKnowledge,
  readQuestions,
  readUses,
  type Span,
} from '../../server/src/core/index';
import type { Answer } from '../support/everyFeature';
import type { Random } from './random';

/** What a person might type where a name or a pattern is asked for. */
const NAMES: readonly string[] = ['Read', '', '__proto__', 'a b', '"', '\ud800', '\u202ex', '1'.repeat(200)];

/** What searches for differences, asked by a command and not while somebody types: its steps are bounded, not its text. */
export const COMPARING = 'comparing';

/** An edit of another text than the document's. */
export interface OtherText {
  readonly feature: string;
  readonly text: string;
  readonly edits: readonly Edit[];
}

export type OtherAnswer = Answer | OtherText;

/**
 * Asks what takes more than a document and an offset: names, patterns, other documents, and the file read as a
 * configuration, a definition of an API, a module of Terraform, questions or a context. Throws what a feature throws.
 *
 * @param other a document to compare this one with
 */
export function* otherFeatures(
  service: LanguageService,
  input: DocumentInput,
  other: DocumentInput,
  random: Random,
): Generator<OtherAnswer> {
  const { text } = input;
  const document = service.open(input);
  const offset = random.below(text.length + 1);
  const span: Span = { start: offset, end: Math.min(text.length, offset + random.below(50)) };
  const said = stringsIn(text);
  const pattern = said.length === 0 || random.chance(0.2) ? random.pick(NAMES) : random.pick(said);

  yield* renaming(service, input, random);
  yield* suppressing(service, input, pattern);

  service.asksForModule(document, span, () => true);
  yield answer('terraform', { texts: service.terraformTexts(document).map(({ title }) => title) });
  readUses(input.language === 'json' ? 'main.tf.json' : 'main.tf', text);
  readQuestions(text, input.language);
  const context = readContext(text);
  if ('problem' in context) {
    yield answer('context', { texts: [context.problem], spans: [at(context.offset)] });
  }

  service.actionsReport(pattern);
  service.actionPatternText(pattern);
  service.arnReport(service.explainArn(pattern));
  service.invalidationDraftOf(pattern);
  markdown.code(pattern);

  const uri = `file:///workspace/file.${/^(?:json|yaml)/.test(input.language) ? input.language : 'tf'}`;
  const knowledge = joinKnowledge([[uri, readKnowledge(uri, text)]]);
  service.lint(document, { knowledge });
  service.invalidatableApis(knowledge.apis, random.chance(0.5) ? pattern : undefined);
  const route = service.routeAround(text, offset, knowledge.apis);
  if (route !== undefined) {
    service.invalidationChoices(service.routeDraft(route), knowledge);
  }

  const { actions, resources, principals } = service.questionChoices([document]);
  const request = {
    action: actions.length === 0 ? pattern : random.pick(actions),
    resource: resources.length === 0 ? pattern : random.pick(resources),
    principal: principals[0],
    ...('context' in context ? { context: context.context } : {}),
  };
  service.allowsEachWay([document], request);
  yield answer('others', {});
  service.granted([document], { onlyPublic: random.chance(0.5), action: actions[0] });
  yield answer(COMPARING, {});
  if (random.chance(0.3)) {
    const against = service.open(other);
    service.compare([document], [against]);
    service.changeReport(document, against, { against: pattern, refusals: [pattern] });
    yield answer(COMPARING, {});
  }
}

/** Each Sid that can have another name, and what becomes of a name that nobody would give. */
function* renaming(service: LanguageService, input: DocumentInput, random: Random): Generator<OtherAnswer> {
  const document = service.open(input);
  const sids = document.policies.flatMap(({ statements }) =>
    statements.flatMap(({ sid }) => (sid === undefined ? [] : [sid.span.start + 1])),
  );
  const offset = sids.length === 0 ? random.below(input.text.length + 1) : random.pick(sids);
  const renamable = service.renamableAt(document, offset);
  yield answer('rename', {
    texts: [renamable?.name],
    spans: renamable === undefined ? [] : [renamable.span],
  });
  const renamed = service.renameSid(document, offset, random.pick(NAMES));
  yield answer('rename', 'edits' in renamed ? { edits: [renamed.edits] } : { texts: [renamed.problem] });
}

/** Comments that suppress a finding, and the text as a configuration that does. */
function* suppressing(
  service: LanguageService,
  input: DocumentInput,
  pattern: string,
): Generator<OtherAnswer> {
  const document = service.open(input);
  const { findings } = service.lint(document);
  for (const finding of findings.slice(0, 3)) {
    const edit = service.commentEdit(document, finding);
    yield answer('comment', { edits: edit === undefined ? [] : [[edit]] });
  }
  const { text } = input;
  const config = service.readConfig(text, [{ rule: pattern, severity: 'off' }]);
  yield answer('configuration', { spans: config.findings.map(({ span }) => span) });
  service.lint(document, { configured: { config, path: 'policy.json' } });
  service.unusedSuppressions({
    config,
    files: [{ path: 'policy.json', place: undefined, ...input }],
  });
  service.unknownRule(pattern);
  const rule = findings[0]?.rule ?? pattern;
  const target = { rule, files: pattern, sid: pattern };
  yield { feature: 'suppress', text, edits: service.suppressionEdits(text, target) ?? [] };
  yield { feature: 'severity', text, edits: service.severityEdits(text, { rule, severity: 'off' }) ?? [] };
}

function answer(feature: string, parts: Partial<Omit<Answer, 'feature'>>): Answer {
  return { feature, texts: [], spans: [], edits: [], ...parts };
}

function at(offset: number): Span {
  return { start: offset, end: offset };
}

function stringsIn(text: string): readonly string[] {
  return [...text.matchAll(/["']([^"'\n]{1,200})["']/g)].flatMap(([, inside]) => inside ?? []);
}
