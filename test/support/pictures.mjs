// `npm run pictures`: takes the README's pictures from the real thing and writes them to client/media;
// the other scenes go to out/pictures.
// `npm run pictures -- NAME...` takes only these. `--theme=dark`, `hc-dark` or `hc-light` and `--width=760` take them in
// another theme or width, next to the others in out/pictures; `--looks` takes them in every one that is to be looked at.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { animated } from './animation.mjs';
import { installDependencies, root, runScript } from './tasks.mjs';

if ((await installDependencies()) !== 0 || (await runScript('build')) !== 0) process.exit(1);

const load = createRequire(import.meta.url);
const host = (name) => load(join(root, 'out/test/support/vscodeHost', name));
const { startWindowHost, openFile, goTo, runCommand } = host('window.js');

/** Each scene brings a fresh window into the state to show. */
const scenes = {
  diagnostics: async (page) => {
    await openFile(page, 'broken.json');
    await page.locator('.squiggly-error').first().waitFor();
    await runCommand(page, 'View: Toggle Problems');
    await page.locator('.markers-panel .monaco-list-row').first().waitFor();
  },
  hover: async (page) => {
    await openFile(page, 'petstore-invoke.json');
    await page.locator('.codelens-decoration a').first().waitFor();
    await putCursor(page, 'GET/', 1);
    await runCommand(page, 'Show or Focus Hover');
    await page.locator('.monaco-hover:not(.hidden) .hover-contents').first().waitFor();
  },
  quickfix: async (page) => {
    await openFile(page, 'petstore-invoke.json');
    await page.locator('.codelens-decoration a').first().waitFor();
    await putCursor(page, 'execute-api:Invoke', 3);
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget .monaco-list-row').first().waitFor();
  },
  completion: async (page) => {
    await openFile(page, 'petstore-invoke.json');
    await page.locator('.codelens-decoration a').first().waitFor();
    await putCursor(page, 'Invoke', 0);
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-details .markdown-docs').first().waitFor();
  },
  completionOfNames: async (page) => {
    await openFile(page, 'broken.json');
    await page.locator('.squiggly-error').first().waitFor();
    await putCursor(page, '"Condition"', 0);
    await page.keyboard.type('"');
    await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
  },
  glance: async (page) => {
    await openFile(page, 'glance.json');
    await page.locator('.statusbar-item[id*="iamPolicy.policy"]').waitFor();
    await putCursor(page, 's3:Get*', 3);
    await runCommand(page, 'Show or Focus Hover');
    await page.locator('.monaco-hover:not(.hidden) .hover-contents a', { hasText: 'List all' }).waitFor();
  },
  addresses: async (page) => {
    await openFile(page, 'glance.json');
    await page.locator('.statusbar-item[id*="iamPolicy.policy"]').waitFor();
    await putCursor(page, '10.20.0.0/16', 3);
    await runCommand(page, 'Show or Focus Hover');
    await page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: 'RFC 1918' }).waitFor();
  },
  actions: async (page) => {
    await scenes.glance(page);
    await page.locator('.monaco-hover:not(.hidden) .hover-contents a', { hasText: 'List all' }).click();
    await reportOf(page).getByRole('heading', { name: 'Actions of' }).waitFor();
  },
  unread: async (page) => {
    await openFile(page, 'main.go');
    await page.locator('.statusbar-item', { hasText: 'IAM policy not checked' }).waitFor();
  },
  rulePage: async (page) => {
    await openFile(page, 'broken.json');
    await page.locator('.squiggly-error').first().waitFor();
    await runCommand(page, 'IAM Policy: Show All Rules');
    await page
      .frameLocator('iframe.webview.ready')
      .frameLocator('iframe')
      .getByRole('heading')
      .first()
      .waitFor();
  },
  confirm: (page) => upToConfirmation(page, 'petstore-invoke.json', 'invalidator'),
  accepted: (page) => throughInvalidation(page, 'petstore-invoke.json', 'invalidator', /^Accepted/),
  confirmAfterAsking: async (page) => {
    await upToConfirmation(page, 'petstore-invoke.json', 'manager');
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Ask AWS First' }).click();
    await page.locator('.monaco-dialog-box').getByText('AWS knows the caller').waitFor();
  },
  stageSettings: async (page) => {
    await openFile(page, 'petstore-invoke.json');
    await page.locator('.codelens-decoration a').first().waitFor();
    await putCursor(page, 'arn:aws', 3);
    await runCommand(page, 'API Gateway: Show Stage Cache Settings');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'manager' }).first().click();
    await reportOf(page).getByRole('heading', { name: 'Cache of stage' }).waitFor();
  },
  severalRoutes: async (page) => {
    await upToRoutes(page);
  },
  verdictTable: async (page) => {
    await upToRoutes(page);
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'prod' }).first().click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'invalidator' }).first().click();
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Invalidate' }).click();
    await reportOf(page)
      .getByRole('heading', { name: /accepted/ })
      .waitFor();
  },
  history: async (page) => {
    await throughInvalidation(page, 'petstore-invoke.json', 'reader', /^Ignored/);
    await runCommand(page, 'API Gateway: Invalidation History…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'reader' }).first().waitFor();
  },
  flush: async (page) => {
    await openFile(page, 'petstore-invoke.json');
    await page.locator('.codelens-decoration a').first().waitFor();
    await putCursor(page, 'arn:aws', 3);
    await runCommand(page, 'API Gateway: Flush Entire Stage Cache');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'manager' }).first().click();
    await page.locator('.monaco-dialog-box').getByText('Routes that lose').waitFor();
  },
  ignored: (page) => throughInvalidation(page, 'petstore-invoke.json', 'reader', /^Ignored/),
  refused: (page) => throughInvalidation(page, 'petstore-strict.json', 'reader', /^Refused/),
  changeLens: async (page) => {
    await openFile(page, 'deploy-role.json');
    await page.locator('.codelens-decoration', { hasText: 'newly grants' }).first().waitFor();
  },
  changeView: async (page) => {
    await scenes.changeLens(page);
    await page.locator('.codelens-decoration a', { hasText: 'iam:PassRole' }).click();
    await reportOf(page).getByRole('heading', { name: 'Newly granted by this statement' }).waitFor();
  },
  changePublic: async (page) => {
    await openFile(page, 'orders-bucket-policy.json');
    await page.locator('.codelens-decoration a', { hasText: 'newly public' }).click();
    await reportOf(page).getByRole('heading', { name: 'Newly granted by this statement' }).waitFor();
  },
  changeInTerraform: async (page) => {
    await openFile(page, 'orders.tf');
    await page.locator('.codelens-decoration', { hasText: 'newly grants' }).first().waitFor();
  },
  conditionQuestion: async (page) => {
    await openFile(page, 'orders-bucket-policy.json');
    await page.locator('.codelens-decoration', { hasText: 'newly public' }).waitFor();
    await runCommand(page, 'IAM Policy: Would This Allow…?');
    for (const text of ['s3:PutObject', 'arn:aws:s3:::orders/*', 'arn:aws:iam::444455556666:role/partner']) {
      await chooseRow(page, text);
    }
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Tell aws:' }).first().waitFor();
  },
  conditionValues: async (page) => {
    await scenes.conditionQuestion(page);
    await chooseRow(page, 'Tell aws:');
    await page.getByPlaceholder(/^Which value does/).waitFor();
  },
  conditionAnswer: async (page) => {
    await scenes.conditionValues(page);
    await page.locator('.quick-input-list .monaco-list-row').first().click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'aws:' }).first().waitFor();
  },
  knownRoutes: async (page) => {
    await runCommand(page, 'API Gateway: Invalidate Cache for Resource Path');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Type an ARN' }).first().click();
    await page.keyboard.type('https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/pets');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'manager' }).first().click();
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Invalidate' }).click();
    await page.locator('.notification-toast').getByRole('button', { name: 'Known Routes…' }).click();
    await page.locator('.notification-toast', { hasText: 'seems to be left out' }).waitFor();
  },
};

/** Scenes that move: `show` takes a picture that stays for so many milliseconds. */
const moving = {
  tour: async (page, show) => {
    const bulb = page.locator('.action-widget .monaco-list-row');
    await openFile(page, 'petstore-invoke.json');
    await page.locator('.codelens-decoration a').first().waitFor();
    await show(1200);
    await putCursor(page, 'GET/', 1);
    await runCommand(page, 'Show or Focus Hover');
    await page.locator('.monaco-hover:not(.hidden) .hover-contents').first().waitFor();
    await show(3000);
    await page.keyboard.press('Escape');
    await putCursor(page, 'GET/', 0);
    for (let letter = 0; letter < 'GET'.length; letter++) await page.keyboard.press('Delete');
    await page.keyboard.type('get');
    await page.locator('.squiggly-error').first().waitFor();
    // The list of proposals would lie over what is next.
    await page.locator('.suggest-widget.visible').waitFor();
    await page.keyboard.press('Escape');
    await show(1500);
    await page.keyboard.press('Control+.');
    await bulb.first().waitFor();
    await show(1800);
    await page.keyboard.press('Enter');
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await show(900);
    await putCursor(page, 'execute-api:Invoke', 3);
    await page.keyboard.press('Control+.');
    await bulb.filter({ hasText: 'InvalidateCache' }).first().waitFor();
    await show(1800);
    await bulb.filter({ hasText: 'InvalidateCache' }).first().click();
    await page.locator('.view-lines', { hasText: 'InvalidateCache' }).waitFor();
    await show(1800);
    await page.keyboard.press('Control+s');
    await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    await putCursor(page, 'arn:aws', 3);
    await runCommand(page, 'API Gateway: Invalidate Cache for Resource Path');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'author' }).first().waitFor();
    await show(1500);
    await chooseRow(page, 'author');
    await page.locator('.monaco-dialog-box').waitFor();
    await show(2500);
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Invalidate' }).click();
    await page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
    await reportOf(page)
      .getByRole('heading', { name: /^Accepted/ })
      .waitFor();
    await show(5000);
  },
};

async function chooseRow(page, text) {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  await row.waitFor();
  await row.click();
}

async function putCursor(page, text, offset) {
  // The file and not the window says where a text stands: hints stand between its letters.
  const file = await page.locator('.tab.active').getAttribute('data-resource-name');
  const lines = readFileSync(join(workspace, file), 'utf8').split('\n');
  const line = lines.findIndex((each) => each.includes(text));
  await goTo(page, line + 1, lines[line].indexOf(text) + 1 + offset);
}

async function upToConfirmation(page, file, profile) {
  await openFile(page, file);
  await page.locator('.codelens-decoration a').first().waitFor();
  await putCursor(page, 'arn:aws', 3);
  await runCommand(page, 'API Gateway: Invalidate Cache for Resource Path');
  const choice = page.locator('.quick-input-list .monaco-list-row', { hasText: profile }).first();
  await choice.waitFor();
  await choice.click();
  await page.locator('.monaco-dialog-box').waitFor();
}

async function throughInvalidation(page, file, profile, verdict) {
  await upToConfirmation(page, file, profile);
  await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Invalidate' }).click();
  await page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
  await reportOf(page).getByRole('heading', { name: verdict }).waitFor();
}

async function upToRoutes(page) {
  await openFile(page, 'petstore-invoke.json');
  await page.locator('.codelens-decoration a').first().waitFor();
  await openFile(page, 'petstore.yaml');
  await runCommand(page, 'API Gateway: Invalidate Several Routes…');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'GET /pets/{petId}' }).waitFor();
}

function reportOf(page) {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

/** By the name of the option, what VS Code calls them. */
const THEMES = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};

const WIDTH = 1080;
const NARROW = 760;

/** What the sample workspace does not need, for what is only to be looked at. */
const EXTRA = {
  'glance.json': `${JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ReadFromTheOffice',
          Effect: 'Allow',
          Action: ['s3:Get*', 'kms:Decrypt'],
          Resource: 'arn:aws:s3:::pets/*',
          Condition: { IpAddress: { 'aws:VpcSourceIp': ['10.20.0.0/16', '2001:db8::/32'] } },
        },
        {
          Sid: 'Notify',
          Effect: 'Allow',
          Action: 'sns:Publish',
          Resource: ['arn:aws:sns:eu-central-1:123456789012:pets', 'arn:aws:sns:us-east-1:123456789012:pets'],
        },
      ],
    },
    undefined,
    2,
  )}\n`,
  'main.go': 'package main\n\nconst policy = `{"Version": "2012-10-17", "Statement": []}`\n',
};

const policyOf = (...statements) =>
  `${JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2)}\n`;
const deploy = {
  Sid: 'Deploy',
  Effect: 'Allow',
  Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionCode'],
  Resource: '*',
};
const artifacts = {
  Sid: 'Artifacts',
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::artifacts/*',
};
const keepTrail = { Sid: 'KeepTrail', Effect: 'Deny', Action: 'cloudtrail:*', Resource: '*' };
const partner = {
  Sid: 'Partner',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::444455556666:role/partner' },
  Action: ['s3:GetObject', 's3:PutObject'],
  Resource: 'arn:aws:s3:::orders/*',
  Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' }, Bool: { 'aws:SecureTransport': 'true' } },
};
const terraformOf = (actions) => `data "aws_iam_policy_document" "orders" {
  statement {
    sid       = "ReadOrders"
    actions   = [${actions.map((action) => `"${action}"`).join(', ')}]
    resources = ["arn:aws:s3:::orders/*"]
  }
}
`;

/** Files of a repository: as they are in its last commit, and as they are. */
const CHANGED = {
  'deploy-role.json': [
    policyOf(deploy, artifacts, keepTrail),
    policyOf(
      { ...deploy, Action: [...deploy.Action, 'iam:PassRole', 'ecs:RunTask', 'dynamodb:GetItem'] },
      { ...artifacts, Action: ['s3:PutObject', 's3:DeleteObject'] },
      { ...keepTrail, Action: ['cloudtrail:Delete*', 'cloudtrail:StopLogging'] },
    ),
  ],
  'orders-bucket-policy.json': [
    policyOf(partner),
    policyOf(partner, {
      Sid: 'Website',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::orders/*',
    }),
  ],
  'orders.tf': [
    terraformOf(['s3:GetObject']),
    terraformOf(['s3:GetObject', 's3:PutObject', 's3:DeleteObject']),
  ],
};

const asked = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const optionOf = (option) =>
  process.argv.find((each) => each.startsWith(`--${option}=`))?.slice(option.length + 3);
const looks = process.argv.includes('--looks')
  ? [
      ...Object.keys(THEMES).map((theme) => ({ theme, width: WIDTH })),
      ...['light', 'dark'].map((theme) => ({ theme, width: NARROW })),
    ]
  : [
      {
        theme: optionOf('theme') ?? (process.argv.includes('--dark') ? 'dark' : 'light'),
        width: Number(optionOf('width') ?? WIDTH),
      },
    ];
const workspace = host('server.js').copyOfSampleWorkspace();
for (const [name, text] of Object.entries(EXTRA)) writeFileSync(join(workspace, name), text);
makeRepository(join(workspace, 'infrastructure'));
const gateway = await host('gateway.js').startSampleGateway(workspace);
// The readme shows these; the others are for looking at.
const ofReadme = new Set(['diagnostics', 'ignored', 'tour']);
let failed = false;
for (const look of looks) await take(look);
await gateway.stop();
process.exit(failed ? 1 : 0);

/** A repository with one commit, after which its files were edited. */
function makeRepository(folder) {
  mkdirSync(folder);
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  git('init', '--quiet');
  for (const [name, [text]] of Object.entries(CHANGED)) writeFileSync(join(folder, name), text);
  git('add', '--all');
  git('commit', '--quiet', '--no-gpg-sign', '--message', 'Policies');
  for (const [name, [, text]] of Object.entries(CHANGED)) writeFileSync(join(folder, name), text);
}

/** Takes the pictures in one theme and width. */
async function take({ theme, width }) {
  const windows = await startWindowHost({
    extension: { kind: 'development', path: root },
    workspace,
    trust: 'trusted',
    settings: {
      ...gateway.settings,
      'workbench.colorTheme': THEMES[theme],
      'editor.minimap.enabled': false,
      'breadcrumbs.enabled': false,
      'window.title': 'IAM Policy Tools',
    },
    env: gateway.env,
    size: { width, height: 640 },
    scale: 1.5,
  });
  const isUsual = theme === 'light' && width === WIDTH;
  const suffix = isUsual ? '' : `-${theme}${width === WIDTH ? '' : `-${width}`}`;
  for (const [name, scene] of Object.entries({ ...scenes, ...moving })) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const page = await windows.openPage();
    page.setDefaultTimeout(host('../patience.js').limit(30_000));
    try {
      await runCommand(page, 'View: Close Primary Side Bar');
      const frames = [];
      await scene(
        page,
        async (ms) =>
          void frames.push({ png: await page.screenshot({ scale: 'css', animations: 'disabled' }), ms }),
      );
      const isShipped = ofReadme.has(name) && isUsual;
      const isMoving = name in moving;
      const file = isShipped
        ? `client/media/${name}.webp`
        : `out/pictures/${name}${suffix}.${isMoving ? 'webp' : 'png'}`;
      mkdirSync(dirname(join(root, file)), { recursive: true });
      const picture = isMoving ? await animated(page.context(), frames) : await page.screenshot();
      writeFileSync(
        join(root, file),
        isShipped && !isMoving ? await asWebp(page.context(), picture) : picture,
      );
      // To look at one by one.
      for (const [index, { png }] of frames.entries()) {
        mkdirSync(join(root, 'out/pictures'), { recursive: true });
        writeFileSync(join(root, `out/pictures/${name}${suffix}-${index + 1}.png`), png);
      }
      console.log(file);
    } catch (error) {
      failed = true;
      console.error(`${name}${suffix}: ${error}`);
    } finally {
      await page.context().close();
    }
  }
  await windows.stop();
}

/** A picture in a quarter of the size, since the repository keeps it; the browser is what can write it. */
async function asWebp(context, png) {
  const page = await context.newPage();
  const bytes = await page.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      canvas.getContext('2d').drawImage(image, 0, 0);
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  await page.close();
  return Buffer.from(bytes);
}
