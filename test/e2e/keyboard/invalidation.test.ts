import { startSampleGateway } from '../../support/vscodeHost/gateway';
import { goTo, openFile, runCommand } from '../../support/vscodeHost/window';
import { useWindow } from './support';

describe('keyboard: invalidation', function () {
  this.timeout(60_000);
  const page = useWindow({ gateway: startSampleGateway });

  it('goes from the ARN under the cursor to a verdict', async () => {
    await openFile(page(), 'petstore-invoke.json');
    await goTo(page(), 8, 40);
    await page().locator('.codelens-decoration', { hasText: 'Invalidate cache' }).waitFor();
    await runCommand(page(), 'API Gateway: Invalidate Cache for Resource Path');
    await page().locator('.quick-input-list .monaco-list-row', { hasText: 'invalidator' }).waitFor();
    await page().keyboard.type('invalidator');
    await page().keyboard.press('Enter');

    const dialog = page().locator('.monaco-dialog-box');
    await dialog.getByText('execute-api:InvalidateCache: not granted').waitFor();
    await page().keyboard.press('Enter');

    // The gateway knows this caller as one that may, whatever the open policy says.
    await page().locator('.tab', { hasText: 'API Gateway Invalidation' }).waitFor();
    const report = page().frameLocator('iframe.webview').frameLocator('iframe');
    await report.getByRole('heading', { name: /^Accepted/ }).waitFor();
  });
});
