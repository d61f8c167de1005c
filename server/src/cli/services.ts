import { createIamData, createLanguageService, type IamData, type LanguageService } from '../core/index';
import { type CliIo, complain } from './io';

/** Makes the language service; tests of the command line give it rules of their own. */
export type ServiceFactory = (dependencies: { readonly iamData: IamData | undefined }) => LanguageService;

/** The language service with the service reference, as far as that can be read. */
export function openService(
  io: CliIo,
  createService: ServiceFactory = createLanguageService,
): LanguageService {
  return createService({ iamData: openIamData(io) });
}

/** One without: an ARN is judged by its grammar, and the service reference has no part in that. */
export function openBareService(createService: ServiceFactory = createLanguageService): LanguageService {
  return createService({ iamData: undefined });
}

/** The service reference, or one line that says why there is none: much works without it. */
function openIamData(io: CliIo): IamData | undefined {
  let reason = 'it has not been compiled';
  try {
    const assets = io.iamDataAssets();
    if (assets !== undefined) {
      return createIamData(assets);
    }
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  complain(io, `no service reference (${reason}); checks that need it are skipped`);
  return undefined;
}
