import assert from 'node:assert/strict';
import { CALLER_KEYS, EVER_PRESENT_KEYS } from '../../server/src/core/iamData/overlay/callerKeys';
import { COMPANION_ACTIONS } from '../../server/src/core/iamData/overlay/companionActions';
import { COMPANION_KEYS } from '../../server/src/core/iamData/overlay/companionKeys';
import { STRICT_KEY_SERVICES } from '../../server/src/core/iamData/overlay/strictKeyServices';
import { UNTYPED_ARN_KEYS } from '../../server/src/core/iamData/overlay/untypedArnKeys';
import { VARYING_KEYS } from '../../server/src/core/iamData/overlay/varyingKeys';
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
