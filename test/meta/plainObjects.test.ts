import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import { isBinaryExpression, isElementAccessExpression } from 'typescript/unstable/ast/is';
import { API, type Checker, type Type, TypeFlags } from 'typescript/unstable/sync';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';

const PROJECTS = [
  'server/src/protocol',
  'server/src/core',
  'server/src/gateway',
  'server/src/lsp',
  'server/src/node',
  'server/src/browser',
  'server/src/cli',
  'client',
];

/** Where the check stands that all others go through. */
const GUARDS = new Set(['server/src/core/own.ts', 'client/src/own.ts']);

/** Types of which the compiler does not know each text. */
const OPEN_TYPES = TypeFlags.Any | TypeFlags.String | TypeFlags.TemplateLiteral | TypeFlags.StringMapping;

/** Whether any text at all can be of a type; names that the source lists one by one come from nobody else. */
function isOpen(type: Type | undefined, checker: Checker): boolean {
  const bound = type === undefined ? undefined : (checker.getBaseConstraintOfType(type) ?? type);
  if (bound === undefined) {
    return true;
  }
  return bound.isUnionType()
    ? bound.getTypes().some((part) => isOpen(part, checker))
    : (bound.flags & OPEN_TYPES) !== 0;
}

/** The name that an object is asked for, where it is worked out; `undefined` for everything else. */
function nameAsked(node: Node): Node | undefined {
  const name = isElementAccessExpression(node)
    ? node.argumentExpression
    : isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InKeyword
      ? node.left
      : undefined;
  return name?.kind === SyntaxKind.StringLiteral || name?.kind === SyntaxKind.NumericLiteral
    ? undefined
    : name;
}

function offences(file: SourceFile, checker: Checker): readonly string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    const name = nameAsked(node);
    if (name !== undefined && isOpen(checker.getTypeAtLocation(name), checker)) {
      const line = file.text.slice(0, node.getStart(file)).split('\n').length;
      found.push(`${relative(repositoryRoot, file.fileName)}:${line}: ${node.getText(file)}`);
    }
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

describe('the sources', function () {
  this.timeout(limit(120_000));

  it('ask no plain object for a name that comes from outside: take own() or a Map', () => {
    const compiler = new API({ cwd: repositoryRoot });
    try {
      let files = 0;
      const found = PROJECTS.flatMap((folder) => {
        const config = join(repositoryRoot, folder, 'tsconfig.json');
        const project = compiler.updateSnapshot({ openProjects: [config] }).getProject(config);
        assert.ok(project, `${folder} is no project`);
        return project.rootFiles.flatMap((name) => {
          const file = project.program.getSourceFile(name);
          assert.ok(file, name);
          files += 1;
          return GUARDS.has(relative(repositoryRoot, name)) ? [] : offences(file, project.checker);
        });
      });
      assert.ok(files > 300, `only ${files} files`);
      assert.deepEqual(found, []);
    } finally {
      compiler.close();
    }
  });
});
