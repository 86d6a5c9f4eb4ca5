using System.Net.Http.Json;
using System.Text.Json;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.EndToEnd;

/// <summary>A fresh folder with a team's own `.env` (DEV-13) and what an operator adds to it: API and worker start in Production as they are deployed, without a word of ours in the environment.</summary>
[Trait("Category", "E2E")]
public sealed class TeamEnvironmentTests(PostgresFixture postgres)
{
    private const string Key = "mk_live_t7RkW2vNq9LxB4mHs6ZdJc", Password = "app pass word";

    /// <summary>Django, by STARTTLS with a login, over a certificate that the machine trusts.</summary>
    [Fact]
    public async Task A_file_of_Django_sends_over_its_server_with_its_login()
    {
        using TestCertificate certificate = new();
        await using SmtpSink sink = SmtpSink.Start(new SmtpSinkOptions { Certificate = certificate.Certificate, UserName = "no-reply@example.com", Password = Password });

        SmtpSinkMessage mail = await SendAsync(sink, $"""
            DEBUG=False
            SECRET_KEY='django-insecure-k2#v9x!q7w@t4z$m6r^p8n&s3d5f1g0h'
            EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend
            EMAIL_HOST=localhost
            EMAIL_PORT={sink.Port}
            EMAIL_HOST_USER=no-reply@example.com
            EMAIL_HOST_PASSWORD="{Password}"
            EMAIL_USE_TLS=True
            DEFAULT_FROM_EMAIL=no-reply@example.com
            """, certificate);

        Assert.Equal((true, "no-reply@example.com", "no-reply@example.com"), (mail.Secure, mail.UserName, mail.MailFrom));
    }

    [Fact]
    public async Task A_file_with_TLS_from_the_first_byte_sends_so()
    {
        using TestCertificate certificate = new();
        await using SmtpSink sink = SmtpSink.Start(new SmtpSinkOptions { Certificate = certificate.Certificate, ImplicitTls = true, UserName = "carpool", Password = "p4ss" });

        SmtpSinkMessage mail = await SendAsync(sink, $"""
            export EMAIL_HOST=localhost
            export EMAIL_PORT={sink.Port}   # not 465 here
            export EMAIL_USE_SSL=1
            export EMAIL_HOST_USER=carpool
            export EMAIL_HOST_PASSWORD=p4ss
            export FROM_EMAIL=trips@example.com
            FRONTEND_BASE_URL=https://carpool.example.com
            """, certificate);

        Assert.Equal((true, "carpool", "trips@example.com"), (mail.Secure, mail.UserName, mail.MailFrom));
    }

    [Fact]
    public async Task A_file_with_an_inbox_of_this_machine_sends_there_in_clear()
    {
        await using SmtpSink sink = SmtpSink.Start();

        SmtpSinkMessage mail = await SendAsync(sink, $"SMTP_HOST=localhost\nSMTP_PORT={sink.Port}\nEMAIL_FROM=dev@example.com\n");

        Assert.Equal((false, null, "dev@example.com"), (mail.Secure, mail.UserName, mail.MailFrom));
    }

    [Theory]
    [InlineData("smtp.sendgrid.net:587", """
        EMAIL_PROVIDER=sendgrid
        EMAIL_DOMAIN=example.com
        SENDGRID_API_KEY=SG.key
        SENDGRID_SENDER_EMAIL=no-reply@example.com
        MICROSOFT_TENANT_ID=t
        MICROSOFT_CLIENT_ID=c
        GOOGLE_CLIENT_ID=g
        """)]
    [InlineData("email-smtp.eu-west-1.amazonaws.com:587", """
        EMAIL_PROVIDER=ses
        AWS_REGION=eu-west-1
        AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE
        AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
        DEFAULT_FROM_EMAIL="Jobs <jobs@example.com>"
        """)]
    public async Task A_file_with_a_providers_key_starts_both_hosts_with_its_server(string server, string file)
    {
        await using TeamHosts hosts = await TeamHosts.StartAsync(await postgres.CreateDatabaseAsync(), file, Key);

        await hosts.BothAreUpAsync();

        await Eventually.TrueAsync(() => hosts.Lines.Any(line => line.Contains(server, StringComparison.Ordinal))); // the worker's
        JsonElement goLive = JsonDocument.Parse(await hosts.Client.GetStringAsync(new Uri("/go-live", UriKind.Relative))).RootElement; // the API's
        JsonElement relay = goLive.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "relay");
        Assert.True(relay.GetProperty("ok").GetBoolean());
        Assert.Contains(server, relay.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(hosts.Lines, line => line.Contains("SG.key", StringComparison.Ordinal) || line.Contains("EXAMPLEKEY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_contradicts_itself_starts_neither_and_both_names_are_told()
    {
        await using TeamHosts hosts = await TeamHosts.StartAsync(await postgres.CreateDatabaseAsync(), "SMTP_HOST=a.example\nEMAIL_HOST=b.example\n", Key);

        Assert.Equal((1, 1), await hosts.ExitCodesAsync());
        Assert.Equal(2, hosts.Lines.Count(line => line.Contains("SMTP_HOST and EMAIL_HOST say different things", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("mk_live_cut", "", "Mail.Api cannot start: Bootstrap:ApiKey must have 24 or more characters and begin with mk_live_ or mk_test_.")]
    [InlineData(Key, "Bootstrap__AdminEmail=first@example.com", "Mail.Api cannot start: Bootstrap:AdminEmail is set without Bootstrap:AdminPassword, and there is no such user yet.")]
    public async Task First_key_and_owner_that_cannot_be_made_are_told_in_a_line(string key, string file, string refusal)
    {
        await using TeamHosts hosts = await TeamHosts.StartAsync(await postgres.CreateDatabaseAsync(), $"{file}\nSMTP_HOST=localhost\n", key);

        Assert.Equal(1, await hosts.ApiExitCodeAsync());
        Assert.Contains(refusal, hosts.Lines);
        Assert.DoesNotContain(hosts.Lines, line => line.StartsWith("   at ", StringComparison.Ordinal)); // no stack
    }

    [Fact]
    public async Task What_is_unsafe_in_Production_is_told_all_at_once_and_starts_neither_nor_touches_the_database()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using TeamHosts hosts = await TeamHosts.StartAsync(database, "Bootstrap__AdminEmail=admin@example.com\nBootstrap__AdminPassword=changeme12345\n", "mk_live_example_key_of_a_guide", safe: false);

        Assert.Equal((1, 1), await hosts.ExitCodesAsync());
        string[] refusals = [.. hosts.Lines.Where(line => line.Contains(" cannot start: ", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        string[] expected =
        [
            "Mail.Api cannot start: BASE_URL is not set.", "Mail.Api cannot start: Bootstrap:AdminPassword has \"change\" in it", "Mail.Api cannot start: Bootstrap:ApiKey has \"example\" in it",
            "Mail.Api cannot start: SECRET_KEY is not set.",
            "Mail.Worker cannot start: BASE_URL is not set.", "Mail.Worker cannot start: In Production mails would only be logged", "Mail.Worker cannot start: SECRET_KEY is not set.",
        ];
        Assert.True(expected.Length == refusals.Length && expected.Zip(refusals).All(pair => pair.Second.StartsWith(pair.First, StringComparison.Ordinal)), string.Join('\n', hosts.Lines));
        Assert.DoesNotContain(hosts.Lines, line => line.Contains("   at ", StringComparison.Ordinal)); // no stack
        await using NpgsqlConnection look = new(database);
        await look.OpenAsync();
        await using NpgsqlCommand tables = new("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", look);
        Assert.Equal(0L, await tables.ExecuteScalarAsync());
    }

    private async Task<SmtpSinkMessage> SendAsync(SmtpSink sink, string file, TestCertificate? trusted = null)
    {
        await using TeamHosts hosts = await TeamHosts.StartAsync(await postgres.CreateDatabaseAsync(), file, Key, trusted?.CertificateFile);
        await hosts.BothAreUpAsync();
        using HttpResponseMessage answer = await hosts.Client.PostAsJsonAsync(new Uri("/emails", UriKind.Relative), new { to = "ada@example.net", subject = "Hello", text = "A team's own file." });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await sink.WaitForAsync(1, TimeSpan.FromSeconds(20));
        return sink.Messages[0];
    }
}
