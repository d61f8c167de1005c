import { useCompiledCode } from './compiledCode';
import { runLanguageServer } from './languageServer';

useCompiledCode('server');
runLanguageServer();
