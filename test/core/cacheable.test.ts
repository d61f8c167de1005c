import assert from 'node:assert/strict';
import { uncacheablePart } from '../../server/src/core/arn/cacheable';
import { readExecuteApiArn } from '../../server/src/core/arn/executeApi';

const API = 'arn:aws:execute-api:us-east-1:123456789012:';

/** Whether requests that an ARN matches have entries in a cache, or the part because of which none has. */
const rows: readonly (readonly [arn: string, part?: string])[] = [
  [`${API}a1b2c3d4e5/prod/GET/pets`],
  [`${API}a1b2c3d4e5/prod/*/pets`],
  [`${API}a1b2c3d4e5/prod/?ET/pets`],
  [`${API}a1b2c3d4e5/*`],
  [`${API}*`],
  // A method override may turn the cache on for others, so this is a reason to look twice.
  [`${API}a1b2c3d4e5/prod/POST/pets`, 'method: POST'],
  [`${API}a1b2c3d4e5/prod/POST/*`, 'method: POST'],
  [`${API}a1b2c3d4e5/*/POST/pets`, 'method: POST'],
  [`${API}*/*/POST/pets`, 'method: POST'],
  [`${API}*/prod/HEAD/pets`, 'method: HEAD'],
  // Behind part of a segment the method may be part of a path.
  [`${API}a1b2c*/prod/POST/pets`],
  [`${API}a1b2c3d4e?/prod/POST/pets`],
  [`${API}a1b2c3d4e5/pro*/POST/pets`],
  [`${API}a1b2c3d4e5/\${stage}/POST/pets`],
  ['execute-api:/prod/GET/pets'],
  ['execute-api:/*'],
  ['execute-api:/prod/DELETE/pets', 'method: DELETE'],
  // Only REST APIs have a cache, and they have no stage of this name.
  [`${API}a1b2c3d4e5/$default/GET/pets`, 'defaultStage: $default'],
  [`${API}a1b2c3d4e5/$default/*`, 'defaultStage: $default'],
  [`${API}a1b2c3d4e5/prod/$connect`, 'route: $connect'],
  [`${API}a1b2c3d4e5/prod/POST/@connections/*`, 'connection: @connections'],
  [`${API}a1b2c3d4e5/prod/*/@connections/abc=`, 'connection: @connections'],
  // No connection is managed with PUT: it is a path of this name.
  [`${API}a1b2c3d4e5/prod/PUT/@connections/abc`, 'method: PUT'],
  [`${API}/domainnames/api.example.com+abc123`, 'domain: /domainnames/api.example.com+abc123'],
  [`${API}/domainnames/*`, 'domain: /domainnames/*'],
];

describe('whether what an ARN matches is cached', () => {
  for (const [arn, expected] of rows) {
    it(`${arn}: ${expected ?? 'perhaps'}`, () => {
      const part = uncacheablePart(readExecuteApiArn(arn));
      assert.equal(part && `${part.reason}: ${part.at.text}`, expected);
      assert.equal(part && arn.slice(part.at.from, part.at.to), part?.at.text);
    });
  }
});
