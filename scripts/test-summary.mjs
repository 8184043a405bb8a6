/** The last line of a test run: `N passed, N failed`, from jest's results, its exit status and the failed checks. */
import { existsSync, readFileSync } from 'node:fs';

const [, , resultsPath, failedChecks, jestStatus] = process.argv;
const specs = existsSync(resultsPath) ? JSON.parse(readFileSync(resultsPath, 'utf8')) : {};
const { numPassedTests: passed = 0, numPendingTests = 0, numTodoTests = 0 } = specs;
const { numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = specs;

const failedSpecs = numFailedTests + numRuntimeErrorTestSuites;
const failedRun = failedSpecs === 0 && jestStatus !== '0' ? 1 : 0; // e.g. jest itself was killed
const failed = Number(failedChecks) + failedSpecs + failedRun;
const skipped = numPendingTests + numTodoTests;

console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
