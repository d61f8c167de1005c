import assert from 'node:assert/strict';
import { actionText, serviceText } from '../../server/src/core/features/hover/action';
import { grouped } from '../../server/src/core/wording';
import { loadIamData } from '../support/iamData';

const iamData = loadIamData();
const linkTo = (pattern: string): string => `https://example.com/${encodeURIComponent(pattern)}`;

function said(text: string, negated = false): string {
  return actionText({ text, element: { negated } }, iamData, linkTo) ?? '';
}

describe('hover on an action', () => {
  it('names its service, its levels, and each of its first six types of resources', () => {
    let most = 0;
    for (const prefix of ['s3', 'ec2', 'iam', 'kms', 'execute-api', 'sts', 'glue', 'lambda']) {
      const service = iamData.service(prefix);
      assert.ok(service !== undefined);
      for (const action of service.actions()) {
        const text = said(action.id.toUpperCase());
        const [title] = text.split('\n', 1);
        assert.equal(
          title,
          `**${action.id}** (${service.name}), access level ${action.accessLevels.join(' and ')}`,
        );
        const { resources } = action;
        most = Math.max(most, resources.length);
        const rows = [...text.matchAll(/^- (.+?)( \(required\))?: `/gm)].map(([, name, required]) => [
          name?.replaceAll('\\', ''),
          required !== undefined,
        ]);
        assert.deepEqual(
          rows,
          resources.slice(0, 6).map(({ type, required }) => [type.name, required]),
        );
        assert.equal(text.includes('can only be granted on `*`'), resources.length === 0, action.id);
        assert.equal(/^- and (\d+) more$/m.exec(text)?.[1] ?? '0', String(Math.max(0, resources.length - 6)));
        assert.equal(text.includes('Condition keys: '), action.supportedConditionKeys().length > 0);
      }
    }
    assert.ok(most > 6);
  });

  it('that is a pattern lists twenty of what it covers, by levels that it has, and links to all if there are more', () => {
    for (const pattern of [
      's3:*',
      'ec2:Describe*',
      'chime:*s',
      'execute-api:*',
      '*:Get*',
      'sqs:*Queue',
      'iam:*',
      'sts:*',
    ]) {
      const actions = iamData.expandActions(pattern);
      const text = said(pattern);
      const services = new Set(actions.map(({ service }) => service));
      assert.ok(
        text.startsWith(`\`${pattern}\` covers ${grouped(actions.length)} actions of `),
        text.slice(0, 80),
      );
      const levels = [...text.matchAll(/^- \*\*([\w ]+)\*\* \((\d+)\): (.*)$/gm)];
      let shown = 0;
      for (const [, level, count, names = ''] of levels) {
        const own = actions.filter(({ accessLevels }) => accessLevels[0] === level);
        const listed = names.match(/`[^`]+`/g) ?? [];
        shown += listed.length;
        assert.equal(Number(count), own.length, `${pattern}, ${level}`);
        assert.ok(own.length > 0 && listed.length > 0);
        assert.equal(
          Number((/([\d,]+) more$/.exec(names)?.[1] ?? '0').replaceAll(',', '')),
          own.length - listed.length,
        );
        assert.equal(
          listed.every((name) => name.includes(':')),
          services.size > 1,
        );
      }
      assert.equal(shown, Math.min(20, actions.length), pattern);
      assert.equal(text.includes(`[List all ${grouped(actions.length)}](`), actions.length > 20, pattern);
    }
    const long = `s3:*${'?'.repeat(197)}`;
    assert.doesNotMatch(said(`ec2:*${'*'.repeat(196)}`), /List all/);
    assert.match(said(`ec2:*${'*'.repeat(195)}`), /List all/);
    assert.match(said(long), /covers no action/);
  });

  it('that is everything counts the actions of all services', () => {
    const services = iamData.services();
    const actions = services.reduce((sum, { actionCount }) => sum + actionCount, 0);
    assert.match(
      said('**'),
      new RegExp(`: ${grouped(actions)} actions of ${grouped(services.length)} services on`),
    );
  });

  it('says what is not known, and nothing of what is no action', () => {
    assert.match(said('s3:NoSuch'), /is not an action known on \d{4}-/);
    assert.equal(said('s3'), '');
    assert.match(said('s3:GetObject', true), /every action but these\.$/);
    assert.doesNotMatch(said('s3:GetObject'), /every action but/);
    assert.match(serviceText('s3', iamData) ?? '', /^`s3` Amazon S3, \d+ actions\.$/);
    assert.match(serviceText('nosuch', iamData) ?? '', /is not a service prefix known/);
    for (const prefix of ['', 's*']) {
      assert.equal(serviceText(prefix, iamData), undefined);
    }
    assert.equal(serviceText('s3', undefined), undefined);
    assert.equal(actionText({ text: 's3:Get*', element: { negated: false } }, undefined), undefined);
  });
});
