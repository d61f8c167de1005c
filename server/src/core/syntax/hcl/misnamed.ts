import { nameMeantBy } from '../misnaming';
import type { Misnamed } from '../nodes';
import { spanIn } from '../stringSpans';
import {
  BLOCK_ARGUMENTS,
  DOCUMENT_TYPE,
  MERGED,
  POLICY_NAMES,
  STATEMENT_BLOCKS,
  STATEMENT_NAMES,
  wordOf,
} from './documentNames';
import type { HclContext } from './hclStrings';
import type { HclBlock, HclBody, HclName } from './hclSyntax';

/**
 * The names in a data source that Terraform refuses and that are mistakes of others: `action` for `actions`, `principal`
 * for `principals`, `Effect` for `effect`. Names that are near to none may be younger than this table.
 */
export function misnamedIn(context: HclContext, body: HclBody): readonly Misnamed[] {
  return misnamedAs(context, body, DOCUMENT_TYPE);
}

interface Schema {
  readonly arguments: readonly string[];
  readonly blocks: readonly string[];
}

/**
 * What each body may have (AWS provider, data source `aws_iam_policy_document`; Terraform language, "Data sources" and
 * "dynamic Blocks").
 */
const SCHEMAS: ReadonlyMap<string, Schema> = new Map<string, Schema>([
  [
    DOCUMENT_TYPE,
    {
      arguments: [...POLICY_NAMES.keys(), ...MERGED, 'count', 'for_each', 'provider', 'depends_on'],
      blocks: ['statement', 'lifecycle'],
    },
  ],
  ['statement', { arguments: [...STATEMENT_NAMES.keys()], blocks: [...STATEMENT_BLOCKS.keys()] }],
  ...[...BLOCK_ARGUMENTS].map(([name, names]): [string, Schema] => [name, { arguments: names, blocks: [] }]),
]);

function misnamedAs(context: HclContext, { items }: HclBody, holder: string): readonly Misnamed[] {
  const { text } = context.source;
  const schema = SCHEMAS.get(holder);
  if (schema === undefined) {
    return [];
  }
  const written = new Set(
    items.map((item) => wordOf(text, item.kind === 'block' ? typeOf(text, item) : item.name)),
  );
  return items.flatMap((item): readonly Misnamed[] => {
    if (item.kind === 'attribute') {
      // One without a value is being typed.
      return item.value === undefined
        ? []
        : misnamed(context, { of: schema, holder, written }, item.name, 'argument');
    }
    const type = typeOf(text, item);
    const word = wordOf(text, type);
    return schema.blocks.includes(word)
      ? bodiesOf(text, item).flatMap((body) => misnamedAs(context, body, word))
      : misnamed(context, { of: schema, holder, written }, type, 'block');
  });
}

/** The name of a block, or of those that a `dynamic` one makes. */
function typeOf(text: string, { type, labels: [label] }: HclBlock): HclName {
  return wordOf(text, type) === 'dynamic' && label !== undefined ? label : type;
}

function bodiesOf(text: string, { type, body }: HclBlock): readonly HclBody[] {
  return wordOf(text, type) === 'dynamic'
    ? body.items.flatMap((item) =>
        item.kind === 'block' && wordOf(text, item.type) === 'content' ? [item.body] : [],
      )
    : [body];
}

function misnamed(
  { source }: HclContext,
  {
    of,
    holder,
    written,
  }: { readonly of: Schema; readonly holder: string; readonly written: ReadonlySet<string> },
  at: HclName,
  kind: Misnamed['kind'],
): readonly Misnamed[] {
  const name = wordOf(source.text, at);
  const meant = nameMeantBy(name, [...of.arguments, ...of.blocks]);
  if (meant === undefined) {
    return [];
  }
  const quote = at.quoted ? 1 : 0;
  return [
    {
      name,
      span: spanIn(source, at.start + quote, at.end - quote),
      kind,
      holder,
      meant,
      canChange: !written.has(meant) && of[kind === 'block' ? 'blocks' : 'arguments'].includes(meant),
    },
  ];
}
