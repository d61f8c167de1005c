import assert from 'node:assert/strict';
import { parseDocument } from 'yaml';
import { appendItem, applyEdits, wrapInArray } from '../../../server/src/core/lint/edits';
import { languageService } from '../../support/policies';

const service = languageService();

/** The text after each fix of its findings that is offered, by title; each is YAML without a fault. */
function fixed(text: string): ReadonlyMap<string, string> {
  const document = service.open({ text, language: 'yaml' });
  const { findings } = service.lint(document);
  const texts = new Map<string, string>();
  for (const { span } of findings) {
    for (const { title, edits } of service.codeActions(document, span, findings)) {
      const after = applyEdits(text, edits());
      assert.deepEqual(parseDocument(after).errors, [], after);
      texts.set(title, after);
    }
  }
  return texts;
}

function rulesIn(text: string): readonly string[] {
  return service.lint(service.open({ text, language: 'yaml' })).findings.map(({ rule }) => rule);
}

function policy(...statements: readonly string[]): string {
  return `Version: "2012-10-17"\nStatement:\n${statements.join('')}`;
}

describe('a value of YAML that an alias names', () => {
  const user = '  - Effect: Deny\n    Action: *shared\n    Resource: "*"\n';

  it('is not taken out with its anchor, and what stands beside it is', () => {
    const text = policy(
      '  - Effect: Allow\n    Action: &shared [s3:GetObject]\n    NotAction: [s3:PutObject]\n    Resource: "*"\n',
      user,
    );
    const after = fixed(text);
    assert.equal(after.get('Remove NotAction'), text.replace('    NotAction: [s3:PutObject]\n', ''));
    assert.equal(after.get('Remove Action'), undefined);
  });

  it('loses nothing, and gets nothing, that the alias would lose or get', () => {
    for (const list of ['[s3:Get*, s3:GetObject]', '\n      - s3:Get*\n      - s3:GetObject']) {
      const action = (anchor: string) =>
        `  - Effect: Allow\n    Action:${anchor} ${list}\n    Resource: "*"\n`.replace(' \n', '\n');
      const remove = 'Remove "s3:GetObject"';
      assert.ok(fixed(policy(action(''))).has(remove));
      assert.ok(fixed(policy(action(' &other'))).has(remove));
      assert.equal(fixed(policy(action(' &shared'), user)).get(remove), undefined);
    }
    const item = policy(
      '  - Effect: Allow\n    Action:\n      - s3:Get*\n      - &shared s3:GetObject\n    Resource: "*"\n',
      user,
    );
    assert.equal(fixed(item).get('Remove "s3:GetObject"'), undefined);
  });

  it('is no statement to be taken out, and neither is the alias in its place', () => {
    const statement = (anchor: string) =>
      `  - ${anchor}Effect: Allow\n    Action: s3:GetObject\n    Resource: "*"\n`;
    const text = policy(statement('&shared\n    '), '  - *shared\n', statement(''));
    const third = text.lastIndexOf('  - Effect');
    assert.equal(fixed(text).get('Remove the statement'), text.slice(0, third));
    assert.equal(fixed(text.slice(0, third)).get('Remove the statement'), undefined);
    assert.ok(!rulesIn(text.slice(0, third)).includes('statement-redundant'));
  });

  it('is told to have its Sid twice, which no other Sid there mends', () => {
    const text = policy(
      '  - &shared\n    Sid: A\n    Effect: Allow\n    Action: s3:GetObject\n    Resource: "*"\n',
      '  - *shared\n',
    );
    assert.ok(rulesIn(text).includes('sid-duplicate'));
    assert.equal(fixed(text).get('Change to "A2"'), undefined);
  });

  it('is mended within its letters, for all that name it', () => {
    const text = policy('  - Effect: Allow\n    Action: &shared [s3:GetObjct]\n    Resource: "*"\n', user);
    assert.equal(fixed(text).get('Change to "GetObject"'), text.replace('Objct', 'Object'));
  });
});

describe('a key of YAML behind a question mark', () => {
  it('is left alone, and so is what stands before it', () => {
    const behind = policy(
      '  - Effect: Allow\n    Action: s3:GetObject\n    ? NotAction\n    : - s3:PutObject\n    Resource: "*"\n',
    );
    const after = fixed(behind);
    assert.equal(after.get('Remove NotAction'), undefined);
    assert.equal(after.get('Remove Action'), behind.replace('    Action: s3:GetObject\n', ''));
    const first = policy(
      '  - Action: s3:GetObject\n    ? NotAction\n    : - s3:PutObject\n    Effect: Allow\n    Resource: "*"\n',
    );
    assert.equal(fixed(first).get('Remove Action'), undefined);
  });
});

describe('a line break at the end of a block of YAML', () => {
  const text = (value: string) => policy(`  - Effect: Allow\n    Action: ${value}\n    Resource: "*"\n`);

  it('is taken out with the block', () => {
    for (const block of ['|\n      s3:GetObject', '>\n      s3:GetObject']) {
      assert.equal(fixed(text(block)).get('Change to "s3:GetObject"'), text('s3:GetObject'));
    }
    const inQuotes = text('|\n      s3:GetObject').replace('Allow', '"Allow"');
    assert.ok(fixed(inQuotes).get('Change to "s3:GetObject"')?.includes('Action: "s3:GetObject"\n'));
  });

  it('is called one, in ARNs of resources and of principals', () => {
    const arns = policy(
      '  - Effect: Allow\n    Principal:\n      AWS: |\n        arn:aws:iam::111122223333:role/r\n    Action: s3:GetObject\n    Resource: |\n      arn:aws:s3:::b/k\n',
    );
    const messages = service
      .lint(service.open({ text: arns, language: 'yaml' }))
      .findings.map(({ message }) => /There is a (.*?) at the end/.exec(message)?.[1]);
    assert.deepEqual(messages.filter(Boolean), ['line break', 'line break']);
    assert.ok(fixed(arns).get('Remove the line break')?.includes('Resource: arn:aws:s3:::b/k\n'));
  });

  it('stays with a comment that would be lost', () => {
    assert.equal(fixed(text('| # read\n      s3:GetObject')).get('Change to "s3:GetObject"'), undefined);
  });
});

describe('a list of YAML behind a name whose colon is not typed yet', () => {
  const offered = (action: string): readonly string[] => {
    const text = policy(`  - { Effect: Allow, ${action}, Resource: "*" }\n`);
    const at = text.indexOf('Action') + 1;
    return service
      .codeActions(service.open({ text, language: 'yaml' }), { start: at, end: at }, [])
      .map(({ title }) => title)
      .filter((title) => title.endsWith('of Action'));
  };

  it('keeps the brackets, which alone tell the two apart', () => {
    assert.deepEqual(offered('Action: ["s3:GetObject"]'), ['Make a single value of Action']);
    assert.deepEqual(offered('Action["s3:GetObject"]'), []);
  });
});

describe('an item that is added to a list in YAML', () => {
  const rows: readonly (readonly [neighbours: string, added: string])[] = [
    ['- s3:GetObject', '- s3:PutObject'],
    ['- "s3:GetObject"', '- "s3:PutObject"'],
    ["- 's3:GetObject'", "- 's3:PutObject'"],
    ['- >-\n        s3:GetObject\n      - "s3:ListBucket"', '- "s3:PutObject"'],
  ];
  for (const [neighbours, added] of rows) {
    it(`has quotes as ${JSON.stringify(neighbours)} has`, () => {
      const text = policy(`  - Effect: Allow\n    Action:\n      ${neighbours}\n    Resource: "*"\n`);
      const [action] = service.open({ text, language: 'yaml' }).policies[0]?.statements[0]?.actions ?? [];
      const list = action?.member.value;
      assert.ok(list?.kind === 'array');
      assert.equal(
        applyEdits(text, [appendItem(list, 's3:PutObject')]),
        text.replace('    Resource', `      ${added}\n    Resource`),
      );
    });
  }
});

describe('a list that is made of a value in YAML', () => {
  for (const indent of ['    ', '      ', '        ']) {
    it(`is moved in as the other lists are, and not as the mappings: ${indent.length - 4}`, () => {
      const text = policy(
        `  - Effect: Allow\n    Resource:\n${indent}- "*"\n    Condition:\n       Bool:\n          aws:SecureTransport: "true"\n    Action: s3:GetObject\n`,
      );
      const [action] = service.open({ text, language: 'yaml' }).policies[0]?.statements[0]?.actions ?? [];
      assert.ok(action?.member.value !== undefined);
      assert.equal(
        applyEdits(text, wrapInArray(action.member.value, ['s3:PutObject'])),
        text.replace('Action: s3:GetObject', `Action:\n${indent}- s3:GetObject\n${indent}- s3:PutObject`),
      );
    });
  }
});
