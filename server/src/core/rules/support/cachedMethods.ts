import type { CachedMethod, CachedStage, CacheSetting } from '../../knowledge/cacheSettings';

/**
 * The setting that counts for a method: its own, or else the one for all. API Gateway Developer Guide, "Override
 * stage-level settings".
 */
function settingFor(stage: CachedStage, path: string, method: string): CacheSetting | undefined {
  const fits = (setting: CacheSetting, wantedPath: string, wantedMethod: string) =>
    setting.path === wantedPath && setting.method.toUpperCase() === wantedMethod;
  return (
    stage.settings.find((setting) => fits(setting, path, method)) ??
    stage.settings.find((setting) => fits(setting, '/*', '*'))
  );
}

/** Whether a stage is known to cache what a method answers. */
export function isCached(stages: readonly CachedStage[], { api, path, caching }: CachedMethod): boolean {
  if (caching !== 'absent') {
    return caching === 'on';
  }
  return stages.some(
    (stage) =>
      api !== undefined &&
      stage.api === api &&
      stage.cluster === 'on' &&
      settingFor(stage, path, 'GET')?.caching === 'on',
  );
}
