import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyDocument } from '../../server/src/core/document';
import { refactorings } from '../../server/src/core/features/refactor/refactorings';
import { applyEdits } from '../../server/src/core/lint/edits';
import { plainValue } from '../../server/src/core/lint/layout';
import { ifWritable } from '../../server/src/core/lint/writers/writer';
import { languageService } from '../support/policies';
import { sharedCorpus } from '../support/repository';
import { skip } from '../support/skip';

const service = languageService();

function open(text: string): PolicyDocument {
  return service.open({ text, language: 'hcl' });
}

/** The text with the policy of an index in `jsonencode`; `undefined` where that is not offered. */
function encoded(document: PolicyDocument, index: number): string | undefined {
  const policy = document.policies[index];
  const offer = refactorings(document, policy?.node.span ?? { start: 0, end: 0 }, undefined).find(
    ({ kind }) => kind === 'refactor.rewrite.iamPolicy.toJsonencode',
  );
  const edits = offer && ifWritable('hcl', offer.edits);
  return edits && applyEdits(document.text, edits);
}

/** A text that is nothing but an expression reads as a reference in HCL, with its indexes, and as a text in JSON. */
function asTexts(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value)
      .replaceAll(/\{"Ref":"([^"]*)"\}/g, '"${$1}"')
      .replaceAll(/\[(\d+)\]\./g, '.$1.'),
  ) as unknown;
}

describe('a policy whose values Terraform writes', () => {
  const minified = (resource: string): readonly string[] => {
    const document = open(`x = <<EOF
{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:*", ${resource} }] }
EOF
`);
    const start = document.policies[0]?.node.span.start ?? 0;
    return refactorings(document, { start, end: start }, undefined)
      .filter(({ title }) => /^Minify/.test(title))
      .map(({ title }) => title);
  };

  it('is minified, but not where it has a fault beside, of which nobody is told', () => {
    assert.deepEqual(minified('"Resource": $' + '{jsonencode(var.all)}'), [
      'Minify this policy: 129 characters become 117',
    ]);
    assert.deepEqual(minified('"Resource" $' + '{jsonencode(var.all)}'), []);
    assert.deepEqual(minified('"Resource": $' + '{jsonencode(var.all)} "Sid": "A"'), []);
  });
});

describe('a policy whose Statement is a block', () => {
  it('has no list of that block, which would be no HCL', () => {
    const offered = (text: string): readonly string[] => {
      const at = text.indexOf('Statement');
      return refactorings(open(text), { start: at, end: at }, undefined)
        .filter(({ edits }) => ifWritable('hcl', edits) !== undefined)
        .map(({ title }) => title);
    };
    const statement = '{ Effect = "Allow", Action = "s3:*", Resource = "*" }';
    assert.ok(
      offered(`p = { Version = "2012-10-17", Statement = ${statement} }`).includes(
        'Make a list of Statement',
      ),
    );
    assert.deepEqual(offered(`p {\n  Version = "2012-10-17"\n  Statement ${statement}\n}\n`), []);
  });
});

describe('a policy in a heredoc with a member that is none of a policy', () => {
  const inHeredoc = (member: string): PolicyDocument =>
    open(
      `x = <<EOF\n{ ${member}"Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }] }\nEOF\n`,
    );

  it('is written as an object only where it has a Version, without which an object may be anything', () => {
    assert.equal(encoded(inHeredoc('"Comment": "", '), 0), undefined);
    for (const member of ['', '"Id": "x", ', '"Version": "2012-10-17", "Comment": "", ']) {
      const written = open(encoded(inHeredoc(member), 0) ?? assert.fail(member));
      assert.equal(written.policies[0]?.node.members.length, member.split(':').length, member);
    }
  });
});

describe('a policy in which a name stands twice', () => {
  it('is written in no other form, which would have the last of them alone', () => {
    for (const statement of [
      '"Action": "s3:*", "Action": "sqs:*"',
      '"Action": "s3:*", "Condition": { "Bool": { "aws:SecureTransport": "true" }, "Bool": {} }',
    ]) {
      const text = `x = <<EOF\n{ "Statement": [{ "Effect": "Allow", "Resource": "*", ${statement} }] }\nEOF\n`;
      assert.equal(encoded(open(text), 0), undefined, statement);
    }
  });
});

describe('a policy whose parts Terraform decides on', () => {
  const text = `x = <<EOF
{"Version": "2012-10-17", "Statement": [
%{ if var.reads ~}
  {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "*"},
%{ endif ~}
  {"Effect": "Allow", "Action": ["s3:PutObject", "s3:DeleteObject"], "Resource": "*"}
]}
EOF
`;

  it('is written anew by no refactoring, which would lose what stands between its statements', () => {
    const document = open(text);
    const [policy] = document.policies;
    assert.ok(policy !== undefined);
    for (const { key } of [...policy.members, ...policy.statements.flatMap(({ members }) => members)]) {
      const { start } = key.span;
      const actions = service.codeActions(document, { start, end: start }, [], (kind) =>
        kind.startsWith('refactor.'),
      );
      assert.deepEqual(
        actions.map(({ title }) => title),
        [],
      );
    }
  });

  it('allows nothing for certain', () => {
    const ask = (action: string) =>
      service.allows([open(text)], { action, resource: 'arn:aws:s3:::b/k' }).outcome;
    assert.equal(ask('s3:GetObject'), 'depends');
    assert.equal(ask('s3:PutObject'), 'depends');
  });
});

describe('a data source of policies', () => {
  it('is the one that is written anew from its first word to its last brace', () => {
    const source = (name: string, action: string): string =>
      `data "aws_iam_policy_document" "${name}" {\n  statement {\n    actions = ["${action}"]\n    resources = ["*"]\n  }\n}`;
    const sources = [source('a', 's3:*'), source('b', 'sqs:*')];
    const use = (name: string): string =>
      `resource "aws_iam_policy" "${name}" {\n  policy = data.aws_iam_policy_document.${name}.json\n}`;
    const text = `${sources.join('\n\n')}\n\n${use('a')}\n\n${use('b')}\n`;
    const document = open(text);
    const written = (at: number): string => {
      const isForm = (kind: string) => kind === 'refactor.rewrite.iamPolicy.toJsonencode';
      const [offer] = refactorings(document, { start: at, end: at }, undefined, isForm, []);
      return JSON.stringify(offer?.edits().map(({ text: inserted }) => inserted)) ?? '';
    };
    for (const [index, each] of sources.entries()) {
      const from = text.indexOf(each);
      for (let at = from; at <= from + each.length; at += 1) {
        assert.ok(written(at).includes(index === 0 ? '"s3:*' : '"sqs:*'), text.slice(from, at));
      }
      assert.equal(written(from + each.length + 1), '');
    }
  });
});

describe('a list of Terraform', () => {
  it('is not made of what holds an open quote, of which nobody is told', () => {
    const offersIn = (value: string): readonly string[] => {
      const text = `resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = ${value} })\n}\n`;
      const document = open(text);
      return [...text].flatMap((_, at) =>
        refactorings(document, { start: at, end: at }, undefined)
          .map(({ title }) => title)
          .filter((title) => title.startsWith('Make a list of Statement')),
      );
    };
    const statement = 'Effect = "Allow", Action = "s3:GetObject", Resource = ';
    assert.notEqual(offersIn(`{ ${statement}"*" }`).length, 0);
    assert.deepEqual(offersIn(`{ ${statement}"* }`), []);
  });
});

describe('a policy in lines of JSON, written as an object', () => {
  it('stands as terraform fmt leaves it, and says the same', () => {
    const text = `resource "aws_iam_policy" "p" {
  policy = <<-EOF
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["s3:GetObject", "s3:PutObject"],
          "Resource": "\${aws_s3_bucket.b.arn}/$\${aws:username}/\${var.a ? "x" : "y"}",
          "Condition": {"StringLike": {"s3:prefix": ["home/\\"quoted\\""]}}
        }
      ]
    }
  EOF
}
`;
    assert.equal(
      encoded(open(text), 0),
      `resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "s3:GetObject",
        "s3:PutObject",
      ]
      Resource = "\${aws_s3_bucket.b.arn}/$\${aws:username}/\${var.a ? "x" : "y"}"
      Condition = {
        StringLike = {
          "s3:prefix" = ["home/\\"quoted\\""]
        }
      }
    }]
  })
}
`,
    );
  });

  it('is not offered where expressions write more than texts, nor behind a fault', () => {
    for (const line of [
      '"Action": ${jsonencode(var.actions)}',
      '"Action": "s3:*",',
      `"Action": "\${var.action}"`,
    ]) {
      const text = `x = <<EOF\n{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", ${line}}]}\nEOF\n`;
      assert.equal(encoded(open(text), 0), undefined, line);
    }
  });

  it('says the same in every file of the corpus', function () {
    this.timeout(60_000);
    const corpus =
      sharedCorpus('formats') ?? skip(this, 'the corpus of formats is not beside the repository');
    let rewritten = 0;
    for (const file of readdirSync(join(corpus, 'tf-heredoc'))) {
      const before = open(readFileSync(join(corpus, 'tf-heredoc', file), 'utf8'));
      for (const [index, policy] of before.policies.entries()) {
        const text = encoded(before, index);
        if (text !== undefined) {
          rewritten += 1;
          const after = open(text).policies[index];
          assert.deepEqual(asTexts(after && plainValue(after.node)), asTexts(plainValue(policy.node)), file);
          assert.equal(after?.kind.type, policy.kind.type, file);
        }
      }
    }
    assert.ok(rewritten > 80, `${rewritten} rewritten`);
  });
});
