import { strict as assert } from 'node:assert';
import { closeEverything, hoverAt, openText, positionOf, waitForActivation } from '../support';

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "*",
      "Action": "execute-api:Invoke",
      "Resource": "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets/*",
      "Condition": { "NotIpAddress": { "aws:SourceIp": "203.0.113.0/24" } }
    }
  ]
}
`;

describe('hovering', () => {
  afterEach(closeEverything);

  it('over the effect says what the statement grants, in one sentence', async () => {
    assert.match(
      await hoverOn('Allow'),
      /Allows everybody to call `execute-api:Invoke` for GET on everything below `\/pets`.*is not in `203\.0\.113\.0\/24`/,
    );
  });

  it('over an operator says what becomes of requests without the key', async () => {
    assert.match(await hoverOn('NotIpAddress'), /such requests are allowed too/);
  });

  it('over a key and a principal says what they are', async () => {
    assert.match(await hoverOn('aws:SourceIp'), /through a VPC endpoint lack it/);
    assert.match(await hoverOn('"*"'), /makes the resource public/);
  });
});

/** What the extension says about a text of the policy, as the editor would show it there. */
async function hoverOn(text: string): Promise<string> {
  const document = await openText(POLICY, 'json');
  await waitForActivation();
  return hoverAt(document, positionOf(document, text, 1));
}
