import type { Middleware } from 'vscode-languageclient';
import { isProgram } from './languages';

/**
 * Leaves colours, outline and selections of programs to their language's own support: VS Code uses the colours of only
 * one extension, even if that has none for a document.
 */
export const programMiddleware: Middleware = {
  provideDocumentSemanticTokens: (document, token, next) =>
    isProgram(document.languageId) ? undefined : next(document, token),
  provideDocumentSymbols: (document, token, next) =>
    isProgram(document.languageId) ? undefined : next(document, token),
  provideSelectionRanges: (document, positions, token, next) =>
    isProgram(document.languageId) ? undefined : next(document, positions, token),
  provideDocumentHighlights: (document, position, token, next) =>
    isProgram(document.languageId) ? undefined : next(document, position, token),
  provideInlayHints: (document, range, token, next) =>
    isProgram(document.languageId) ? undefined : next(document, range, token),
  provideDocumentLinks: (document, token, next) =>
    isProgram(document.languageId) ? undefined : next(document, token),
};
