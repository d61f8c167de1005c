import type { Connection } from 'vscode-languageserver';
import type { LanguageService } from '../core/index';
import type { Baselines } from './baselines';
import type { ClientAbilities } from './clientAbilities';
import type { Configs } from './configs';
import type { Documents } from './documents';
import type { Guard, Log } from './guard';
import type { ServerHost } from './host';
import type { KnowledgeStore } from './knowledge';
import type { ModuleTexts } from './moduleTexts';
import type { SettingsStore } from './settings';

export interface HandlerContext {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly settings: SettingsStore;
  readonly configs: Configs;
  readonly knowledge: KnowledgeStore;
  readonly moduleTexts: ModuleTexts;
  /** The older versions that documents are compared with. */
  readonly baselines: Baselines;
  readonly host: ServerHost;
  readonly guard: Guard;
  readonly log: Log;
  readonly service: () => LanguageService;
  readonly client: () => ClientAbilities;
  /** Whether the user trusts the workspace; editors that know no trust count as those that do. */
  readonly trust: () => 'trusted' | 'untrusted';
  /** A section of the client's settings that no folder can change, `undefined` where it answers none. May reject. */
  readonly configuration: (section: string) => Promise<unknown>;
}
