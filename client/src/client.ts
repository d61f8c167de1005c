import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { InitializationOptions } from '../../server/src/protocol/messages';
import { registerApiGateway } from './commands/apiGateway';
import { registerExplainArn } from './commands/explainArn';
import { registerInsertInvalidateCacheStatement } from './commands/insertInvalidateCacheStatement';
import { LIST_ACTIONS, registerListActions } from './commands/listActions';
import { registerNewPolicy } from './commands/newPolicy';
import { registerOpenAsTerraform } from './commands/openAsTerraform';
import { registerRestartServer } from './commands/restartServer';
import { registerRewriteCommands } from './commands/rewrite';
import { registerRuleActions } from './commands/ruleActions';
import { registerSetPolicyType } from './commands/setPolicyType';
import { registerShowOutput } from './commands/showOutput';
import { registerWhatDoesThisChangeGrant } from './commands/whatDoesThisChangeGrant';
import { registerWhoMayInvalidate } from './commands/whoMayInvalidate';
import { registerWouldThisAllow } from './commands/wouldThisAllow';
import { completionMiddleware } from './completion';
import { type ClientContext, createClientContext } from './context';
import { findingsAtRest } from './findingsAtRest';
import { answerMfaQuestions } from './invalidation/mfa';
import { tellTrust } from './invalidation/trust';
import { LANGUAGES, PLAIN_FILES } from './languages';
import { putOutlineFirst } from './outlineFirst';
import { whenPolicyIsOpen } from './policyWatch';
import { programMiddleware } from './programs';
import { registerReportSteps } from './reportView';
import { RULE_PAGES, registerRulePages } from './rulePages';
import { restartsServer } from './serverEnds';
import { showStatus } from './status';
import { registerTabStops } from './tabStops';
import { answerFileQuestions } from './workspaceFiles';

/** The section of our settings; `iamPolicy.trace.server` is read by the client library under this name. */
const CLIENT_ID = 'iamPolicy';

/**
 * Where policies are edited: on disk, before they are saved, and wherever the folders of the workspace lie. Left out
 * are copies of them, as in a diff, which would repeat every finding.
 */
function documentSelector(): readonly {
  readonly scheme: string;
  readonly language: string;
  readonly pattern?: string;
}[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const schemes = new Set(['file', 'untitled', 'vscode-vfs', ...folders.map(({ uri }) => uri.scheme)]);
  return [...schemes].flatMap((scheme) => [
    ...LANGUAGES.map((language) => ({ scheme, language })),
    { scheme, language: 'plaintext', pattern: PLAIN_FILES },
  ]);
}

export type CreateClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** Ends the server; VS Code waits for it. */
export type Deactivate = () => Promise<void>;

/**
 * The activation that all hosts share; an entry knows how to start the server where it runs. Most JSON files are no
 * policies, so the server waits for the first that may be one, or for a command that asks it something.
 */
export function activateClient(
  extension: vscode.ExtensionContext,
  createClient: CreateClient,
  host: ClientContext['host'],
): Deactivate {
  const output = vscode.window.createOutputChannel('IAM Policy', { log: true });
  // Worked out anew whenever the server starts: trust may have been given meanwhile.
  const initializationOptions = (): InitializationOptions => ({
    builtInJson: true,
    clientCommands: true,
    ruleCommands: true,
    rulePages: RULE_PAGES,
    workspaceFiles: true,
    ...(vscode.workspace.isTrusted ? {} : { workspaceTrust: 'untrusted' }),
  });
  const selector = documentSelector();
  const atRest = findingsAtRest();
  const context = createClientContext({ extension, output, host }, () =>
    createClient(CLIENT_ID, 'IAM Policy', {
      documentSelector: [...selector],
      initializationOptions,
      errorHandler: restartsServer(output),
      middleware: { ...completionMiddleware, ...programMiddleware, ...atRest.middleware },
      // Texts of documents are escaped in what the server says; a link of theirs could run nothing but this.
      markdown: { isTrusted: { enabledCommands: [LIST_ACTIONS] } },
      outputChannel: output,
    }),
  );
  extension.subscriptions.push(
    output,
    atRest,
    context.whenClientIsMade(answerMfaQuestions),
    context.whenClientIsMade(answerFileQuestions),
    tellTrust(context),
    registerApiGateway(context),
    registerInsertInvalidateCacheStatement(context),
    registerSetPolicyType(),
    registerReportSteps(),
    registerRulePages(extension),
    registerExplainArn(context),
    registerListActions(context),
    registerRewriteCommands(context),
    registerRuleActions(context),
    registerWhatDoesThisChangeGrant(context),
    registerWhoMayInvalidate(context),
    registerWouldThisAllow(context),
    registerNewPolicy(context),
    registerOpenAsTerraform(),
    registerRestartServer(context),
    registerShowOutput(context),
    registerTabStops(),
    showStatus(context, selector),
    whenPolicyIsOpen(selector, async () => {
      const { client } = context;
      try {
        await client.start();
        extension.subscriptions.push(putOutlineFirst(client, selector));
      } catch (error) {
        // The library has told the user; the commands stay, so that the server can be started again.
        output.error(`The language server did not start: ${error}`);
      }
    }),
  );
  return async () => {
    const client = context.madeClient;
    if (client?.isRunning() === true) {
      await client.stop();
    }
  };
}
