'use strict';
// Plain CommonJS, because mocha loads a reporter by path and expects `module.exports` to be the class.
const { appendFileSync } = require('node:fs');
const { reporters } = require('mocha');

/**
 * Mocha's spec output, with the reason beside every skipped test and what made a test be tried again, and the run's
 * totals appended as one JSON line to the file that `TEST_TOTALS` names, each failed test by its title and reason: a run
 * of many processes puts them together.
 */
class TotalsReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on('pending', (test) => {
      reporters.Base.consoleLog(`      skipped: ${test.skipReason ?? 'no reason given'}`);
    });
    // Spec tells the last try alone.
    runner.on('retry', (test, error) => {
      reporters.Base.consoleLog(`      tried again: ${test.title}\n${error.stack ?? error}`);
    });
    const failed = [];
    runner.on('fail', (test, error) => {
      failed.push(`${test.fullTitle()}\n${error?.stack ?? error}`);
    });
    runner.once('end', () => {
      const file = process.env.TEST_TOTALS;
      if (file === undefined) return;
      const { passes, pending } = this.stats;
      appendFileSync(file, `${JSON.stringify({ passed: passes, failed, skipped: pending })}\n`);
    });
  }
}

module.exports = TotalsReporter;
