import type { IamData, IamDataAssets, LanguageService } from '../core/index';
import { createIamData, createLanguageService } from '../core/index';

/**
 * A language service that says nothing of a service reference that cannot be read: another thread has said it. Apart from
 * what says it: a thread that checks files needs none of that.
 */
export function openQuietService(assets: () => IamDataAssets | undefined): LanguageService {
  let iamData: IamData | undefined;
  try {
    const found = assets();
    iamData = found && createIamData(found);
  } catch {
    iamData = undefined;
  }
  return createLanguageService({ iamData });
}
