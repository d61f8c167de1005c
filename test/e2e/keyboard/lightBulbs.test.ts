import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { goTo, openFile, visibleText } from '../../support/vscodeHost/window';
import { chooseFromBulb, openBulb, press } from './controls';
import { useWindow, workspaceFolder } from './support';

/** CloudFormation would replace the variable of IAM. */
const TEMPLATE = `Resources:
  Home:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource: !Sub arn:\${AWS::Partition}:s3:::homes/\${aws:username}/*
`;

describe('keyboard: light bulbs', () => {
  const page = useWindow({ files: { 'template.yaml': TEMPLATE } });
  let config = '';
  before(() => {
    config = join(workspaceFolder(), '.iam-policy.json');
  });

  it('fills the ARN of the seed in with what the workspace knows, all at once', async () => {
    await openFile(page(), 'seed.json');
    await page().locator('.squiggly-error').first().waitFor();
    await goTo(page(), 10, 32);
    await chooseFromBulb(
      page(),
      'Use arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets (GET /pets of petstore)',
      page().locator('.view-line', {
        hasText: 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets',
      }),
    );
    await page().locator('.squiggly-error').first().waitFor({ state: 'detached' });
  });

  it('escapes a variable of IAM that Fn::Sub would replace', async () => {
    await openFile(page(), 'template.yaml');
    await page().locator('.squiggly-error').first().waitFor();
    await goTo(page(), 10, 68);
    await chooseFromBulb(
      page(),
      /\$\{!aws:username\}/,
      page().locator('.view-line', { hasText: 'homes/${!aws:username}/*' }),
    );
    await page().locator('.squiggly-error').first().waitFor({ state: 'detached' });
  });

  it('suppresses with a reason, says where, and the finding goes', async () => {
    await openFile(page(), 'broken.json');
    await page().locator('.squiggly-error').first().waitFor();
    await goTo(page(), 8, 85);
    await chooseFromBulb(
      page(),
      'Suppress execute-api-method-case for this statement in .iam-policy.json…',
      page().locator('.quick-input-widget', { hasText: 'Why is this finding accepted?' }),
    );
    await page().keyboard.type('The service behind it is called so.');
    await page().keyboard.press('Enter');
    await page()
      .locator('.notification-toast', {
        hasText: 'execute-api-method-case is suppressed in .iam-policy.json.',
      })
      .waitFor();
    assert.match(readFileSync(config, 'utf8'), /"reason": "The service behind it is called so\."/);
    await goTo(page(), 8, 85);
    await openBulb(page());
    await page().locator('.action-widget .monaco-list-row').first().waitFor();
    const rows = await page().locator('.action-widget .monaco-list-row').allTextContents();
    assert.ok(!rows.some((row) => row.includes('execute-api-method-case')), rows.join('\n'));
    await page().keyboard.press('Escape');
  });

  it('takes a suppression back whose reason nobody gives', async () => {
    const before = existsSync(config) ? readFileSync(config, 'utf8') : undefined;
    await openFile(page(), 'broken.json');
    await page().locator('.squiggly-error').first().waitFor();
    await goTo(page(), 2, 17);
    await chooseFromBulb(
      page(),
      /Suppress version-\w+ for this file in \.iam-policy\.json…/,
      page().locator('.quick-input-widget', { hasText: 'Why is this finding accepted?' }),
    );
    await page().keyboard.press('Escape');
    await page().locator('.quick-input-widget').waitFor({ state: 'hidden' });
    assert.equal(existsSync(config) ? readFileSync(config, 'utf8') : undefined, before);
  });

  it('turns a rule off, and its author turns it on again', async () => {
    await openFile(page(), 'broken.json');
    await page().locator('.squiggly-error').first().waitFor();
    await goTo(page(), 7, 24);
    await chooseFromBulb(
      page(),
      'Turn action-unknown off in .iam-policy.json',
      page().locator('.notification-toast', { hasText: 'action-unknown is turned off in .iam-policy.json.' }),
    );
    assert.match(readFileSync(config, 'utf8'), /"action-unknown": "off"/);
    assert.match(await visibleText(page()), /execute-api:Invok"/);
    // And on again, so that the next tests find no rule turned off: what is removed outside, VS Code keeps for a while.
    await press(page(), 'Open');
    await page().locator('.tab.active[data-resource-name=".iam-policy.json"]').waitFor();
    await page().locator('.editor-instance .view-line', { hasText: 'action-unknown' }).waitFor();
    await page().keyboard.press('Control+A');
    await page().keyboard.press('Delete');
    await page().keyboard.type('{}');
    await page().keyboard.press('Control+S');
    await page().locator('.tab.dirty').waitFor({ state: 'detached' });
    assert.equal(readFileSync(config, 'utf8').trim(), '{}');
    rmSync(config);
  });
});
