import assert from 'node:assert/strict';
import { CREDENTIAL_ACTIONS, ESCALATIONS } from '../../server/src/core/iamData/overlay/sensitiveActions';
import { loadIamData } from '../support/iamData';

describe('the reviewed lists of actions', () => {
  it('name actions as the service reference does', () => {
    const iamData = loadIamData();
    const named = [...CREDENTIAL_ACTIONS.keys(), ...ESCALATIONS.flatMap(({ actions }) => actions)];
    assert.deepEqual(
      named.filter((action) => iamData.action(action)?.id !== action),
      [],
    );
  });
});
