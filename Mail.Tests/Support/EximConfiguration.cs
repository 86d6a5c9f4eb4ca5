namespace Mail.Tests.Support;

/// <summary>The configuration of an <see cref="EximFixture"/>.</summary>
internal static class EximConfiguration
{
    public static string Write(string root, string program, EximFixture exim) => $$"""
        ACCOUNT = {{EximFixture.UserName}}
        SECRET = {{EximFixture.Password}}
        SUBMISSION = {{exim.SubmissionPort}}
        exim_path = {{program}}
        primary_hostname = mx.test.local
        spool_directory = {{root}}/spool
        log_file_path = {{root}}/log/%slog
        pid_file_path = {{root}}/spool/exim.pid
        log_selector = +smtp_protocol_error +smtp_syntax_error +tls_cipher +received_recipients +pipelining
        keep_environment = LD_PRELOAD : LD_LIBRARY_PATH : ^NSS_WRAPPER_
        host_lookup =
        rfc1413_query_timeout = 0s
        never_users =
        daemon_smtp_ports = {{exim.Port}} : {{exim.ImplicitTlsPort}} : {{exim.SubmissionPort}}
        tls_on_connect_ports = {{exim.ImplicitTlsPort}}
        tls_advertise_hosts = *
        tls_certificate = {{exim.CaFile}}
        tls_privatekey = {{Path.Combine(Path.GetDirectoryName(exim.CaFile)!, "key.pem")}}
        smtputf8_advertise_hosts = *
        chunking_advertise_hosts = *
        dsn_advertise_hosts = *
        pipelining_advertise_hosts = *
        smtp_accept_max_per_connection = 0
        smtp_accept_queue_per_connection = 0
        smtp_accept_max = 200
        acl_smtp_mail = mail
        acl_smtp_rcpt = rcpt
        acl_smtp_data = accept
        message_size_limit = 20M

        begin acl
        mail:
          deny condition = ${if and{ {eq{$received_port}{SUBMISSION} } {!def:authenticated_id} } }
               message = 5.7.0 Authentication required
          accept
        rcpt:
          deny domains = box.test
               local_parts = bad
               message = 5.1.1 No such user
          accept

        begin routers
        boxes:
          driver = accept
          domains = box.test
          transport = maildir
        late:
          driver = manualroute
          domains = late.test
          transport = late
          route_list = * 127.0.0.1
          self = send
        others:
          driver = manualroute
          transport = relay
          route_list = * 127.0.0.1
          self = send

        begin transports
        relay:
          driver = smtp
          port = {{exim.RelayPort}}
          allow_localhost
          hosts_try_chunking = *
          hosts_try_prdr =
          tls_tempfail_tryclear = false
        late:
          driver = smtp
          port = {{exim.LatePort}}
          allow_localhost
          hosts_try_prdr =
        maildir:
          driver = appendfile
          directory = {{root}}/mail
          maildir_format
          user = Debian-exim

        begin retry
        * * F,1m,5s

        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_set_id = $auth2
          server_condition = ${if and{ {eq{$auth2}{ACCOUNT} } {eq{$auth3}{SECRET} } } }
          server_prompts = :
          server_advertise_condition = ${if def:tls_in_cipher}
        login:
          driver = plaintext
          public_name = LOGIN
          server_set_id = $auth1
          server_condition = ${if and{ {eq{$auth1}{ACCOUNT} } {eq{$auth2}{SECRET} } } }
          server_prompts = <| Username: | Password:
          server_advertise_condition = ${if def:tls_in_cipher}
        cram:
          driver = cram_md5
          public_name = CRAM-MD5
          server_secret = ${if eq{$auth1}{ACCOUNT}{SECRET}fail}
          server_set_id = $auth1
          server_advertise_condition = ${if def:tls_in_cipher}

        """;
}
