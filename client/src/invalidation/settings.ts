import * as vscode from 'vscode';

export interface InvalidationSettings {
  /** In place of API Gateway's own address; empty for that. */
  readonly endpoint: string;
  /** The profile to sign with; empty to ask. */
  readonly profile: string;
  readonly timeoutSeconds: number;
  readonly confirm: 'oncePerStage' | 'always';
}

export function invalidationSettings(): InvalidationSettings {
  const section = vscode.workspace.getConfiguration('iamPolicy.invalidation');
  return {
    endpoint: section.get('endpoint', '').trim(),
    profile: section.get('profile', '').trim(),
    timeoutSeconds: section.get('timeoutSeconds', 30),
    confirm: section.get<string>('confirm') === 'always' ? 'always' : 'oncePerStage',
  };
}
