import { openFile } from '../../support/vscodeHost/window';
import { useWindow } from './support';

describe('keyboard: what is read and what is not', () => {
  const page = useWindow({
    files: {
      'main.go': 'var p = `{"Version": "2012-10-17"}`\n',
      'stack.rb': "policy = { 'Version' => '2012-10-17' }\n",
      'plain.ts': 'export const answer = 42;\n',
    },
  });

  it('stands in the status bar: type and size, or that nobody reads it', async () => {
    const bar = page().locator('.statusbar-item[id*="iamPolicy.policy"]');
    await openFile(page(), 'petstore-invoke.json');
    await bar.filter({ hasText: /^identity policy · \d+ \/ 6,144$/ }).waitFor();
    for (const name of ['main.go', 'stack.rb']) {
      await openFile(page(), name);
      await bar.filter({ hasText: 'IAM policy not checked' }).waitFor();
    }
    await openFile(page(), 'plain.ts');
    await bar.waitFor({ state: 'hidden' });
  });
});
