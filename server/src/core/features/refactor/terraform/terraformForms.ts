import { type JsonValue, plainValue } from '../../../lint/layout';
import type { Edit } from '../../../lint/rule';
import { documentText } from '../../../lint/writers/hclDocument';
import { deeper, type HclPlace, newLine, placeAt, valueText } from '../../../lint/writers/hclText';
import { Unwritable } from '../../../lint/writers/writer';
import { isPolicy, isPolicyAnywhere } from '../../../locate/policyShape';
import { PLAIN_DIALECT } from '../../../syntax/hcl/hclStrings';
import { encodeTemplate, holesOf } from '../../../syntax/hcl/hclTemplates';
import type { ObjectNode } from '../../../syntax/nodes';
import { spanIn } from '../../../syntax/stringSpans';
import type { Refactor, RefactorPlace } from '../refactoring';
import { replaceValue } from './alignment';
import { isExpression, mayHaveLocal, mentionsDocument, referencesTo } from './documentReferences';
import { canMove, isBoundToBlock } from './references';
import { type Form, type WrittenPolicy, writtenPolicy } from './written';

/**
 * Writes a policy of Terraform in another form that makes the same of it: as JSON in a heredoc, as an object in `jsonencode`
 * (Terraform language, function `jsonencode`), or as a data source (AWS provider, `aws_iam_policy_document`). Not where a
 * comment would be lost, an expression would mean something else, or another file may need what goes away.
 */

export const toJsonencode: Refactor = (place) =>
  rewritten(
    place,
    'object',
    'Write the policy as an object in jsonencode',
    (value, at) => `jsonencode(${valueText(value, at)})`,
  );

export const toHeredoc: Refactor = (place) =>
  rewritten(place, 'json', 'Write the policy as JSON in a heredoc', heredocText);

function rewritten(
  place: RefactorPlace,
  to: Form,
  title: string,
  write: (value: JsonValue, at: HclPlace) => string,
): ReturnType<Refactor> {
  const found = writtenPolicy(place);
  const isHidden = to === 'json' && isForAskers(place);
  const isLost = to === 'object' && found?.form === 'json' && !isPolicyInObjects(place.policy.node);
  if (found === undefined || found.form === to || isHidden || isLost || !canMove(found, to, textsOf(place))) {
    return [];
  }
  const { source, start, end } = found;
  if (found.form !== 'document') {
    return to === 'json' && !endsLine(source.text, end)
      ? []
      : [
          {
            title,
            edits: () => replaceValue(source, start, end, write(valueIn(found), placeAt(source, start))),
          },
        ];
  }
  const moved = placeOfDocument(place, found, to);
  return moved === undefined ? [] : [{ title, edits: () => moved(write) }];
}

/**
 * Whether what a text holds is a policy as an object among others too. Of one that may be something else the statements
 * would be all that is a policy, and of one with no name that is right nothing.
 */
function isPolicyInObjects(node: ObjectNode): boolean {
  return isPolicyAnywhere(node) && isPolicy(node, { isRoot: false, isTold: () => false });
}

/** Inlines the data source where only one expression names it, and else makes a local value of it. */
function placeOfDocument(
  place: RefactorPlace,
  found: WrittenPolicy,
  to: Form,
): ((write: (value: JsonValue, at: HclPlace) => string) => readonly Edit[]) | undefined {
  const {
    document: { tree },
    module,
  } = place;
  const { source, start, end, names } = found;
  const { text } = source;
  const [, , name] = names;
  if (
    isForAskers(place) ||
    name === undefined ||
    !/^[\w-]+$/.test(name) ||
    module === undefined ||
    tree.root === undefined
  ) {
    return undefined;
  }
  const { root } = tree;
  const references = referencesTo(text, name, { start, end });
  const lines = linesOf(text, start, end);
  if (
    references === undefined ||
    references.length === 0 ||
    lines === undefined ||
    references.some(({ start: at }) => isInComment(text, at)) ||
    module.some((other) => mentionsDocument(other, name))
  ) {
    return undefined;
  }
  const [only] = references;
  const isInline = only !== undefined && references.length === 1 && lines.remark === '';
  if (isInline && isExpression(root, only) && (to !== 'json' || endsLine(text, only.end))) {
    return (write) => [
      ...replaceValue(source, only.start, only.end, write(valueIn(found), placeAt(source, only.start))),
      { span: spanIn(source, lines.from, lines.to), text: '' },
    ];
  }
  const isTaken = mayHaveLocal(text.slice(0, start) + text.slice(end), name);
  if (isTaken || module.some((other) => mayHaveLocal(other, name))) {
    return undefined;
  }
  return (write) => {
    const at = placeAt(source, start);
    const inner = deeper(at);
    const local = `locals {${newLine(inner)}${name} = ${write(valueIn(found), inner)}${newLine(at)}}`;
    return [
      { span: spanIn(source, start, end), text: source.encode(local) },
      ...references.map((each) => ({
        span: spanIn(source, each.start, each.end),
        text: source.encode(`local.${name}`),
      })),
    ];
  };
}

export const toDataSource: Refactor = (place) => {
  const found = writtenPolicy(place);
  const { module } = place;
  if (
    found === undefined ||
    isForAskers(place) ||
    found.form === 'document' ||
    !found.isPlain ||
    !BLOCKS.has(found.names[0] ?? '') ||
    module === undefined ||
    isBoundToBlock(found) ||
    !canMove(found, 'document', textsOf(place))
  ) {
    return [];
  }
  const { source, start, end } = found;
  const name = nameFor(found, [source.text, ...module]);
  const at = behindRemark(source.text, found.blockStart);
  const block = at === undefined ? undefined : placeAt(source, found.blockStart);
  return name === undefined || at === undefined || block === undefined
    ? []
    : [
        {
          title: 'Write the policy as a data source',
          edits: () => [
            {
              span: spanIn(source, at, at),
              text: source.encode(
                `${documentText(valueIn(found), name, block)}${block.lineBreak}${block.lineBreak}`,
              ),
            },
            ...replaceValue(source, start, end, `data.aws_iam_policy_document.${name}.json`),
          ],
        },
      ];
};

/** What hangs on other files is not looked for at every move of the cursor within statements. */
function isForAskers({ statements, asked }: RefactorPlace): boolean {
  return !asked && statements.length > 0;
}

/** The blocks of a module in which an expression may name a data source. */
const BLOCKS: ReadonlySet<string> = new Set(['resource', 'data', 'locals', 'module', 'output']);

/** What a data source is called for a policy: as the block that has it, by the argument where a block has several. */
function nameFor({ names }: WrittenPolicy, texts: readonly string[]): string | undefined {
  const [block, ...rest] = names;
  const label = block === 'resource' || block === 'data' ? rest[1] : rest[0];
  if (label === undefined || !/^[A-Za-z_][\w-]*$/.test(label)) {
    return undefined;
  }
  const stem = names.at(-1) === 'assume_role_policy' ? `${label}_assume_role` : label;
  return Array.from({ length: 20 }, (_, index) => (index === 0 ? stem : `${stem}_${index + 1}`)).find(
    (name) => !texts.some((text) => mentionsDocument(text, name)),
  );
}

function textsOf({ document, module = [] }: RefactorPlace): readonly string[] {
  return [document.text, ...module];
}

/** A policy's value, with the Version and the effects that a data source need not say. */
function valueIn({ form, policy, source }: WrittenPolicy): JsonValue {
  const value = plainValue(policy.node);
  if (form !== 'document') {
    return value;
  }
  const { Version, Id, Statement } = value as { readonly [name: string]: JsonValue };
  if (!Array.isArray(Statement)) {
    throw new Unwritable();
  }
  const holes = holesOf(source);
  if (
    Version === '2008-10-17' &&
    source.text.slice(policy.node.span.start, policy.node.span.end).includes('&{')
  ) {
    throw new Unwritable();
  }
  return {
    Version: Version ?? '2012-10-17',
    ...(Id !== undefined && { Id }),
    Statement: (Statement as readonly JsonValue[]).map((statement) => {
      const { Sid, ...rest } = statement as { readonly [name: string]: JsonValue };
      // The provider leaves out what is empty, and writes no variables among actions and names.
      const literals = JSON.stringify([rest.Action, rest.NotAction, namesIn(rest)]);
      const isLiteral = Array.from(literals.matchAll(/\$\{[^{}]*\}?/g)).every(([text]) => holes.has(text));
      if (!isLiteral || Object.values(rest).some(isEmpty)) {
        throw new Unwritable();
      }
      return Sid === undefined || Sid === '' ? rest : { Sid, ...rest };
    }),
  };
}

/** The names of all members of a value, at any depth. */
function namesIn(value: JsonValue): readonly string[] {
  return typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, item]) => [name, ...namesIn(item)]);
}

function isEmpty(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null
    ? Object.keys(value).length === 0 || Object.values(value).some(isEmpty)
    : value === '';
}

/** JSON in lines, with the holes of Terraform in it, between the marks of a heredoc. */
function heredocText(value: JsonValue, place: HclPlace): string {
  const holes = new Map(holesOf(place.source));
  const json = JSON.stringify(withHoles(value, holes), undefined, place.step);
  const inner = deeper(place);
  const text = encodeTemplate(json, 'indented-heredoc', PLAIN_DIALECT, holes);
  return `<<-EOT${newLine(inner)}${text.split('\n').join(newLine(inner))}${newLine(place)}EOT`;
}

/** References as texts that are nothing but one. */
function withHoles(value: JsonValue, holes: Map<string, string>): JsonValue {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).map((item) => withHoles(item, holes));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { Ref: reference } = value as { readonly [name: string]: JsonValue };
  if (typeof reference === 'string') {
    const hole = `\${${reference.replaceAll(/\W+/g, '.').replace(/\.$/, '')}}`;
    const written = `\${${reference}}`;
    if ((holes.get(hole) ?? written) !== written) {
      throw new Unwritable();
    }
    holes.set(hole, written);
    return hole;
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withHoles(item, holes)]));
}

interface Lines {
  readonly from: number;
  readonly to: number;
  /** The comment right above, which speaks of the block. */
  readonly remark: string;
}

/** The lines of a block with a blank one behind or in front; `undefined` where something else stands on them. */
function linesOf(text: string, start: number, end: number): Lines | undefined {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end));
  if (rest === null || text.slice(from, start).trim() !== '') {
    return undefined;
  }
  const to = end + rest[0].length;
  const blank = /^[ \t]*\r?\n/.exec(text.slice(to))?.[0].length;
  const above = text.slice(behindRemark(text, start) ?? from, from);
  const before = blank === undefined ? /\n(\r?\n)$/.exec(text.slice(0, from))?.[1]?.length : undefined;
  return { from: from - (before ?? 0), to: to + (blank ?? 0), remark: above };
}

/** Where the comments begin that stand right above a block; `undefined` where the block begins within a line. */
function behindRemark(text: string, start: number): number | undefined {
  let at = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(at, start).trim() !== '') {
    return undefined;
  }
  while (at > 0) {
    const above = text.lastIndexOf('\n', at - 2) + 1;
    if (!/^[ \t]*(?:#|\/\/|\/\*.*\*\/\s*$)/.test(text.slice(above, at))) {
      break;
    }
    at = above;
  }
  const above = text.slice(0, at).trimEnd();
  const isApart = text.slice(above.length, at).split('\n').length > 2;
  return above.endsWith('*/') && !isApart ? undefined : at;
}

/** Nothing may stand behind the end of a heredoc. */
function endsLine(text: string, at: number): boolean {
  return /^[ \t]*\r?(?:\n|$)/.test(text.slice(at, at + 200));
}

function isInComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /(?:^|\s)(?:#|\/\/)/.test(line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'));
}
