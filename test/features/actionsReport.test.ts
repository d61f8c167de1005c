import assert from 'node:assert/strict';
import { bareLanguageService, languageService, openJson, policyWith } from '../support/policies';

describe('all actions of a pattern', () => {
  const link = (pattern: string): string => `command:list?${encodeURIComponent(JSON.stringify([pattern]))}`;
  const hoverOf = (pattern: string): string => {
    const service = languageService();
    const text = policyWith(`"Action": ${JSON.stringify(pattern)}`);
    const offset = text.indexOf(':', text.indexOf('"Action": ') + 10) + 1;
    return service.hover(openJson(service, text), offset, undefined, link)?.contents ?? '';
  };

  it('are one click away where the hover leaves some out', () => {
    const count = languageService().iamData?.expandActions('s3:Get*').length;
    assert.ok(hoverOf('s3:Get*').endsWith(`[List all ${count}](command:list?%5B%22s3%3AGet*%22%5D)`));
    assert.doesNotMatch(hoverOf('s3:GetObjectV*'), /List all/);
  });

  it('are linked by nothing that a document can make a link of its own of', () => {
    assert.doesNotMatch(hoverOf('s3:Get*](command:x?)['), /List all/);
    assert.doesNotMatch(hoverOf(`s3:${'*'.repeat(300)}`), /List all/);
  });

  it('stand on a page, by access level', () => {
    const { actionsReport, iamData } = languageService();
    const report = actionsReport('s3:Get*') ?? '';
    for (const { id } of iamData?.expandActions('s3:Get*') ?? []) {
      assert.ok(report.includes(`- \`${id}\``), id);
    }
    assert.match(report, /^# Actions of `s3:Get\*`\n\n\d+ actions on /);
    assert.match(report, /^## Read \(\d+\)$/m);
    assert.equal(actionsReport('nosuch:*'), undefined);
    assert.equal(bareLanguageService().actionsReport('s3:*'), undefined);
    assert.match(actionsReport('*:*') ?? '', /And [\d,]+ actions more\.\n$/);
  });
});
