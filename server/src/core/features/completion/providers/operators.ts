import type { IamData } from '../../../iamData/iamData';
import type { ConditionKey, KeyType } from '../../../iamData/types';
import { CONDITION_OPERATORS, type OperatorFamily, SET_QUALIFIERS } from '../../../model/conditionOperators';
import type { SyntaxNode } from '../../../syntax/nodes';
import { type Proposal, type Provider, provided } from '../proposal';

/**
 * The families of operators that fit a type of key. IAM User Guide, "IAM JSON policy elements: Condition operators";
 * texts can be compared with an ARN too, only not by their pattern.
 */
const FAMILIES: Readonly<Record<KeyType, OperatorFamily>> = {
  String: 'String',
  Numeric: 'Numeric',
  Bool: 'Bool',
  ARN: 'Arn',
  Date: 'Date',
  IPAddress: 'IpAddress',
  Binary: 'Binary',
};

/** Whether a key can be compared by the operators of a family. `Null` asks whether there is any key at all. */
export function fitsFamily({ type, alternativeType }: ConditionKey, family: OperatorFamily): boolean {
  return (
    family === 'Null' ||
    FAMILIES[type] === family ||
    (alternativeType !== undefined && FAMILIES[alternativeType] === family)
  );
}

/** All operators, or those that fit the keys which the block has already; those with trimmings further down. */
export const operators: Provider = ({ cursor: { siblings, held }, iamData }) => {
  const keys = keysOf(held, iamData);
  const isSet = keys.some(({ multivalued }) => multivalued);
  return provided(
    variants()
      .filter(
        ({ proposal, family, qualified }) =>
          !siblings.has(proposal.label) &&
          keys.every((key) => fitsFamily(key, family)) &&
          (keys.length === 0 || !qualified || isSet),
      )
      .map(({ proposal }) => proposal),
  );
};

function keysOf(held: SyntaxNode | undefined, iamData: IamData | undefined): readonly ConditionKey[] {
  return held?.kind === 'object'
    ? held.members.flatMap(({ key }) => iamData?.conditionKey(key.value) ?? [])
    : [];
}

interface Variant {
  readonly proposal: Proposal;
  readonly family: OperatorFamily;
  readonly qualified: boolean;
}

let kept: readonly Variant[] | undefined;

/** The same in every policy. `Null` takes neither qualifier nor IfExists, and no key is binary. */
function variants(): readonly Variant[] {
  kept ??= CONDITION_OPERATORS.flatMap(({ name, family }, order) => {
    const trimmings =
      family === 'Null'
        ? [['', '']]
        : ['', ...SET_QUALIFIERS.map((qualifier) => `${qualifier}:`)].flatMap((qualifier) => [
            [qualifier, ''],
            [qualifier, 'IfExists'],
          ]);
    return trimmings.map(([qualifier = '', suffix = ''], trimming) => ({
      proposal: operatorProposal(
        `${qualifier}${name}${suffix}`,
        (family === 'Binary' ? trimmings.length : trimming) * CONDITION_OPERATORS.length + order,
      ),
      family,
      qualified: qualifier !== '',
    }));
  });
  return kept;
}

function operatorProposal(name: string, rank: number): Proposal {
  return {
    label: name,
    kind: 'operator',
    rank,
    content: { kind: 'name', text: [name], value: ['{\n\t', { placeholder: '' }, '\n}'] },
    continues: 'completing',
    documentation: `operator ${name}`,
  };
}
