import policyFile from '../../../../../templates/policies.json';
import statementFile from '../../../../../templates/statements.json';
import { isUntold } from '../../../locate/contentKind';
import { isPolicyType, type PolicyKind, type PolicyType } from '../../../locate/policyType';
import type { Hole, Proposal, Template } from '../proposal';

/** A template as its file has it: in the syntax of snippets, a line each, with a tab for each level. */
interface TemplateEntry {
  readonly prefix: string;
  readonly description: string;
  readonly policyType?: string;
  /** Of a resource policy: what it is attached to, as CloudFormation names it. */
  readonly resourceType?: string;
  readonly body: readonly string[];
}

/** Whole policies, for where one may stand; those of one kind only where the place tells it, and first those that are likely. */
export function policyTemplates(
  kind: PolicyKind | undefined,
  likely: PolicyType | undefined,
): readonly Proposal[] {
  return [...Object.entries<TemplateEntry>(policyFile)]
    .filter(([, entry]) => kind === undefined || isOfKind(entry, kind))
    .toSorted(([, a], [, b]) => Number(b.policyType === likely) - Number(a.policyType === likely))
    .map(([name, entry], rank) => block(name, entry, rank + 1, bodyOf(entry)));
}

function isOfKind({ policyType, resourceType }: TemplateEntry, kind: PolicyKind): boolean {
  return (
    policyType === kind.type &&
    (kind.resourceType === undefined || (resourceType ?? kind.resourceType) === kind.resourceType)
  );
}

/** Whole statements, for where one may stand; those that a policy of the kind may have. */
export function statementTemplates(kind: PolicyKind): readonly Proposal[] {
  return entriesOf((body) => body.startsWith('{'))
    .filter(([, entry]) => isUntold(kind) || fitsType(entry, kind.type))
    .map(([name, entry], rank) => block(name, entry, rank + 1, bodyOf(entry)));
}

/** Conditions with their element, for where an element may stand. */
export function conditionTemplates(rank: number): readonly Proposal[] {
  return entriesOf((body) => body.startsWith(CONDITION)).map(([name, entry], order) => ({
    ...block(name, entry, rank + order, []),
    content: {
      kind: 'name',
      text: ['Condition'],
      value: templateIn(entry.body.join('\n').slice(CONDITION.length)),
    },
  }));
}

const CONDITION = '"Condition": ';

function entriesOf(
  fits: (body: string) => boolean,
): readonly (readonly [name: string, entry: TemplateEntry])[] {
  return [...Object.entries<TemplateEntry>(statementFile)].filter(([, { body }]) => fits(body.join('\n')));
}

/** Statements with a principal are for policies of resources, those without for policies of identities. */
function fitsType({ body }: TemplateEntry, type: PolicyType): boolean {
  return body.some((line) => line.includes('"Principal"'))
    ? type === 'resource' || type === 'endpoint'
    : type === 'identity' || type === 'boundary' || type === 'session';
}

function block(name: string, entry: TemplateEntry, rank: number, text: Template): Proposal {
  const { prefix, description, policyType = '' } = entry;
  return {
    label: name,
    kind: 'block',
    detail: isPolicyType(policyType) ? `IAM policy: ${policyType}` : 'IAM',
    rank,
    filter: `${prefix} ${name}`,
    content: { kind: 'json', text },
    documentation: `text ${description}`,
  };
}

function bodyOf({ body }: TemplateEntry): Template {
  return templateIn(body.join('\n'));
}

/** Reads tab stops with an example and with choices: `${1:pets}`, `${2|Allow,Deny|}`. */
function templateIn(text: string): Template {
  const parts: (string | Hole)[] = [];
  let from = 0;
  for (const match of text.matchAll(/\$\{(\d+)(?::([^{}]*)|\|([^|{}]*)\|)\}/g)) {
    const [whole, number, placeholder = '', choices] = match;
    parts.push(text.slice(from, match.index), {
      placeholder,
      ...(choices === undefined ? {} : { choices: choices.split(',') }),
      number: Number(number),
    });
    from = match.index + whole.length;
  }
  return [...parts, text.slice(from)].filter((part) => part !== '');
}
