import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { repositoryRoot } from '../support/repository';

const FOLDERS = ['server/src', 'server/scripts', 'client/src', 'test'];

/**
 * The modules of this repository that a source names. An import of types counts: whoever reads one file of a circle has
 * to read them all, and a value may follow the type on any day.
 */
function importsIn(source: string): readonly string[] {
  const named = [...source.matchAll(/^(?:import|export|\})(?:[^'";]*?\sfrom)?\s+'(\.[^']+)'/gm)];
  const dynamic = [...source.matchAll(/\bimport\(\s*'(\.[^']+)'\s*\)/g)];
  return [...named, ...dynamic].map(([, name = '']) => name);
}

/** @returns the files that each imports, by their paths */
function graphOf(files: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...files].map(([file, source]) => [
      file,
      importsIn(source).flatMap((name) => {
        const path = resolve(dirname(file), name).replace(/\.js$/, '');
        return [path, `${path}.ts`, join(path, 'index.ts')].find((candidate) => files.has(candidate)) ?? [];
      }),
    ]),
  );
}

/** The groups of files of which each leads to each other by imports, and files that import themselves (Tarjan, 1972). */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    open.push(file);
    let lowest = own;
    for (const next of graph.get(file) ?? []) {
      const seen = order.get(next);
      lowest = Math.min(lowest, seen === undefined ? visit(next) : open.includes(next) ? seen : lowest);
    }
    if (lowest === own) {
      const group = open.splice(open.indexOf(file));
      if (group.length > 1 || graph.get(file)?.includes(file)) {
        circles.push(group);
      }
    }
    return lowest;
  };
  for (const file of graph.keys()) {
    if (!order.has(file)) {
      visit(file);
    }
  }
  return circles;
}

function sources(): ReadonlyMap<string, string> {
  const paths = FOLDERS.map((folder) => join(repositoryRoot, folder)).flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  );
  return new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}

describe('imports', () => {
  it('go in no circle, not even those of types', () => {
    const graph = graphOf(sources());
    // Should the pattern stop seeing imports, there would be no circle either.
    assert.ok([...graph.values()].flat().length > 3 * graph.size);
    const circles = circlesOf(graph).map((circle) =>
      circle.map((file) => relative(repositoryRoot, file)).join(' <- '),
    );
    assert.deepEqual(circles, []);
  });

  it('are seen in every form, and so is a circle of them', () => {
    const text = (lines: readonly string[]) => lines.join('\n');
    const graph = graphOf(
      new Map([
        ['/a.ts', text(["import type { B } from './b';", "import { x } from 'elsewhere';"])],
        ['/b.ts', text(['import {', '  type C,', '  d,', "} from './c';"])],
        ['/c.ts', text(["export * from './d';"])],
        ['/d.ts', text(["const late = () => import('./a');", "import './e';"])],
        ['/e.ts', text(["export type { F } from './folder';"])],
        ['/folder/index.ts', text(["// from './index'", "export const one = '../a';"])],
        ['/g.ts', text(["import { g } from './g';"])],
      ]),
    );
    assert.deepEqual(
      circlesOf(graph).map((circle) => [...circle].sort()),
      [['/a.ts', '/b.ts', '/c.ts', '/d.ts'], ['/g.ts']],
    );
    assert.deepEqual(graph.get('/e.ts'), ['/folder/index.ts']);
  });
});
