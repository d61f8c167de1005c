import assert from 'node:assert/strict';
import { replaceValue } from '../../server/src/core/features/refactor/terraform/alignment';
import { documentSource } from '../../server/src/core/syntax/stringSpans';
import { applyEdits } from '../support/rulePages';

const LINES = 'jsonencode({\n    a = 1\n  })';
const HEREDOC = '<<EOT\n{}\nEOT';

/** The text with the value between `«` and `»`, what is written there, and the text then, as `terraform fmt` leaves it. */
const ROWS: readonly (readonly [title: string, before: string, written: string, after: string])[] = [
  [
    'a value that goes on over lines leaves its group',
    'x "y" "z" {\n  name   = "a"\n  policy = «"p"»\n  path   = "/"\n}\n',
    LINES,
    'x "y" "z" {\n  name = "a"\n  policy = jsonencode({\n    a = 1\n  })\n  path = "/"\n}\n',
  ],
  [
    'one that ceases to do so joins the lines around it',
    'x "y" "z" {\n  name = "a"\n  policy = «jsonencode({\n    a = 1\n  })»\n  path = "/"\n}\n',
    '"p"',
    'x "y" "z" {\n  name   = "a"\n  policy = "p"\n  path   = "/"\n}\n',
  ],
  [
    'only those that are aligned join, not aligned with each other',
    'x "y" "z" {\n  name   = "a"\n  policy = «jsonencode({\n    a = 1\n  })»\n  path = "/"\n}\n',
    '"p"',
    'x "y" "z" {\n  name   = "a"\n  policy = "p"\n  path = "/"\n}\n',
  ],
  [
    'nothing moves where the lines are not aligned as they stand',
    'x "y" "z" {\n  name = "a"\n  policy = «"p"»\n  path = "/"\n}\n',
    LINES,
    'x "y" "z" {\n  name = "a"\n  policy = jsonencode({\n    a = 1\n  })\n  path = "/"\n}\n',
  ],
  [
    'a heredoc stays in its group',
    'x "y" "z" {\n  name   = "a"\n  policy = «"p"»\n  path   = "/"\n}\n',
    HEREDOC,
    'x "y" "z" {\n  name   = "a"\n  policy = <<EOT\n{}\nEOT\n  path   = "/"\n}\n',
  ],
  [
    'what was a heredoc leaves it',
    'x "y" "z" {\n  name   = "a"\n  policy = «<<EOT\n{}\nEOT»\n  path   = "/"\n}\n',
    LINES,
    'x "y" "z" {\n  name = "a"\n  policy = jsonencode({\n    a = 1\n  })\n  path = "/"\n}\n',
  ],
  [
    'blanks behind the end of a heredoc go with it',
    'x "y" "z" {\n  name   = "a"\n  policy = «<<-EOT\n    {}\n  EOT»  \n  path   = "/"\n}\n',
    '"p"',
    'x "y" "z" {\n  name   = "a"\n  policy = "p"\n  path   = "/"\n}\n',
  ],
  [
    'the group goes on above a heredoc',
    'x "y" "z" {\n  name   = "a"\n  text   = <<EOT\n x = 1\nEOT\n  policy = «"p"»\n}\n',
    LINES,
    'x "y" "z" {\n  name = "a"\n  text = <<EOT\n x = 1\nEOT\n  policy = jsonencode({\n    a = 1\n  })\n}\n',
  ],
  [
    'the group goes on below a heredoc',
    'x "y" "z" {\n  policy = «"p"»\n  text   = <<EOT\n x = 1\nEOT\n  name   = "a"\n}\n',
    LINES,
    'x "y" "z" {\n  policy = jsonencode({\n    a = 1\n  })\n  text = <<EOT\n x = 1\nEOT\n  name = "a"\n}\n',
  ],
  [
    'the group goes on above an indented heredoc',
    'x "y" "z" {\n  name   = "a"\n  text   = <<-EOT\n x = 1\n  EOT\n  policy = «"p"»\n}\n',
    LINES,
    'x "y" "z" {\n  name = "a"\n  text = <<-EOT\n x = 1\n  EOT\n  policy = jsonencode({\n    a = 1\n  })\n}\n',
  ],
  [
    'the group goes up to a blank line',
    'x "y" "z" {\n  name = "a"\n\n  policy = «"p"»\n  path   = "/"\n\n  b = 1\n}\n',
    LINES,
    'x "y" "z" {\n  name = "a"\n\n  policy = jsonencode({\n    a = 1\n  })\n  path = "/"\n\n  b = 1\n}\n',
  ],
  [
    'the group goes up to a comment',
    'x "y" "z" {\n  name = "a"\n  # c\n  policy = «"p"»\n  path   = "/"\n  # d\n  b = 1\n}\n',
    LINES,
    'x "y" "z" {\n  name = "a"\n  # c\n  policy = jsonencode({\n    a = 1\n  })\n  path = "/"\n  # d\n  b = 1\n}\n',
  ],
  [
    'the group goes up to a block',
    'x "y" "z" {\n  a {\n  }\n  policy = «"p"»\n  path   = "/"\n  b {\n  }\n}\n',
    LINES,
    'x "y" "z" {\n  a {\n  }\n  policy = jsonencode({\n    a = 1\n  })\n  path = "/"\n  b {\n  }\n}\n',
  ],
  [
    'the group goes up to lists over lines',
    'x "y" "z" {\n  list = [\n    1,\n  ]\n  policy = «"p"»\n  path   = "/"\n  other = [\n    1,\n  ]\n}\n',
    LINES,
    'x "y" "z" {\n  list = [\n    1,\n  ]\n  policy = jsonencode({\n    a = 1\n  })\n  path = "/"\n  other = [\n    1,\n  ]\n}\n',
  ],
  [
    'what opens nothing are brackets in quotes and comments',
    'x "y" "z" {\n  name   = "a ["\n  path   = "/" # (\n  policy = «"p"»\n  other  = [1] // {\n}\n',
    LINES,
    'x "y" "z" {\n  name = "a ["\n  path = "/" # (\n  policy = jsonencode({\n    a = 1\n  })\n  other = [1] // {\n}\n',
  ],
  [
    'names may have quotes',
    'x "y" "z" {\n  "a b"  = 1\n  policy = «"p"»\n}\n',
    LINES,
    'x "y" "z" {\n  "a b" = 1\n  policy = jsonencode({\n    a = 1\n  })\n}\n',
  ],
  [
    'the longest of the group leaves it',
    'x "y" "z" {\n  a_long_name = 1\n  policy      = «"p"»\n  b           = 2\n}\n',
    LINES,
    'x "y" "z" {\n  a_long_name = 1\n  policy = jsonencode({\n    a = 1\n  })\n  b = 2\n}\n',
  ],
  [
    'an item of a list has no name',
    'x "y" "z" {\n  a = [\n    «"p"»,\n  ]\n  bc = 1\n}\n',
    LINES,
    'x "y" "z" {\n  a = [\n    jsonencode({\n    a = 1\n  }),\n  ]\n  bc = 1\n}\n',
  ],
  [
    'a comparison is no argument',
    'x "y" "z" {\n  a = b == «1»\n  bcd = 1\n}\n',
    '2',
    'x "y" "z" {\n  a = b == 2\n  bcd = 1\n}\n',
  ],
  [
    'a group may be all of a file',
    'a  = «"p"»\nbc = 1\n',
    LINES,
    'a = jsonencode({\n    a = 1\n  })\nbc = 1\n',
  ],
  ['last line', 'a  = 1\nbc = «"p"»', LINES, 'a = 1\nbc = jsonencode({\n    a = 1\n  })'],
];

describe('the value of an argument that is replaced', () => {
  for (const [title, marked, written, after] of ROWS) {
    it(`keeps arguments aligned: ${title}`, () => {
      const from = marked.indexOf('«');
      const end = marked.indexOf('»') - 1;
      const text = marked.replaceAll(/[«»]/g, '');
      const edits = replaceValue(documentSource(text, 'hcl'), from, end, written);
      assert.equal(applyEdits(text, edits), after);
    });
  }
});
