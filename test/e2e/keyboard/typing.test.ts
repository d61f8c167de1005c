import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { limit } from '../../support/patience';
import { goTo, openFile, persist } from '../../support/vscodeHost/window';
import { useWindow } from './support';

/** Keys that are typed, what the first row then is, and what Enter makes of the document. */
interface Step {
  readonly keys: string;
  readonly first: string;
  readonly after: string;
}

const FIRST_STATEMENT = (action: string, resource: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "${action}",
      "Resource": "${resource}"
    }
  ]
}`;

const SECOND_STATEMENT = (effect: string, action: string, resource: string): string =>
  FIRST_STATEMENT('s3:GetObject', 'arn:aws:s3:::*/*').replace(
    '    }\n  ]',
    `    },
    {
      "Effect": "${effect}",
      "Action": "${action}",
      "Resource": "${resource}"
    }
  ]`,
  );

const PETS = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*/GET/pets';

describe('keyboard: typing a policy', () => {
  const page = useWindow({
    files: {
      'empty.json': '',
      'empty.jsonc': '',
      'version.json': '{"Version": "2012-10-17", }',
      'braces.jsonc': '{}',
      'quoted.json': FIRST_STATEMENT('', '*'),
    },
  });

  for (const name of ['empty.json', 'empty.jsonc']) {
    it(`writes two statements with letters, Enter and Tab alone: ${name}`, async () => {
      await openFile(page(), name);
      await take(page(), { keys: 'iam', first: 'IAM policy', after: FIRST_STATEMENT('', '') });
      await take(page(), { keys: '', first: 'Allow', after: FIRST_STATEMENT('', '') });
      await take(page(), {
        keys: 's3getobj',
        first: 's3:GetObject',
        after: FIRST_STATEMENT('s3:GetObject', ''),
      });
      await page().keyboard.press('Tab');
      await take(page(), {
        keys: '',
        first: 'arn:aws:s3:::*/*',
        after: FIRST_STATEMENT('s3:GetObject', 'arn:aws:s3:::*/*'),
      });
      await page().keyboard.press('Tab');
      await page().keyboard.press('Enter');
      await take(page(), { keys: 'sta', first: '{ statement }', after: SECOND_STATEMENT('Allow', '', '') });
      await take(page(), { keys: 'D', first: 'Deny', after: SECOND_STATEMENT('Deny', '', '') });
      await take(page(), {
        keys: 'execinv',
        first: 'execute-api:Invoke',
        after: SECOND_STATEMENT('Deny', 'execute-api:Invoke', ''),
      });
      await page().keyboard.press('Tab');
      // The rows before it are all of the API, and its root.
      await first(page(), 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*');
      await page().keyboard.press('ArrowDown');
      await page().keyboard.press('ArrowDown');
      await take(page(), {
        keys: '',
        first: PETS,
        after: SECOND_STATEMENT('Deny', 'execute-api:Invoke', PETS),
      });
    });
  }

  it('comes before $schema in a policy that has only its Version', async () => {
    await openFile(page(), 'version.json');
    await goTo(page(), 1, 27);
    await take(page(), {
      keys: '"S',
      first: 'Statement',
      after:
        '{"Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "", "Resource": "" } ]}',
    });
  });

  it('writes element by element, with quotes and commas', async () => {
    await openFile(page(), 'braces.jsonc');
    await goTo(page(), 1, 2);
    // The box that asked for the line may still have the focus.
    await persist(
      async (timeout) => {
        await page().keyboard.press('Enter');
        await page().locator('.view-line').nth(2).waitFor({ timeout });
      },
      () => page().keyboard.press('Escape'),
    );
    await take(page(), { keys: 'v', first: 'Version', after: '{\n    "Version": "2012-10-17"\n}' });
    await page().keyboard.press('Enter');
    await first(page(), 'Statement', 's');
    await page().keyboard.press('Enter');
    await shows(
      page(),
      '{\n    "Version": "2012-10-17",\n    "Statement": [\n        {\n            "Effect": "Allow",\n            "Action": "",\n            "Resource": ""\n        }\n    ]\n}',
    );
  });

  it('offers nothing inside a string that would break it', async () => {
    await openFile(page(), 'quoted.json');
    // The finding on the empty action: the server has started.
    await page().locator('.squiggly-error').first().waitFor();
    await goTo(page(), 6, 18);
    await take(page(), {
      keys: 'inval',
      first: 'execute-api:InvalidateCache',
      after: FIRST_STATEMENT('execute-api:InvalidateCache', '*'),
    });
  });
});

async function take(page: Page, { keys, first: row, after }: Step): Promise<void> {
  await first(page, row, keys);
  await page.keyboard.press('Enter');
  await shows(page, after);
}

/** Types, and resolves when the row that Enter takes is this one. */
async function first(page: Page, row: string, keys = ''): Promise<void> {
  await page.keyboard.type(keys);
  const label = page.locator('.suggest-widget.visible .monaco-list-row.focused .label-name');
  await label.getByText(row, { exact: true }).waitFor();
}

/** The text that the active editor shows. Runs in the page, which has other types than the tests. */
const SHOWN_TEXT = `
  [...document.querySelectorAll('.editor-group-container.active .editor-instance .view-line')]
    .sort((a, b) => Number.parseInt(a.style.top, 10) - Number.parseInt(b.style.top, 10))
    .map((line) => line.textContent.replaceAll('\\u00a0', ' '))
    .join('\\n')
`;

/** Resolves when the active editor shows exactly this text. */
async function shows(page: Page, text: string): Promise<void> {
  try {
    await page.waitForFunction(`(${SHOWN_TEXT}) === ${JSON.stringify(text)}`, undefined, {
      timeout: limit(20_000),
    });
  } catch {
    assert.equal(await page.evaluate(`(${SHOWN_TEXT})`), text);
  }
}
