import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A home folder whose AWS configuration is all that this process sees of AWS, until it is closed. */
export interface AwsHome {
  readonly folder: string;
  /** Writes a file below the folder. */
  write(path: string, lines: readonly string[]): string;
  close(): void;
}

/** @param variables further variables of the environment */
export function openAwsHome(variables: Readonly<Record<string, string>> = {}): AwsHome {
  const folder = mkdtempSync(join(tmpdir(), 'aws-home-'));
  const environment = process.env;
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith('AWS_'));
  process.env = {
    ...Object.fromEntries(kept),
    HOME: folder,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    ...variables,
  };
  return {
    folder,
    write: (path, lines) => {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${lines.join('\n')}\n`);
      return file;
    },
    close: () => {
      process.env = environment;
      rmSync(folder, { recursive: true });
    },
  };
}
