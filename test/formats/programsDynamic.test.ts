import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import type { DocumentLanguage } from '../../server/src/core/index';

/*
 * Whether a policy is certainly what stands in the program. `§` stands for the policy: where a part of a program may not
 * run, or something is done to what a name holds, nothing may be said that needs all of it.
 */

interface Programs {
  /** Where the policy may be another, or none. */
  readonly dynamic: readonly string[];
  readonly certain: readonly string[];
}

const JAVASCRIPT: Programs = {
  dynamic: [
    'if (a) { f(§); }',
    'if (a) { f(x); } else { f(§); }',
    'if (a) { if (b) { g(); } f([§]); }',
    'switch (a) { case 1: f(§); }',
    'for (const a of b) { f(§); }',
    'for (let a = 0; a < 2; a++) { f(§); }',
    'while (a) { f(§); }',
    'do { f(§); } while (a);',
    'a ? f(§) : g();',
    'a && f(§);',
    'a || f(§);',
    'a ?? f(§);',
    'x.map(() => (§));',
    'x.map((a) => f(§));',
    'x.map(function () { return §; });',
    'x.y().flatMap((a) => [§]);',
    'x.forEach((a) => { f(§); });',
    'x.filter(() => f(§));',
    'x.reduce((a, b) => f(§), []);',
    'x . map (() => f(§));',
    'map(() => f(§));',
    'map(x, () => f(§));',
    'f([...x, g(§)]);',
    '[g(§)].filter(x);',
    '[x, g(§)].map(y);',
    'const p = §; p.Version = 1;',
    'const p = §; p.Statement[0].Action = 1;',
    "const p = §; p['Version'] = 1;",
    'const p = §; p.Statement.push(x);',
    'const p = §; p?.Statement!.unshift(x);',
    'const p = §; p.Statement.splice(0, 1);',
    'const p = §; p.x += 1;',
    'const p = §; p.x ||= 1;',
    'const p = §; p.x ??= 1;',
    'const p = §; p.x &= 1;',
    'const p = §; p.addStatements(x);',
    'const p = §; p.setVersion(x);',
    'const p = §; p.removeAll();',
    ...['pop', 'shift', 'reverse', 'sort', 'fill', 'clear', 'set', 'add', 'insert', 'remove'].map(
      (method) => `const p = §; p.Statement.${method}(x);`,
    ),
    'const p = §; p.overrideLogicalId(x);',
    'const p = §; p.merge(x);',
    'const p = §; delete p.Version;',
    "const p = §; delete p['Version'];",
    'const p = §; delete p?.Statement[0];',
    'class A { p = §; g() { delete this.p.Version; } }',
    'const p = §; p\n  .Statement\n  .push(x);',
    'let p; p = §; p.x = 1;',
    'class A { p = §; g() { this.p.x = 1; } }',
    'class A { g() { this.p = §; this.p.x = 1; } }',
    'p.x = 1; const p = §;',
  ],
  certain: [
    'f(§);',
    'const p = §;',
    'export const p = §;',
    'function g() { return §; }',
    'const g = () => (§);',
    'class A { p = §; }',
    'try { f(§); } catch { }',
    'x.then(() => f(§));',
    'x.mapped(() => f(§));',
    'f([x, g(§)]);',
    'maps(() => f(§));',
    'f(a == b, §);',
    'if (a) { g(); } f(§);',
    'f(a ? b : c, §);',
    'const p = §; p.Statement.map(x);',
    'const p = §; p.Statement.forEach(x);',
    'const p = §; f(p);',
    'const p = §; f(p.x == 1);',
    'const p = §; f(p.x === 1);',
    'const p = §; p.x => 1;',
    'const p = §; q.x = 1;',
    'const p = §; pq.x = 1; qp.x = 1; $p.x = 1; p$.x = 1;',
    'const p = §; p(x);',
    'const p = §; p.push;',
    'const p = §; p.pushed(x);',
    'const p = §; p.setup(x);',
    'const p = §; delete q.Version; p.x;',
    'const p = §; delete p;',
    'const p = §; undelete p.Version;',
    'const p = § /* delete */; p.x;',
    'const p = () => { const q = §; }; p.x = 1;',
  ],
};

const PYTHON: Programs = {
  dynamic: [
    'if a:\n    f(§)',
    'if a:\n    pass\nelse:\n    f(§)',
    'for a in b:\n    f(§)',
    'while a:\n    f(§)',
    'match a:\n    case 1:\n        f(§)',
    'f(§) if a else g()',
    'x = [f(§) for a in b]',
    'x = (f(§) for a in b)',
    'x = {f(§) for a in b}',
    'x = {a: § for a in b}',
    'x = {a: f(§) for a in b}',
    'x = {f(§): a for a in b}',
    'x = {a: f(§) async for a in b}',
    'x = {**f(§) for a in b}',
    'f(§ for a in b)',
    'f(g(§) async for a in b)',
    'f(list(g(§) for a in b))',
    'map(lambda a: §, b)',
    'list(filter(lambda a: f(§), b))',
    'f([*x, g(§)])',
    'f((*x, g(§)))',
    'a and f(§)',
    'a or f(§)',
    "p = §\np['Version'] = 1",
    "p = §\np['Statement'][0]['Action'] = 1",
    "p = §\np['Statement'].append(x)",
    "p = §\np['Statement'].extend(x)",
    "p = §\np['Statement'] += x",
    'p = §\np.update(x)',
    ...['append', 'extend', 'insert', 'remove', 'clear', 'pop', 'reverse', 'sort'].map(
      (method) => `p = §\np['Statement'].${method}(x)`,
    ),
    "p = §\ndel p['Version']",
    "self.p = §\ndel self.p['Version']",
    "p = §\np.setdefault('a', 1)",
    "self.p = §\nself.p['x'] = 1",
  ],
  certain: [
    'f(§)',
    'p = §',
    'def g():\n    return §',
    'class A:\n    p = §',
    'with a:\n    f(§)',
    'if a:\n    g()\nf(§)',
    'f(a if b else c, §)',
    'f([x, g(§)])',
    'f((x, g(§)))',
    'f([a for a in b], §)',
    'f((a for a in b), §)',
    'f({a: b for a in c}, g(§))',
    'f(lambda a: §, b)',
    "p = §\np['x'] == 1",
    "p = §\np.get('x')",
    "p = §\nq['x'] = 1",
    "p = §\npq['x'] = 1",
    'p = §\nf(p)',
    'p = §\np.copied(x)',
    'p = §\ndel p',
    "p = §\ndel q['x']",
  ],
};

const LANGUAGES: readonly (readonly [language: DocumentLanguage, policy: string, programs: Programs])[] = [
  ['typescript', "{ Statement: [{ Effect: 'Allow', Action: 's3:*' }] }", JAVASCRIPT],
  ['javascript', "{ Statement: [{ Effect: 'Allow', Action: 's3:*' }] }", JAVASCRIPT],
  ['python', "{'Statement': [{'Effect': 'Allow', 'Action': 's3:*'}]}", PYTHON],
];

describe('a policy in a program', () => {
  for (const [language, policy, { dynamic, certain }] of LANGUAGES) {
    const isDynamic = (program: string): boolean => {
      const { policies } = openDocument({ text: `${program.replace('§', () => policy)}\n`, language });
      assert.equal(policies.length, 1, program);
      return policies[0]?.node.host?.isDynamic === true;
    };

    for (const program of dynamic) {
      it(`of ${language} may be another one in ${program}`, () => {
        assert.equal(isDynamic(program), true);
      });
    }
    for (const program of certain) {
      it(`of ${language} is what stands there in ${program}`, () => {
        assert.equal(isDynamic(program), false);
      });
    }
  }
});
