import type { PolicyKind } from './policyType';
import type { TerraformUses } from './terraformUses';

/**
 * The one kind of all arguments that come to have something; `several` where they differ, `undefined` where there is
 * none.
 */
export type NamedKind = PolicyKind | 'several' | undefined;

/**
 * Of what kind everything with a name is in a module, by the arguments that name it and by what it is part of, and that in
 * turn. Each name is looked at once, however many ask: thousands of policies may each be part of the next.
 */
export class NamedKinds {
  readonly #files: readonly TerraformUses[];
  readonly #known = new Map<string, NamedKind>();

  constructor(files: readonly TerraformUses[]) {
    this.#files = files;
  }

  of(name: string): NamedKind {
    if (!this.#known.has(name)) {
      this.#find(name);
    }
    return this.#known.get(name);
  }

  #find(name: string): void {
    const reached = new Set([name]);
    const partsOf = new Map<string, string[]>();
    for (const each of reached) {
      let kind: NamedKind;
      for (const { kinds, partOf } of this.#files) {
        kind = (kinds.get(each) ?? []).reduce(joinedKind, kind);
        for (const user of partOf.get(each) ?? []) {
          const parts = partsOf.get(user);
          if (parts === undefined) {
            partsOf.set(user, [each]);
          } else {
            parts.push(each);
          }
          if (!this.#known.has(user)) {
            reached.add(user);
          }
        }
      }
      this.#known.set(each, kind);
    }
    // What has a kind gives it to its parts. A kind changes twice at most, so that circles come to an end.
    const changed = [...partsOf.keys()];
    for (let user = changed.pop(); user !== undefined; user = changed.pop()) {
      const kind = this.#known.get(user);
      for (const part of kind === undefined ? [] : (partsOf.get(user) ?? [])) {
        const before = this.#known.get(part);
        const after = joinedKind(before, kind);
        if (after !== before) {
          this.#known.set(part, after);
          changed.push(part);
        }
      }
    }
  }
}

/** The kind of what is two things. */
export function joinedKind(one: NamedKind, other: NamedKind): NamedKind {
  if (one === undefined || other === undefined || one === 'several' || other === 'several') {
    return one === undefined || other === 'several' ? other : one;
  }
  return one.type === other.type && one.resourceType === other.resourceType ? one : 'several';
}
