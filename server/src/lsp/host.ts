import type { IamDataAssets } from '../core/index';
import type { GatewayHost, NetworkSettings } from '../gateway/host';
import type { Profile } from '../protocol/invalidation';
import type { Background } from './readings';

/** What the server needs of the world; an entry file hands it in. */
export interface ServerHost {
  readonly name: string;
  readonly version: string;
  readonly timers: Timers;
  /** Called when nobody has asked for anything for some time: the moment for what would hold up an answer. */
  readonly atRest?: () => void;
  /** Opens the compiled service reference. May throw or give nothing: rules that need it are then silent. */
  iamDataAssets(): IamDataAssets | undefined;
  /** The URI of a rule's page, readable without a network; `undefined` where the pages are not at hand. */
  rulePage(rule: string): string | undefined;
  /** Where configuration files are found; without it only those that are open in the editor count. */
  readonly files?: ConfigFiles | undefined;
  /** A file as the last commit of its repository has it, or why there is none. Never rejects; asked where a person asks. */
  readonly committed?: (uri: string) => Promise<{ readonly text: string } | { readonly problem: string }>;
  /** Where the definitions of APIs are found, for clients that do not find them by themselves. */
  readonly workspaceFiles?: WorkspaceFiles;
  /** Where those files are read; absent where there is no other thread than the one that answers. */
  readonly background?: Background;
  /** What an invalidation needs; absent where nothing can be sent. Called once. */
  readonly openGateway?: (prompts: Prompts) => Gateway;
}

export interface ConfigFiles {
  /** The text of a file, `undefined` where there is none to read. Never rejects. */
  read(uri: string): Promise<string | undefined>;
  /** The URIs of the files below a folder that may hold policies; `undefined` where they are too many. */
  allPolicyFilesBelow(folder: string): Promise<readonly string[] | undefined>;
}

/** The files of a workspace. Nothing here rejects. */
export interface WorkspaceFiles {
  /** The URIs of the files that are looked for; what cannot be read counts as empty. */
  find(search: FileSearch): Promise<readonly string[]>;
  /** The text of a file, `undefined` where there is none to read or it is longer than `maxLength` bytes. */
  read(uri: string, maxLength: number): Promise<string | undefined>;
}

export interface FileSearch {
  /** The URIs of the folders of the workspace, without a slash at the end. */
  readonly folders: readonly string[];
  /** The ends of the names of the files. */
  readonly endings: readonly string[];
  /** Folders by these names are left out, wherever they are. */
  readonly excludedFolders: readonly string[];
  /** More files are not looked for. */
  readonly limit: number;
}

export interface Gateway {
  readonly host: GatewayHost;
  profiles(): Promise<readonly Profile[]>;
}

/** Questions that only a person, or the editor in their place, can answer. */
export interface Prompts {
  /** The code that an MFA device shows; rejects when the person declines. */
  mfaCode(serial: string): Promise<string>;
  /** What the editor's settings say about the network; the rest comes from the environment. */
  network(): Promise<Partial<NetworkSettings>>;
}

export interface Timers {
  /** Runs something later; the returned function calls it off. */
  after(milliseconds: number, run: () => void): () => void;
  /** Settles once whatever is already queued, above all a cancellation, has had its turn. */
  pause(): Promise<void>;
  /** A clock in milliseconds. */
  now(): number;
}
