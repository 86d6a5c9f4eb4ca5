// mailauth.cjs DNS.JSON FILE...  prints "FILE pass" when every signature in the file verifies, else what mailauth says of each.
'use strict';
const { readFileSync } = require('node:fs');
const { dkimVerify } = require('mailauth/lib/dkim/verify');

const [zone, ...files] = process.argv.slice(2);
const records = JSON.parse(readFileSync(zone, 'ascii'));

async function resolver(name, type) {
  const answer = records[name]?.[type];
  if (answer) return answer;
  throw Object.assign(new Error(`no ${type} of ${name}`), { code: 'ENOTFOUND' });
}

(async () => {
  for (const file of files) {
    const { results } = await dkimVerify(readFileSync(file), { resolver });
    const wrong = results.filter(result => result.status.result !== 'pass');
    const answer = results.length === 0 ? 'none' : wrong.length === 0 ? 'pass' : wrong.map(({ status }) => `${status.result} ${status.comment ?? ''}`).join('; ');
    console.log(`${file} ${answer}`);
  }
})();
