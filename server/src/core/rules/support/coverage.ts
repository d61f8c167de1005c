import type { ActionElement, PrincipalElement, ResourceElement, Statement } from '../../model/policy';
import { CoverIndex } from '../../pattern/coverIndex';
import { coversText } from '../../pattern/covering';
import { compilePattern, intersects, type PatternOptions } from '../../pattern/pattern';
import { isKnown } from './known';

/**
 * Whether a statement applies to everything that another one applies to: the same callers, actions and resources,
 * conditions aside. Also false if that cannot be told, such as for a list that a template computes.
 */
export function speaksOfAll(wide: Statement, narrow: Statement): boolean {
  return (
    coversResources(wide, narrow) &&
    coversActions(wide, narrow) &&
    coversPrincipals(wide, narrow) &&
    narrow.node.closed &&
    // What cannot be seen may narrow a statement down, and of two branches of a template engine one is written.
    isKnown(wide.node) &&
    wide.node.source.isTemplate !== true
  );
}

function coversActions(wide: Statement, narrow: Statement): boolean {
  const own = single(wide.actions);
  const other = single(narrow.actions);
  return own !== undefined && other !== undefined && coversList(own, other, { case: 'ignore' });
}

/** Neither has resources in a trust policy. */
function coversResources(wide: Statement, narrow: Statement): boolean {
  const own = single(wide.resources);
  const other = single(narrow.resources);
  return own === undefined || other === undefined
    ? wide.resources.length === 0 && narrow.resources.length === 0
    : coversList(own, other, {
        variables: narrow.policy.version === '2012-10-17' ? 'substitute' : 'literal',
      });
}

function coversList(
  wide: ActionElement | ResourceElement,
  narrow: ActionElement | ResourceElement,
  options: PatternOptions,
): boolean {
  if (wide.entries.length === 0 || narrow.entries.length === 0 || !isWhole(narrow)) {
    return false;
  }
  if (!wide.negated) {
    return narrow.negated
      ? wide.entries.some(({ text }) => text === '*')
      : coversEach(wide.entries, narrow.entries, options);
  }
  return (
    isWhole(wide) &&
    (narrow.negated
      ? coversEach(narrow.entries, wide.entries, options)
      : !narrow.entries.some(({ text }) =>
          wide.entries.some((entry) =>
            intersects(compilePattern(entry.text, options), compilePattern(text, options)),
          ),
        ))
  );
}

interface Entry {
  readonly text: string;
}

function coversEach(wide: readonly Entry[], narrow: readonly Entry[], options: PatternOptions): boolean {
  const { variables = 'literal' } = options;
  const fold = (text: string): string => (options.case === 'ignore' ? text.toLowerCase() : text);
  if (wide.length * narrow.length <= MOST_PAIRS) {
    return narrow.every(({ text }) => {
      const folded = fold(text);
      return wide.some((entry) => coversText(fold(entry.text), folded, variables));
    });
  }
  const index = new CoverIndex<string>();
  for (const { text } of wide) {
    index.add(fold(text), fold(text));
  }
  return narrow.every(({ text }) => {
    const folded = fold(text);
    return index.candidates(folded).some((candidate) => coversText(candidate, folded, variables));
  });
}

/** Of longer lists not each entry is laid beside each. */
const MOST_PAIRS = 256;

/** Everybody, or everyone whom the other one names, written the same way. */
function coversPrincipals(wide: Statement, { principals }: Statement): boolean {
  const own = single(wide.principals);
  if (own === undefined) {
    return wide.principals.length === 0 && principals.length === 0;
  }
  const other = single(principals);
  return (
    other !== undefined &&
    !own.negated &&
    (isEverybody(own) ||
      (!other.negated &&
        other.entries.length > 0 &&
        isWholePrincipal(other) &&
        other.entries.every((entry) =>
          own.entries.some((known) => known.text === entry.text && known.type?.value === entry.type?.value),
        )))
  );
}

function isEverybody({ entries }: PrincipalElement): boolean {
  return entries.some(({ type, text }) => type === undefined && text === '*');
}

function isWholePrincipal({ member: { value }, entries }: PrincipalElement): boolean {
  if (value?.kind !== 'object') {
    return value?.kind === 'string';
  }
  const count = value.members.reduce(
    (sum, typed) => sum + (typed.value?.kind === 'array' ? typed.value.items.length : 1),
    0,
  );
  return count === entries.length;
}

/** Whether every part of a list is understood: one that is computed by a template may be anything. */
function isWhole({ member: { value }, entries }: ActionElement | ResourceElement): boolean {
  return entries.length === (value?.kind === 'array' ? value.items.length : 1);
}

/** The one of its kind; two are a fault of their own. */
export function single<Element>(elements: readonly Element[]): Element | undefined {
  return elements.length === 1 ? elements[0] : undefined;
}
