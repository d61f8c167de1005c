// `npm start`: a real VS Code on a copy of the sample workspace, with the extension and a loopback API Gateway.
// Stays until Ctrl-C; --no-build takes what is built already. Needs nothing but Node and npm; says what it does.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { endWithNpm, installDependencies, root, run, runScript } from './tasks.mjs';

endWithNpm();
if (!process.argv.includes('--no-build')) {
  console.log('Installing what is missing, then building ...');
  if ((await installDependencies()) !== 0 || (await runScript('build')) !== 0) process.exit(1);
}

console.log('\nThe sample workspace, checked on the command line (iam-policy lint):\n');
const samples = readdirSync(join(root, 'test/workspace'))
  .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
  .map((name) => join('test/workspace', name));
// Findings make an exit code other than 0; here they are what there is to show.
await run(process.execPath, ['dist/cli.js', 'lint', ...samples]);

// From here on the compiled host is used.
const load = createRequire(import.meta.url);
const host = (name) => load(join(root, 'out/test/support/vscodeHost', name));
const { copyOfSampleWorkspace, quietSettings, startVsCodeServer } = host('server.js');
const { cleanEnvironment, startProcess, temporaryFolder } = host('processes.js');
const { desktopVsCode, hasDisplay, installedVsCode } = host('desktop.js');

const workspace = copyOfSampleWorkspace();
const gateway = await host('gateway.js').startSampleGateway(workspace);
console.log(`\nAPI Gateway on this machine: ${gateway.url}`);
console.log('Who may call it, by AWS profile:');
console.log('  invalidator, default  may invalidate');
console.log('  manager               may also read the settings of stages and flush them');
console.log('  reader                may invoke and nothing else');
console.log('  logged-out            nothing, before a browser login');
console.log('  author                may do what the saved petstore-invoke.json allows: try, fix, try again');
console.log(`Workspace: ${workspace} (a copy of test/workspace; edits there are lost at the end)`);

const desktop = process.env.VSCODE_HOST === 'server' ? undefined : await findDesktop();
if (desktop !== undefined) openDesktop(desktop);
else await openServer();
console.log('Ctrl-C ends everything.');
// Keeps the process alive whatever its children do.
setInterval(() => {}, 2 ** 30);

async function findDesktop() {
  if (!hasDisplay()) return undefined;
  return process.env.VSCODE_PATH ?? installedVsCode() ?? (await desktopVsCode());
}

function openDesktop(program) {
  const data = temporaryFolder('vscode');
  mkdirSync(join(data, 'user/User'), { recursive: true });
  writeFileSync(
    join(data, 'user/User/settings.json'),
    JSON.stringify({ ...quietSettings, ...gateway.settings }),
  );
  startProcess(
    program,
    [
      workspace,
      ...['--new-window', '--wait', '--disable-workspace-trust', `--extensionDevelopmentPath=${root}`],
      ...[`--user-data-dir=${join(data, 'user')}`, `--extensions-dir=${join(data, 'extensions')}`],
    ],
    { env: cleanEnvironment(gateway.env), stdio: 'ignore', shell: process.platform === 'win32' },
  );
  console.log(`\nVS Code: ${program}`);
}

async function openServer() {
  const { url: address } = await startVsCodeServer({
    extension: { kind: 'development', path: root },
    workspace,
    trust: 'trusted',
    settings: gateway.settings,
    env: gateway.env,
  });
  console.log(`\nVS Code: ${address}`);
  if (!hasDisplay()) {
    console.log('There is no screen here: open the address in a browser on this machine.');
    return;
  }
  const [opener, ...args] = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
  }[process.platform] ?? ['xdg-open'];
  const browser = spawn(opener, [...args, address], { stdio: 'ignore' });
  browser.on('error', () => console.log('No browser could be opened: open the address yourself.'));
}
