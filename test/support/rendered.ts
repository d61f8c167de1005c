import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import { lexer, type Token, walkTokens } from 'marked';

/*
 * What editors make of a Markdown text. VS Code's preview is markdown-it and its hovers are marked; HTML is on and
 * addresses are linked here, since other editors do so.
 */

const preview = new MarkdownIt({ html: true, linkify: true });

/** What our own texts link to. Definitions of the workspace are linked by their place. */
const OURS = /^(?:https:\/\/(?:docs\.)?aws\.amazon\.com\/|file:\/\/\/workspace\/)/;
const OUR_HTML = /^<br>$/;

/** Everything in a text that an editor would load, follow or run, and that is not ours. */
export function harmIn(markdown: string): readonly string[] {
  return [...new Set([...harmInPreview(markdown), ...harmInHover(markdown)])];
}

export function assertHarmless(markdown: string, where: string): void {
  assert.deepEqual(harmIn(markdown), [], `${where}:\n${markdown}`);
}

function harmInPreview(markdown: string): readonly string[] {
  return preview
    .parse(markdown, {})
    .flatMap((token) => [token, ...(token.children ?? [])])
    .flatMap((token) => {
      switch (token.type) {
        case 'image':
          return [`image ${token.content}`];
        case 'link_open':
          return linkHarm(String(token.attrGet('href')));
        case 'html_inline':
        case 'html_block':
          return htmlHarm(token.content);
        default:
          return [];
      }
    });
}

function harmInHover(markdown: string): readonly string[] {
  const found: string[] = [];
  walkTokens(lexer(markdown), (token: Token) => {
    switch (token.type) {
      case 'image':
        found.push(`image ${token.raw}`);
        break;
      case 'link':
        found.push(...linkHarm(token.href));
        break;
      case 'html':
        found.push(...htmlHarm(token.raw));
        break;
    }
  });
  return found;
}

function linkHarm(address: string): readonly string[] {
  return OURS.test(address) ? [] : [`link ${address}`];
}

function htmlHarm(html: string): readonly string[] {
  return OUR_HTML.test(html.trim()) ? [] : [`HTML ${html}`];
}

/** What a reader sees of a text: neither marks nor what stands behind a link. */
export function textIn(markdown: string): { readonly preview: string; readonly hover: string } {
  return {
    preview: preview
      .parse(markdown, {})
      .flatMap(({ children }) => children ?? [])
      .map(({ content }) => content)
      .join(''),
    hover: hoverText(lexer(markdown)),
  };
}

function hoverText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'table') {
        return [...token.header, ...token.rows.flat()]
          .map((cell: { readonly tokens: readonly Token[] }) => hoverText(cell.tokens))
          .join('');
      }
      const inner = 'tokens' in token ? token.tokens : undefined;
      return inner === undefined ? ('text' in token ? String(token.text) : '') : hoverText(inner);
    })
    .join('');
}

/** Texts that harm where they are read as Markdown. */
export const HOSTILE: readonly string[] = [
  '![x](https://evil.example/i.png)',
  '`![x](https://evil.example/i.png)``',
  '``![x](https://evil.example/i.png)`',
  '`` ` ![x](https://evil.example/i.png)',
  '\\`![x](https://evil.example/i.png)\\`',
  '\\![x](https://evil.example/i.png)\\',
  '![x][y]\n\n[y]: https://evil.example/i.png',
  '"![x](https://evil.example/i.png)"',
  "'![x](https://evil.example/i.png)'",
  '**![x](https://evil.example/i.png)**',
  '[x](https://evil.example)',
  '[x](command:workbench.action.terminal.new)',
  '](https://evil.example)[',
  'x](https://evil.example) ![y',
  '<img src="https://evil.example/i.png">',
  '<img/src=https://evil.example/i.png>',
  '</code><img src=x onerror=alert(1)><code>',
  '<https://evil.example>',
  '<!-- -->',
  '<script>',
  'https://evil.example/',
  'http://evil.example/i.png',
  'www.evil.example',
  '//evil.com/x',
  'evil.com',
  'somebody@evil.com',
  'mailto:somebody@evil.com',
  'x\n\n![x](https://evil.example/i.png)\n',
  'x\r\r![x](https://evil.example/i.png)',
  'x\u2028![x](https://evil.example/i.png)',
  '```\n![x](https://evil.example/i.png)\n```',
  '~~~\n![x](https://evil.example/i.png)',
  '| ![x](https://evil.example/i.png) |',
  '`|![x](https://evil.example/i.png)|`',
  '\\|![x](https://evil.example/i.png)',
  '\\\\|![x](https://evil.example/i.png)',
  '&#33;&#91;x&#93;(https&#58;//evil.example/i.png)',
  '# x',
  '> x',
  '- ![x](https://evil.example/i.png)',
  '    ![x](https://evil.example/i.png)',
  '$![x](https://evil.example/i.png)$',
  '; not ![x](https://evil.example/i.png)',
  '. ![x](https://evil.example/i.png)',
  '${![x](https://evil.example/i.png)}',
  '{![x](https://evil.example/i.png)}',
  '*![x](https://evil.example/i.png)?',
  "${aws:x, '![x](https://evil.example/i.png)'}",
  `${'`'.repeat(300)}![x](https://evil.example/i.png)`,
  `${'['.repeat(200)}x${']('.repeat(200)}`,
  '\ud800![x](https://evil.example/i.png)',
];
