import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeLensKinds } from '../../server/src/core/index';
import { features } from '../../server/src/lsp/settings';
import { repositoryRoot } from '../support/repository';

interface Manifest {
  readonly contributes: {
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly default?: unknown; readonly items?: { readonly enum?: unknown } }>
      >;
    };
  };
}

describe('what package.json declares', () => {
  const { contributes } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as Manifest;
  const settings = contributes.configuration.properties;

  it('has a switch, on by default, for each feature that can be switched off in VS Code', () => {
    // VS Code folds JSON by itself, so there is nothing of ours to switch off.
    for (const feature of features.filter((name) => name !== 'folding')) {
      assert.equal(settings[`iamPolicy.${feature}.enable`]?.default, true, feature);
    }
  });

  it('shows every kind of code lens by default', () => {
    const show = settings['iamPolicy.codeLens.show'];
    assert.deepEqual(show?.default, [...codeLensKinds]);
    assert.deepEqual(show?.items?.enum, [...codeLensKinds]);
  });
});
