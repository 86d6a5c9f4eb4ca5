// Sends by nodemailer: MODULES PORT IMPLICIT_TLS_PORT CA_FILE. Prints what the server accepted and refused.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const [modules, port, implicit, ca] = process.argv.slice(2)
const nodemailer = createRequire(`${modules}/`)('nodemailer')
const auth = { user: 'alice', pass: 'secret' }
const tls = { ca: readFileSync(ca) }

const pooled = nodemailer.createTransport({ host: 'localhost', port: Number(port), requireTLS: true, tls, auth, pool: true, maxConnections: 3 })
await pooled.verify()
const sent = await Promise.all(Array.from({ length: 20 }, (_, i) => pooled.sendMail({
  from: '"Grüße" <a@example.com>', to: ['b@box.test', 'bad@box.test'], subject: `nodemailer ${i} žluťoučký`, text: '.\n..\nhi', html: '<b>hi</b>',
  attachments: [{ filename: 'ř.txt', content: 'x'.repeat(5000) }], dsn: { id: `id${i}`, return: 'headers', notify: ['failure', 'delay'], recipient: 'orig@example.com' },
})))
console.log(JSON.stringify({ accepted: sent.filter((s) => s.accepted.includes('b@box.test')).length, rejected: sent.filter((s) => s.rejected.includes('bad@box.test')).length }))
pooled.close()

const single = nodemailer.createTransport({ host: 'localhost', port: Number(implicit), secure: true, tls, auth, authMethod: 'LOGIN' })
console.log((await single.sendMail({ from: 'a@example.com', to: 'josé@box.test', subject: 'nodemailer utf8', text: 'x' })).response)
single.close()
