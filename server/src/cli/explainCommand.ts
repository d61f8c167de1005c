import type { Command } from 'commander';
import type { LanguageService } from '../core/index';
import { withoutSecrets } from '../gateway/redact';
import { explanationToJson, hasProblem, renderExplanation } from './explain';
import { createStyle } from './format/style';
import type { CliIo } from './io';
import { type Finish, formatOption } from './options';

/** Adds `explain`. */
export function addExplain(
  program: Command,
  io: CliIo,
  openService: () => LanguageService,
  finish: Finish,
): void {
  program
    .command('explain')
    .description('Explain an ARN: what each segment means, what is allowed there, and what is wrong with it.')
    .argument('<arn>', 'an ARN as in a policy, wildcards included')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Example:
  iam-policy explain 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/*'

Exit codes: 0 well-formed, 1 malformed, 2 usage.`,
    )
    .action((arn: string, options: { readonly format: 'text' | 'json' }) => {
      // Somebody may have taken a URL with a token for an ARN.
      const explanation = openService().explainArn(withoutSecrets(arn));
      io.stdout.write(
        options.format === 'json'
          ? explanationToJson(explanation)
          : renderExplanation(explanation, createStyle(io.stdout, io.env)),
      );
      finish(hasProblem(explanation) ? 1 : 0);
    });
}
