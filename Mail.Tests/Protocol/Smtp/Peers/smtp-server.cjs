// npm's smtp-server, as a server with AUTH. node smtp-server.cjs implicit|starttls MECHANISMS KEY CERT
// Says its port, then each message it has taken, one JSON a line. Ends with its input.
const fs = require('fs')
const { SMTPServer } = require('smtp-server')

const [mode, mechanisms, key, cert] = process.argv.slice(2)
const say = (what) => process.stdout.write(JSON.stringify(what) + '\n')

function onAuth(auth, session, callback) {
  const right = auth.method === 'XOAUTH2' ? auth.accessToken === 'right-token' : auth.method === 'CRAM-MD5' ? auth.validatePassword('sécret') : auth.password === 'sécret'
  if (right && auth.username === 'alice') return callback(null, { user: auth.username })
  if (auth.method === 'XOAUTH2') return callback(null, { data: { status: '401', schemes: 'bearer', scope: 'mail' } })
  callback(new Error('Wrong user name or password'))
}

const server = new SMTPServer({
  secure: mode === 'implicit',
  key: fs.readFileSync(key),
  cert: fs.readFileSync(cert),
  authMethods: mechanisms.split(','),
  size: 1_000_000,
  onAuth,
  onRcptTo(address, session, callback) {
    callback(address.address.startsWith('bad') ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null)
  },
  onData(stream, session, callback) {
    const parts = []
    stream.on('data', (part) => parts.push(part))
    stream.on('end', () => {
      say({
        raw: Buffer.concat(parts).toString('base64'),
        secure: session.secure,
        user: session.user ?? null,
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map((recipient) => recipient.address)
      })
      callback()
    })
  }
})
server.on('error', () => {}) // a client that breaks off
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }))
process.stdin.on('end', () => process.exit()).resume()
