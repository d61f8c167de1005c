import type { PolicyDocument } from '../../document';
import type { Finding } from '../../lint/finding';
import { lint } from '../../lint/lint';
import type { AnyRule } from '../../lint/rule';
import { rule as actionMissing } from '../../rules/action/action-missing';
import { rule as actionPrefixMissing } from '../../rules/action/action-prefix-missing';
import { rule as arnPrefix } from '../../rules/arn/arn-prefix';
import { rule as conditionOperatorUnknown } from '../../rules/condition/condition-operator-unknown';
import { rule as effectInvalid } from '../../rules/effect/effect-invalid';
import { rule as effectMissing } from '../../rules/effect/effect-missing';
import { rule as principalFormat } from '../../rules/principal/principal-format';
import { rule as principalInIdentityPolicy } from '../../rules/principal/principal-in-identity-policy';
import { rule as principalInScp } from '../../rules/principal/principal-in-scp';
import { rule as principalMissing } from '../../rules/principal/principal-missing';
import { rule as principalTypeUnknown } from '../../rules/principal/principal-type-unknown';
import { rule as resourceInTrustPolicy } from '../../rules/resource/resource-in-trust-policy';
import { rule as resourceMissing } from '../../rules/resource/resource-missing';
import { rule as elementConflict } from '../../rules/syntax/element-conflict';
import { rule as elementDuplicate } from '../../rules/syntax/element-duplicate';
import { rule as elementType } from '../../rules/syntax/element-type';
import { rule as elementUnknown } from '../../rules/syntax/element-unknown';
import { rule as jsonSyntax } from '../../rules/syntax/json-syntax';
import { rule as statementMissing } from '../../rules/syntax/statement-missing';
import { rule as versionInvalid } from '../../rules/syntax/version-invalid';

/**
 * What makes AWS refuse a policy of the document, and makes the evaluation skip a statement or misread it: an answer
 * about such a policy means nothing, since the policy cannot be in effect. In source order; the configuration of these
 * rules does not count.
 */
export function refusalsOf({ policies, text }: PolicyDocument): readonly Finding[] {
  return lint({ policies, text, rules: FORM_RULES, settings: NO_SETTINGS, iamData: undefined }).findings;
}

/**
 * What the grammar demands: whole JSON, and elements that are there, exist, stand once, and are of the right type, and
 * operators of conditions that there are.
 * What a well-formed statement names is left to the linter, however wrong.
 */
const FORM_RULES = [
  actionMissing,
  actionPrefixMissing,
  arnPrefix,
  conditionOperatorUnknown,
  effectInvalid,
  effectMissing,
  elementConflict,
  elementDuplicate,
  elementType,
  elementUnknown,
  jsonSyntax,
  principalFormat,
  principalInIdentityPolicy,
  principalInScp,
  principalMissing,
  principalTypeUnknown,
  resourceInTrustPolicy,
  resourceMissing,
  statementMissing,
  versionInvalid,
] as readonly AnyRule[];

const NO_SETTINGS: readonly never[] = [];
