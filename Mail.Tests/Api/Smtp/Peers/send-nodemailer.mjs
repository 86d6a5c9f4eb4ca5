// Sends by nodemailer: MODULES PORT TLS_PORT CA_FILE KEY. Prints the server's replies.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const [modules, port, implicit, ca, pass] = process.argv.slice(2)
const nodemailer = createRequire(`${modules}/`)('nodemailer')
const auth = { user: 'mail', pass }
const tls = { ca: readFileSync(ca) }

const pooled = nodemailer.createTransport({ host: 'localhost', port: Number(port), requireTLS: true, tls, auth, pool: true, maxConnections: 3 })
await pooled.verify()
const sent = await Promise.all(Array.from({ length: 20 }, (_, i) => pooled.sendMail({
  from: '"Grüße" <a@example.com>', to: 'b@example.com', bcc: 'secret@example.com', subject: `nodemailer ${i} žluťoučký`, text: '.\n..\nhi', html: '<b>hi</b>',
  attachments: [{ filename: 'ř.txt', content: 'x'.repeat(5000) }],
})))
console.log(sent.filter((s) => s.accepted.length === 2 && /^250 2\.0\.0 [0-9a-f-]{36} accepted$/.test(s.response)).length)
pooled.close()

const single = nodemailer.createTransport({ host: 'localhost', port: Number(implicit), secure: true, tls, auth, authMethod: 'LOGIN' })
console.log((await single.sendMail({ from: 'a@example.com', to: 'b@example.com', subject: 'nodemailer tls', text: 'x' })).accepted[0])
single.close()
