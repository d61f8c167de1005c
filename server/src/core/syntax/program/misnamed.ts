import { nameMeantBy } from '../misnaming';
import type { Misnamed } from '../nodes';
import type { ObjectValue } from './values';

/** The names that a library takes for the parts of a statement, in one language. */
export interface Form {
  readonly kind: Extract<Misnamed['kind'], 'argument' | 'property'>;
  /** What they are named in. */
  readonly holder: string;
  readonly names: readonly string[];
}

type Languages = Readonly<Record<'javascript' | 'python', Form>>;

function inBoth(holder: string, names: readonly string[]): Languages {
  return {
    javascript: { kind: 'property', holder, names },
    python: {
      kind: 'argument',
      holder,
      names: names.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
    },
  };
}

const PARTS = [
  'sid',
  'effect',
  'actions',
  'notActions',
  'resources',
  'notResources',
  'principals',
  'notPrincipals',
];

/** AWS CDK API Reference, `PolicyStatementProps`. */
export const STATEMENT = inBoth('PolicyStatement', [...PARTS, 'conditions']);

/** Pulumi Registry, "aws.iam.getPolicyDocument"; CDK for Terraform, "DataAwsIamPolicyDocumentStatement". */
export const STATEMENT_OF_DOCUMENT: Readonly<Record<'pulumi' | 'cdktf', Languages>> = {
  pulumi: asDictionary(inBoth('a statement', [...PARTS, 'conditions'])),
  cdktf: asDictionary(inBoth('a statement', [...PARTS, 'condition'])),
};

/** A dictionary of Python may have either of the two spellings. */
function asDictionary({ javascript, python }: Languages): Languages {
  return { javascript, python: { ...python, names: [...python.names, ...javascript.names] } };
}

/** SST documentation, "Function", `permissions`. */
export const PERMISSION: Form = {
  kind: 'property',
  holder: 'a permission',
  names: ['actions', 'resources', 'effect', 'conditions'],
};

/**
 * The names that a library does not have and that are mistakes of such as it has: `action` for `actions`. Where a program is
 * not compiled, what they say is lost, or the call fails.
 */
export function misnamedIn(
  { entries }: ObjectValue,
  { kind, holder, names }: Form,
  text: string,
): readonly Misnamed[] {
  const written = new Set(entries.map(({ key }) => key.name));
  return entries.flatMap(({ key, value }): readonly Misnamed[] => {
    // A name without a value may be one that is being typed, and is a variable otherwise.
    const meant = value === undefined || value.start === key.start ? undefined : nameMeantBy(key.name, names);
    const quote = key.literal === undefined ? 0 : 1;
    const span = { start: key.start + quote, end: key.end - quote };
    return meant === undefined
      ? []
      : [
          {
            name: key.name,
            span,
            kind,
            holder,
            meant,
            canChange: !written.has(meant) && text.slice(span.start, span.end) === key.name,
          },
        ];
  });
}
