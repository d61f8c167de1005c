import { plainText } from './literals';
import type { Call } from './reader';
import { replaced } from './replacedTexts';
import {
  asDynamic,
  entryOf,
  hole,
  type ObjectValue,
  oneAfterTheOther,
  opaque,
  type Piece,
  type ProgramEntry,
  type ProgramValue,
  type StringValue,
  standIn,
} from './values';

/**
 * Texts and lists that calls put together. AWS CDK API Reference, classes `Fn`, `Stack`, `Arn` and `RestApi`; Pulumi
 * documentation, "Inputs and outputs"; Troposphere, `Join` and `Sub`; ECMA-262, `Array.prototype` and `String.prototype`;
 * Python Library Reference, `str.join`.
 *
 * @returns `undefined` for any other call
 */
export function textOfCall(call: Call): ProgramValue | undefined {
  const of = call.path.at(-2);
  switch (call.path.at(-1)) {
    case 'join':
      return of === 'Fn' ? joinedByFunction(call) : joinedByMethod(call);
    case 'Join':
      return joinedByFunction(call);
    case 'sub':
      return of === 'Fn' ? substituted(call) : undefined;
    case 'Sub':
      return substituted(call);
    case 'concat':
      return of === 'pulumi' || of === 'Output' ? joined(call, call.args(), '') : concatenated(call);
    case 'replace':
    case 'replaceAll':
      return replaced(call);
    case 'filter':
    case 'flat': {
      const list = call.receiver();
      return list?.kind === 'array'
        ? { ...list, closed: false, end: call.end, items: list.items.map(asDynamic) }
        : undefined;
    }
    case 'formatArn':
    case 'format_arn':
      return formattedArn(call);
    case 'format':
      return of === 'Arn' ? formattedArn(call) : undefined;
    case 'arnForExecuteApi':
    case 'arn_for_execute_api':
      return executeApiArn(call);
    default:
      return undefined;
  }
}

/** `Fn.join(':', ['arn', …])`, which is given the text that goes between. */
function joinedByFunction(call: Call): ProgramValue | undefined {
  const [separator, list] = call.args();
  return separator?.kind === 'string' && list?.kind === 'array'
    ? joined(call, list.items, plainText(call.text, separator))
    : undefined;
}

/** `['arn', …].join(':')` of JavaScript, and `':'.join(['arn', …])` of Python. */
function joinedByMethod(call: Call): ProgramValue | undefined {
  const receiver = call.receiver();
  if (receiver?.kind !== 'array' && receiver?.kind !== 'string') {
    return undefined;
  }
  const [argument] = call.args();
  if (receiver.kind === 'array') {
    return argument?.kind === 'string'
      ? joined(call, receiver.items, plainText(call.text, argument))
      : undefined;
  }
  return argument?.kind === 'array'
    ? joined(call, argument.items, plainText(call.text, receiver))
    : undefined;
}

function concatenated(call: Call): ProgramValue | undefined {
  const receiver = call.receiver();
  switch (receiver?.kind) {
    case 'string':
      return joined(call, [receiver, ...call.args()], '');
    case 'array':
      return oneAfterTheOther([receiver, ...call.args()], call.start, call.end);
    default:
      return undefined;
  }
}

/** Several texts as one; what is not a literal is a hole. `undefined` if nothing is known. */
export function joined(call: Call, items: readonly ProgramValue[], between: string): StringValue | undefined {
  const pieces = items.flatMap((item, index): readonly Piece[] => {
    const own = piecesOf(call, item);
    return index === 0 || between === '' ? own : [letters(between, item.start, item.start), ...own];
  });
  return items.some(({ kind }) => kind === 'string')
    ? { kind: 'string', start: call.start, end: call.end, closed: true, pieces }
    : undefined;
}

function piecesOf({ text }: Call, value: ProgramValue): readonly Piece[] {
  return value.kind === 'string'
    ? value.pieces
    : [hole(text.slice(value.start, value.end), value.start, value.end)];
}

function letters(text: string, start: number, end: number): Piece {
  return { style: undefined, text, start, end, literal: undefined };
}

/** `Fn.sub`, whose text names what CloudFormation puts in. */
function substituted(call: Call): ProgramValue | undefined {
  const [text, variables] = call.args();
  if (text?.kind !== 'string') {
    return undefined;
  }
  const { start, end } = call;
  const value: ProgramValue =
    variables === undefined
      ? text
      : { kind: 'array', start, end, closed: true, items: [text, opaque(variables.start, variables.end)] };
  return objectOf(call, [{ key: { name: 'Fn::Sub', ...call.name }, value, start, end }]);
}

/** An ARN; the parts that are left out are those of the stack. */
function formattedArn(call: Call): StringValue | undefined {
  const named = call.named();
  const properties = named.length > 0 ? objectOf(call, named) : call.args()[0];
  if (properties?.kind !== 'object' || properties.entries.some(({ key }) => key.name === '<<')) {
    return undefined;
  }
  const given = (...names: readonly string[]): ProgramValue | undefined =>
    names.map((name) => entryOf(properties, name)?.value).find((value) => value !== undefined);
  const service = given('service');
  const resource = given('resource');
  if (service === undefined || resource === undefined) {
    return undefined;
  }
  const part = (value: ProgramValue | undefined, ofStack: string): readonly Piece[] =>
    value === undefined ? [hole(ofStack, call.name.start, call.name.end)] : piecesOf(call, value);
  const resourceName = given('resourceName', 'resource_name');
  const [before, between] = separatorsOf(call, given('arnFormat', 'arn_format'), given('sep'));
  return arnText(call, [
    part(given('partition'), 'Aws.PARTITION'),
    part(service, ''),
    part(given('region'), 'Aws.REGION'),
    part(given('account'), 'Aws.ACCOUNT_ID'),
    [
      ...(before === '' ? [] : [letters(before, resource.start, resource.start)]),
      ...piecesOf(call, resource),
      ...(resourceName === undefined
        ? []
        : [
            ...(typeof between === 'string'
              ? [letters(between, resourceName.start, resourceName.start)]
              : piecesOf(call, between)),
            ...piecesOf(call, resourceName),
          ]),
    ],
  ]);
}

/** What stands before the resource of an ARN, and between it and its name: `ArnFormat` of the CDK. */
function separatorsOf(
  { text }: Call,
  format: ProgramValue | undefined,
  separator: ProgramValue | undefined,
): readonly [before: string, between: string | ProgramValue] {
  if (separator !== undefined) {
    return ['', separator];
  }
  switch (format && /\.([A-Z_]{1,60})$/.exec(text.slice(format.start, format.end))?.[1]) {
    case 'SLASH_RESOURCE_NAME':
    case 'NO_RESOURCE_NAME':
      return ['', '/'];
    case 'SLASH_RESOURCE_SLASH_RESOURCE_NAME':
      return ['/', '/'];
    case 'COLON_RESOURCE_NAME':
      return ['', ':'];
    default:
      return ['', format ?? '/'];
  }
}

/** `api.arnForExecuteApi('GET', '/pets', 'prod')`: what is left out is everything, and so is the method ANY. */
function executeApiArn(call: Call): StringValue | undefined {
  const named = objectOf(call, call.named());
  const args = call.args();
  const given = (index: number, name: string): ProgramValue | undefined =>
    args[index] ?? entryOf(named, name)?.value;
  if (call.isOpen) {
    return undefined;
  }
  const { start, end } = call.name;
  const part = (value: ProgramValue | undefined, all: string): readonly Piece[] =>
    value === undefined ? [letters(all, start, end)] : piecesOf(call, value);
  const method = given(0, 'method');
  const isAny = method?.kind === 'string' && /^any$/i.test(plainText(call.text, method));
  const id = call.path.at(-1) === 'arnForExecuteApi' ? 'restApiId' : 'rest_api_id';
  const api = [...call.path.slice(0, -1), id].join('.');
  return arnText(call, [
    [hole('Aws.PARTITION', start, end)],
    [letters('execute-api', start, end)],
    [hole('Aws.REGION', start, end)],
    [hole('Aws.ACCOUNT_ID', start, end)],
    [
      hole(api, start, end),
      letters('/', start, end),
      ...part(given(2, 'stage'), '*'),
      letters('/', start, end),
      ...(isAny ? [letters('*', method.start, method.end)] : part(method, '*')),
      ...part(given(1, 'path'), '/*'),
    ],
  ]);
}

function arnText({ start, end, name }: Call, fields: readonly (readonly Piece[])[]): StringValue {
  const pieces = [
    letters('arn', name.start, name.end),
    ...fields.flatMap((field) => [letters(':', name.start, name.end), ...field]),
  ];
  return { kind: 'string', start, end, closed: true, pieces };
}

/** What a call comes to where it is an object of these entries, and of nothing else. */
export function objectOf({ start, end }: Call, entries: readonly ProgramEntry[]): ObjectValue {
  return { kind: 'object', start, end, closed: true, entries };
}

/** The ARN of the account that a stack is in, as `AccountRootPrincipal` names it. */
export function accountRoot(start: number, end: number): StringValue {
  const text = standIn('', start, end);
  const pieces = [
    letters('arn:', start, end),
    hole('Aws.PARTITION', start, end),
    letters(':iam::', start, end),
    hole('Aws.ACCOUNT_ID', start, end),
    letters(':root', start, end),
  ];
  return { ...text, pieces };
}
