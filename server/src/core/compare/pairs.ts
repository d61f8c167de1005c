import type { PolicyDocument } from '../document';
import type { PolicyType } from '../locate/policyType';
import { type Attached, attachedOf } from './attached';
import { type Side, sideOf } from './sides';

/** The policies of one thing, as they were and as they are. */
export interface PolicyPair {
  readonly type: PolicyType;
  readonly before: Side;
  readonly after: Side;
}

/**
 * Pairs the policies that are attached to the same thing before and after a change. A policy with a name is paired by
 * its name. In a list whose policies have no names, equal policies are paired first, and the others by what they have
 * in common. Policies that are then left on both sides are one thing under two names if they are equal, or if each is
 * the only one of its type.
 */
export function pairsOf(
  before: readonly PolicyDocument[],
  after: readonly PolicyDocument[],
): readonly PolicyPair[] {
  const old = attachedOf(before).map((attached) => new Candidate(attached));
  const fresh = attachedOf(after).map((attached) => new Candidate(attached));
  const partners = new Map<Candidate, Candidate>();
  const left = (): readonly [readonly Candidate[], readonly Candidate[]] => {
    const taken = new Set(partners.values());
    return [old.filter((each) => !taken.has(each)), fresh.filter((each) => !partners.has(each))];
  };
  const match = (
    keyOf: (candidate: Candidate) => string | undefined,
    put: (old: readonly Candidate[], fresh: readonly Candidate[]) => void = inOrder,
  ): void => {
    const [was, is] = left().map((list) => byKey(list, keyOf));
    for (const [key, candidates] of is ?? []) {
      put(was?.get(key) ?? [], candidates);
    }
  };
  const inOrder = (was: readonly Candidate[], is: readonly Candidate[]): void => {
    for (const [index, candidate] of is.entries()) {
      const partner = was[index];
      if (partner !== undefined) {
        partners.set(candidate, partner);
      }
    }
  };
  const byLikeness = (was: readonly Candidate[], is: readonly Candidate[]): void => {
    const open = new Set(was);
    for (const { candidate, partner } of likeliest(was, is)) {
      if (!partners.has(candidate) && open.delete(partner)) {
        partners.set(candidate, partner);
      }
    }
    inOrder(
      [...open],
      is.filter((each) => !partners.has(each)),
    );
  };
  match(({ attached: { isNamed, type, name } }) => (isNamed ? `${type} ${name}` : undefined));
  match(({ familyKey, content }) => (familyKey === undefined ? undefined : `${familyKey}\n${content}`));
  match(({ familyKey }) => familyKey, byLikeness);
  // What both versions have by its name is not the same thing as one of another name.
  const [wereThere, areThere] = [old, fresh].map((list) => new Set(list.map(({ thing }) => thing)));
  const isRenamed = ({ thing }: Candidate): boolean =>
    wereThere?.has(thing) !== true || areThere?.has(thing) !== true;
  match((each) => (isRenamed(each) ? `${each.attached.type}\n${each.content}` : undefined));
  match(
    (each) => (isRenamed(each) ? each.attached.type : undefined),
    (was, is) => {
      if (was.length === 1 && is.length === 1) {
        inOrder(was, is);
      }
    },
  );
  const [gone] = left();
  return [
    ...fresh.map((candidate) => ({
      type: candidate.attached.type,
      before: partners.get(candidate)?.side ?? sideOf(candidate.attached.type, []),
      after: candidate.side,
    })),
    ...gone.map(({ attached: { type }, side }) => ({ type, before: side, after: sideOf(type, []) })),
  ];
}

/** The policies that are attached to one thing, prepared for matching. */
class Candidate {
  readonly attached: Attached;
  readonly side: Side;
  #content: string | undefined;
  #marks: ReadonlySet<string> | undefined;

  constructor(attached: Attached) {
    this.attached = attached;
    this.side = sideOf(attached.type, attached.policies);
  }

  /** What it is attached to, as far as that has a name. */
  get thing(): string {
    const { isNamed, type, family, name } = this.attached;
    return `${type} ${isNamed ? name : family}`;
  }

  /** `undefined` for what has a name that is its own. */
  get familyKey(): string | undefined {
    return this.attached.isNamed ? undefined : this.thing;
  }

  /** The same for policies that say the same. */
  get content(): string {
    this.#content ??= JSON.stringify(
      [...new Set([...this.side.allows, ...this.side.denies].map(({ id }) => id))].sort(),
    );
    return this.#content;
  }

  /** What two versions of a policy have in common. */
  get marks(): ReadonlySet<string> {
    this.#marks ??= new Set(
      [...this.side.allows, ...this.side.denies].flatMap(({ id, statement }) => [
        id,
        ...(statement.sid === undefined ? [] : [`Sid ${statement.sid.value}`]),
        ...[...statement.actions, ...statement.resources, ...statement.principals].flatMap(({ entries }) =>
          entries.map(({ text }) => text.toLowerCase()),
        ),
      ]),
    );
    return this.#marks;
  }
}

function byKey(
  candidates: readonly Candidate[],
  keyOf: (candidate: Candidate) => string | undefined,
): ReadonlyMap<string, readonly Candidate[]> {
  const map = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    const list = key === undefined ? undefined : map.get(key);
    if (list !== undefined) {
      list.push(candidate);
    } else if (key !== undefined) {
      map.set(key, [candidate]);
    }
  }
  return map;
}

/** Beyond this many combinations of policies they are taken in their order. */
const MOST_COMBINATIONS = 2_500;

/** Which of two lists have something in common, those with the most first. */
function likeliest(
  was: readonly Candidate[],
  is: readonly Candidate[],
): readonly { readonly candidate: Candidate; readonly partner: Candidate }[] {
  if (was.length * is.length > MOST_COMBINATIONS) {
    return [];
  }
  return is
    .flatMap((candidate) =>
      was.map((partner) => {
        const shared = [...candidate.marks].filter((mark) => partner.marks.has(mark)).length;
        return { candidate, partner, likeness: shared / Math.max(candidate.marks.size, partner.marks.size) };
      }),
    )
    .filter(({ likeness }) => likeness > 0)
    .sort((a, b) => b.likeness - a.likeness);
}
