import * as vscode from 'vscode';

export interface InvalidationSettings {
  /** In place of API Gateway's own address; empty for that. */
  readonly endpoint: string;
  /** In place of the addresses of AWS's control plane; empty for those. */
  readonly controlEndpoint: string;
  /** The profile to sign with; empty to ask. */
  readonly profile: string;
  readonly timeoutSeconds: number;
  readonly confirm: 'oncePerStage' | 'always';
  /** Whether AWS is asked before sending how the stage is set; `ask` leaves it to a button. */
  readonly readStage: 'ask' | 'always' | 'never';
  /** Whether AWS is asked before sending who signs; `ask` leaves it to a button. */
  readonly identify: 'ask' | 'always' | 'never';
  /** Whether the entry is read before and after; `ask` leaves it to a button. */
  readonly prove: 'ask' | 'always';
}

/**
 * The settings `iamPolicy.invalidation.*` as they are now. A value that is not one of the choices counts as the first.
 */
export function invalidationSettings(): InvalidationSettings {
  const section = vscode.workspace.getConfiguration('iamPolicy.invalidation');
  const choice = <T extends string>(name: string, choices: readonly [T, ...T[]]): T => {
    const value = section.get<string>(name);
    return choices.find((each) => each === value) ?? choices[0];
  };
  return {
    endpoint: section.get('endpoint', '').trim(),
    controlEndpoint: section.get('controlEndpoint', '').trim(),
    profile: section.get('profile', '').trim(),
    timeoutSeconds: section.get('timeoutSeconds', 30),
    confirm: choice('confirm', ['oncePerStage', 'always']),
    readStage: choice('readStage', ['ask', 'always', 'never']),
    identify: choice('identify', ['ask', 'always', 'never']),
    prove: choice('prove', ['ask', 'always']),
  };
}

/** Whether what is sent to a URL stays on this machine. */
export function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);
}
