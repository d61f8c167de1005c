import assert from 'node:assert/strict';
import { cursorAt } from '../support/fixtures';
import { languageService, openJson, policyWith } from '../support/policies';

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

describe('the explanation of an ARN as a document', () => {
  const reportAt = (fixture: string) => {
    const { text, offset } = cursorAt(fixture);
    const service = languageService();
    const explanation = service.explainArnAt(openJson(service, text), offset);
    return explanation === undefined ? undefined : service.arnReport(explanation);
  };

  it('has a row for each segment and says what the whole matches', () => {
    const report = reportAt(policyWith(`"Resource": "$0${API}/prod/GET/pets/*"`)) ?? '';
    const { segments, summary } = languageService().explainArn(`${API}/prod/GET/pets/*`);
    const rows = report.split('\n').filter((line) => line.startsWith('| '));
    assert.deepEqual(
      rows.slice(2).map((row) => row.split('<br>')[0]),
      segments.map(({ name }) => `| **${name}**`),
    );
    assert.ok(report.includes(summary));
    assert.doesNotMatch(report, /What Is Wrong/);
  });

  it('judges the ARN as it stands in its policy', () => {
    const report = reportAt(policyWith(`"Resource": ["*", "${API}/prod/g$0et/pets"]`)) ?? '';
    assert.match(report, /## What Is Wrong\n\n- \*\*Method\*\* `get`: "get" matches no request/);
  });

  it('takes the ARN of a principal or a condition too, and nothing else', () => {
    assert.match(
      reportAt(policyWith('"Principal": { "AWS": "arn:aws:iam::12$03456789012:role/r" }')) ?? '',
      /role\/r/,
    );
    assert.match(
      reportAt(policyWith('"Condition": { "ArnLike": { "aws:SourceArn": ["arn:aws:s3:::b$0"] } }')) ?? '',
      /arn:aws:s3:::b/,
    );
    assert.equal(reportAt(policyWith('"Action": "s3:$0*"')), undefined);
  });

  it('quotes nothing that a preview would load', () => {
    const service = languageService();
    const report = service.arnReport(
      service.explainArn(`${API}/prod/![x](https://example.com/x.png)<b>/pets`),
    );
    const prose = report.replaceAll(/(`+)[^`]+\1/g, '');
    assert.doesNotMatch(prose, /[^\\]\[x|[^\\]<b>/);
  });

  it('keeps a bar in an ARN within its cell', () => {
    const service = languageService();
    const report = service.arnReport(service.explainArn('arn:aws:s3:::a|b'));
    assert.match(report, /^\| \*\*Resource\*\*<br>`a\\\|b` \|/m);
  });
});
