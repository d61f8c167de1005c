import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';

/** One operator of a compiled file that becomes another. Offsets are UTF-16 in the compiled text, spans half-open. */
export interface Mutant {
  /** The operator, or what decides. */
  readonly at: number;
  /**
   * What is replaced, by `text`. A test must reach its beginning: V8 counts what stands behind `&&`, `||` and `??`, and
   * these themselves, only where it is worked out.
   */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** As in `&& → ||`. */
  readonly change: string;
}

/** What each operator of two operands becomes. */
const BINARY: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
};

/** Operators before or behind one operand, and those that assign. `!` is taken away instead. */
const REPLACED: Readonly<Record<string, string>> = { '++': '--', '--': '++', '+=': '-=', '-=': '+=' };

const METHODS: Readonly<Record<string, string>> = { some: 'every', every: 'some', min: 'max', max: 'min' };

/** What decides between two ways is negated where it has no operator of its own. */
const DECIDING = new Set(['IfStatement', 'WhileStatement', 'DoStatement', 'ConditionalExpression']);

/** Everything that can be changed in a compiled file by one operator, in the order of the text. */
export function mutantsOf(source: string): readonly Mutant[] {
  const mutants: Mutant[] = [];
  const table = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
    Object.hasOwn(record, name) ? record[name] : undefined;
  const read = ({ from, to }: SyntaxNode): string => source.slice(from, to);
  const add = (node: SyntaxNode, at: number, text: string, change: string): void => {
    mutants.push({ at, start: node.from, end: node.to, text, change });
  };
  parser.parse(source).iterate({
    enter: (reference) => {
      const { node } = reference;
      if (isOfCompiler(read(node), node) || isEstimate(read(node), node)) {
        return false;
      }
      switch (node.name) {
        case 'BinaryExpression': {
          const [left, operator, right] = partsOf(node);
          if (left === undefined || operator === undefined || right === undefined) {
            break;
          }
          for (const other of table(BINARY, read(operator)) ?? []) {
            const text = `((${read(left)}) ${other} (${read(right)}))`;
            add(node, operator.from, text, `${read(operator)} → ${other}`);
          }
          break;
        }
        case 'UnaryExpression': {
          const [operator, operand] = partsOf(node);
          if (operator !== undefined && operand !== undefined && /^[!-]$/.test(read(operator))) {
            add(node, operator.from, `(${read(operand)})`, `${read(operator)} → nothing`);
          }
          break;
        }
        case 'ArithOp':
        case 'UpdateOp': {
          const other = table(REPLACED, read(node));
          if (other !== undefined) {
            add(node, node.from, other, `${read(node)} → ${other}`);
          }
          break;
        }
        case 'BooleanLiteral':
          add(node, node.from, String(read(node) !== 'true'), `${read(node)} → ${read(node) !== 'true'}`);
          break;
        case 'PropertyName': {
          const other = table(METHODS, read(node));
          if (other !== undefined && node.parent?.parent?.name === 'CallExpression') {
            add(node, node.from, other, `${read(node)} → ${other}`);
          }
          break;
        }
        default:
      }
      if (DECIDING.has(node.name)) {
        const condition =
          node.name === 'ConditionalExpression'
            ? node.firstChild
            : (node.getChild('ParenthesizedExpression')?.firstChild?.nextSibling ?? null);
        if (condition !== null && !/^(?:Binary|Unary)Expression$|^BooleanLiteral$/.test(condition.name)) {
          add(condition, condition.from, `!(${read(condition)})`, 'condition → its opposite');
        }
      }
      return undefined;
    },
  });
  return mutants.sort((a, b) => a.at - b.at);
}

/** What the compiler adds around a module says nothing of it. */
function isOfCompiler(text: string, { name }: SyntaxNode): boolean {
  return (
    (name === 'ExpressionStatement' || name === 'VariableDeclaration') &&
    /^Object\.defineProperty\(exports|^exports\.\w+ = |^var __\w+ = /.test(text)
  );
}

/** What a search counts as work done is an estimate: it decides when to give up, which the tests of hostile policies bound. */
function isEstimate(text: string, { name }: SyntaxNode): boolean {
  return name === 'CallExpression' && /^(?:this\.)?#?effort\.spend\(/.test(text);
}

/** The children of an expression, without comments. */
function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!child.name.endsWith('Comment')) {
      parts.push(child);
    }
  }
  return parts;
}
