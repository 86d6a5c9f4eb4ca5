// Sums what the test runners wrote: node results.mjs FOLDER [FAILED STEP...]
// Prints slow, skipped, unsteady and failed tests, then `N passed, N failed[, N skipped]` alone on the last line.
// Exit code 1 when anything failed or when no test ran.
// node results.mjs FOLDER --failed-filter: the filter that runs the failed .NET tests again; nothing when they are too many for chance.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const slowSeconds = 10;
const mostAgain = 5;
const [folder, ...failedSteps] = process.argv.slice(2);

const decode = (text) =>
  text
    .replace(/&#x([0-9A-Fa-f]+);/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');

// A TRX file's own counters leave skipped tests out, so the single results are counted. A skip has a reason; what was not run and has
// none is an explicit test, which runs only when asked for by name and is no part of this run.
function readTrx(path) {
  const xml = readFileSync(path, 'utf8');
  const results = xml.slice(xml.indexOf('<Results>'), xml.indexOf('</Results>'));
  const all = [...results.matchAll(/<UnitTestResult ([^>]*?)(?:\/>|>([\s\S]*?)<\/UnitTestResult>)/g)].map(([, head, body = '']) => {
    const attribute = (name) => decode(new RegExp(`\\b${name}="([^"]*)"`).exec(head)?.[1] ?? '');
    const [hours, minutes, seconds] = attribute('duration').split(':').map(Number);
    const outcome = { Passed: 'passed', NotExecuted: 'skipped' }[attribute('outcome')] ?? 'failed';
    const reason = decode(/<Message>([\s\S]*?)<\/Message>/.exec(body)?.[1] ?? '').trim();
    return { name: attribute('testName'), outcome, reason, seconds: hours * 3600 + minutes * 60 + seconds || 0 };
  });
  return all.filter((test) => test.outcome !== 'skipped' || test.reason !== '');
}

function readVitest(path) {
  return JSON.parse(readFileSync(path, 'utf8')).testResults.flatMap((file) => {
    if (file.status === 'failed' && file.assertionResults.length === 0) {
      return [{ name: file.name, outcome: 'failed', reason: file.message ?? '', seconds: 0 }]; // a file that cannot be loaded
    }
    return file.assertionResults.map((test) => ({
      name: test.fullName,
      outcome: { passed: 'passed', failed: 'failed' }[test.status] ?? 'skipped',
      reason: test.failureMessages?.join('\n') || (test.status === 'todo' ? 'to do' : 'marked skip in the test file'),
      seconds: (test.duration ?? 0) / 1000,
    }));
  });
}

const files = readdirSync(folder);
const dotnet = files.filter((file) => file === 'dotnet.trx').flatMap((file) => readTrx(join(folder, file)));
if (failedSteps[0] === '--failed-filter') {
  // A crash or a hang, so that nobody knows what else would have run: an error other than xUnit's line for a test that failed.
  const broken = /<RunInfo [^>]*outcome="Error"[^>]*>\s*<Text>(?!\[xUnit\.net [^\]]*\][^<]*\[FAIL\])/.test(readFileSync(join(folder, 'dotnet.trx'), 'utf8'));
  const names = new Set(dotnet.filter((test) => test.outcome === 'failed').map((test) => test.name.replace(/\(.*/s, '')));
  if (!broken && names.size <= mostAgain) console.log([...names].map((name) => `FullyQualifiedName=${name}`).join('|'));
  process.exit();
}
const again = files.filter((file) => file === 'again.trx').flatMap((file) => readTrx(join(folder, file)));
const unsteady = dotnet.filter((test) => test.outcome === 'failed' && again.some((second) => second.name === test.name && second.outcome === 'passed'));
for (const test of unsteady) test.outcome = 'unsteady';
const vitestFile = join(folder, 'vitest.json');
const web = existsSync(vitestFile) ? readVitest(vitestFile) : [];
const tests = [...dotnet, ...web];
const failed = tests.filter((test) => test.outcome === 'failed');
const skipped = tests.filter((test) => test.outcome === 'skipped');
const passed = tests.length - failed.length - skipped.length;

// A runner that failed is accounted for by its failed tests; one that failed without any (a crash, a hang) counts as itself.
const accounted = { 'dotnet tests': dotnet.some((test) => test.outcome === 'failed'), 'web tests': web.some((test) => test.outcome === 'failed') };
const broken = failedSteps.filter((step) => !accounted[step]);

const firstLines = (text) => text.split('\n').slice(0, 3).map((line) => line.trim()).filter(Boolean).join(' | ');
const print = (title, lines) => lines.length > 0 && console.log(`\n${title}\n${lines.map((line) => `   ${line}`).join('\n')}`);

print(
  `Slow (over ${slowSeconds} s):`,
  tests.filter((test) => test.seconds > slowSeconds).sort((a, b) => b.seconds - a.seconds).slice(0, 20).map((test) => `${test.seconds.toFixed(1)} s  ${test.name}`),
);
print('Skipped:', skipped.map((test) => `${test.name}: ${firstLines(test.reason)}`));
print('Unsteady (failed beside others and passed alone: each is a fault to find):', unsteady.map((test) => `${test.name}: ${firstLines(test.reason)}`));
print('Failed:', [...failed.map((test) => `${test.name}: ${firstLines(test.reason)}`), ...broken.map((step) => `${step}: see above`)]);
if (tests.length === 0) console.log('\nNo test ran.');

const failures = failed.length + broken.length;
console.log(`\n${passed} passed, ${failures} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exitCode = failures > 0 || passed === 0 ? 1 : 0;
