import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { type RequestShape, readExecuteApiArn, requestMethods } from '../../server/src/core/arn/executeApi';
import {
  executeApiMistakes,
  isExecuteApiMeant,
  type MistakeContext,
} from '../../server/src/core/arn/mistakes/executeApiMistakes';
import type { KnownMistake, MistakeKind, Repair } from '../../server/src/core/arn/mistakes/mistake';
import { partitions } from '../../server/src/core/arn/partitions';
import { masked, templatesIn } from '../../server/src/core/pattern/templates';
import { limit } from '../support/patience';
import { sharedCorpus } from '../support/repository';
import { skip } from '../support/skip';
import { runs } from '../support/thorough';

const IDENTITY: MistakeContext = { shorthand: 'refused', shortArn: 'padded' };
const RESOURCE: MistakeContext = { shorthand: 'expanded', shortArn: 'refused' };

const mistakesIn = (text: string, context: MistakeContext = IDENTITY): readonly KnownMistake[] =>
  executeApiMistakes(text, context);

function mended(text: string, repair: Repair): string {
  return text.slice(0, repair.from) + repair.text + text.slice(repair.to);
}

/** The header of an API in the account that documentation uses. */
const A = 'arn:aws:execute-api:us-east-1:123456789012:';

describe('readExecuteApiArn', () => {
  const reachable: readonly (readonly [arn: string, shapes: readonly RequestShape[]])[] = [
    [`${A}a1b2c3d4e5/prod/GET/pets`, ['method']],
    [`${A}a1b2c3d4e5/prod/GET/`, ['method']],
    [`${A}a1b2c3d4e5/prod/GET/a/b:c,d/e.f`, ['method']],
    [`${A}a1b2c3d4e5/prod/GET/pets/`, ['method']],
    [`${A}a1b2c3d4e5/prod/GET/a//b`, ['method']],
    [`${A}a1b2c3d4e5/prod/OPTIONS/x`, ['method']],
    [`${A}a1b2c3d4e5/$default/GET/x`, ['method']],
    [`${A}a1b2c3d4e5/*/$default`, ['method', 'route', 'connection']],
    [`${A}a1b2c3d4e5/prod/$connect`, ['route']],
    [`${A}a1b2c3d4e5/prod/sendMessage`, ['route']],
    [`${A}a1b2c3d4e5/prod/GET`, ['route']],
    [`${A}a1b2c3d4e5/prod/POST/@connections/*`, ['method', 'connection']],
    [`${A}a1b2c3d4e5/prod/PUT/@connections/*`, ['method']],
    [`${A}a1b2c3d4e5/prod/*`, ['method', 'route', 'connection']],
    [`${A}a1b2c3d4e5/prod/*/*`, ['method', 'connection']],
    [`${A}a1b2c3d4e5/*`, ['method', 'route', 'connection']],
    [`${A}/domainnames/api.example.com+abc123`, ['domain']],
    [`${A}/domainnames/*`, ['domain']],
    [`${A}*`, ['method', 'route', 'connection', 'domain']],
    ['arn:aws:execute-api:*:*:*', ['method', 'route', 'connection', 'domain']],
    ['arn:aws:execute-api:*', ['method', 'route', 'connection', 'domain']],
    ['arn:aws:execute-api:*:*:*/@connections/*', ['method', 'connection']],
    ['arn:*:execute-api:us-*:*:*/*/GET/', ['method']],
    ['*', ['method', 'route', 'connection', 'domain']],
    ['execute-api:/*', ['method']],
    ['execute-api:/prod/GET/pets', ['method']],
    ['execute-api:/prod/GET/', ['method']],
    ['arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3d4e5/prod/GET/x', ['method']],
    ['arn:aws-eusc:execute-api:eusc-de-east-1:123456789012:a1b2c3d4e5/prod/GET/x', ['method']],
    ['arn:aws:execute-api:us-gulf-1:123456789012:a1b2c3d4e5/prod/GET/x', ['method']],
    ['arn:aws:execute-api:us-east-1:${aws:PrincipalAccount}:a1b2c3d4e5/prod/GET/x', ['method']],
    [`${A}a1b2c3d4e5/prod/GET/\${aws:username}`, ['method', 'connection']],
  ];
  for (const [arn, shapes] of reachable) {
    it(`${arn} can match ${shapes.join(', ')}`, () => {
      const read = readExecuteApiArn(arn);
      assert.equal(read.failsAt, undefined);
      assert.deepEqual([...read.shapes].sort(), [...shapes].sort());
    });
  }

  /** `|` stands before the character at which no request ARN goes on. */
  const unreachable: readonly string[] = [
    `${A}a1b2c3d4e5|`,
    `${A}a1b2c3d4e5/|`,
    `${A}a1b2c3d4e5/prod|`,
    `${A}a1b2c3d4e5/prod/|`,
    `${A}a1b2c3d4e5/prod/get|/pets`,
    `${A}a1b2c3d4e5/prod/ANY|/pets`,
    `${A}a1b2c3d4e5/prod/GET/|/pets`,
    `${A}a1b2c3d4e5/prod/GET/|{id}`,
    `${A}a1b2c3d4e5/my|.stage/GET/x`,
    `${A}a1b2c3d4e5/prod/GET/a|}b`,
    `${A}/|restapis/x`,
    'arn:aws:execute-api:us-east-1:12345|:a1b2c3d4e5/prod/GET/x',
    'arn:aws:execute-api:us-east-1:|:a1b2c3d4e5/prod/GET/x',
    'arn:aws:execute-api:c|n-north-1:123456789012:a1b2c3d4e5/prod/GET/x',
    'arn:aws:|Execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/x',
    'ar|m:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/x',
    'arn:aws:execute-api|',
    '|',
    'execute-api:/|',
    'execute-api:/prod/|get/x',
  ];
  for (const marked of unreachable) {
    const failsAt = marked.indexOf('|');
    const arn = marked.replace('|', '');
    it(`${marked} matches nothing`, () => {
      const read = readExecuteApiArn(arn);
      assert.equal(read.failsAt, failsAt);
      assert.deepEqual([...read.shapes], []);
    });
  }
});

describe('what the segments of an execute-api ARN most likely are', () => {
  const rows: readonly (readonly [resource: string, segments: string])[] = [
    ['a1b2c3d4e5', 'apiId a1b2c3d4e5'],
    ['a1b2c3d4e5/prod', 'apiId a1b2c3d4e5, stage prod'],
    ['a1b2c3d4e5/*', 'apiId a1b2c3d4e5, stage *'],
    ['a1b2c3d4e5/prod/*', 'apiId a1b2c3d4e5, stage prod, method *'],
    ['a1b2c3d4e5/prod/??', 'apiId a1b2c3d4e5, stage prod, method ??'],
    ['a1b2c3d4e5/prod/GET', 'apiId a1b2c3d4e5, stage prod, method GET'],
    ['a1b2c3d4e5/prod/get', 'apiId a1b2c3d4e5, stage prod, method get'],
    ['a1b2c3d4e5/prod/ANY', 'apiId a1b2c3d4e5, stage prod, method ANY'],
    ['a1b2c3d4e5/prod/G*', 'apiId a1b2c3d4e5, stage prod, route G*'],
    ['a1b2c3d4e5/prod/$connect', 'apiId a1b2c3d4e5, stage prod, route $connect'],
    ['a1b2c3d4e5/prod/send', 'apiId a1b2c3d4e5, stage prod, route send'],
    ['a1b2c3d4e5/prod/GET/', 'apiId a1b2c3d4e5, stage prod, method GET, path '],
    ['a1b2c3d4e5/prod/GET/a/b:c', 'apiId a1b2c3d4e5, stage prod, method GET, path a/b:c'],
    ['a1b2c3d4e5/prod/send/a', 'apiId a1b2c3d4e5, stage prod, method send, path a'],
    [
      'a1b2c3d4e5/prod/POST/@connections',
      'apiId a1b2c3d4e5, stage prod, method POST, connections @connections',
    ],
    [
      'a1b2c3d4e5/prod/POST/@connections/a=/b',
      'apiId a1b2c3d4e5, stage prod, method POST, connections @connections, connectionId a=/b',
    ],
    ['/domainnames/api.example.com+abc123', 'domain /domainnames/api.example.com+abc123'],
    ['/domainnames', 'apiId , stage domainnames'],
  ];
  for (const [arn, expected] of [
    ...rows.map(([resource, segments]) => [`${A}${resource}`, segments] as const),
    ['execute-api:/*', 'stage *'],
    ['execute-api:/prod/GET', 'stage prod, method GET'],
    ['execute-api:/prod/send', 'stage prod, method send'],
    ['execute-api:/prod/GET/a/b', 'stage prod, method GET, path a/b'],
    ['arn:aws:execute-api:us-east-1', ''],
  ] as const) {
    it(`${arn}: ${expected || 'none'}`, () => {
      const { segments } = readExecuteApiArn(arn);
      assert.equal(segments.map(({ role, text }) => `${role} ${text}`).join(', '), expected);
      for (const { from, to, text } of segments) {
        assert.equal(arn.slice(from, to), text);
      }
    });
  }
});

describe('what a character of an execute-api ARN can be part of', () => {
  for (const [arn, ...roles] of [
    // One after the other, for each run of characters that can be the same.
    [
      `${A}a1b2c3d4e5/prod/GET/pets`,
      'arn prefix',
      ': separator',
      'aws partition',
      ': separator',
      'execute-api service',
      ': separator',
      'us-east-1 region',
      ': separator',
      '123456789012 account',
      ': separator',
      'a1b2c3d4e5 apiId',
      '/ separator',
      'prod stage',
      '/ separator',
      'GET method',
      '/ separator',
      'pets path',
    ],
    [
      'execute-api:/prod/GET/',
      'execute-api service',
      ':/ separator',
      'prod stage',
      '/ separator',
      'GET method',
      '/ separator',
    ],
    // A wildcard in the header crosses colons.
    [
      'arn:aws:execute-api:us-east-1:*/prod/$connect',
      'arn prefix',
      ': separator',
      'aws partition',
      ': separator',
      'execute-api service',
      ': separator',
      'us-east-1 region',
      ': separator',
      '* account apiId method path separator stage',
      '/ path separator',
      'prod path stage',
      '/ path separator',
      '$connect path route',
    ],
  ] as const) {
    it(arn, () => {
      const read = readExecuteApiArn(arn);
      const runs: (readonly [text: string, roles: string])[] = [];
      for (let at = 0; at < arn.length; at += 1) {
        const told = [...read.rolesAt(at)].sort().join(' ');
        const last = runs.at(-1);
        if (last?.[1] === told) {
          runs[runs.length - 1] = [`${last[0]}${arn[at]}`, told];
        } else {
          runs.push([arn[at] ?? '', told]);
        }
      }
      assert.deepEqual(
        runs.map((run) => run.join(' ')),
        roles,
      );
      assert.deepEqual([...read.rolesAt(arn.length)], []);
    });
  }
});

describe('executeApiMistakes', () => {
  const clean: readonly (readonly [arn: string, context?: MistakeContext])[] = [
    ['arn:aws:execute-api:*:*:*'],
    ['arn:aws:execute-api:*:*:*', RESOURCE],
    ['arn:aws:execute-api:*'],
    ['arn:aws:execute-api:*', RESOURCE],
    ['arn:aws:execute-api'],
    ['arn:aws:execute-api:us-east-1'],
    ['arn:aws:execute-api:us-east-1:123456789012'],
    ['arn:aws:execute-api:*:*:*/@connections/*'],
    ['arn:aws:execute-api:*:*:*/prod/*/put-metric-data'],
    ['arn:aws:execute-api:*:*:*/prod/*/put-log-data'],
    ['arn:aws:execute-api:*:*:*/*/GET/*'],
    ['arn:aws:execute-api:us-*:*:*'],
    ['arn:aws:execute-api:*-east-?:*:*'],
    ['arn:aws:execute-api:us-gulf-1:123456789012:a1b2c3d4e5/*'],
    ['arn:aws:execute-api:ap-southeast-9:123456789012:a1b2c3d4e5/*'],
    ['arn:aws*:execute-api:*:*:a1b2c3d4e5/*'],
    ['arn:*:execute-api:*:*:*'],
    ['arn:${aws:PrincipalTag/p}:execute-api:*:*:*'],
    ['arn:aws:execute-api:us-east-1:*/prod/GET/x'],
    ['arn:aws:execute-api:us-east-1*:a1b2c3d4e5/prod/GET/x'],
    [`${A}a1b2c3d4e5/*`],
    [`${A}a1b2c3d4e5/prod/*`],
    [`${A}a1b2c3d4e5/prod/*/*`],
    [`${A}a1b2c3d4e5/prod/*/`],
    [`${A}a1b2c3d4e5/*/*/GET/`],
    [`${A}a1b2c3d4e5/GET/POST/x`],
    [`${A}a1b2c3d4e5/*/get`],
    [`${A}*/*/get/x`],
    [`${A}*/prod/get/x`],
    [`${A}a1b2*/*/get/x`],
    [`${A}*/*/GET/`],
    [`${A}*/prod`],
    [`${A}*.json`],
    [`${A}a1b2c3d4e5/prod/GET/`],
    [`${A}a1b2c3d4e5/prod/GET/pets:archive/2024-01-01T00:00:00`],
    [`${A}a1b2c3d4e5/prod/GET/pets/*`],
    [`${A}a1b2c3d4e5/prod/GET/pets*`],
    [`${A}a1b2c3d4e5/prod/GET/pets/?`],
    [`${A}a1b2c3d4e5/prod/GET/pets/\${aws:username}`],
    [`${A}a1b2c3d4e5/prod/GET/get/post/any`],
    [`${A}a1b2c3d4e5/prod/GET/a//b`],
    [`${A}a1b2c3d4e5/prod/G*`],
    [`${A}a1b2c3d4e5/prod/P?T/x`],
    [`${A}a1b2c3d4e5/prod/$connect`],
    [`${A}a1b2c3d4e5/prod/$default`],
    [`${A}a1b2c3d4e5/prod/sendMessage`],
    [`${A}a1b2c3d4e5/$default/GET/x`],
    [`${A}a1b2c3d4e5/*/$default`],
    [`${A}a1b2c3d4e5/$default/$default`],
    [`${A}a1b2c3d4e5/prod/POST/@connections/*`],
    [`${A}a1b2c3d4e5/prod/*/@connections/*`],
    [`${A}a1b2c3d4e5/prod/POST/@connections/abc=`],
    [`${A}my-local-api/prod/GET/x`],
    [`${A}a1b2c3d4e5/v1-beta_2/GET/x`],
    [`${A}/domainnames/api.example.com+abc123`],
    [`${A}/domainnames/*`],
    [`${A}a1b2c3d4e5/authorizers/*`],
    ['arn:aws:execute-api:us-east-1:*:a1b2c3d4e5/prod/GET/x'],
    ['arn:aws:execute-api:us-east-1:1234*:a1b2c3d4e5/prod/GET/x'],
    ['arn:aws:execute-api:us-east-1:${aws:PrincipalAccount}:a1b2c3d4e5/prod/GET/x'],
    ['arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:a1b2c3d4e5/*'],
    ['arn:aws-iso-f:execute-api:us-isof-south-1:123456789012:a1b2c3d4e5/*'],
    ['execute-api:/*', RESOURCE],
    ['execute-api:/prod/GET/pets', RESOURCE],
    ['execute-api:/prod/*/pets/*', RESOURCE],
    ['*'],
    ['arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/prod'],
    ['arn:aws:lambda:us-east-1:123456789012:function:execute-api'],
    ['arn:aws:s3:::execute-api/prod/get/x'],
  ];
  for (const [arn, context] of clean) {
    it(`${arn} draws nothing${context === RESOURCE ? ' in a resource policy' : ''}`, () => {
      assert.deepEqual(
        mistakesIn(arn, context).map(({ kind }) => kind),
        [],
      );
    });
  }

  /** An ARN with the mistakes that are expected in it: `kind` over exactly this text, and what each repair makes of it. */
  interface Row {
    readonly arn: string;
    readonly context?: MistakeContext;
    readonly mistakes: readonly (readonly [kind: MistakeKind, text: string, ...mended: string[]])[];
  }
  const one = (arn: string, kind: MistakeKind, text: string, ...results: string[]): Row => ({
    arn,
    mistakes: [[kind, text, ...results]],
  });
  const X = `${A}a1b2c3d4e5`;
  const table: readonly Row[] = [
    // The fourteen of the field.
    one(`${A}/restapis/a1b2c3d4e5/stages/prod`, 'apigateway-mixup', '/restapis/'),
    {
      arn: 'arn:aws:execute-api:us-east-1::/apis/a1b2c3d4e5',
      mistakes: [
        ['account-format', '', 'arn:aws:execute-api:us-east-1:*:/apis/a1b2c3d4e5'],
        ['apigateway-mixup', '/apis/'],
      ],
    },
    one(`${X}/prod/GET//pets`, 'path-leading-slash', '/', `${X}/prod/GET/pets`),
    one(`${X}/prod/GET///pets`, 'path-leading-slash', '//', `${X}/prod/GET/pets`),
    one(`${X}/prod/GET//`, 'path-leading-slash', '/', `${X}/prod/GET/`),
    one(`${X}/GET/pets`, 'stage-missing', 'GET', `${X}/*/GET/pets`),
    one(`${X}/ANY/pets`, 'stage-missing', 'ANY', `${X}/*/ANY/pets`),
    one(`${X}/GET`, 'stage-missing', 'GET', `${X}/*/GET`),
    one(`${X}/GET/ANY/x`, 'method-any', 'ANY', `${X}/GET/*/x`),
    one(`${X}/prod/get/pets`, 'method-case', 'get', `${X}/prod/GET/pets`),
    one(`${X}/prod/ANY/pets`, 'method-any', 'ANY', `${X}/prod/*/pets`),
    one(`${X}/prod/any/pets`, 'method-any', 'any', `${X}/prod/*/pets`),
    one(`${X}/prod/GET/pets/{petId}/x`, 'path-parameter', '{petId}', `${X}/prod/GET/pets/*/x`),
    one(`${X}/prod/GET/{proxy+}`, 'path-parameter', '{proxy+}', `${X}/prod/GET/*`),
    {
      arn: `${X}/prod/GET/a/{b}/{c}`,
      mistakes: [
        ['path-parameter', '{b}', `${X}/prod/GET/a/*/{c}`],
        ['path-parameter', '{c}', `${X}/prod/GET/a/{b}/*`],
      ],
    },
    one(`${X}/prod/GET`, 'path-missing', 'GET', `${X}/prod/GET/*`, `${X}/prod/GET/`),
    one(`${X}/*/GET`, 'path-missing', 'GET', `${X}/*/GET/*`, `${X}/*/GET/`),
    one(
      `${X}/prod/POST/@connections`,
      'connections-incomplete',
      '@connections',
      `${X}/prod/POST/@connections/*`,
    ),
    one(
      `${X}/prod/POST/@connections/`,
      'connections-incomplete',
      '@connections',
      `${X}/prod/POST/@connections/*`,
    ),
    one(
      'arn:aws:execute-api:*:*:*/@connections',
      'connections-incomplete',
      '@connections',
      'arn:aws:execute-api:*:*:*/@connections/*',
    ),
    one(`${X}/prod/@connections/*`, 'connections-incomplete', '@connections', `${X}/prod/*/@connections/*`),
    one(`${X}/prod/POST/$connect`, 'route-method', 'POST', `${X}/prod/$connect`),
    one(
      'execute-api:/prod/GET/pets',
      'shorthand-misplaced',
      'execute-api:',
      'arn:aws:execute-api:*:*:*/prod/GET/pets',
    ),
    one(
      'arn:aws-cn:execute-api:us-east-1:123456789012:a1b2c3d4e5/*',
      'region-partition',
      'us-east-1',
      'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*',
    ),
    one(
      'arn:aws:execute-api:cn-north-1:123456789012:a1b2c3d4e5/*',
      'region-partition',
      'cn-north-1',
      'arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3d4e5/*',
    ),
    one(
      'arn:aws:execute-api:us-gov-west-1:123456789012:a1b2c3d4e5/*',
      'region-partition',
      'us-gov-west-1',
      'arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:a1b2c3d4e5/*',
    ),
    {
      arn: 'arn:aws:execute-api:region:account-id:api-id/stage-name/GET/resource-path-specifier',
      mistakes: [
        [
          'placeholder',
          'region',
          'arn:aws:execute-api:*:account-id:api-id/stage-name/GET/resource-path-specifier',
        ],
        [
          'placeholder',
          'account-id',
          'arn:aws:execute-api:region:*:api-id/stage-name/GET/resource-path-specifier',
        ],
        [
          'placeholder',
          'api-id',
          'arn:aws:execute-api:region:account-id:*/stage-name/GET/resource-path-specifier',
        ],
        [
          'placeholder',
          'stage-name',
          'arn:aws:execute-api:region:account-id:api-id/*/GET/resource-path-specifier',
        ],
        [
          'placeholder',
          'resource-path-specifier',
          'arn:aws:execute-api:region:account-id:api-id/stage-name/GET/*',
        ],
      ],
    },
    {
      arn: 'arn:aws:execute-api:us-east-1:YOUR_ACCOUNT_ID:<api-id>/prod/HTTP-VERB/x',
      mistakes: [
        ['placeholder', 'YOUR_ACCOUNT_ID', 'arn:aws:execute-api:us-east-1:*:<api-id>/prod/HTTP-VERB/x'],
        ['placeholder', '<api-id>', 'arn:aws:execute-api:us-east-1:YOUR_ACCOUNT_ID:*/prod/HTTP-VERB/x'],
        ['placeholder', 'HTTP-VERB', 'arn:aws:execute-api:us-east-1:YOUR_ACCOUNT_ID:<api-id>/prod/*/x'],
      ],
    },
    // And the rest of what people write.
    one(`${X}/prod/GET/pets?type=dog`, 'path-query', '?type=dog', `${X}/prod/GET/pets`),
    one(`${X}/prod/GET/pets/?x=/{y}/%20`, 'path-query', '?x=/{y}/%20', `${X}/prod/GET/pets/`),
    one(`${X}/prod/GET/pets?type=dog&x=/y/`, 'path-query', '?type=dog&x=/y/', `${X}/prod/GET/pets`),
    one(
      `${A}a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/GET/x`,
      'api-host',
      'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
      `${X}/prod/GET/x`,
    ),
    one(
      `${A}https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/GET/x`,
      'api-host',
      'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
      `${X}/prod/GET/x`,
    ),
    one(`${A}api.example.com/prod/GET/x`, 'api-host', 'api.example.com'),
    one(
      'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/pets',
      'api-host',
      'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/pets',
      'arn:aws:execute-api:us-east-1:*:a1b2c3d4e5/prod/*/pets',
    ),
    one(
      'https://a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn/prod',
      'api-host',
      'https://a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn/prod',
      'arn:aws-cn:execute-api:cn-north-1:*:a1b2c3d4e5/prod/*/*',
    ),
    one(
      'arn:aws:execute-api:us-east-1:123456789012/a1b2c3d4e5/prod/GET/x',
      'resource-separator',
      '/',
      `${X}/prod/GET/x`,
    ),
    {
      arn: 'arn:aws:execute-api:us-east-1:/a1b2c3d4e5/prod/GET/x',
      mistakes: [
        ['account-format', '', 'arn:aws:execute-api:us-east-1:*/a1b2c3d4e5/prod/GET/x'],
        ['resource-separator', '/', 'arn:aws:execute-api:us-east-1::a1b2c3d4e5/prod/GET/x'],
      ],
    },
    one(
      'arn:aws:execute-api:us-east-1:1234-5678-9012:a1b2c3d4e5/prod/GET/x',
      'account-format',
      '1234-5678-9012',
      `${X}/prod/GET/x`,
    ),
    one('arn:aws:execute-api:us-east-1:12345678901:a1b2c3d4e5/prod/GET/x', 'account-format', '12345678901'),
    one(
      'arn:aws:execute-api:us-east-1::a1b2c3d4e5/prod/GET/x',
      'account-format',
      '',
      'arn:aws:execute-api:us-east-1:*:a1b2c3d4e5/prod/GET/x',
    ),
    one('arn:aws:execute-api:us-esat-1:123456789012:a1b2c3d4e5/*', 'region-unknown', 'us-esat-1', `${X}/*`),
    one('arn:aws:execute-api:us-east-1a:123456789012:a1b2c3d4e5/*', 'region-unknown', 'us-east-1a', `${X}/*`),
    one('arn:aws:execute-api:us_east_1:123456789012:a1b2c3d4e5/*', 'region-unknown', 'us_east_1', `${X}/*`),
    one(
      'arn:aws:execute-api::123456789012:a1b2c3d4e5/*',
      'region-unknown',
      '',
      'arn:aws:execute-api:*:123456789012:a1b2c3d4e5/*',
    ),
    one('arn:aws:execute-api:xx-*:123456789012:a1b2c3d4e5/*', 'region-unknown', 'xx-*'),
    one('arn:asw:execute-api:us-east-1:123456789012:a1b2c3d4e5/*', 'partition-unknown', 'asw', `${X}/*`),
    one('arn:aws:Execute-API:us-east-1:123456789012:a1b2c3d4e5/*', 'service-name', 'Execute-API', `${X}/*`),
    one('arn:aws:execute_api:us-east-1:123456789012:a1b2c3d4e5/*', 'service-name', 'execute_api', `${X}/*`),
    one('arn:aws:excute-api:us-east-1:123456789012:a1b2c3d4e5/*', 'service-name', 'excute-api', `${X}/*`),
    one('anr:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*', 'arn-prefix', 'anr', `${X}/*`),
    one('ARN:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*', 'arn-prefix', 'ARN', `${X}/*`),
    one('aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*', 'arn-prefix', 'aws', `${X}/*`),
    one(` ${X}/*`, 'blank', ' ', `${X}/*`),
    one(`${X}/* `, 'blank', ' ', `${X}/*`),
    one('arn:aws:execute-api: us-east-1:123456789012:a1b2c3d4e5/*', 'blank', ' ', `${X}/*`),
    one(`${X}/prod/GET/my pets`, 'path-encoding', 'my pets', `${X}/prod/GET/*`),
    one(`${X}/prod/GET/a|b/c`, 'path-encoding', 'a|b', `${X}/prod/GET/*/c`),
    one(`${X}/prod/GET/a#b`, 'path-encoding', 'a#b', `${X}/prod/GET/*`),
    one(`${X}/prod/GET/a\\tb`, 'path-encoding', 'a\\tb', `${X}/prod/GET/*`),
    one(`${A}A1B2C3D4E5/prod/GET/x`, 'api-id-case', 'A1B2C3D4E5', `${X}/prod/GET/x`),
    one(X, 'incomplete', 'a1b2c3d4e5', `${X}/*`),
    one(`${X}/`, 'incomplete', 'a1b2c3d4e5', `${X}/*`),
    one(`${X}/prod`, 'incomplete', 'prod', `${X}/prod/*`),
    one(`${X}/prod/`, 'incomplete', 'prod', `${X}/prod/*`),
    one(`${A}/prod/GET/x`, 'incomplete', '', `${A}*/prod/GET/x`),
    one(`${X}/$deafult/GET/x`, 'stage-name', '$deafult', `${X}/$default/GET/x`),
    one(`${X}/my.stage/GET/x`, 'stage-name', 'my.stage'),
    one(`${X}/test-invoke-stage/GET/x`, 'stage-artefact', 'test-invoke-stage'),
    one(`${X}/null/GET/x`, 'stage-artefact', 'null'),
    one(`${X}/prod/GTE/x`, 'method-unknown', 'GTE', `${X}/prod/GET/x`),
    one(`${X}/prod/pets/x`, 'method-unknown', 'pets', `${X}/prod/*/pets/x`),
    one(`${X}//GET/x`, 'stage-name', '', `${X}/*/GET/x`),
    one(`${X}/prod//GET/x`, 'method-unknown', '/', `${X}/prod/GET/x`),
    one(`${X}/prod//pets`, 'method-unknown', '', `${X}/prod/*/pets`),
    one(`${X}/prod//`, 'method-unknown', '', `${X}/prod/*/`),
    {
      arn: `${X}/prod//get/{id}`,
      mistakes: [
        ['method-unknown', '/', `${X}/prod/get/{id}`],
        ['method-case', 'get', `${X}/prod//GET/{id}`],
        ['path-parameter', '{id}', `${X}/prod//get/*`],
      ],
    },
    one(`${X}/*/get/x`, 'method-in-path', 'get', `${X}/*/GET/x`),
    one(`${X}/prod/GET/pets/`, 'path-trailing-slash', '/', `${X}/prod/GET/pets`),
    one(`${X}/prod/GET/pets//`, 'path-trailing-slash', '//', `${X}/prod/GET/pets`),
    one(`${X}/prod/GET/my%20pets/x`, 'path-encoding', 'my%20pets', `${X}/prod/GET/*/x`),
    one(`${X}/prod/GET/caf\u00e9`, 'path-encoding', 'caf\u00e9', `${X}/prod/GET/*`),
    {
      arn: 'arn:aws:execute-api:us-east-1',
      context: RESOURCE,
      mistakes: [['incomplete', 'arn:aws:execute-api:us-east-1', 'arn:aws:execute-api:us-east-1:*:*']],
    },
    {
      arn: 'execute-api:/prod/get/x',
      context: RESOURCE,
      mistakes: [['method-case', 'get', 'execute-api:/prod/GET/x']],
    },
  ];
  for (const { arn, context, mistakes: expected } of table) {
    it(`${arn} draws ${expected.map(([kind, text]) => `${kind} on ${JSON.stringify(text)}`).join(', ')}`, () => {
      const found = mistakesIn(arn, context);
      assert.deepEqual(
        found.map(({ kind, from, to, repairs }) => [
          kind,
          arn.slice(from, to),
          ...repairs.map((repair) => mended(arn, repair)),
        ]),
        expected,
      );
    });
  }

  it('says in the title of a repair what it does', () => {
    for (const [arn, ...titles] of [
      [`${X}/prod/GET//pets`, 'Remove the second slash'],
      [`${X}/prod/GET///pets`, 'Remove the extra slashes'],
      [`${X}/prod/GET/pets/`, 'Remove the trailing slash'],
      [`${X}/prod/GET/pets//`, 'Remove the trailing slashes'],
      [`${X}/prod//GET/pets`, 'Remove the second slash'],
      [`${X}/prod/GET`, 'Append /* for every path', 'Append / for the root path alone'],
      [`${X}/prod/pets/x`, 'Insert */ for every method'],
      [`${X}/prod/POST/$connect`, 'Remove POST/'],
      ['aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*', 'Insert arn:'],
      ['arn:aws:execute-api:us-east-1::a1b2c3d4e5/*', 'Insert * for every account'],
    ] as const) {
      assert.deepEqual(
        mistakesIn(arn).flatMap(({ repairs }) => repairs.map(({ title }) => title)),
        titles,
      );
    }
  });

  /** `${…}` is what a tool fills in, of which nothing is known but, perhaps, that it is an ID or a stage. */
  const filledIn: readonly Row[] = [
    one(`${A}\${Api}/prod/get/pets`, 'method-case', 'get', `${A}\${Api}/prod/GET/pets`),
    one(`${A}{{api}}/prod/get/pets`, 'method-case', 'get', `${A}{{api}}/prod/GET/pets`),
    one(`${X}/\${Stage}/get/pets`, 'method-case', 'get', `${X}/\${Stage}/GET/pets`),
    one(`${A}\${Api}/\${Env}/get/pets`, 'method-case', 'get', `${A}\${Api}/\${Env}/GET/pets`),
    {
      arn: `${A}\${Api}/prod/get/pets/{id}`,
      mistakes: [
        ['method-case', 'get', `${A}\${Api}/prod/GET/pets/{id}`],
        ['path-parameter', '{id}', `${A}\${Api}/prod/get/pets/*`],
      ],
    },
    // What is filled in there may have slashes.
    ...[
      `${A}x\${Api}/prod/get/pets`,
      `${A}\${Api}x/prod/get/pets`,
      `${X}/\${Name}/get/pets`,
      `${X}/x\${Stage}/get/pets`,
      `${X}/\${Stage}x/get/pets`,
      `${A}\${Api}/\${Name}/get/pets`,
      `${A}\${Api}/prod/GTE/pets`,
      `${A}\${Api}`,
      `${A}\${Api}/prod`,
      `${A}\${Api}/prod/GET`,
      `${X}/prod/\${Method}`,
      `${X}/prod/\${Method}\${Path}`,
      '${Arn}/prod/get/pets',
      'arn:${AWS::Partition}:execute-api:us-east-1',
      '${Arn}',
    ].map((arn) => ({ arn, mistakes: [] })),
    // The parameter beside it is wrong whatever it is.
    one(`${X}/prod/GET/\${x}{id}`, 'path-parameter', '{id}', `${X}/prod/GET/\${x}*`),
    one(`${X}/prod/GET/{id}\${x}`, 'path-parameter', '{id}', `${X}/prod/GET/*\${x}`),
    one('arn:aws:execute-api:${Region}:12345:${Api}/prod/GET/x', 'account-format', '12345'),
    one(
      'arn:aws:execute-api:us-esat-1:${Account}:${Api}/prod/GET/x',
      'region-unknown',
      'us-esat-1',
      'arn:aws:execute-api:us-east-1:${Account}:${Api}/prod/GET/x',
    ),
    // What is left to be filled in by hand is one segment.
    {
      arn: `${A}<api-id>/prod/get/pets`,
      mistakes: [
        ['placeholder', '<api-id>', `${A}*/prod/get/pets`],
        ['method-case', 'get', `${A}<api-id>/prod/GET/pets`],
      ],
    },
    {
      arn: 'execute-api:/<stage>/get/pets',
      context: RESOURCE,
      mistakes: [
        ['placeholder', '<stage>', 'execute-api:/*/get/pets'],
        ['method-case', 'get', 'execute-api:/<stage>/GET/pets'],
      ],
    },
  ];
  for (const { arn, context, mistakes: expected } of filledIn) {
    it(`${arn} draws ${expected.map(([kind, text]) => `${kind} on ${JSON.stringify(text)}`).join(', ') || 'nothing'}`, () => {
      const found = mistakesIn(arn, context).map(({ kind, from, to, repairs }) => [
        kind,
        arn.slice(from, to),
        ...repairs.map((repair) => mended(arn, repair)),
      ]);
      assert.deepEqual(found, expected);
    });
  }

  it('draws nothing on what AWS itself writes', function () {
    const folder = sharedCorpus('managed-policies');
    if (folder === undefined) {
      skip(this, 'the corpus of managed policies is not beside the repository');
    }
    const arns = readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/"(arn:[^"]*:execute-api:[^"]*)"/g)].map(
        ([, arn = '']) => arn,
      ),
    );
    assert.ok(arns.length > 0);
    for (const arn of arns) {
      assert.deepEqual(mistakesIn(arn), [], arn);
    }
  });
});

const interned = (letters: string, least: number, most: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...letters), minLength: least, maxLength: most });
const LOWER = 'abcxyz019';
const region = fc.constantFrom(
  ...partitions.flatMap(({ id, regions }) => [...regions.keys()].map((name) => `${id}:execute-api:${name}`)),
);
const method = fc.constantFrom(...requestMethods);
const stage = fc.oneof(interned('abcXYZ019-_', 1, 6), fc.constant('$default'));
const pathSegment = interned('abcXYZ019-_.,:~=+@', 1, 5);
const path = fc.array(pathSegment, { maxLength: 4 }).map((segments) => segments.join('/'));

/** What follows the account in a request ARN, from the format reference of the developer guide. */
const requestResource = fc.oneof(
  fc.tuple(interned(LOWER, 10, 10), stage, method, path).map((parts) => parts.join('/')),
  fc
    .tuple(
      interned(LOWER, 10, 10),
      stage,
      fc.oneof(fc.constantFrom('$connect', '$disconnect', '$default'), interned('abcdefxyz', 1, 6)),
    )
    .map((parts) => parts.join('/')),
  fc
    .tuple(
      interned(LOWER, 10, 10),
      stage,
      fc.constantFrom('GET', 'POST', 'DELETE'),
      interned('abc019=', 1, 8),
    )
    .map(([api, name, verb, id]) => `${api}/${name}/${verb}/@connections/${id}`),
  fc
    .tuple(interned('abc019', 1, 5), interned('abc019', 3, 6))
    .map(([name, id]) => `/domainnames/${name}.example.com+${id}`),
);
const requestArn = fc
  .tuple(region, interned('0123456789', 12, 12), requestResource)
  .map(([head, account, resource]) => `arn:${head}:${account}:${resource}`);

/** Kinds that speak of what is wrong for certain; the others only advise. */
const CERTAIN: ReadonlySet<MistakeKind> = new Set<MistakeKind>([
  'account-format',
  'api-host',
  'apigateway-mixup',
  'arn-prefix',
  'blank',
  'connections-incomplete',
  'incomplete',
  'method-any',
  'method-case',
  'method-unknown',
  'partition-unknown',
  'path-leading-slash',
  'path-parameter',
  'region-partition',
  'region-unknown',
  'resource-separator',
  'service-name',
  'shorthand-misplaced',
  'stage-name',
  'unreachable',
]);

/** Artefact stages and words of documentation are names that somebody may have drawn at random. */
const ADVICE: ReadonlySet<MistakeKind> = new Set<MistakeKind>([
  'placeholder',
  'stage-artefact',
  'path-trailing-slash',
]);

describe('execute-api ARNs at random', function () {
  this.timeout(limit(30_000));

  it('of a request: each reads as one and draws nothing', () => {
    fc.assert(
      fc.property(requestArn, (arn) => {
        const { failsAt, shapes } = readExecuteApiArn(arn);
        assert.equal(failsAt, undefined);
        assert.ok(shapes.size > 0);
        assert.deepEqual(
          mistakesIn(arn).filter(({ kind }) => !ADVICE.has(kind)),
          [],
        );
      }),
      { numRuns: runs(3_000) },
    );
  });

  it('of a request, with wildcards for any of its parts: each still meets it and draws nothing certain', () => {
    const holes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.boolean()), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(requestArn, holes, fc.subarray([1, 3, 4]), (arn, cuts, wild) => {
        const fields = arn.split(':').slice(0, 5);
        let resource = arn.slice(fields.join(':').length + 1);
        for (const [at, length, isOne] of cuts) {
          const from = at % resource.length;
          const put = !isOne ? '*' : resource[from] === '*' ? '*' : '?';
          resource = resource.slice(0, from) + put + resource.slice(from + (isOne ? 1 : length));
        }
        // The service may not hold a wildcard (IAM user guide, Resource), and neither does anybody's colon.
        const header = fields.map((field, i) => (wild.includes(i) ? '*' : field));
        const pattern = `${header.join(':')}:${resource}`;
        assert.equal(readExecuteApiArn(pattern).failsAt, undefined, pattern);
        assert.deepEqual(
          mistakesIn(pattern).filter(({ kind }) => CERTAIN.has(kind)),
          [],
          pattern,
        );
      }),
      { numRuns: runs(4_000) },
    );
  });

  it('with something else put in: reading never fails, mistakes do not overlap, and each repair mends', () => {
    const piece = fc.constantFrom(
      '',
      '/',
      '//',
      ':',
      ' ',
      '*',
      '?',
      '{id}',
      '${aws:x}',
      'ANY',
      'get',
      '@connections',
      '$connect',
      '?a=b',
      '<x>',
      'region',
      'account-id',
      'api-id',
      'https://',
      '.example.com',
      '%20',
      '\u00e9',
      '$default',
      'null',
      '-',
      'A',
    );
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 14 }), piece), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(requestArn, changes, fc.constantFrom(IDENTITY, RESOURCE), (arn, edits, context) => {
        let text = arn;
        for (const [at, length, put] of edits) {
          const from = at % (text.length + 1);
          text = text.slice(0, from) + put + text.slice(from + length);
        }
        const read = readExecuteApiArn(masked(text, templatesIn(text)));
        read.rolesAt(0);
        const mistakes = executeApiMistakes(text, context);
        let at = 0;
        for (const mistake of mistakes) {
          assert.ok(
            at <= mistake.from && mistake.from <= mistake.to && mistake.to <= text.length,
            `${text}: ${mistake.kind}`,
          );
          at = mistake.to;
          for (const repair of mistake.repairs) {
            const result = mended(text, repair);
            assert.notEqual(result, text);
            const after = executeApiMistakes(result, context);
            const count = (list: readonly KnownMistake[]): number =>
              list.filter(
                (other) =>
                  other.kind === mistake.kind &&
                  other.message === mistake.message &&
                  other.data.value === mistake.data.value,
              ).length;
            assert.ok(count(after) < count(mistakes), `${text}: ${mistake.kind} by ${result}`);
          }
        }
        // What begins in a variable may begin in any way.
        const isJudged = isExecuteApiMeant(text) && !/^[^:]*\$\{|^execute-api:\$\{/.test(text);
        if (read.failsAt !== undefined && isJudged && context === RESOURCE) {
          assert.notEqual(mistakes.length, 0, `${text} matches nothing and draws nothing`);
        }
      }),
      { numRuns: runs(5_000) },
    );
  });

  it('without wildcards: one belongs to the language exactly when a hand-written expression says so', () => {
    const expression = new RegExp(
      '^arn:(?:' +
        partitions
          .map(
            ({ id, regions, regionPrefixes }) =>
              `${id}:execute-api:(?:${[...regions.keys()].join('|')}|(?:${regionPrefixes.join('|')})-\\w+-\\d+)`,
          )
          .join('|') +
        '):\\d{12}:(?:' +
        '[A-Za-z0-9-]+/(?:[A-Za-z0-9_-]+|\\$default)/' +
        '(?:(?:GET|HEAD|OPTIONS|PATCH|POST|PUT|DELETE)/(?:[^/?{}\\x00-\\x1f\\x7f][^?{}\\x00-\\x1f\\x7f]*)?' +
        '|[^/?{}\\x00-\\x1f\\x7f]+)' +
        '|/domainnames/[a-z0-9.-]+\\+[A-Za-z0-9]+)$',
    );
    const changes = fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.constantFrom('', '/', ':', 'a', 'A', '0', '-', '{', '#', ' ', '$', '|'),
      ),
      { maxLength: 2 },
    );
    let members = 0;
    fc.assert(
      fc.property(requestArn, changes, (arn, edits) => {
        let text = arn;
        for (const [at, length, put] of edits) {
          const from = at % (text.length + 1);
          text = text.slice(0, from) + put + text.slice(from + length);
        }
        const isMember = expression.test(text);
        members += isMember ? 1 : 0;
        assert.equal(readExecuteApiArn(text).failsAt === undefined, isMember, text);
      }),
      { numRuns: runs(5_000) },
    );
    assert.ok(members > runs(5_000) / 10 && members < runs(5_000) * 0.9, `${members} members prove little`);
  });
});
