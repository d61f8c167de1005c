import {
  type Manner,
  type Placeholder,
  placeholdersIn,
  placeholdersInResource,
} from '../../arn/placeholders';
import type { PlaceRole } from '../../arn/placeholderWords';
import { KMS_KEY_ARN_KEYS, REGION_KEYS } from '../../iamData/overlay/conditionValues';
import { KEY_FORMS } from '../../iamData/overlay/keyForms';
import type { PolicyType } from '../../locate/policyType';
import type { ActionEntry, Statement } from '../../model/policy';
import { noted } from '../../pattern/internedText';
import { memoize } from '../../pattern/memo';
import type { StringNode } from '../../syntax/nodes';

/** A string of a statement with the placeholders in it. */
export interface PlaceholderText {
  readonly node: StringNode;
  readonly placeholders: readonly Placeholder[];
  /** Whether it is an entry of Resource or NotResource. */
  readonly isResource: boolean;
}

/** The strings of a statement that hold placeholders, in whatever element they stand. */
export function placeholderTexts(statement: Statement): readonly PlaceholderText[] {
  const inActions = statement.actions.flatMap(({ entries }) => entries.flatMap(placeholdersInAction));
  return [...placeholdersBesideActions(statement), ...inActions];
}

/** The same of an action, as far as it holds any; of most texts that is known. */
export function placeholdersInAction({ node, interned }: ActionEntry): readonly PlaceholderText[] {
  const placeholders = inAction(interned);
  return placeholders.length === 0 ? NONE : [{ node, placeholders, isResource: false }];
}

const NONE: readonly PlaceholderText[] = [];

/** The strings outside of the actions. */
export function placeholdersBesideActions(statement: Statement): readonly PlaceholderText[] {
  const texts: PlaceholderText[] = [];
  const add = (
    node: StringNode | undefined,
    placeholders: readonly Placeholder[],
    isResource = false,
  ): void => {
    if (node !== undefined && placeholders.length > 0) {
      texts.push({ node, placeholders, isResource });
    }
  };
  const { sid, effect } = statement;
  // Where a Sid may have any characters it may have these.
  if (sid !== undefined && STRICT_SIDS.has(statement.policy.kind.type)) {
    add(sid, placeholdersIn(sid.value, 'text', 'names'));
  }
  add(effect, inName(effect?.value ?? ''));
  for (const { entries } of statement.principals) {
    for (const { node, text, type } of entries) {
      add(node, placeholdersIn(text, type === undefined || type.value === 'AWS' ? 'principal' : 'text'));
    }
  }
  for (const { entries } of statement.resources) {
    for (const { node, interned } of entries) {
      add(node, placeholdersInResource(interned), true);
    }
  }
  for (const { node } of statement.operators) {
    add(node, inName(node.value));
  }
  for (const condition of statement.conditions) {
    add(condition.key, inKey(condition.key.value));
    const { role, manner } = placeOf(condition.key.value);
    for (const { node, text } of condition.values) {
      if (node.kind === 'string') {
        add(node, placeholdersIn(text, role, manner));
      }
    }
  }
  return texts;
}

const inAction = noted((text) => placeholdersIn(text, 'text', 'names'));

/** Effects, operators and condition keys are few, and stand in policies by the thousand. */
const inName = memoize((text) => placeholdersIn(text, 'text', 'names'));
const inKey = memoize((text) => placeholdersIn(text, 'text', TAG_KEY.test(text) ? 'free' : 'names'));

/** Policies in whose Sids IAM takes letters and digits only; see sid-characters. */
const STRICT_SIDS: ReadonlySet<PolicyType> = new Set(['identity', 'boundary', 'session', 'trust', 'scp']);

/** `aws:RequestTag/…` and its like: the tag's name and its value are the author's. */
const TAG_KEY = /tag\//i;

/** Keys, in lower case, whose values are text of the author's or of a caller's. */
const FREE_KEY =
  /tag\/|^(?:aws:(?:referer|useragent|tagkeys|sourceidentity)|kms:encryptioncontext.*|s3:(?:prefix|delimiter|x-amz-.*)|sts:(?:externalid|rolesessionname|sourceidentity))$/i;

const placeOf = memoize((key): { readonly role: PlaceRole; readonly manner: Manner } => {
  const name = key.toLowerCase();
  if (KMS_KEY_ARN_KEYS.has(name)) {
    return { role: 'arn', manner: 'strict' };
  }
  if (FREE_KEY.test(name)) {
    return { role: 'text', manner: 'free' };
  }
  const form = KEY_FORMS.get(name);
  const role: PlaceRole = REGION_KEYS.has(name)
    ? 'region'
    : form === 'account'
      ? 'account'
      : form === 'arn'
        ? 'arn'
        : form !== undefined || ID_KEY.test(name)
          ? 'id'
          : 'text';
  return { role, manner: 'strict' };
});

/** Keys whose values are ids that AWS makes. */
const ID_KEY = /^aws:(?:ec2instance)?sourcevpce?$|^ec2:(?:vpc|subnet)id$|^aws:(?:vpc)?sourceip$/;
