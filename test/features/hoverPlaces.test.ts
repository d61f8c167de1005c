import assert from 'node:assert/strict';
import { languageService, openJson } from '../support/policies';

const POLICY = `{
  "Version": "2012-10-17",
  "Id": "P",
  "Statement": [
    {
      "Sid": "A",
      "Effect": "Allow",
      "Principal": { "AWS": ["arn:aws:iam::111122223333:role/deploy", "444455556666"], "Service": "s3.amazonaws.com" },
      "Action": ["s3:GetObject", "execute-api:*", "nosuch:Get"],
      "Resource": ["arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/pets", "arn:aws:s3:::b/\${aws:username}/x"],
      "Condition": {
        "ForAnyValue:StringLike": { "aws:CalledVia": "athena.amazonaws.com" },
        "IpAddress": { "aws:SourceIp": "10.0.0.0/8" },
        "StringEquals": { "aws:RequestedRegion": ["eu-west-1", "nowhere-1"] }
      }
    }
  ]
}`;

describe('hover', () => {
  it('is about a text from its first quote to its last, and about a field of an ARN up to the next', () => {
    const service = languageService();
    const document = openJson(service, POLICY);
    const found = new Map<string, number[]>();
    for (let offset = 0; offset <= POLICY.length; offset += 1) {
      const hover = service.hover(document, offset);
      if (hover !== undefined) {
        const { start, end } = hover.span;
        const key = `${start} ${end}`;
        found.set(key, [...(found.get(key) ?? []), offset]);
      }
    }
    const said = [...found].map(([key, offsets]) => {
      const [start, end] = key.split(' ').map(Number);
      return [POLICY.slice(start, end), POLICY.slice(offsets[0], (offsets.at(-1) ?? 0) + 1)];
    });
    // What is said, and from where to where: a text with its quotes, and a field of an ARN with the sign behind it.
    assert.deepEqual(said, [
      ['Version', '"Version"'],
      ['2012-10-17', '"2012-10-17"'],
      ['Id', '"Id"'],
      ['Statement', '"Statement"'],
      ['Sid', '"Sid"'],
      ['Effect', '"Effect"'],
      ['Allow', '"Allow"'],
      ['Principal', '"Principal"'],
      ['AWS', '"AWS"'],
      ['arn:aws:iam::111122223333:role/deploy', '"arn:aws:iam::111122223333:role/deploy"'],
      ['444455556666', '"444455556666"'],
      ['Service', '"Service"'],
      ['s3.amazonaws.com', '"s3.amazonaws.com"'],
      ['Action', '"Action"'],
      ['s3', '"s3'],
      ['s3:GetObject', ':GetObject"'],
      ['execute-api', '"execute-api'],
      ['execute-api:*', ':*"'],
      ['nosuch', '"nosuch'],
      ['nosuch:Get', ':Get"'],
      ['Resource', '"Resource"'],
      ['arn', '"arn:'],
      ['aws', 'aws:'],
      ['execute-api', 'execute-api:'],
      ['eu-west-1', 'eu-west-1:'],
      ['111122223333', '111122223333:'],
      ['a1b2c3d4e5', 'a1b2c3d4e5/'],
      ['prod', 'prod/'],
      ['GET', 'GET/'],
      ['pets', 'pets"'],
      ['arn', '"arn:'],
      ['aws', 'aws:'],
      ['s3', 's3:'],
      ['arn:aws:s3:::b/${aws:username}/x', '::'],
      ['b/${aws:username}/x', 'b/${aws:username}/x"'],
      ['${aws:username}', '${aws:username}'],
      ['Condition', '"Condition"'],
      ['ForAnyValue:StringLike', '"ForAnyValue:StringLike"'],
      ['aws:CalledVia', '"aws:CalledVia"'],
      ['IpAddress', '"IpAddress"'],
      ['aws:SourceIp', '"aws:SourceIp"'],
      ['10.0.0.0/8', '"10.0.0.0/8"'],
      ['StringEquals', '"StringEquals"'],
      ['aws:RequestedRegion', '"aws:RequestedRegion"'],
      ['eu-west-1', '"eu-west-1"'],
    ]);
  });
});
