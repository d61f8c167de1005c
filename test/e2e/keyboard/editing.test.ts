import { strict as assert } from 'node:assert';
import { goTo, openFile, visibleText } from '../../support/vscodeHost/window';
import { useWindow } from './support';

describe('keyboard: editing', () => {
  const page = useWindow();

  it('opens a policy of the sample workspace and types into it', async () => {
    await openFile(page(), 'petstore-invoke.json');
    await goTo(page(), 5, 15);
    await page().keyboard.type('All');
    await page().locator('.tab.active.dirty[data-resource-name="petstore-invoke.json"]').waitFor();
    assert.match(await visibleText(page()), /"Sid": "AllReadPets"/);
  });
});
