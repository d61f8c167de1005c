import assert from 'node:assert/strict';
import { CALLER_KEYS, EVER_PRESENT_KEYS } from '../../server/src/core/iamData/overlay/callerKeys';
import { COMPANION_ACTIONS } from '../../server/src/core/iamData/overlay/companionActions';
import { COMPANION_KEYS } from '../../server/src/core/iamData/overlay/companionKeys';
import { sharedIssuerOf } from '../../server/src/core/iamData/overlay/oidcProviders';
import { describesPrincipal } from '../../server/src/core/iamData/overlay/principalKeys';
import { STRICT_KEY_SERVICES } from '../../server/src/core/iamData/overlay/strictKeyServices';
import { UNTYPED_ARN_KEYS } from '../../server/src/core/iamData/overlay/untypedArnKeys';
import { isVarying, VARYING_KEYS } from '../../server/src/core/iamData/overlay/varyingKeys';
import {
  VPCE_KEY_EXCEPTIONS,
  VPCE_KEY_SERVICES,
} from '../../server/src/core/iamData/overlay/vpceKeyServices';
import { loadIamData } from '../support/iamData';

describe('the overlay of reviewed facts', () => {
  const iamData = loadIamData();

  it('speaks of keys that exist, in lower case', () => {
    const keys = [
      ...CALLER_KEYS,
      ...EVER_PRESENT_KEYS,
      ...COMPANION_KEYS.keys(),
      ...[...COMPANION_KEYS.values()].flat().map((key) => key.toLowerCase()),
      ...[...COMPANION_ACTIONS.keys()].map((key) => (key.endsWith('tag') ? `${key}/x` : key)),
      ...VARYING_KEYS,
      ...UNTYPED_ARN_KEYS,
      ...VPCE_KEY_SERVICES.keys(),
    ];
    assert.deepEqual(
      keys.filter((key) => iamData.conditionKey(key) === undefined || key !== key.toLowerCase()),
      [],
    );
  });

  it('knows with which providers anybody can sign in, in whatever way they are named', () => {
    const arn = 'arn:aws:iam::111122223333:oidc-provider/';
    for (const [principal, expected] of [
      ['accounts.google.com', 'accounts.google.com'],
      ['cognito-identity.cn-north-1.amazonaws.com.cn', 'cognito-identity.amazonaws.com.cn'],
      [`${arn}accounts.google.com`, 'accounts.google.com'],
      [`${arn}token.actions.githubusercontent.com`, 'token.actions.githubusercontent.com'],
      [`${arn}GitLab.com`, 'gitlab.com'],
      [`${arn}oidc.eks.us-east-1.amazonaws.com/id/A1`, undefined],
      [`${arn}gitlab.com.example.com`, undefined],
      ['gitlab.com', undefined],
      ['arn:aws:iam::111122223333:saml-provider/gitlab.com', undefined],
    ] as const) {
      assert.equal(sharedIssuerOf(principal), expected, principal);
    }
  });

  it('knows keys in any case', () => {
    for (const [key, expected] of [
      ['aws:PrincipalArn', true],
      ['AWS:principaltag/Team', true],
      ['aws:PrincipalTag', false],
      ['aws:SourceArn', false],
    ] as const) {
      assert.equal(describesPrincipal(key), expected, key);
    }
    assert.equal(isVarying('SAML:surname'), true);
    assert.equal(isVarying('SAML:aud'), false);
  });

  it('speaks of services and actions that exist', () => {
    const prefixes = [...STRICT_KEY_SERVICES, ...[...VPCE_KEY_SERVICES.values()].flatMap((set) => [...set])];
    assert.deepEqual(
      prefixes.filter((prefix) => iamData.service(prefix) === undefined),
      [],
    );
    const actions = [...COMPANION_ACTIONS.values(), ...VPCE_KEY_EXCEPTIONS];
    assert.deepEqual(
      actions.filter((action) => iamData.action(action) === undefined),
      [],
    );
  });

  it('corrects what the package still has wrong', () => {
    for (const key of UNTYPED_ARN_KEYS) {
      assert.equal(iamData.conditionKey(key)?.type, 'ARN');
    }
  });

  it('has keys with the values that the guides of their services give them', () => {
    const several = [
      'cognito-identity.amazonaws.com:amr',
      'cloudformation:ImportResourceTypes',
      'iot:ConnectAttributes',
      'iot:Certificate.Subject.CommonName.List',
      'iot:certificate.issuer.organization.list',
    ];
    assert.deepEqual(
      several.filter((key) => iamData.conditionKey(key)?.multivalued !== true),
      [],
    );
    assert.equal(iamData.conditionKey('iot:Certificate.Subject.CommonName')?.multivalued, false);
    assert.equal(
      iamData.conditionKey('accounts.google.com:google/organization_number')?.alternativeType,
      'String',
    );
    assert.equal(iamData.conditionKey('cloudtrail:ExternalId')?.type, 'String');
  });
});
