import type { Locator, Page } from 'playwright-core';
import { goTo, openFile, persist, runCommand } from '../../support/vscodeHost/window';
import { choose, chooseFromBulb, confirm, dialog, heading } from './controls';
import { useWindow } from './support';

/** A statement that is being written, one with a misspelled action, and an ARN with parts that the stack fills in. */
const STACK = `import * as iam from 'aws-cdk-lib/aws-iam';

export function grants(account: string, apiId: string): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      actions: [''],
      resources: [\`arn:aws:execute-api:us-east-1:\${account}:\${apiId}/prod/GET/pets\`],
    }),
    new iam.PolicyStatement({
      actions: ['s3:GetObjct'],
      resources: ['arn:aws:s3:::pets/*'],
    }),
  ];
}
`;
const STACK_ARN = { line: 7, column: 85 };

const SCRIPT = `import json
import boto3


def grant(account, api_id):
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "",
                "Resource": f"arn:aws:execute-api:us-east-1:{account}:{api_id}/prod/GET/pets",
            },
            {"Effect": "Allow", "Action": ["s3:GetObjct"], "Resource": "arn:aws:s3:::pets/*"},
        ],
    }
    boto3.client("iam").put_role_policy(
        RoleName="pets", PolicyName="pets", PolicyDocument=json.dumps(policy)
    )
`;
const SCRIPT_ARN = { line: 12, column: 87 };

/** Where a program is written by keys; the rest is the same in both. */
const PROGRAMS = [
  {
    title: 'a stack of the CDK in TypeScript',
    name: 'stack.ts',
    empty: { line: 6, column: 18 },
    completed: "actions: ['execute-api:Invoke'],",
    mistake: { line: 10, column: 22 },
    mended: "actions: ['s3:GetObject'],",
    arn: STACK_ARN,
  },
  {
    title: 'a script with boto3 in Python',
    name: 'grant.py',
    empty: { line: 11, column: 28 },
    completed: '"Action": "execute-api:Invoke",',
    mistake: { line: 14, column: 52 },
    mended: '"Action": ["s3:GetObject"]',
    arn: SCRIPT_ARN,
  },
] as const;

describe('keyboard: programs', () => {
  const page = useWindow({ files: { 'stack.ts': STACK, 'grant.py': SCRIPT }, invalidates: true });

  for (const { title, name, empty, completed, mistake, mended, arn } of PROGRAMS) {
    describe(title, () => {
      it('completes an action within the quotes, and explains it', async () => {
        await open(page(), name);
        await goTo(page(), empty.line, empty.column);
        await page().keyboard.type('execinv');
        const first = page().locator('.suggest-widget.visible .monaco-list-row.focused .label-name');
        // VS Code lists nothing by itself in the strings of a program, and drops a list while it draws what has arrived.
        await persist(
          async (timeout) => {
            await page().keyboard.press('Control+Space');
            await first.getByText('execute-api:Invoke', { exact: true }).waitFor({ timeout: 5 * timeout });
          },
          () => page().keyboard.press('Escape'),
        );
        await page().keyboard.press('Enter');
        await line(page(), completed).waitFor();
        await runCommand(page(), 'Show or Focus Hover');
        await page().locator('.monaco-hover', { hasText: 'invoke an API' }).first().waitFor();
      });

      it('mends a misspelled action by the light bulb', async () => {
        await open(page(), name);
        await goTo(page(), mistake.line, mistake.column);
        await chooseFromBulb(page(), /GetObject/, line(page(), mended));
      });

      it('invalidates at an ARN whose parts the program fills in, and asks for them', async () => {
        await open(page(), name);
        await goTo(page(), arn.line, arn.column);
        await runCommand(page(), 'API Gateway: Invalidate Cache for Resource Path');
        await invalidate(page());
      });
    });
  }
});

async function invalidate(page: Page): Promise<void> {
  await choose(page, 'a1b2c3d4e5');
  await choose(page, 'invalidator');
  await dialog(page).getByText('/prod/pets').first().waitFor();
  await confirm(page);
  await heading(page, /^Accepted/).waitFor();
}

/** A line of the active editor that has this text. */
function line(page: Page, text: string): Locator {
  return page.locator('.editor-instance .view-line', { hasText: text }).first();
}

/** Part of each test, and no hook, so that it is tried again with it. */
async function open(page: Page, name: string): Promise<void> {
  await openFile(page, name);
  // The finding on the misspelled action: the server has started.
  await page.locator('.squiggly-warning').first().waitFor();
}
