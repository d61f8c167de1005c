import assert from 'node:assert/strict';
import { appendMember, applyEdits, removeItems } from '../../../server/src/core/lint/edits';
import { languageService } from '../../support/policies';

const service = languageService();

/** A text after the action of a title was taken where a word stands. */
function textAfter(text: string, word: string, title: string): string | undefined {
  const document = service.open({ text, language: 'hcl' });
  const at = text.indexOf(word);
  const span = { start: at, end: at };
  const { findings } = service.lint(document);
  const action = service.codeActions(document, span, findings).find((each) => each.title === title);
  return action && applyEdits(text, action.edits());
}

const ARN = 'arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/prod/GET/pets';

describe('what is written into HCL', () => {
  it('stands as terraform fmt leaves it: a statement in a list on lines of its own', () => {
    const statement = `      {
        Sid      = "Call"
        Effect   = "Allow"
        Action   = "execute-api:Invoke"
        Resource = "${ARN}" # pets
        Condition = {
          StringEquals = { "aws:PrincipalTag/a" = "$\${aws:PrincipalTag/b}" }
        }
      },
`;
    const text = `x = jsonencode({\n    Version = "2012-10-17"\n    Statement = [\n${statement}    ]\n})\n`;
    assert.equal(
      textAfter(text, 'execute-api', 'Insert InvalidateCache statement'),
      text.replace(
        '    ]\n})',
        () => `      {
        Sid      = "InvalidateCache"
        Effect   = "Allow"
        Action   = "execute-api:InvalidateCache"
        Resource = "${ARN}"
        Condition = {
          StringEquals = {
            "aws:PrincipalTag/a" = "$\${aws:PrincipalTag/b}"
          }
        }
      },
    ]
})`,
      ),
    );
  });

  it('stands as terraform fmt leaves it: a statement of the data source, with its blocks', () => {
    const text = `data "aws_iam_policy_document" "x" {
  statement {
    actions   = ["execute-api:Invoke"]
    resources = ["${ARN}"]

    principals {
      type        = "AWS"
      identifiers = ["123456789012", var.other]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalTag/a"
      values   = ["&{aws:PrincipalTag/b}-\${var.stage ? "x" : "y"}"]
    }
  }
}
`;
    assert.equal(
      textAfter(text, 'execute-api', 'Insert InvalidateCache statement'),
      text.replace(
        /\}\n$/,
        `
  statement {
    effect    = "Allow"
    actions   = ["execute-api:InvalidateCache"]
    resources = ["${ARN}"]

    principals {
      type = "AWS"
      identifiers = [
        "123456789012",
        var.other,
      ]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalTag/a"
      values   = ["&{aws:PrincipalTag/b}-\${var.stage ? "x" : "y"}"]
    }
  }
}
`,
      ),
    );
  });

  it('is not offered where a condition cannot be copied', () => {
    const text = `data "aws_iam_policy_document" "x" {
  statement {
    actions   = ["execute-api:Invoke"]
    resources = ["${ARN}"]
    dynamic "condition" {
      for_each = var.conditions
      content {
        test     = "StringEquals"
        variable = "aws:PrincipalTag/a"
        values   = [condition.value]
      }
    }
  }
}
`;
    assert.equal(textAfter(text, 'execute-api', 'Insert InvalidateCache statement'), undefined);
  });

  it('is a name without quotes where one stood', () => {
    const text = `x = jsonencode({
  Version = "2012-10-17"
  Statement = { Efect = "Allow", "Acton" = "s3:*", Resource = "*" }
})
`;
    for (const [wrong, right] of [
      ['Efect', 'Effect'],
      ['Acton', 'Action'],
    ] as const) {
      assert.equal(textAfter(text, wrong, `Change to ${right}`), text.replace(wrong, right));
    }
  });

  it('keeps the lines and comments around it', () => {
    const text = `x = jsonencode({
  Version = "2012-10-17"
  Statement = [{
    Effect = "Allow"
    Action = [
      "s3:GetObject", # read
      "s3:GetObject", # again
      "s3:PutObject"
    ]
    Resource = "*"
  }]
})
`;
    assert.equal(
      textAfter(text, '"s3:GetObject", # again', 'Remove "s3:GetObject"'),
      text.replace('      "s3:GetObject", # again\n', ''),
    );
  });
});

describe('items that are taken out of a list in HCL together', () => {
  const written = ['s3:A', 's3:B', 's3:C', 's3:D'];
  const listOf = (items: readonly string[]) => `[${items.map((item) => `"${item}"`).join(', ')}]`;
  const textWith = (list: string) =>
    `x = jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", Action = ${list}, Resource = "*" } })\n`;
  const text = textWith(listOf(written));
  const array = service.open({ text, language: 'hcl' }).policies[0]?.statements[0]?.actions[0]?.member.value;
  for (const indexes of [[0], [3], [0, 1], [1, 2], [2, 3], [1, 3], [0, 3], [1, 2, 3], [0, 1, 2, 3]]) {
    it(`leave the others as they were: ${indexes.map((index) => written[index]).join()}`, () => {
      assert.ok(array?.kind === 'array');
      const kept = written.filter((_, index) => !indexes.includes(index));
      assert.equal(applyEdits(text, removeItems(array, indexes)), textWith(listOf(kept)));
    });
  }

  it('leave the line break in front of them', () => {
    const lines = textWith('["s3:A",\n  "s3:B", "s3:C"]');
    const [action] = service.open({ text: lines, language: 'hcl' }).policies[0]?.statements[0]?.actions ?? [];
    assert.ok(action?.member.value?.kind === 'array');
    assert.equal(applyEdits(lines, removeItems(action.member.value, [1, 2])), textWith('["s3:A"\n  ]'));
  });
});

describe('a member that is added to an object in HCL', () => {
  for (const mark of ['=', ':']) {
    it(`has the mark of its neighbours: ${mark}`, () => {
      const text = `x = jsonencode({ Version ${mark} "2012-10-17", Statement ${mark} { Effect ${mark} "Allow", Action ${mark} "s3:*" } })\n`;
      const [statement] = service.open({ text, language: 'hcl' }).policies[0]?.statements ?? [];
      assert.ok(statement !== undefined);
      assert.equal(
        applyEdits(text, [appendMember(statement.node, 'Resource', '*')]),
        text.replace('"s3:*"', `"s3:*", Resource ${mark} "*"`),
      );
    });
  }
});
