import assert from 'node:assert/strict';
import { placeholderTest } from '../../server/src/core/iamData/conditionKeys';
import { createIamData } from '../../server/src/core/iamData/iamData';
import type { KeyType, Service } from '../../server/src/core/iamData/types';
import { iamDataAssets, loadIamData } from '../support/iamData';

describe('the service reference', () => {
  const iamData = loadIamData();

  function service(prefix: string): Service {
    return iamData.service(prefix) ?? assert.fail(`no service ${prefix}`);
  }

  describe('as a whole', () => {
    const services = iamData.services().map(({ prefix }) => service(prefix));
    const actions = services.flatMap((each) => each.actions());

    it('has about as many of everything as when last looked at', () => {
      assertNear(services.length, 456);
      assertNear(actions.length, 22_091);
      assertNear(services.flatMap((each) => each.resourceTypes()).length, 2_334);
      assertNear(services.flatMap((each) => each.conditionKeys()).length, 2_578);
      assertNear(iamData.globalConditionKeys().length, 64);
      assertNear(iamData.rcpSupportedServices.size, 62);
    });

    it('decodes every service to what its index row promises', () => {
      for (const each of services) {
        assert.equal(each.actions().length, each.actionCount, each.prefix);
        assert.ok(each.actionCount > 0 && each.name !== '', each.prefix);
      }
    });

    it('knows the access level, the resources and the keys of every action', () => {
      const levels = new Set(['List', 'Read', 'Write', 'Tagging', 'Permissions management']);
      for (const action of actions) {
        const owner = service(action.service);
        assert.ok(action.accessLevels.length > 0, action.id);
        assert.deepEqual(
          action.accessLevels.filter((level) => !levels.has(level)),
          [],
          action.id,
        );
        assert.equal(owner.action(action.name), action);
        for (const { type } of action.resources) {
          assert.equal(owner.resourceType(type.name), type, action.id);
        }
        for (const key of action.supportedConditionKeys()) {
          assert.equal(owner.conditionKey(key.name), key, action.id);
        }
      }
    });

    it('has only condition keys of the types that the operators know', () => {
      const types = new Set<KeyType>(['String', 'Numeric', 'Bool', 'ARN', 'Date', 'IPAddress', 'Binary']);
      const keys = [...services.flatMap((each) => each.conditionKeys()), ...iamData.globalConditionKeys()];
      assert.deepEqual(
        keys.filter((key) => !types.has(key.type)),
        [],
      );
    });

    it('finds every condition key by its own name', () => {
      for (const key of services.flatMap((each) => each.conditionKeys())) {
        assert.equal(iamData.conditionKey(key.name)?.name.toLowerCase(), key.name.toLowerCase());
      }
    });
  });

  describe('actions', () => {
    it('have both levels where AWS gives two', () => {
      const levels = (id: string): unknown => iamData.action(id)?.accessLevels;
      assert.deepEqual(levels('s3:PutObjectTagging'), ['Tagging', 'Write']);
      assert.deepEqual(levels('s3:PutBucketPolicy'), ['Permissions management', 'Write']);
      assert.deepEqual(levels('s3:GetObject'), ['Read']);
    });

    it('of execute-api are three, with their resource types', () => {
      const actual = service('execute-api')
        .actions()
        .map(({ id, resources }) => [id, ...resources.map(({ type, required }) => [type.name, required])]);
      assert.deepEqual(actual, [
        ['execute-api:InvalidateCache', ['execute-api-general', true]],
        ['execute-api:Invoke', ['execute-api-domain', false], ['execute-api-general', false]],
        ['execute-api:ManageConnections', ['execute-api-general', true]],
      ]);
      const arn = service('execute-api').resourceType('execute-api-general')?.arn ?? '';
      assert.match(arn, /^arn:\$\{Partition\}:execute-api:\$\{Region\}:\$\{Account\}:/);
    });

    it('see the keys of their resource types', () => {
      const keys = iamData.action('execute-api:Invoke')?.supportedConditionKeys() ?? [];
      assert.deepEqual(
        keys.map(({ name, type }) => [name, type]),
        [['execute-api:viaDomainArn', 'ARN']],
      );
    });

    it('are found in any case, and never by a wildcard', () => {
      assert.equal(iamData.action('EXECUTE-API:invoke')?.id, 'execute-api:Invoke');
      assert.equal(service('S3').action('getOBJECT')?.id, 's3:GetObject');
      assert.equal(service('Execute-Api').resourceType('EXECUTE-API-GENERAL')?.name, 'execute-api-general');
      assert.equal(iamData.action('s3:Get*'), undefined);
      assert.equal(iamData.action('s3'), undefined);
      assert.equal(iamData.service('toString'), undefined);
    });
  });

  describe('expandActions', () => {
    const ids = (pattern: string): readonly string[] => iamData.expandActions(pattern).map(({ id }) => id);

    it('takes * and ? in the name and in the prefix', () => {
      assert.deepEqual(ids('execute-api:*'), [
        'execute-api:InvalidateCache',
        'execute-api:Invoke',
        'execute-api:ManageConnections',
      ]);
      assert.deepEqual(ids('Execute-API:INV*E'), ['execute-api:InvalidateCache', 'execute-api:Invoke']);
      assert.deepEqual(ids('execute-api:Invok?'), ['execute-api:Invoke']);
      assert.deepEqual(ids('s3:GetObject'), ['s3:GetObject']);
      assert.ok(ids('s?:GetObject').includes('s3:GetObject'));
      assert.deepEqual(ids('s3:Gett*'), []);
    });

    it('covers everything with a star, and nothing with a text that is no action', () => {
      const total = iamData.services().reduce((sum, { actionCount }) => sum + actionCount, 0);
      assert.equal(ids('*').length, total);
      assert.equal(ids('*:*').length, total);
      for (const pattern of ['', 's3', 's3*', '?', 'nosuchservice:*']) {
        assert.deepEqual(ids(pattern), [], pattern);
        assert.equal(iamData.coversAnyAction(pattern), false, pattern);
      }
    });

    it('need not be computed to know whether there is any', () => {
      assert.equal(iamData.coversAnyAction('*'), true);
      assert.equal(iamData.coversAnyAction('S3:get*'), true);
      assert.equal(iamData.coversAnyAction('s3:Gett*'), false);
    });
  });

  describe('condition keys', () => {
    it('resolve with a placeholder filled in', () => {
      assert.equal(iamData.conditionKey('aws:RequestTag/anything')?.name, 'aws:RequestTag/${TagKey}');
      assert.equal(iamData.globalConditionKey('AWS:principaltag/Cost Center')?.category, 'principal');
      assert.equal(iamData.conditionKey('s3:ExistingObjectTag/x')?.name, 's3:ExistingObjectTag/<key>');
      assert.equal(
        iamData.conditionKey('codebuild:environment.environmentVariables/STAGE.value')?.name,
        'codebuild:environment.environmentVariables/${name}.value',
      );
    });

    it('do not resolve without what the placeholder stands for', () => {
      for (const name of ['aws:RequestTag', 'aws:RequestTag/', 's3:ExistingObjectTag/', 'aws', '', ':']) {
        assert.equal(iamData.conditionKey(name), undefined, name);
      }
      assert.equal(iamData.conditionKey('aws:PrincipleArn'), undefined);
      assert.equal(iamData.conditionKey('codebuild:environmentXenvironmentVariables/a.value'), undefined);
    });

    it('fill each of several placeholders with one character at least', () => {
      const isMatched = placeholderTest('a:${One}.${Two}.End');
      for (const [name, isExpected] of [
        ['a:x.y.end', true],
        ['A:x.y.z.END', true],
        ['a:..y.end', true],
        ['a:x.end', false],
        ['a:.y.end', false],
        ['a:x..end', false],
        ['a:x.y.end ', false],
        ['a:x.y', false],
        ['a:.end', false],
      ] as const) {
        assert.equal(isMatched(name), isExpected, name);
      }
      assert.equal(placeholderTest('saml')('SAML'), true);
      assert.equal(placeholderTest('saml')('samls'), false);
      assert.equal(placeholderTest('<key>')('anything'), true);
      assert.equal(placeholderTest('<key>')(''), false);
    });

    it('have the types of the IAM User Guide', () => {
      const expected: readonly (readonly [string, KeyType, 'one' | 'several'])[] = [
        ['aws:MultiFactorAuthPresent', 'Bool', 'one'],
        ['aws:TagKeys', 'String', 'several'],
        ['aws:CalledVia', 'String', 'several'],
        ['aws:SourceArn', 'ARN', 'one'],
        ['aws:SourceVpcArn', 'ARN', 'one'],
        ['aws:SourceIp', 'IPAddress', 'one'],
        ['aws:VpcSourceIp', 'IPAddress', 'one'],
        ['aws:MultiFactorAuthAge', 'Numeric', 'one'],
        ['aws:CurrentTime', 'Date', 'one'],
        ['aws:PrincipalOrgPaths', 'String', 'several'],
        ['aws:SourceVpce', 'String', 'one'],
      ];
      for (const [name, type, values] of expected) {
        const key = iamData.globalConditionKey(name.toUpperCase()) ?? assert.fail(name);
        assert.deepEqual([key.type, key.multivalued], [type, values === 'several'], name);
      }
      assert.equal(iamData.globalConditionKey('aws:EpochTime')?.alternativeType, 'Numeric');
    });

    it('that name a service but are present in every request count as global', () => {
      const expected: readonly (readonly [string, KeyType])[] = [
        ['ec2:RoleDelivery', 'Numeric'],
        ['ec2:SourceInstanceArn', 'ARN'],
        ['glue:RoleAssumedBy', 'String'],
        ['glue:CredentialIssuingService', 'String'],
        ['codebuild:BuildArn', 'ARN'],
        ['codebuild:ProjectArn', 'ARN'],
        ['lambda:SourceFunctionArn', 'ARN'],
        ['ssm:SourceInstanceArn', 'ARN'],
        ['identitystore:UserId', 'String'],
      ];
      for (const [name, type] of expected) {
        assert.equal(iamData.globalConditionKey(name)?.type, type, name);
      }
      assert.equal(iamData.globalConditionKey('s3:prefix'), undefined);
    });

    it('are found though their prefix is no service', () => {
      assert.equal(iamData.conditionKey('saml:aud')?.type, 'String');
      assert.equal(iamData.conditionKey('catalog:changetype')?.name, 'catalog:ChangeType');
      assert.equal(
        iamData.conditionKey('token.actions.example.ghe.com:ref')?.name,
        'token.actions.${Domain}.ghe.com:ref',
      );
    });

    it('list each global key once', () => {
      const names = iamData.globalConditionKeys().map(({ name }) => name.toLowerCase());
      assert.equal(new Set(names).size, names.length);
    });
  });

  describe('ARN namespaces', () => {
    it('are the action prefixes and a few more, without a service that has ended', () => {
      for (const name of ['s3', 'execute-api', 'catalog', 'route53-recovery-control', 'S3']) {
        assert.equal(iamData.isArnNamespace(name), true, name);
      }
      assert.equal(iamData.service('catalog'), undefined);
      for (const name of ['elastic-inference', 's4', '', '*']) {
        assert.equal(iamData.isArnNamespace(name), false, name);
      }
      assert.deepEqual(
        iamData.arnNamespaces().filter((name) => !iamData.isArnNamespace(name)),
        [],
      );
    });
  });

  describe('assets', () => {
    it('are read only when needed: no prose for lookups, no facts for the index', () => {
      const indexOnly = createIamData({ ...iamDataAssets(), facts: refuse, prose: refuse });
      assert.ok(indexOnly.services().length > 0);
      assert.ok(indexOnly.globalConditionKey('aws:SourceIp') !== undefined);
      assert.ok(indexOnly.isArnNamespace('s3'));
      assert.ok(indexOnly.rcpSupportedServices.has('s3'));
      assert.equal(indexOnly.service('nosuchservice'), undefined);

      const withoutProse = createIamData({ ...iamDataAssets(), prose: refuse });
      assert.equal(withoutProse.action('s3:GetObject')?.name, 'GetObject');
      assert.ok(withoutProse.expandActions('s3:*').length > 100);
      assert.ok(withoutProse.conditionKey('s3:prefix') !== undefined);
    });

    it('are asked for one line at a time, and for each once', () => {
      const offsets: number[] = [];
      const assets = iamDataAssets();
      const facts = (offset: number): string => {
        offsets.push(offset);
        return assets.facts(offset);
      };
      const counted = createIamData({ ...assets, facts });
      assert.equal(counted.service('s3'), counted.service('S3'));
      counted.service('ec2');
      counted.action('s3:GetObject');
      assert.equal(offsets.length, 2);
      assert.equal(new Set(offsets).size, 2);
    });

    it('of another layout are refused', () => {
      const assets = iamDataAssets();
      const index = assets.index.replace(/"layout":\d+/, '"layout":0');
      assert.throws(() => createIamData({ ...assets, index }), /layout 0/);
    });
  });

  describe('prose', () => {
    it('belongs to the action and the key that were asked for', () => {
      assert.match(iamData.actionDescription('execute-api', 'invalidatecache') ?? '', /invalidate API cache/);
      assert.match(iamData.actionDescription('S3', 'DeleteBucketPolicy') ?? '', /delete .*policy/i);
      assert.match(
        iamData.conditionKeyDescription('execute-api', 'execute-api:viaDomainArn') ?? '',
        /DomainName ARN/,
      );
      assert.match(iamData.conditionKeyDescription('s3', 'aws:RequestTag/team') ?? '', /tags/);
    });

    it('is there for nearly every action', () => {
      const actions = iamData.expandActions('*');
      const described = actions.filter((action) => iamData.actionDescription(action.service, action.name));
      assertNear(described.length, actions.length);
    });

    it('is undefined for what does not exist', () => {
      assert.equal(iamData.actionDescription('s3', 'NoSuchAction'), undefined);
      assert.equal(iamData.actionDescription('nosuchservice', 'Get'), undefined);
      assert.equal(iamData.conditionKeyDescription('s3', 'aws:SourceIp'), undefined);
    });
  });
});

/** Within a tenth, so that the ordinary growth between two releases passes and a broken release does not. */
function assertNear(actual: number, lastKnown: number): void {
  const change = Math.abs(actual - lastKnown) / lastKnown;
  assert.ok(change <= 0.1, `${actual} is far from the last known ${lastKnown}: is the data broken?`);
}

function refuse(): string {
  throw new Error('this text is not needed here');
}
