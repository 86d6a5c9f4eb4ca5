// Known vulnerabilities of what we use: node .ci/audit.mjs. Ends with 1 when any is found, and says "not checked" where the feed has no such data, which is no pass.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
let isBad = false;
const run = (program, ...args) => spawnSync(program, args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32', maxBuffer: 64 * 1024 * 1024 });

async function hasVulnerabilityData(source) {
  try {
    const index = await (await fetch(source, { signal: AbortSignal.timeout(20_000) })).json();
    const page = index.resources.find(({ '@type': type }) => type.startsWith('VulnerabilityInfo'))?.['@id'];
    return page !== undefined && (await fetch(page, { signal: AbortSignal.timeout(20_000) })).ok;
  } catch {
    return false;
  }
}

const listed = run('dotnet', 'list', 'Mail.Aspire.sln', 'package', '--vulnerable', '--include-transitive', '--format', 'json');
let nuget;
try {
  nuget = JSON.parse(listed.stdout);
} catch {
  console.log(`NuGet: not checked (${(listed.stderr || listed.stdout).trim().split('\n')[0]})`);
}
if (nuget) {
  const found = nuget.projects.flatMap((project) => (project.frameworks ?? []).flatMap((framework) => [...(framework.topLevelPackages ?? []), ...(framework.transitivePackages ?? [])].map((one) => ({ project: project.path, ...one }))));
  const checked = (await Promise.all((nuget.sources ?? []).map(hasVulnerabilityData))).some(Boolean);
  for (const one of found) console.log(`NuGet: ${one.id} ${one.resolvedVersion} in ${one.project}: ${one.vulnerabilities.map(({ severity, advisoryurl }) => `${severity} ${advisoryurl}`).join(', ')}`);
  if (found.length > 0) isBad = true;
  else console.log(checked ? 'NuGet: no known vulnerability' : 'NuGet: not checked (the package source has no data on vulnerabilities)');
}

for (const folder of ['Mail.Web/ClientApp', 'templates']) {
  const audited = run('npm', '--prefix', join(root, folder), 'audit', '--omit=dev', '--json');
  let report;
  try {
    report = JSON.parse(audited.stdout);
  } catch {
    report = undefined;
  }
  if (!report?.metadata?.vulnerabilities) {
    console.log(`npm ${folder}: not checked (${report?.error?.summary || report?.message || 'the registry has no data on vulnerabilities'})`);
    continue;
  }
  const { high = 0, critical = 0, total = 0 } = report.metadata.vulnerabilities;
  console.log(total === 0 ? `npm ${folder}: no known vulnerability` : `npm ${folder}: ${total} known, ${high} high, ${critical} critical: npm audit in ${folder}`);
  if (high + critical > 0) isBad = true;
}
process.exit(isBad ? 1 : 0);
