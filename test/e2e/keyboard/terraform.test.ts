import type { Page } from 'playwright-core';
import { goTo, openFile, runCommand } from '../../support/vscodeHost/window';
import { choose, chooseFromBulb, confirm, dialog, heading, line, suggest, take } from './controls';
import { useWindow } from './support';

/** A policy that is being written, one with a misspelled action, and where the first is attached. */
const MODULE = `variable "account" {}

data "aws_iam_policy_document" "invoke" {
  statement {
    actions   = [""]
    resources = ["arn:aws:execute-api:us-east-1:\${var.account}:\${aws_api_gateway_rest_api.pets.id}/prod/GET/pets"]
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3:GetObjct"]
    resources = ["arn:aws:s3:::pets/*"]
  }
}

resource "aws_iam_policy" "invoke" {
  policy = data.aws_iam_policy_document.invoke.json
}
`;

/** What Terraform refuses, or IAM: a misnamed argument, a variable that Terraform would replace, and a misspelt element. */
const SLIPS = `data "aws_iam_policy_document" "home" {
  statement {
    action    = ["s3:GetObject"]
    resources = ["arn:aws:s3:::homes/\${aws:username}/*"]
  }
}

resource "aws_iam_policy" "home" {
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statment": [
        { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::\${aws:username}" }
      ]
    }
  EOT
}
`;

const BEGUN = `data "aws_iam_policy_document" "begun" {
  
}

data "aws_iam_policy_document" "misspelt" {
  statment { # misspelt
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::pets/*"]
  }
}
`;

// VS Code alone has no language for Terraform: the files are plain text, and the extension reads them by their names.
describe('keyboard: a module of Terraform', () => {
  const page = useWindow({
    files: { 'main.tf': MODULE, 'slips.tf': SLIPS, 'begun.tf': BEGUN },
    invalidates: true,
  });

  it('completes an action in a list, and an argument of a statement', async () => {
    await openModule(page());
    await goTo(page(), 5, 19);
    await take(page(), 'execinv', 'execute-api:Invoke');
    await line(page(), 'actions   = ["execute-api:Invoke"]').waitFor();
    await goTo(page(), 13, 43);
    await page().keyboard.press('Enter');
    await take(page(), 'cond', 'condition');
  });

  it('mends a misspelled action by the light bulb', async () => {
    await openModule(page());
    await goTo(page(), 12, 26);
    await chooseFromBulb(page(), /GetObject/, line(page(), 'actions   = ["s3:GetObject"]'));
  });

  it('mends what Terraform and IAM refuse, in blocks and in a heredoc', async () => {
    await openFile(page(), 'slips.tf');
    const errors = page().locator('.squiggly-error');
    await errors.first().waitFor();
    await goTo(page(), 3, 6);
    await chooseFromBulb(page(), /actions/, line(page(), 'actions    = ["s3:GetObject"]'));
    await goTo(page(), 4, 42);
    await chooseFromBulb(page(), /&\{aws:username\}/, line(page(), 'homes/&{aws:username}/*'));
    await goTo(page(), 12, 10);
    await chooseFromBulb(page(), /Statement/, line(page(), '"Statement": ['));
    await goTo(page(), 13, 88);
    await chooseFromBulb(page(), /\$\$\{aws:username\}/, line(page(), 's3:::$${aws:username}'));
    await errors.first().waitFor({ state: 'detached' });
  });

  it('writes a statement from place to place with Tab, and mends the word for one', async () => {
    await openModule(page());
    await openFile(page(), 'begun.tf');
    await goTo(page(), 2, 3);
    await suggest(page());
    await take(page(), '', 'statement');
    await take(page(), 's3get', 's3:GetObject');
    await page().keyboard.press('Tab');
    await take(page(), '', 'arn:aws:s3:::*/*');
    await line(page(), 'actions   = ["s3:GetObject"]').waitFor();
    await line(page(), 'resources = ["arn:aws:s3:::*/*"]').waitFor();
    await goTo(page(), 9, 5);
    await chooseFromBulb(page(), /statement/, line(page(), 'statement { # misspelt'));
  });

  it('inserts the statement that lets invalidate, as a block', async () => {
    await openModule(page());
    await goTo(page(), 5, 19);
    await take(page(), 'execinv', 'execute-api:Invoke');
    await chooseFromBulb(
      page(),
      'Insert InvalidateCache statement',
      line(page(), '"execute-api:InvalidateCache"'),
    );
  });

  it('invalidates at an ARN whose parts Terraform fills in, and asks for them', async () => {
    await openModule(page());
    await goTo(page(), 6, 105);
    await runCommand(page(), 'API Gateway: Invalidate Cache for Resource Path');
    await choose(page(), 'a1b2c3d4e5');
    await choose(page(), 'invalidator');
    await dialog(page()).getByText('/prod/pets').first().waitFor();
    await confirm(page());
    await heading(page(), /^Accepted/).waitFor();
  });
});

/** Part of each test, and no hook, so that it is tried again with it. */
async function openModule(page: Page): Promise<void> {
  await openFile(page, 'main.tf');
  // The finding on the misspelled action: the server has started.
  await page.locator('.squiggly-warning').first().waitFor();
}
