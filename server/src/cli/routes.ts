import { joinKnowledge, readKnowledge, type WorkspaceKnowledge } from '../core/index';
import { readSource } from './files';
import { printable } from './format/printable';
import type { CliIo } from './io';

/**
 * What files tell about APIs and their routes.
 *
 * @param names as given on the command line
 * @returns a problem, in one sentence, when a file cannot be read or defines no API: silence would pass for a check
 */
export async function readRoutes(
  io: CliIo,
  names: readonly string[],
): Promise<{ readonly knowledge: WorkspaceKnowledge } | { readonly problem: string }> {
  const files = [];
  for (const name of new Set(names)) {
    const outcome = await readSource(io, name);
    if ('problem' in outcome) {
      return { problem: `cannot read ${printable(name)}: ${outcome.problem}` };
    }
    const told = readKnowledge(name, outcome.file.text);
    if (told.apis.length === 0) {
      return { problem: `${printable(name)} defines no API; --routes takes ${ROUTE_FILES}` };
    }
    files.push([name, told] as const);
  }
  return { knowledge: joinKnowledge(files) };
}

export const ROUTE_FILES =
  'OpenAPI and Swagger documents, CloudFormation and SAM templates, and serverless.yml';
