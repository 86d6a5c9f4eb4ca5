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

// It tells of a message before the last of it is in its file.
const whole = async (file) => {
  for (let last = 0; ; ) {
    const { size } = fs.statSync(file)
    if (size > 0 && size === last) return fs.readFileSync(file)
    last = size
    await new Promise((done) => setTimeout(done, 50))
  }
}

maildev.on('new', async (mail) => {
  const raw = (await whole(mail.source)).toString('base64')
  say({ raw, secure: isSecure, user: null, from: mail.envelope.from.address, to: mail.envelope.to.map((r) => r.address) })
})
maildev.listen().then(() => say({ port: maildev.smtp.server.address().port }))
process.stdin.on('end', () => process.exit()).resume()
