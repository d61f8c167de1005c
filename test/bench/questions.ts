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

export const QUESTION_SIZES: readonly number[] = [500, 2_000, 8_000];

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

/**
 * Asks each command at each size after a warm-up at the smallest: of small documents so many that all sizes have as many
 * statements, since one of them alone would leave no garbage that has to be collected.
 */
export function questionCosts(): readonly QuestionCost[] {
  const [smallest = 1] = QUESTION_SIZES;
  const largest = QUESTION_SIZES.at(-1) ?? 1;
  return COMMANDS.map(([name, ask]) => {
    const opened = (size: number): readonly [PolicyDocument, PolicyDocument] => {
      seed += 1;
      const text = policyOf(size, seed);
      const override = name === 'public' ? { override: { policyType: 'resource' as const } } : {};
      return [
        service.open({ text, language: 'json', ...override }),
        service.open({ text: text.replace('"s3:GetObject"', '"s3:Get*"'), language: 'json' }),
      ];
    };
    const time = (size: number, count: number): number => {
      const documents = Array.from({ length: count }, () => opened(size));
      collectGarbage();
      return (
        processorMs(() => {
          for (const [document, after] of documents) {
            ask(document, after);
          }
        }) / count
      );
    };
    time(smallest, 4);
    const times = QUESTION_SIZES.map((size) => {
      const count = Math.ceil(largest / size);
      return Math.min(time(size, count), time(size, count));
    });
    const [first = 1] = times;
    const exponent = Math.log((times.at(-1) ?? 1) / first) / Math.log(largest / smallest);
    return { name, times, exponent };
  });
}
