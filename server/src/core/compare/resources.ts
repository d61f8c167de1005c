import { splitArn } from '../arn/arn';
import type { Action } from '../iamData/types';
import { classPattern, textClasses } from '../pattern/textClasses';
import { concrete, holds } from './cells';
import type { Effort } from './effort';
import type { CompiledText } from './prefixIndex';

/** Resources that no statement tells apart, by one of them. */
export interface ResourceClass {
  readonly witness: CompiledText;
  /** The texts of the patterns that match it. */
  readonly matching: ReadonlySet<string>;
}

export interface ResourceClasses {
  /** Those that are found without automata first. */
  classes(): Generator<ResourceClass>;
  /** After all classes were walked through: whether there may be more. */
  isComplete(): boolean;
}

/**
 * The classes of resources that a pattern stands for, by how others match them.
 *
 * @param others the texts of the patterns that match all that it matches, and those that match a part
 * @param action the known action that is asked for, and else its service
 */
export function resourceClasses(
  of: CompiledText,
  others: { readonly covering: ReadonlySet<string>; readonly partial: readonly CompiledText[] },
  {
    action,
    service,
    effort,
  }: { readonly action: Action | undefined; readonly service: string; readonly effort: Effort },
): ResourceClasses {
  const covering = [of.text, ...others.covering];
  const { partial } = others;
  let complete = true;
  return {
    isComplete: () => complete,
    *classes() {
      const seen = new Set<string>();
      const within = partial.slice(0, MOST_WITHIN).flatMap(({ text }) => filledPattern(text, service));
      for (const text of [...likelyResources(of.text, action, service), ...within]) {
        const witness = concrete(text);
        if (!holds(of, witness)) {
          continue;
        }
        effort.spend(20 + 10 * partial.length);
        const matching = partial.filter((other) => holds(other, witness)).map((other) => other.text);
        const key = matching.join('\n');
        if (!seen.has(key)) {
          seen.add(key);
          yield { witness, matching: new Set([...covering, ...matching]) };
        }
        if (partial.length === 0) {
          return;
        }
      }
      const symbols = new Map<string, number>();
      const own = classPattern(of.pattern, of.text, symbols);
      const patterns = partial.map(({ pattern, text }) => classPattern(pattern, text, symbols));
      // Every resource is an ARN, unless a template has yet to say what it is.
      const shape = symbols.size > 0 ? [] : [classPattern(ARN.pattern, ARN.text, symbols)];
      const found = textClasses([own, ...shape], patterns, { steps: effort.share(MOST_STEPS) });
      effort.spend(found.steps);
      complete = found.isComplete;
      for (const { text, matched } of found.classes) {
        const matching = partial.filter((_, index) => matched[index]).map((other) => other.text);
        const key = matching.join('\n');
        if (!seen.has(key)) {
          seen.add(key);
          yield { witness: concrete(escapedText(text)), matching: new Set([...covering, ...matching]) };
        }
      }
    },
  };
}

/** Of automata, for one pattern. */
const MOST_STEPS = 1_500_000;

/** How many of the patterns that match a part are looked into for a resource that a person recognizes. */
const MOST_WITHIN = 8;

const ARN = concrete('arn:*:*:*:*:?*');

/** A class's text is concrete, but for its symbols. */
function escapedText(text: string): string {
  return text.replace(/\*|\?/g, (character) => `\${${character}}`);
}

/** Resources that a person recognizes, some of which the pattern may match. */
function likelyResources(pattern: string, action: Action | undefined, service: string): readonly string[] {
  const formats = (action?.resources ?? [])
    .map(({ type }) => filledFormat(type.arn))
    .toSorted((a, b) => a.length - b.length);
  const general = [`arn:aws:${service}:us-east-1:${ACCOUNT}:example`, ...(service === 's3' ? S3 : [])];
  const byField = filledPattern(pattern, service);
  return [...new Set([...byField, ...formats, ...general])];
}

const S3 = ['arn:aws:s3:::example/example', 'arn:aws:s3:::example'];

/** AWS's own examples have it. */
const ACCOUNT = '123456789012';

function filledFormat(format: string): string {
  return format
    .replace(/\$\{Partition\}/g, 'aws')
    .replace(/\$\{Region\}/g, 'us-east-1')
    .replace(/\$\{Account\}/g, ACCOUNT)
    .replace(/\$\{[^{}]*\}/g, 'example')
    .replace(/\*/g, 'example');
}

/** A pattern with something likely in each of its wildcards. */
function filledPattern(pattern: string, service: string): readonly string[] {
  const { prefix, partition, service: named, region, account, resource } = splitArn(pattern);
  if (prefix.text !== 'arn' || resource === undefined) {
    return [];
  }
  const field = (text: string, likely: string): string =>
    text.includes('${') ? text : text.replace(/^\*$/, likely).replace(/\*/g, '').replace(/\?/g, '1');
  const head = [
    'arn',
    field(partition?.text ?? '', 'aws'),
    field(named?.text ?? '', service),
    field(region?.text ?? '', 'us-east-1'),
    field(account?.text ?? '', ACCOUNT),
  ].join(':');
  return ['example', 'other', ''].map(
    (filling) =>
      `${head}:${resource.text.replace(/(\$\{[*?$]\})|\*|\?/g, (part, literal: string | undefined) =>
        literal !== undefined ? literal : part === '*' ? filling : 'x',
      )}`,
  );
}
