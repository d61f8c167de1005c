import { appendMember } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { Condition, Statement } from '../../model/policy';
import { compilePattern, matches } from '../../pattern/pattern';
import { memberOf } from '../../syntax/nodes';
import { ifUsed } from '../support/conditionUse';
import { StatementIndex } from '../support/statementIndex';

/** Amazon DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control". */
export const rule = defineRule({
  meta: {
    id: 'dynamodb-attributes-without-select',
    category: 'security',
    summary: 'A condition limits dynamodb:Attributes and leaves dynamodb:Select open',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session', 'resource', 'endpoint', 'scp', 'rcp'],
    fixable: 'suggestion',
    accessAnalyzer: 'DYNAMODB_ATTRIBUTES_WITHOUT_SELECT',
    messages: {
      open: 'Without dynamodb:Select set to SPECIFIC_ATTRIBUTES, a read that names no attributes returns them all.',
    },
  },
  create: (context) =>
    ifUsed(({ keys }) => keys.has('dynamodb:attributes'), {
      policy: (policy) => {
        const denials = new StatementIndex(policy.statements.filter(deniesBySelect));
        for (const { key, member, operator, statement } of policy.statements.flatMap(
          ({ conditions }) => conditions,
        )) {
          if (
            isKey(key.value, 'dynamodb:attributes') &&
            /^String/i.test(operator.base) &&
            canRead(statement) &&
            isOpen(statement, denials)
          ) {
            context.report({
              message: 'open',
              at: member,
              // Beside what a Deny tests, one more test would deny less.
              fixes: statement.effect?.value === 'Allow' ? selectFix(statement) : [],
            });
          }
        }
      },
    }),
});

function isOpen(statement: Statement, denials: StatementIndex): boolean {
  switch (statement.effect?.value) {
    case 'Allow':
      return !statement.conditions.some(demandsSelect);
    case 'Deny':
      return !deniesBySelect(statement) && denials.covering(statement, 'another') === undefined;
    default:
      return false;
  }
}

function deniesBySelect({ effect, conditions }: Statement): boolean {
  return effect?.value === 'Deny' && conditions.some(({ key }) => isKey(key.value, 'dynamodb:select'));
}

/** As in the DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control". */
function selectFix({ node, conditions }: Statement): readonly Fix[] {
  const condition = memberOf(node, 'Condition')?.value;
  if (condition?.kind !== 'object' || conditions.some(({ key }) => isKey(key.value, 'dynamodb:select'))) {
    return [];
  }
  const operator = memberOf(condition, 'StringEqualsIfExists')?.value;
  const select = { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' };
  return [
    {
      title: 'Add dynamodb:Select "SPECIFIC_ATTRIBUTES"',
      kind: 'suggestion',
      edits: () => [
        operator?.kind === 'object'
          ? appendMember(operator, 'dynamodb:Select', select['dynamodb:Select'])
          : appendMember(condition, 'StringEqualsIfExists', select),
      ],
    },
  ];
}

function demandsSelect({ key, operator, values }: Condition): boolean {
  return (
    isKey(key.value, 'dynamodb:select') &&
    /^String(?:Equals|EqualsIgnoreCase|Like)$/i.test(operator.base) &&
    values.length > 0 &&
    values.every(({ text }) => text.toUpperCase() === 'SPECIFIC_ATTRIBUTES' || text.includes('${'))
  );
}

/** The actions whose requests have dynamodb:Select; Service Authorization Reference, "Amazon DynamoDB". */
const READS: readonly string[] = ['batchgetitem', 'getitem', 'partiqlselect', 'query', 'scan'];

/** A statement that only writes has nothing to select. */
function canRead({ actions }: Statement): boolean {
  return actions.some(
    ({ negated, entries }) =>
      negated ||
      entries.some(({ text }) => {
        const pattern = compilePattern(text, { case: 'ignore' });
        return READS.some((name) => matches(pattern, `dynamodb:${name}`));
      }),
  );
}

function isKey(text: string, key: string): boolean {
  return text.length === key.length && text.toLowerCase() === key;
}
