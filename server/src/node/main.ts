import { runLanguageServer } from './languageServer';

runLanguageServer();
