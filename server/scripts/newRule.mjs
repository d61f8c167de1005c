/**
 * Starts a rule: `node server/scripts/newRule.mjs <group> <id>` writes the rule's file and its page, with a TODO for each
 * text to be replaced. Afterwards `npm run generate`, and `UPDATE=1 npx mocha out/test/rules/pages.test.js` writes the
 * carets of the page.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const [group, id] = process.argv.slice(2);
if (!/^[a-zA-Z]+$/.test(group ?? '') || !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id ?? '')) {
  console.error('Usage: node server/scripts/newRule.mjs <group> <id>, as in: action action-unknown');
  process.exit(2);
}
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

create(
  join(root, 'server', 'src', 'core', 'rules', group, `${id}.ts`),
  `import { defineRule } from '../../lint/rule';

/** TODO: why this is wrong, with the AWS document that says so. */
export const rule = defineRule({
  meta: {
    id: '${id}',
    category: 'error',
    summary: 'TODO: what is wrong, in one sentence without a full stop',
    since: '${version}',
    sources: ['iam-grammar'],
    messages: {
      found: 'TODO: "{text}" is wrong.',
    },
  },
  create(context) {
    return {
      action({ node, text }) {
        if (text === '') {
          context.report({ message: 'found', at: node, data: { text } });
        }
      },
    };
  },
});
`,
);
create(
  join(root, 'server', 'docs', 'rules', `${id}.md`),
  `# ${id}

<!-- End of the generated part. -->

TODO: why this is a mistake, and what happens with it.

## What to do

TODO: what to write instead; what the fix does, and when not to apply it.

## Examples

\`\`\`json bad
{
  "Version": "2012-10-17",
  "Statement": { "Effect": "Allow", "Action": "", "Resource": "*" }
}
\`\`\`

\`\`\`json good
{
  "Version": "2012-10-17",
  "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }
}
\`\`\`
`,
);

function create(path, text) {
  if (existsSync(path)) {
    console.error(`${relative(root, path)} exists already.`);
    process.exit(1);
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`wrote ${relative(root, path)}`);
}
