import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { parseHclBody } from '../../server/src/core/syntax/hcl/hclParser';
import type { HclBody, HclExpression, HclName } from '../../server/src/core/syntax/hcl/hclSyntax';
import { repositoryRoot, sharedCorpus } from '../support/repository';
import { skip } from '../support/skip';

/*
 * The front end for HCL beside the grammar of tree-sitter (@tree-sitter-grammars/tree-sitter-hcl, its WebAssembly): the same
 * blocks, attributes and literals, at the same places. Where they differ on purpose the difference has a row here.
 */

/** What differs in the files of the corpus, and why; looked at one by one. Anything else fails. */
const DIFFERENCES: readonly (readonly [difference: string, reason: string])[] = [
  [
    '"${expression}" is a text of the grammar, and an expression of ours',
    'HCL native syntax specification, "Template Unwrapping": its value is that of the expression, with its type.',
  ],
  [
    '-1 is an operator and a number of the grammar, and one number of ours',
    'Nothing but the number is of interest; ours includes the sign.',
  ],
  [
    'literals in conditions, indexes, collections of `for` and bare traversals are none of ours',
    'They select or count values, and no policy has them as text.',
  ],
];

/** Blocks, attributes and literals as lines: kind, start, end, and names. */
interface Reading {
  readonly lines: ReadonlySet<string>;
  /** Where literals are of no interest. */
  readonly opaque: readonly { readonly start: number; readonly end: number }[];
}

function ours(text: string): Reading {
  const lines = new Set<string>();
  const opaque: HclExpression[] = [];
  const nameOf = ({ quoted, start, end }: HclName) =>
    quoted ? text.slice(start + 1, end - 1) : text.slice(start, end);
  const readBody = (body: HclBody): void => {
    for (const item of body.items) {
      if (item.kind === 'block') {
        lines.add(`block ${item.start} ${item.end} ${[item.type, ...item.labels].map(nameOf).join('.')}`);
        readBody(item.body);
      } else {
        lines.add(`attribute ${item.start} ${item.end} ${nameOf(item.name)}`);
        read(item.value);
      }
    }
  };
  const read = (expression: HclExpression | undefined): void => {
    switch (expression?.kind) {
      case undefined:
        return;
      case 'template':
        lines.add(
          expression.style === 'quoted'
            ? `text ${expression.start} ${expression.end}`
            : `heredoc ${expression.start}`,
        );
        return;
      case 'number':
        // Without its sign.
        lines.add(
          `number ${expression.start + (/^-\s*/.exec(text.slice(expression.start, expression.end))?.[0].length ?? 0)} ${expression.end}`,
        );
        return;
      case 'boolean':
      case 'null':
        lines.add(`${expression.kind} ${expression.start} ${expression.end}`);
        return;
      case 'tuple':
        expression.items.forEach(read);
        return;
      case 'object':
        for (const { key, value } of expression.pairs) {
          if ('kind' in key) {
            read(key);
          } else if (key.quoted) {
            lines.add(`text ${key.start} ${key.end}`);
          }
          read(value);
        }
        return;
      case 'call':
        expression.args.forEach(read);
        return;
      case 'conditional':
        opaque.push(expression);
        expression.branches.forEach(read);
        return;
      case 'for':
        opaque.push(expression);
        read(expression.body);
        return;
      case 'reference':
        opaque.push(expression);
        return;
      case 'other':
        opaque.push(expression);
        expression.parts.forEach(read);
        return;
    }
  };
  readBody(parseHclBody(text));
  return { lines, opaque };
}

const LITERALS: ReadonlyMap<string, string> = new Map([
  ['numeric_lit', 'number'],
  ['bool_lit', 'boolean'],
  ['null_lit', 'null'],
]);

function theirs(root: Node): ReadonlySet<string> {
  const lines = new Set<string>();
  const children = (node: Node): readonly Node[] => node.namedChildren.filter((child) => child !== null);
  const read = (node: Node): void => {
    const span = `${node.startIndex} ${node.endIndex}`;
    switch (node.type) {
      case 'block': {
        const names = children(node)
          .filter(({ type }) => type === 'identifier' || type === 'string_lit')
          .map(({ text }) => text.replace(/^"(.*)"$/, '$1'));
        lines.add(`block ${span} ${names.join('.')}`);
        children(node)
          .filter(({ type }) => type === 'body')
          .forEach(read);
        return;
      }
      case 'attribute':
        lines.add(`attribute ${span} ${children(node)[0]?.text}`);
        children(node).slice(1).forEach(read);
        return;
      case 'string_lit':
        lines.add(`text ${span}`);
        return;
      case 'quoted_template': {
        const inner = children(node).filter(({ type }) => !/^quoted_template_(?:start|end)$/.test(type));
        const [only] = inner;
        if (inner.length === 1 && only?.type === 'template_interpolation') {
          // A text where ours has one.
          unwrapped.set(`text ${span}`, only);
        }
        lines.add(`text ${span}`);
        return;
      }
      case 'heredoc_template':
        lines.add(`heredoc ${node.startIndex}`);
        return;
    }
    const literal = LITERALS.get(node.type);
    if (literal === undefined) {
      children(node).forEach(read);
    } else {
      lines.add(`${literal} ${span}`);
    }
  };
  const unwrapped = new Map<string, Node>();
  read(root);
  // What stands in texts of one expression counts in their place.
  for (const [line, node] of unwrapped) {
    lines.delete(line);
    children(node).forEach(read);
  }
  return lines;
}

/** What one of them has alone, less what the table of differences says. */
function differences(text: string, parser: Parser): readonly string[] {
  const tree = parser.parse(text);
  assert.ok(tree !== null);
  const judged = theirs(tree.rootNode);
  const isFaulty = tree.rootNode.hasError;
  tree.delete();
  const { lines, opaque } = ours(text);
  const within = (line: string): boolean => {
    const [kind, start] = line.split(' ');
    const at = Number(start);
    return (
      kind !== 'block' &&
      kind !== 'attribute' &&
      opaque.some((expression) => expression.start <= at && at < expression.end)
    );
  };
  const isUnwrapped = (line: string): boolean => {
    const [kind, start, end] = line.split(' ');
    return kind === 'text' && /^"\$\{[\s\S]*\}"$/.test(text.slice(Number(start), Number(end)));
  };
  return [
    ...(isFaulty ? ['the grammar finds a fault'] : []),
    ...[...judged].filter((line) => !lines.has(line) && !within(line)).map((line) => `missing ${line}`),
    ...[...lines].filter((line) => !judged.has(line) && !isUnwrapped(line)).map((line) => `more ${line}`),
  ];
}

const SMALL = `# A comment.
terraform {
  required_version = ">= 1.5"
}

resource "aws_iam_policy" "p" {
  count  = var.on ? 1 : 0
  policy = jsonencode({
    Version   = "2012-10-17"
    "Statement" : [for b in ["a", "b"] : { Effect = "Allow", Action = "s3:*", Resource = "\${b}/*" }]
  })
  offset = -1 // Signed.
  tags   = merge({ a = null }, { b = (true) })
  text   = <<-EOT
    one \${var.x}
  EOT
  dynamic "rule" {
    for_each = toset(["x"])
    content {
      name = "\${rule.value}"
    }
  }
}
`;

describe("the front end for HCL beside tree-sitter's grammar", () => {
  let parser: Parser;
  before(async () => {
    await Parser.init();
    const grammar = '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm';
    parser = new Parser();
    parser.setLanguage(await Language.load(join(repositoryRoot, 'node_modules', grammar)));
  });
  after(() => parser.delete());

  it('reads the same in a small file', () => {
    assert.deepEqual(differences(SMALL, parser), []);
    assert.ok(DIFFERENCES.every(([difference, reason]) => difference !== '' && reason !== ''));
  });

  it('reads the same in every file of the corpus', function () {
    const corpus = sharedCorpus('formats');
    if (corpus === undefined) {
      return skip(this, 'There is no corpus of formats beside the repository.');
    }
    this.timeout(60_000);
    const found: string[] = [];
    let files = 0;
    for (const folder of ['tf-document', 'tf-heredoc', 'tf-jsonencode', 'tf-template']) {
      for (const name of readdirSync(join(corpus, folder)).filter((each) =>
        /\.(?:tf|tofu|hcl)$/.test(each),
      )) {
        files += 1;
        const text = readFileSync(join(corpus, folder, name), 'utf8').replace(/^\ufeff/, '');
        found.push(...differences(text, parser).map((difference) => `${folder}/${name}: ${difference}`));
      }
    }
    assert.deepEqual(found, []);
    assert.ok(files > 200);
  });
});
