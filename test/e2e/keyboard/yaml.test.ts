import { goTo, openFile } from '../../support/vscodeHost/window';
import { line, suggest, take } from './controls';
import { useWindow } from './support';

/** A role whose policies are to be written: on lines that VS Code has indented for them. */
const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        
      Policies:
        - PolicyName: read
          PolicyDocument:
            
`;

describe('keyboard: a template in YAML', () => {
  const page = useWindow({ files: { 'role.yaml': TEMPLATE } });

  it('writes a policy where the line is indented for it, from place to place with Tab', async () => {
    await openFile(page(), 'role.yaml');
    await goTo(page(), 11, 13);
    await suggest(page());
    await take(page(), '', 'IAM policy');
    await line(page(), '            Version: "2012-10-17"').waitFor();
    await take(page(), '', 'Allow');
    // Not those of the cache for DynamoDB, whose shorter names fit the letters better.
    await take(page(), 'dynget', 'dynamodb:GetItem');
    await page().keyboard.press('Tab');
    await take(page(), '', 'arn:aws:dynamodb:*:123456789012:table/*');
    await line(page(), '                Resource: arn:aws:dynamodb:*:123456789012:table/*').waitFor();
  });

  it('offers where a role says whom it trusts what a trust policy has', async () => {
    await openFile(page(), 'role.yaml');
    await goTo(page(), 7, 9);
    await suggest(page());
    await take(page(), '', 'IAM policy');
    await take(page(), '', 'Allow');
    await take(page(), '', 'arn:aws:iam::123456789012:root');
    await line(page(), '              AWS: arn:aws:iam::123456789012:root').waitFor();
    await line(page(), '            Action: sts:AssumeRole').waitFor();
  });
});
