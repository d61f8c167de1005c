import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { createInterruption, progressLine } from '../../server/src/cli/interruption';

/** A process at a terminal, of which is noted in order what was written and whether it was ended. */
function atTerminal() {
  const events: string[] = [];
  const emitter = new EventEmitter();
  const process = Object.assign(emitter, {
    pid: 7,
    kill: (pid: number, signal: string) =>
      events.push(`${signal} to ${pid}, ${emitter.listenerCount('SIGINT')} listen`),
  });
  const interruption = createInterruption(process, {
    isTty: true,
    write: (text) => events.push(text),
    whenWritten: (done) => done(),
  });
  return {
    ...interruption,
    events,
    listeners: () => emitter.listenerCount('SIGINT'),
    press: () => emitter.emit('SIGINT'),
  };
}

const ENDED = 'SIGINT to 7, 0 listen';

describe('Ctrl-C in the command line', () => {
  it('takes the line of progress away and then ends the program as it always would', () => {
    const { stderr, press, events } = atTerminal();
    stderr.write(progressLine('1 of 9 files: a.json'));
    press();
    assert.deepEqual(events, ['\r\u001b[K1 of 9 files: a.json', '\r\u001b[K', ENDED]);
  });

  it('takes away nothing but a line of progress', () => {
    for (const last of [progressLine(''), 'iam-policy: no such file\n']) {
      const { stderr, press, events } = atTerminal();
      stderr.write(progressLine('1 of 9 files: a.json'));
      stderr.write(last);
      press();
      assert.deepEqual(events.slice(1), [last, ENDED]);
    }
  });

  it('is left to Node where no line has stood and nobody waits for it', () => {
    const { stderr, listeners } = atTerminal();
    stderr.write('iam-policy: no such file\n');
    assert.equal(listeners(), 0);
  });

  it('is handed to whoever waits for it at first, and ends the program the second time', () => {
    const { stderr, signal, press, events } = atTerminal();
    const { aborted } = signal();
    stderr.write(progressLine('1 of 3 done, 1 accepted'));
    press();
    assert.deepEqual([aborted, signal().aborted, events.length], [false, true, 1]);
    press();
    assert.deepEqual(events.slice(1), ['\r\u001b[K', ENDED]);
  });
});
