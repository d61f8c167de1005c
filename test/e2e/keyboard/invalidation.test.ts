import { startSampleGateway } from '../../support/vscodeHost/gateway';
import { goTo, openFile, runCommand } from '../../support/vscodeHost/window';
import { useWindow } from './support';

describe('keyboard: invalidation', function () {
  this.timeout(60_000);
  const page = useWindow({ gateway: startSampleGateway });

  // The gateway knows what each caller may do, whatever the open policy says. `prod` answers an invalidation that is not
  // allowed with a warning header, `strict` with 403.
  for (const { caller, file, verdict } of [
    { caller: 'invalidator', file: 'petstore-invoke.json', verdict: /^Accepted/ },
    { caller: 'reader', file: 'petstore-invoke.json', verdict: /^Ignored/ },
    { caller: 'reader', file: 'petstore-strict.json', verdict: /^Refused/ },
  ]) {
    it(`goes from the ARN under the cursor to a verdict: ${caller} on ${file}`, async () => {
      await openFile(page(), file);
      await goTo(page(), 8, 40);
      await page().locator('.codelens-decoration', { hasText: 'Invalidate cache' }).waitFor();
      await runCommand(page(), 'API Gateway: Invalidate Cache for Resource Path');
      await page().locator('.quick-input-list .monaco-list-row', { hasText: caller }).waitFor();
      await page().keyboard.type(caller);
      await page().keyboard.press('Enter');

      const dialog = page().locator('.monaco-dialog-box');
      await dialog.getByText('execute-api:InvalidateCache: not granted').waitFor();
      await page().keyboard.press('Enter');

      await page().locator('.tab', { hasText: 'API Gateway Invalidation' }).waitFor();
      const report = page().frameLocator('iframe.webview').frameLocator('iframe');
      await report.getByRole('heading', { name: verdict }).waitFor();
    });
  }
});
