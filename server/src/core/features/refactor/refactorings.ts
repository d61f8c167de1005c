import type { PolicyDocument } from '../../document';
import type { IamData } from '../../iamData/iamData';
import { Unwritable } from '../../lint/writers/writer';
import type { Span } from '../../syntax/nodes';
import { collapseActions, expandActions } from './actionWildcards';
import { minify, prettify } from './layout';
import { listToValue, valueToList } from './lists';
import { mergeStatements } from './mergeStatements';
import { placeAt, type Refactor, type Refactoring, type RefactorPlace } from './refactoring';
import { sort } from './sort';
import { splitByService } from './splitByService';
import { toDataSource, toHeredoc, toJsonencode } from './terraform/terraformForms';

/**
 * Every refactoring by the last part of its kind, by which keybindings and commands ask for it; they are offered in
 * this order.
 *
 * There is none between Action and NotAction, since no two such statements are equivalent. What NotAction leaves over
 * is all actions but its own, of every service and of those to come, and patterns have no complement. A Deny of the
 * excepted actions beside an Allow of all would also overrule what other statements and other policies allow.
 */
const REFACTORINGS = {
  expandWildcard: expandActions,
  collapseToWildcard: collapseActions,
  valueToList,
  listToValue,
  sort,
  mergeStatements,
  splitByService,
  minify,
  prettify,
  toJsonencode,
  toDataSource,
  toHeredoc,
} as const satisfies Readonly<Record<string, Refactor>>;

/** They rewrite one value each. A selection over many statements would offer more of them than anybody can tell apart. */
const OF_SINGLE_VALUES: ReadonlySet<string> = new Set<keyof typeof REFACTORINGS>([
  'expandWildcard',
  'collapseToWildcard',
  'valueToList',
  'listToValue',
]);

const MANY_STATEMENTS = 10;

export type RefactoringKind = `refactor.rewrite.iamPolicy.${keyof typeof REFACTORINGS}`;

export interface OfferedRefactoring extends Refactoring {
  readonly kind: RefactoringKind;
}

/**
 * What can be rewritten at a span, without a change of what the policy grants.
 *
 * @param asked for which kinds somebody asked; absent when it was for whatever there is
 * @param module the texts of the other files of the module of Terraform, where they are known
 */
export function refactorings(
  document: PolicyDocument,
  span: Span,
  iamData: IamData | undefined,
  asked?: (kind: string) => boolean,
  module?: readonly string[],
): readonly OfferedRefactoring[] {
  const place = placeAt(document, span, { iamData, asked: asked !== undefined, module });
  if (place === undefined) {
    return [];
  }
  return Object.entries(REFACTORINGS).flatMap(([name, offer]) => {
    const kind = `refactor.rewrite.iamPolicy.${name as keyof typeof REFACTORINGS}` as const;
    const isTooMany = OF_SINGLE_VALUES.has(name) && place.statements.length > MANY_STATEMENTS;
    return isTooMany || asked?.(kind) === false
      ? []
      : offered(offer, place).map((refactoring) => ({ ...refactoring, kind }));
  });
}

/** What one refactoring offers; nothing where the language of the document cannot be written so. */
function offered(offer: Refactor, place: RefactorPlace): readonly Refactoring[] {
  try {
    return offer(place);
  } catch (error) {
    if (error instanceof Unwritable) {
      return [];
    }
    throw error;
  }
}

/** For refactorings that depend on the other files of a Terraform module. */
const OF_MODULES = [
  'toDataSource',
  'toJsonencode',
  'toHeredoc',
] as const satisfies readonly (keyof typeof REFACTORINGS)[];

/** Whether some refactoring that may be offered at a span needs the texts of the other files of the module. */
export function asksForModule(
  document: PolicyDocument,
  span: Span,
  asked?: (kind: string) => boolean,
): boolean {
  if (document.language !== 'hcl') {
    return false;
  }
  const place = placeAt(document, span, {
    iamData: undefined,
    asked: asked !== undefined,
    module: undefined,
  });
  return (
    place !== undefined &&
    (asked === undefined
      ? place.statements.length === 0
      : OF_MODULES.some((name) => asked(`refactor.rewrite.iamPolicy.${name}`)))
  );
}
