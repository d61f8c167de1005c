import { strict as assert } from 'node:assert';
import { closeEverything, extension, openDocument, waitForActivation } from '../support';

describe('activation', () => {
  after(closeEverything);

  it('starts when a JSON file is opened', async () => {
    const document = await openDocument('seed.json');
    assert.equal(document.languageId, 'json');
    await waitForActivation();
    assert.equal(extension().isActive, true);
  });
});
