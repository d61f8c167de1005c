import assert from 'node:assert/strict';
import {
  createLanguageService,
  type PolicyDocument,
  type WorkspaceKnowledge,
} from '../../server/src/core/index';
import type { PolicyType } from '../../server/src/core/locate/policyType';
import { loadIamData } from '../support/iamData';
import { median, processorMs } from './measure';

/** What an answer costs against what it may cost, in milliseconds of processor time. */
export interface AnswerCost {
  readonly name: string;
  /** The median of documents of which nothing was asked before, and that of the question after it. */
  readonly first: number;
  readonly next: number;
  readonly most: number;
}

type Json = Readonly<Record<string, unknown>>;

const service = createLanguageService({ iamData: loadIamData() });
const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';
/** A question over 2,000 statements, an answer of a command over 16,000, and whatever somebody made to be slow. */
const QUESTION_MS = 50;
const COMMAND_MS = 1_000;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** Opened and taken apart into policies, as an editor has it that shows it; no statement of it was looked at. */
function opened(statements: readonly Json[], policyType: PolicyType = 'identity'): PolicyDocument {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const document = service.open({ text, language: 'json', override: { policyType } });
  // Policies are made when somebody asks for them.
  assert.equal(document.policies.length, 1);
  return document;
}

/** Statements about routes, all of the same actions, a third of them with a condition, and some that deny. */
const routes = (count: number, seed: number): PolicyDocument =>
  opened(
    numbers(count).map((index) => ({
      Effect: index % 5 === 4 ? 'Deny' : 'Allow',
      Action: ['execute-api:Invoke', 'execute-api:InvalidateCache', 's3:Get*'],
      Resource: [`${API}/prod/GET/pets${seed + index}/*`, `${API}/*/GET/x${seed + index}`],
      ...(index % 3 === 0 && { Condition: { StringEquals: { [`aws:PrincipalTag/${index}`]: 'x' } } }),
    })),
  );

const objects = (count: number, seed: number): PolicyDocument =>
  opened(
    numbers(count).map((index) => ({
      Effect: index % 5 === 4 ? 'Deny' : 'Allow',
      Action: ['s3:GetObject', 's3:DeleteObject'],
      Resource: `arn:aws:s3:::team-${seed + index}-data/*`,
      ...(index % 3 === 0 && { Condition: { StringEquals: { [`aws:PrincipalTag/t${index % 50}`]: 'x' } } }),
    })),
  );

/** A workspace that defines an API of so many routes, which nobody has asked for yet. */
function workspaceOf(count: number, seed: number): WorkspaceKnowledge {
  const route = (index: number) => ({
    method: 'GET',
    path: `/pets${seed + index}/{id}/toys`,
    span: { start: 0, end: 1 },
  });
  const api: WorkspaceKnowledge['apis'][number] = {
    name: 'petstore',
    uri: 'file:///petstore.yaml',
    kind: 'rest',
    ids: ['a1b2c3d4e5'],
    stages: ['prod'],
    regions: ['us-east-1'],
    routes: numbers(count).map(route),
    complete: true,
  };
  return { accounts: [], apis: [api] };
}

const workspaces = new WeakMap<PolicyDocument, WorkspaceKnowledge>();

const ask =
  (action: string, resource: (seed: number) => string) =>
  (document: PolicyDocument, seed: number): unknown =>
    service.allowsEachWay([document], { action, resource: resource(seed) });

const ANSWERS: readonly {
  readonly name: string;
  readonly most: number;
  readonly of: (seed: number) => PolicyDocument;
  readonly ask: (document: PolicyDocument, seed: number) => unknown;
}[] = [
  {
    name: 'a question, 2,000 statements',
    most: QUESTION_MS,
    of: (seed) => routes(2_000, seed),
    ask: ask('execute-api:Invoke', (seed) => `${API}/prod/GET/pets${seed + 7}/1`),
  },
  {
    name: 'of which none speaks',
    most: QUESTION_MS,
    of: (seed) => routes(2_000, seed),
    ask: ask('dynamodb:GetItem', () => 'arn:aws:dynamodb:us-east-1:123456789012:table/Pets'),
  },
  {
    name: 'with wildcards, which each meets',
    most: QUESTION_MS,
    of: (seed) => routes(2_000, seed),
    ask: ask('execute-api:*', () => `${API}/*/GET/*`),
  },
  {
    name: 'hover, an API of 3,000 routes',
    most: QUESTION_MS,
    of: (seed) => {
      const document = opened([
        { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${API}/prod/GET/*` },
      ]);
      workspaces.set(document, workspaceOf(3_000, seed));
      return document;
    },
    ask: (document) => {
      const knowledge = workspaces.get(document);
      assert.ok(knowledge);
      const at = document.text.indexOf('/GET/*') + '/GET/'.length;
      const hover = service.hover(document, at, { knowledge, linkTo: (uri) => uri });
      assert.match(hover?.contents ?? '', /3,000/);
      return hover;
    },
  },
  {
    name: 'findings, 400 ARNs of no route of an API of 3,000',
    most: COMMAND_MS,
    of: (seed) => {
      const document = opened(
        numbers(400).map((index) => ({
          Effect: 'Allow',
          Action: 'execute-api:Invoke',
          Resource: `${API}/prod/GET/pets${seed + index}/1/toy`,
        })),
      );
      workspaces.set(document, workspaceOf(3_000, seed));
      return document;
    },
    ask: (document) => {
      const { findings } = service.lint(document, { knowledge: workspaces.get(document) });
      assert.equal(findings.filter(({ rule }) => rule === 'execute-api-route-unknown').length, 400);
    },
  },
  {
    name: 'preflight, 16,000 statements',
    most: COMMAND_MS,
    of: (seed) => routes(16_000, seed),
    ask: (document, seed) => service.preflight(document, `${API}/prod/GET/pets${seed + 7}/1`),
  },
  {
    name: 'preflight, an ARN made to be slow',
    most: COMMAND_MS,
    of: (seed) => routes(16_000, seed),
    ask: (document) => service.preflight(document, `${API}/${'*a'.repeat(400)}`),
  },
  {
    name: 'who may invalidate, 16,000 statements',
    most: COMMAND_MS,
    of: (seed) => routes(16_000, seed),
    ask: (document, seed) => service.whoMayInvalidate(document, `${API}/prod/GET/pets${seed + 7}/1`),
  },
  {
    name: 'who may invalidate, an ARN made to be slow',
    most: COMMAND_MS,
    of: (seed) => routes(16_000, seed),
    ask: (document) => service.whoMayInvalidate(document, `${API}/${'*a'.repeat(400)}`),
  },
  {
    name: 'who, 16,000 statements',
    most: COMMAND_MS,
    of: (seed) => objects(16_000, seed),
    ask: (document, seed) =>
      service.granted([document], {
        action: 's3:GetObject',
        resource: `arn:aws:s3:::team-${seed + 16}-data/x`,
        onlyPublic: false,
      }),
  },
  {
    name: 'never, 16,000 statements',
    most: COMMAND_MS,
    of: (seed) => objects(16_000, seed),
    ask: (document) => service.granted([document], { action: 's3:DeleteObject', onlyPublic: false }),
  },
];

/** Pairs of policies that a comparison could take forever with, by what one statement of each says. */
const HOSTILE: readonly (readonly [name: string, count: number, more: (at: number, side: 0 | 1) => Json])[] =
  [
    [
      'compare, resources to be filled in',
      200,
      (at, side) => ({ Resource: `arn:aws:s3:::\${var.bucket${at}}/*${side}` }),
    ],
    [
      'compare, roles in conditions',
      1_000,
      (at, side) => ({
        Principal: '*',
        Effect: 'Allow',
        Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/${side}${at}*` } },
      }),
    ],
    [
      'compare, dates',
      2_000,
      (at, side) => ({
        Condition: {
          DateGreaterThan: { 'aws:CurrentTime': new Date((18_000 + at + side) * 86_400_000).toISOString() },
        },
      }),
    ],
    [
      'compare, blocks of addresses',
      2_000,
      (at, side) => ({
        Condition: { IpAddress: { 'aws:SourceIp': `10.${at >> 8}.${at & 255}.0/${24 - side}` } },
      }),
    ],
    [
      'compare, policy variables',
      1_000,
      (at, side) => ({ Resource: `arn:aws:s3:::b/\${aws:PrincipalTag/t${at}}/${side}*` }),
    ],
  ];

/** @param rounds how many documents a question is put to, after one that warms up; fewer where they are large */
export function* answerCosts(rounds: number): Generator<AnswerCost> {
  let seed = 0;
  for (const { name, most, of, ask: put } of ANSWERS) {
    const times = numbers(most === QUESTION_MS ? rounds + 1 : 3).map(() => {
      seed += 20_000;
      const document = of(seed);
      const run = (): unknown => put(document, seed);
      return { first: processorMs(run), next: processorMs(run) };
    });
    yield { name, most, ...medians(times.slice(1)) };
  }
  for (const [name, count, more] of HOSTILE) {
    const type = 'Principal' in more(0, 0) ? 'resource' : 'identity';
    const side = (which: 0 | 1): PolicyDocument =>
      opened(
        numbers(count).map((at) => ({
          Effect: at % 2 === 0 ? 'Allow' : 'Deny',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::b/*',
          ...more(at, which),
        })),
        type,
      );
    const times = numbers(2).map(() => {
      const [was, is] = [side(0), side(1)];
      const run = (): unknown => service.compare([was], [is]);
      return { first: processorMs(run), next: processorMs(run) };
    });
    yield { name, most: COMMAND_MS, ...medians(times) };
  }
}

function medians(times: readonly { readonly first: number; readonly next: number }[]) {
  return { first: median(times.map(({ first }) => first)), next: median(times.map(({ next }) => next)) };
}
