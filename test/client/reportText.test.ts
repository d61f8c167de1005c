import { strict as assert } from 'node:assert';
import { reportPage, withSteps } from '../../client/src/reportText';
import { verdictReport } from '../../server/src/gateway/report';
import { LABELS, type NextStepId } from '../../server/src/gateway/verdictTable';

const ids = Object.keys(LABELS) as NextStepId[];
const steps = ids.map((id) => ({ label: LABELS[id], href: `command:it?${id}` }));

describe('the steps of a report', () => {
  it('are links where the report names them, each of them', () => {
    const report = verdictReport({
      kind: 'refused',
      reason: 'access-denied',
      title: 'Refused',
      explanation: 'No.',
      caveats: [],
      nextSteps: ids.map((id) => ({ id, label: LABELS[id] })),
    });
    const linked = withSteps(report, steps);
    for (const id of ids) {
      assert.ok(linked.includes(`\n- [${LABELS[id]}](command:it?${id})\n`), id);
    }
    assert.equal(linked.match(/^## /gm)?.length, 1);
    assert.equal(linked.match(/command:/g)?.length, ids.length);
  });

  it('come at the end where the report does not name them', () => {
    const linked = withSteps('# Title\n\nText.\n', [{ label: 'Try again', href: 'command:it?1' }]);
    assert.equal(linked, '# Title\n\nText.\n\n## What to do next\n\n- [Try again](command:it?1)\n');
  });

  it('are linked once, whatever else the report quotes', () => {
    const body = "```\n- Try again\n- Set this machine's clock\n```\n";
    const linked = withSteps(`- Try again\n\n${body}`, [{ label: 'Try again', href: 'command:it?1' }]);
    assert.equal(linked, `- [Try again](command:it?1)\n\n${body}`);
  });

  it('stand in a page in which nothing runs and nothing is loaded', () => {
    const page = reportPage('<p>text</p>', 'n0nce');
    assert.match(page, /content="default-src 'none'; style-src 'nonce-n0nce';"/);
    assert.doesNotMatch(page, /<script|src=|url\(/);
  });
});
