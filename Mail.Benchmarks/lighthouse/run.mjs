// Lighthouse's performance and accessibility of one page of the console, for a phone and a desktop: the median of some runs each.
//   MAIL_PASSWORD=... node run.mjs [address of the page] [e-mail] [runs]
// It ends with an error when one figure is below 95. The console must be the production build, served by Mail.Web (README).
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

const [address = 'http://localhost:5100/', email = 'admin@example.com', runs = '5'] = process.argv.slice(2);
const password = process.env.MAIL_PASSWORD;
const goal = 95;

if (!password) throw new Error('MAIL_PASSWORD is not set: the password of the console, as the AppHost prints it.');
const cookie = await signIn();
const chrome = await launch({
  chromePath: program(),
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
let worst = 100;
try {
  console.log('preset   performance  accessibility  FCP ms  LCP ms  TBT ms  CLS    JavaScript KB');
  for (const [name, config] of [['phone', undefined], ['desktop', desktopConfig]]) {
    const results = [];
    for (let run = 0; run < Number(runs); run++) results.push(await measure(config));
    results.sort((a, b) => a.performance - b.performance);
    const median = results[Math.floor(results.length / 2)];
    worst = Math.min(worst, median.performance, median.accessibility);
    const file = join(tmpdir(), `lighthouse-${name}.json`);
    writeFileSync(file, median.report);
    console.log(
      `${name.padEnd(9)}${String(median.performance).padEnd(13)}${String(median.accessibility).padEnd(15)}` +
        `${String(median.fcp).padEnd(8)}${String(median.lcp).padEnd(8)}${String(median.tbt).padEnd(8)}${median.cls.toFixed(3)}  ${median.script}` +
        `   all runs: ${results.map(({ performance }) => performance).join(' ')}; ${file}`,
    );
    for (const audit of median.failed) console.log(`         ${audit}`);
  }
} finally {
  await chrome.kill();
}
if (worst < goal) {
  console.error(`Below ${goal}.`);
  process.exitCode = 1;
}

async function measure(config, tries = 3) {
  const { lhr, report } = await lighthouse(
    address,
    {
      port: chrome.port,
      output: 'json',
      onlyCategories: ['performance', 'accessibility'],
      extraHeaders: { Cookie: cookie },
      logLevel: 'error',
    },
    config,
  );
  if (lhr.runtimeError?.code === 'NO_NAVSTART' && tries > 1) return measure(config, tries - 1); // a trace that Chromium began too late
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  if (new URL(lhr.finalDisplayedUrl).pathname === '/sign-in') throw new Error('The session is not accepted: this would measure the sign-in page.');
  const score = (category) => Math.round(lhr.categories[category].score * 100);
  const value = (audit) => lhr.audits[audit].numericValue;
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    fcp: Math.round(value('first-contentful-paint')),
    lcp: Math.round(value('largest-contentful-paint')),
    tbt: Math.round(value('total-blocking-time')),
    cls: value('cumulative-layout-shift'),
    script: Math.round(
      lhr.audits['network-requests'].details.items
        .filter(({ resourceType }) => resourceType === 'Script')
        .reduce((sum, { transferSize }) => sum + transferSize, 0) / 1024,
    ),
    failed: [...lhr.categories.performance.auditRefs, ...lhr.categories.accessibility.auditRefs]
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
      .map(({ id }) => `${id}: ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`),
    report,
  };
}

async function signIn() {
  const answer = await fetch(new URL('/api/auth/sign-in', address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Mail-Console': '1' },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`Signing in: ${answer.status} ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

function program() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const places = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find((place) => existsSync(place));
}
