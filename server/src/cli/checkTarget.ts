import type { WorkspaceKnowledge } from '../core/index';
import type { ControlOptions } from '../gateway/control';
import type { InvalidationTarget } from '../gateway/target';
import { checkByAws, checkByFiles, type TargetCheck } from '../gateway/targetCheck';
import { printable } from './format/printable';
import { createStyle } from './format/style';
import { bullets, toLine } from './invalidate';
import type { CliIo, ExitCode } from './io';
import { tell } from './stage';

export interface CheckRequest extends Pick<ControlOptions, 'profile' | 'controlEndpoint' | 'timeoutMs'> {
  readonly target: InvalidationTarget;
  /** What files tell; AWS is asked without it. */
  readonly knowledge: WorkspaceKnowledge | undefined;
  readonly format: 'text' | 'json';
}

/**
 * Prints how a target compares with the stages and routes that are known: 0 if it fits or nobody knows, 1 if not, 2
 * without an answer.
 */
export async function printTargetCheck(io: CliIo, request: CheckRequest): Promise<ExitCode> {
  const { target, knowledge, format } = request;
  if (knowledge !== undefined) {
    return print(io, format, target, checkByFiles(target, knowledge));
  }
  const answer = await checkByAws(await io.gatewayHost(), target, { ...request, signal: io.interruption() });
  return answer.check === undefined
    ? tell(io, { stage: target, format, profile: request.profile }, { ...answer, value: undefined })
    : print(io, format, target, answer.check);
}

const TITLES: Readonly<Record<TargetCheck['fits'], string>> = {
  yes: 'The API has this stage and this route',
  no: 'The API has no such stage or route',
  'not-known': 'It is not known whether the API has this stage and this route',
};

function print(
  io: CliIo,
  format: CheckRequest['format'],
  target: InvalidationTarget,
  { fits, findings }: TargetCheck,
): ExitCode {
  const style = createStyle(io.stdout, io.env);
  const colour = fits === 'yes' ? 'green' : fits === 'no' ? 'red' : 'yellow';
  io.stdout.write(
    format === 'json'
      ? toLine({ target, fits, findings })
      : [
          style(colour, TITLES[fits]),
          ...bullets(
            printable(`${target.method} /${target.path} of stage ${target.stage} of ${target.apiId}:`),
            findings.map(({ message }) => message),
          ),
          '',
        ].join('\n'),
  );
  return fits === 'no' ? 1 : 0;
}
