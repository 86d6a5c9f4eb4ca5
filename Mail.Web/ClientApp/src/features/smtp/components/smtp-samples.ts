import type { Sample } from '@/shared/components/code-samples';

interface Place {
  host: string;
  starttls: number | null;
  tls: number | null;
  user: string;
}

/** How programs are told. STARTTLS where it is open: some know nothing else. */
export function smtpSamples({ host, starttls, tls, user }: Place): Sample[] {
  const port = String(starttls ?? tls ?? 587);
  const implicit = starttls === null;
  const samples: [string, string, string[]][] = [
    [
      'nodemailer',
      'Node.js (nodemailer)',
      [
        "import { createTransport } from 'nodemailer';",
        '',
        'const transport = createTransport({',
        `  host: '${host}',`,
        `  port: ${port},`,
        implicit ? '  secure: true,' : '  secure: false, // STARTTLS\n  requireTLS: true,',
        `  auth: { user: '${user}', pass: process.env.MAIL_API_KEY },`,
        '});',
        "await transport.sendMail({ from: 'hello@example.com', to: 'ada@example.com', subject: 'Hello', text: 'It works.' });",
      ],
    ],
    [
      'smtplib',
      'Python (smtplib)',
      [
        'import os, smtplib',
        'from email.message import EmailMessage',
        '',
        'mail = EmailMessage()',
        'mail["From"], mail["To"], mail["Subject"] = "hello@example.com", "ada@example.com", "Hello"',
        'mail.set_content("It works.")',
        '',
        `with smtplib.SMTP${implicit ? '_SSL' : ''}("${host}", ${port}) as smtp:`,
        ...(implicit ? [] : ['    smtp.starttls()']),
        `    smtp.login("${user}", os.environ["MAIL_API_KEY"])`,
        '    smtp.send_message(mail)',
      ],
    ],
    [
      'django',
      'Django',
      [
        '# settings.py',
        'EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"',
        `EMAIL_HOST = "${host}"`,
        `EMAIL_PORT = ${port}`,
        implicit ? 'EMAIL_USE_SSL = True' : 'EMAIL_USE_TLS = True',
        `EMAIL_HOST_USER = "${user}"`,
        'EMAIL_HOST_PASSWORD = os.environ["MAIL_API_KEY"]',
        'DEFAULT_FROM_EMAIL = "hello@example.com"',
      ],
    ],
    [
      'rails',
      'Ruby on Rails',
      [
        '# config/environments/production.rb',
        'config.action_mailer.delivery_method = :smtp',
        'config.action_mailer.smtp_settings = {',
        `  address: "${host}",`,
        `  port: ${port},`,
        `  user_name: "${user}",`,
        '  password: ENV["MAIL_API_KEY"],',
        '  authentication: :plain,',
        implicit ? '  ssl: true' : '  enable_starttls: true',
        '}',
      ],
    ],
    [
      'php',
      'PHP (PHPMailer)',
      [
        '$mail = new PHPMailer\\PHPMailer\\PHPMailer(true);',
        '$mail->isSMTP();',
        `$mail->Host = '${host}';`,
        `$mail->Port = ${port};`,
        `$mail->SMTPSecure = '${implicit ? 'ssl' : 'tls'}';`,
        '$mail->SMTPAuth = true;',
        `$mail->Username = '${user}';`,
        "$mail->Password = getenv('MAIL_API_KEY');",
        "$mail->setFrom('hello@example.com');",
        "$mail->addAddress('ada@example.com');",
        "$mail->Subject = 'Hello';",
        "$mail->Body = 'It works.';",
        '$mail->send();',
      ],
    ],
    [
      'swaks',
      'swaks',
      [
        `swaks --server ${host}:${port} ${implicit ? '--tls-on-connect' : '--tls'} \\`,
        `  --auth PLAIN --auth-user ${user} --auth-password "$MAIL_API_KEY" \\`,
        '  --from hello@example.com --to ada@example.com --header "Subject: Hello" --body "It works."',
      ],
    ],
  ];
  return samples.map(([id, name, lines]) => ({ id, name, code: lines.join('\n') }));
}
