import { createLanguageService, type PolicyDocument } from '../../server/src/core/index';
import { loadIamData } from '../support/iamData';
import { policyOf } from './documents';
import { collectGarbage, processorMs } from './measure';

/** What one command costs at growing sizes, on documents of which no statement was read before. */
export interface QuestionCost {
  readonly name: string;
  /** Milliseconds of processor time by the number of statements. */
  readonly times: readonly number[];
  /** By which power of the size the time grows from the first size to the last. */
  readonly exponent: number;
}

export const QUESTION_SIZES: readonly number[] = [250, 1_000, 4_000];

const service = createLanguageService({ iamData: loadIamData() });
let seed = 1_000;

const QUESTION = { action: 'ec2:DescribeTags', resource: '*' };
const OBJECT = { action: 's3:GetObject', resource: 'arn:aws:s3:::team-13-data/x' };

const COMMANDS: readonly (readonly [
  name: string,
  ask: (document: PolicyDocument, after: PolicyDocument) => unknown,
])[] = [
  ['allows, with conditions', (document) => service.allowsEachWay([document], QUESTION)],
  ['allows, and what would grant it', (document) => service.grants([document], OBJECT)],
  ['what AWS refuses', (document) => service.refusals(document)],
  ['never', (document) => service.granted([document], { action: 's3:DeleteObject', onlyPublic: false })],
  ['who', (document) => service.granted([document], { ...OBJECT, onlyPublic: false })],
  ['public', (document) => service.granted([document], { onlyPublic: true })],
  ['compare', (document, after) => service.compare([document], [after])],
];

/** Asks each command once at each size after a warm-up at the smallest. */
export function questionCosts(): readonly QuestionCost[] {
  return COMMANDS.map(([name, ask]) => {
    const time = (size: number): number => {
      seed += 1;
      const text = policyOf(size, seed);
      const override = name === 'public' ? { override: { policyType: 'resource' as const } } : {};
      const document = service.open({ text, language: 'json', ...override });
      const after = service.open({ text: text.replace('"s3:GetObject"', '"s3:Get*"'), language: 'json' });
      collectGarbage();
      return processorMs(() => ask(document, after));
    };
    time(QUESTION_SIZES[0] ?? 1);
    time(QUESTION_SIZES[0] ?? 1);
    const times = QUESTION_SIZES.map((size) => Math.min(time(size), time(size)));
    const [first = 1] = times;
    const last = times.at(-1) ?? 1;
    const exponent =
      Math.log(last / first) / Math.log((QUESTION_SIZES.at(-1) ?? 1) / (QUESTION_SIZES[0] ?? 1));
    return { name, times, exponent };
  });
}
