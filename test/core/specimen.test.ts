import { deepStrictEqual } from 'node:assert';
import { openDocument } from '../../server/src/core/document';
import { createLanguageService } from '../../server/src/core/index';
import { Specimen } from '../../server/src/core/specimen';
import { loadIamData } from '../support/iamData';

describe('the policy that is kept for the sake of V8', () => {
  it('is made again after the first, second and fourth large document, and after no short one', () => {
    const made: number[] = [];
    let checked = 0;
    const specimen = new Specimen((text) => {
      made.push(checked);
      return openDocument({ text, language: 'json' });
    });
    for (checked = 1; checked <= 9; checked += 1) {
      specimen.checked(1_000);
      specimen.checked(100_000);
    }
    deepStrictEqual(made, [1, 2, 4, 8]);
  });

  it('is one that every rule can be shown', () => {
    let text = '';
    new Specimen((made) => {
      text = made;
      return openDocument({ text, language: 'json' });
    }).checked(100_000);
    const service = createLanguageService({ iamData: loadIamData() });
    const { failures } = service.lint(service.open({ text, language: 'json' }));
    deepStrictEqual(failures, []);
  });
});
