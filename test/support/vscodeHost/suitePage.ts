import type { Page } from 'playwright-core';
import { suiteMark } from './suiteMark';

/** How many lines of the window are told where a suite does not end. */
const LAST = 40;

/**
 * Listens to the suite that a page will run. VS Code calls the functions of the page that are made for it here, so that
 * nothing may be loaded before. `ended` resolves with the exit code of the suite, and rejects after the deadline.
 *
 * @param heard called with each line of the suite
 */
export async function listenToSuite(
  page: Page,
  deadline: number,
  heard: (line: string) => void,
): Promise<{ readonly ended: Promise<number> }> {
  const lines: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    lines.push(text);
    const line = suiteLine(text);
    if (line !== undefined) heard(line);
  });
  const ended = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        new Error(
          `The suite did not end within ${deadline} ms. Last lines of the window:\n${lines.slice(-LAST).join('\n')}`,
        ),
      );
    }, deadline);
    void page.exposeFunction('codeAutomationExit', (code: number) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
  await page.exposeFunction('codeAutomationLog', () => {});
  return { ended };
}

/** The window's console also carries VS Code's own log; the suite marks its lines. */
function suiteLine(text: string): string | undefined {
  const index = text.indexOf(suiteMark);
  return index === -1 ? undefined : text.slice(index + suiteMark.length);
}
