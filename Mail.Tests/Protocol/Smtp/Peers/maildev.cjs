// MailDev, the developers' inbox, without its web page. node maildev.cjs plain|implicit FOLDER KEY CERT
// Says its port, then each message it has stored, one JSON a line. Ends with its input.
const fs = require('fs')
const logger = require('maildev/lib/logger')
const maildev = require('maildev/lib/mailserver')

const [mode, folder, key, cert] = process.argv.slice(2)
const say = (what) => process.stdout.write(JSON.stringify(what) + '\n')
const isSecure = mode === 'implicit'

logger.setLevel(0)
if (isSecure) maildev.create(0, '127.0.0.1', folder, 'alice', 'sécret', [], true, cert, key)
else maildev.create(0, '127.0.0.1', folder)
maildev.port = 0
maildev.on('new', (mail) => say({ raw: fs.readFileSync(mail.source).toString('base64'), secure: isSecure, user: null, from: mail.envelope.from.address, to: mail.envelope.to.map((r) => r.address) }))
maildev.listen().then(() => say({ port: maildev.smtp.server.address().port }))
process.stdin.on('end', () => process.exit()).resume()
