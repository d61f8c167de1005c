import { accountOf } from '../evaluate/caller';
import type { EvaluationRequest } from '../evaluate/request';
import type { Statement } from '../model/policy';
import type { NamedAction } from './actions';
import type { Representative } from './callers';
import type { ContextAnswer } from './context';
import type { Effort } from './effort';
import type { GainOptions } from './options';
import { openKeysOf, type Side, standingOf } from './sides';

/** Requests that show a gain, each confirmed by evaluating it on both sides. */
export class Witnesses {
  private readonly side: Side;
  private readonly other: Side;
  private readonly options: GainOptions;
  private readonly effort: Effort;
  /** What one evaluation on both sides costs. */
  private readonly cost: number;

  constructor(side: Side, other: Side, options: GainOptions, effort: Effort) {
    this.effort = effort;
    this.cost = [side, other, ...(options.limits ?? [])].reduce(
      (sum, { allows, denies }) =>
        [...allows, ...denies].reduce((total, { statement }) => total + costOf(statement), sum),
      STEPS_PER_EVALUATION,
    );
    this.side = side;
    this.other = other;
    this.options = options;
  }

  /** The request that an answer stands for. What `told` says follows from it and is left out. */
  requestOf(
    { name }: NamedAction,
    resource: string,
    { principal }: Representative,
    { context }: Extract<ContextAnswer, { readonly kind: 'found' }>,
    told: ReadonlyMap<string, readonly string[]>,
  ): EvaluationRequest {
    // What follows from the caller and the resource need not be said.
    const said = new Map([...context].filter(([key]) => !told.has(key.toLowerCase())));
    return { action: name, resource: unescaped(resource), principal, context: said };
  }

  /** An action that applies to no resource is asked for on `*`. */
  simplest(
    request: EvaluationRequest,
    { known }: NamedAction,
    entry: string | undefined,
    caller: Representative,
    isCertain: boolean,
  ): EvaluationRequest {
    const onAll = { ...request, resource: '*' };
    return isCertain && known?.resources.length === 0 && entry === '*' && this.confirm(onAll, caller, false)
      ? onAll
      : request;
  }

  /** The request with what it takes for an answer: keys that other statements ask for are not in it. */
  settled(
    request: EvaluationRequest,
    caller: Representative,
    isOpen: boolean,
  ): { readonly request: EvaluationRequest; readonly isCertain: boolean | undefined } {
    const isCertain = this.confirm(request, caller, isOpen);
    if (isCertain !== false || caller.entry !== undefined) {
      return { request, isCertain };
    }
    const { limits, levels } = this.options;
    this.effort.spend(this.cost);
    const open = [
      ...openKeysOf(this.side, { ...request, levels }, this.options, limits),
      ...openKeysOf(this.other, request, this.options),
    ].filter(
      (key) => ![...(request.context?.keys() ?? [])].some((told) => told.toLowerCase() === key.toLowerCase()),
    );
    const context = new Map([...(request.context ?? []), ...open.map((key) => [key, []] as const)]);
    const filled = { ...request, context };
    return open.length > 0 && this.confirm(filled, caller, isOpen) === true
      ? { request: filled, isCertain: true }
      : { request, isCertain };
  }

  /** Whether the evaluation says the same; `undefined` where it says that there is no gain. */
  private confirm(
    asked: EvaluationRequest,
    { entry, isOutsider, isToldApart }: Representative,
    isOpen: boolean,
  ): boolean | undefined {
    if (entry !== undefined || /[*?]/.test(asked.resource.replace(/^\*$/, ''))) {
      return false;
    }
    // What is its own a root user needs no policy for; this one's is not said to be.
    const isOfNobody = accountOf(asked.resource) === undefined && asked.resourceAccount === undefined;
    const mayBeForeign = isOutsider || isToldApart === true;
    const request =
      mayBeForeign && isOfNobody && asked.principal?.endsWith(':root') === true
        ? { ...asked, resourceAccount: SOMEBODY_ELSE }
        : asked;
    this.effort.spend(this.cost + STEPS_PER_KEY * (request.context?.size ?? 0));
    const { limits, levels } = this.options;
    const now = standingOf(this.side, { ...request, levels }, this.options, limits);
    const before = standingOf(this.other, request, this.options);
    if (before === 'delegated' && now === 'granted') {
      // Of another account the caller's own policies are asked as well. The policy of a key enables those of its account.
      return isOfNobody ? (/^kms:/i.test(request.action) ? false : undefined) : true;
    }
    if (now === 'not-granted' || before === 'granted' || (now === 'delegated' && before === 'delegated')) {
      return isOpen ? false : undefined;
    }
    return (now === 'granted' || now === 'delegated') && before === 'not-granted';
  }
}

/** An account that no outsider has. */
const SOMEBODY_ELSE = '000000000000';

const STEPS_PER_STATEMENT = 40;
const STEPS_PER_ENTRY = 8;
/** With a variable or something that a tool fills in. */
const STEPS_PER_OPEN_ENTRY = 80;
const STEPS_PER_EVALUATION = 500;
const STEPS_PER_KEY = 20;

/** Each statement is asked about, entry by entry. */
function costOf({ actions, resources }: Statement): number {
  return [...actions, ...resources].reduce(
    (sum, { entries }) =>
      entries.reduce(
        (total, { text }) => total + (/[{$]/.test(text) ? STEPS_PER_OPEN_ENTRY : STEPS_PER_ENTRY),
        sum,
      ),
    STEPS_PER_STATEMENT,
  );
}

function unescaped(text: string): string {
  return text.replace(/\$\{([*?$])\}/g, '$1');
}
