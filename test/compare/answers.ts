import { createLanguageService } from '../../server/src/core/index';
import { codesOf } from '../../server/src/core/lint/ruleSources';
import { loadIamData } from '../support/iamData';

export interface Policy {
  readonly text: string;
  /** What the text holds, parsed. */
  readonly value: unknown;
}

/** One finding, ours or Access Analyzer's. */
export interface Answer {
  readonly policy: string;
  readonly code: string;
  /** Member names and indexes from the policy's root. */
  readonly path: readonly (string | number)[];
  /** Ours only. */
  readonly message?: string;
}

/** The answers of a verdicts file. Throws where a line is not JSON: the file is then not what it should be. */
export function answersByAccessAnalyzer(
  jsonl: string,
  policies: ReadonlyMap<string, Policy>,
): readonly Answer[] {
  const answers = jsonl
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Answer => {
      const { policy, issueCode, path } = JSON.parse(line);
      return { policy, code: issueCode, path };
    });
  return answers.filter((answer) => !isCover(answer, answers, policies));
}

/**
 * What the rules say about the policies, as configured by default. Findings without a code of Access Analyzer's are
 * left out.
 */
export function answersOfRules(policies: ReadonlyMap<string, Policy>): readonly Answer[] {
  const service = createLanguageService({ iamData: loadIamData() });
  return [...policies].flatMap(([policy, { text }]) => {
    const { findings, failures } = service.lint(service.open({ text, language: 'json' }));
    for (const { rule, error } of failures) {
      console.error(`${policy}: ${rule} broke: ${String(error)}`);
    }
    return findings.flatMap(({ accessAnalyzer: code, path, rule, message, also = [] }) =>
      code === undefined
        ? []
        : [{ path, message }, ...also].map((place) => ({
            policy,
            code,
            path: place.path,
            message: `${rule}: ${place.message}`,
          })),
    );
  });
}

/** The codes that our rules say they report. */
export function claimedCodes(): ReadonlySet<string> {
  const service = createLanguageService({ iamData: undefined });
  return new Set(service.rules.flatMap(codesOf));
}

/**
 * Access Analyzer's finding on redundant entries names the entry that covers together with the covered ones; ours sits
 * on the covered ones. So an entry that no other reported entry of its list covers is not expected. Of equal entries the
 * first one counts as the cover.
 */
function isCover(answer: Answer, answers: readonly Answer[], policies: ReadonlyMap<string, Policy>): boolean {
  const foldCase = answer.code === 'REDUNDANT_ACTION';
  if (!foldCase && answer.code !== 'REDUNDANT_RESOURCE') {
    return false;
  }
  const list = JSON.stringify(answer.path.slice(0, -1));
  const index = Number(answer.path.at(-1));
  const text = entryAt(answer, policies);
  return !answers.some((other) => {
    if (
      other === answer ||
      other.code !== answer.code ||
      other.policy !== answer.policy ||
      JSON.stringify(other.path.slice(0, -1)) !== list
    ) {
      return false;
    }
    const cover = entryAt(other, policies);
    const [a, b] = foldCase ? [cover.toLowerCase(), text.toLowerCase()] : [cover, text];
    return a === b ? Number(other.path.at(-1)) < index : globOf(a).test(b);
  });
}

function entryAt({ policy, path }: Answer, policies: ReadonlyMap<string, Policy>): string {
  return String(
    path.reduce<unknown>((value, step) => Reflect.get(Object(value), step), policies.get(policy)?.value),
  );
}

/** Deliberately not core's own pattern algebra, which is under test here. */
function globOf(text: string): RegExp {
  const source = text
    .replace(/[\\^$+.()|[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}
