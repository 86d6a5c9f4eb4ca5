using System.Text;
using Mail.Protocol.Smtp;

namespace Mail.Tests.Protocol.Smtp;

// Ways to sign in, as recorded conversations, whole and byte by byte.
public sealed class SmtpAuthTests
{
    private const string Token = "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg";

    public static readonly TheoryData<int> Chunks = [1, 3, 4096];

    [Theory, MemberData(nameof(Chunks))]
    public Task PLAIN_goes_in_one_line(int chunk) => SignInAsync(chunk, "PLAIN LOGIN", $"""
        C: AUTH PLAIN {Base64("\0ann\0pä ss")}
        S: 235 2.7.0 welcome
        """, Password("pä ss"));

    [Theory, MemberData(nameof(Chunks))]
    public Task LOGIN_answers_whatever_words_the_server_asks_with(int chunk) => SignInAsync(chunk, "LOGIN", $"""
        C: AUTH LOGIN
        S: 334 {Base64("Please identify yourself")}
        C: {Base64("ann")}
        S: 334
        C: {Base64("secret")}
        S: 235 ok
        """, Password("secret"));

    // The example of RFC 2195 §2.
    [Theory, MemberData(nameof(Chunks))]
    public Task CRAM_MD5_proves_the_password_without_sending_it(int chunk) => SignInAsync(chunk, "PLAIN CRAM-MD5", """
        C: AUTH CRAM-MD5
        S: 334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+
        C: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw
        S: 235 ok
        """, Options("tim", "tanstaaftanstaaf"));

    [Theory, MemberData(nameof(Chunks))]
    public Task XOAUTH2_sends_the_token(int chunk) => SignInAsync(chunk, "LOGIN PLAIN XOAUTH2", $"""
        C: AUTH XOAUTH2 {Base64($"user=ann@example.com\u0001auth=Bearer {Token}\u0001\u0001")}
        S: 235 2.7.0 accepted
        """, Bearer("ann@example.com"));

    [Theory, MemberData(nameof(Chunks))]
    public Task OAUTHBEARER_is_preferred_names_host_and_port_and_escapes_the_account(int chunk) => SignInAsync(chunk, "XOAUTH2 OAUTHBEARER", $"""
        C: AUTH OAUTHBEARER {Base64($"n,a=a=2Cb=3D@example.com,\u0001host=mx.example.net\u0001port=25\u0001auth=Bearer {Token}\u0001\u0001")}
        S: 235 2.7.0 accepted
        """, Bearer("a,b=@example.com"));

    // A line may have 512 octets; more follows the server's invitation.
    [Theory, MemberData(nameof(Chunks))]
    public Task A_token_too_long_for_the_command_follows_an_empty_challenge(int chunk)
    {
        string token = new('t', 2000);
        return SignInAsync(chunk, "XOAUTH2", $"""
            C: AUTH XOAUTH2
            S: 334
            C: {Base64($"user=ann\u0001auth=Bearer {token}\u0001\u0001")}
            S: 235 ok
            """, Options("ann", null, _ => ValueTask.FromResult(token)));
    }

    [Fact]
    public async Task The_reason_that_XOAUTH2_gives_in_JSON_stands_in_the_failure()
    {
        SmtpConnectException e = await FailAsync("XOAUTH2", $$"""
            C: AUTH XOAUTH2 {{Base64($"user=ann\u0001auth=Bearer {Token}\u0001\u0001")}}
            S: 334 {{Base64("""{"status":"400","schemes":"Bearer","scope":"https://mail.example.com/"}""")}}
            C:
            S: 535 5.7.8 not accepted
            """, Bearer("ann"));

        Assert.Equal((SmtpStage.Auth, true, 535), (e.Stage, e.IsPermanent, e.Reply?.Code));
        Assert.Contains("\"scope\":\"https://mail.example.com/\"", e.Message, StringComparison.Ordinal);
        Assert.Contains("access token", e.Message, StringComparison.Ordinal);
    }

    // The token begins at each of the three places that it can have within base64.
    [Theory, InlineData("got"), InlineData("_got"), InlineData("__got")]
    public async Task The_reason_that_OAUTHBEARER_gives_in_JSON_stands_in_the_failure_and_the_token_nowhere(string name)
    {
        SmtpTranscript transcript = new();
        string challenge = Base64("{\"status\":\"invalid_token\",\"" + name + "\":\"" + Token + "\"}");
        SmtpConnectException e = await FailAsync("OAUTHBEARER", $$"""
            C: AUTH OAUTHBEARER {{Base64($"n,a=ann,\u0001host=mx.example.net\u0001port=25\u0001auth=Bearer {Token}\u0001\u0001")}}
            S: 334 {{challenge}}
            C: AQ==
            S: 454 4.7.0 later
            """, Bearer("ann"), transcript);

        Assert.False(e.IsPermanent);
        Assert.Contains("invalid_token", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, e.ToString(), StringComparison.Ordinal);
        Assert.Contains("334 ***", transcript.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_challenge_that_makes_no_sense_is_cancelled_and_the_next_way_is_tried() => SignInAsync(4096, "CRAM-MD5 PLAIN", $"""
        C: AUTH CRAM-MD5
        S: 334 %%%
        C: *
        S: 501 5.7.0 cancelled
        C: AUTH PLAIN {Base64("\0ann\0secret")}
        S: 235 ok
        """, Password("secret"));

    [Theory, InlineData("504 5.5.4 unknown mechanism"), InlineData("535 5.7.8 no secret stored for this")]
    public Task A_mechanism_that_the_server_offers_and_cannot_do_is_not_the_last_word(string reply) => SignInAsync(4096, "CRAM-MD5 LOGIN", $"""
        C: AUTH CRAM-MD5
        S: 334 {Base64("<1@mx>")}
        C: {Base64("ann e199ef22d6bcc74effcf19e407b1ea7e")}
        S: {reply}
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: {Base64("ann")}
        S: 334 UGFzc3dvcmQ6
        C: {Base64("secret")}
        S: 235 ok
        """, Password("secret"));

    // Every further attempt counts as another wrong password, and accounts are locked for those.
    [Fact]
    public async Task A_refused_password_is_not_tried_in_another_way() => await FailAsync("PLAIN LOGIN", $"""
        C: AUTH PLAIN {Base64("\0ann\0wrong")}
        S: 535 5.7.8 no
        """, Password("wrong"));

    [Fact]
    public async Task A_server_that_asks_for_ever_is_left()
    {
        SmtpConnectException e = await FailAsync("LOGIN", $"""
            C: AUTH LOGIN
            S: 334 a
            C: {Base64("ann")}
            S: 334 b
            C: {Base64("secret")}
            S: 334 c
            C: *
            S: 334 d
            """, Password("secret"));

        Assert.Equal(SmtpStage.Auth, e.Stage);
    }

    [Theory]
    [InlineData("PLAIN", false, "OAUTHBEARER, XOAUTH2 are possible")]
    [InlineData("XOAUTH2", true, "CRAM-MD5, PLAIN, LOGIN are possible")]
    [InlineData("GSSAPI", true, "offers GSSAPI")]
    public async Task Credentials_that_fit_no_offer_are_a_permanent_failure(string offers, bool isPassword, string text)
    {
        SmtpConnectException e = await FailAsync(offers, "", isPassword ? Password("secret") : Bearer("ann"));

        Assert.True(e.IsPermanent);
        Assert.Contains(text, e.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(""), InlineData("a b"), InlineData("a\r\nMAIL FROM:<>"), InlineData("a\u0001b"), InlineData("é")]
    public async Task A_token_that_would_change_the_conversation_is_not_sent(string token)
    {
        SmtpConnectException e = await FailAsync("XOAUTH2", "", Options("ann", null, _ => ValueTask.FromResult(token)));

        Assert.True(e.IsPermanent);
        if (token.Length > 0) Assert.DoesNotContain(token, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_the_failure_says_why_and_is_not_permanent()
    {
        SmtpConnectException e = await FailAsync("XOAUTH2", "", Options("ann", null, _ => throw new HttpRequestException("the token service is away")));

        Assert.False(e.IsPermanent);
        Assert.IsType<HttpRequestException>(e.InnerException);
        Assert.Contains("the token service is away", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_that_repeat_what_they_were_sent_bring_no_secret_into_a_text()
    {
        string line = Base64("\0ann\0hunter22");
        foreach (string reply in new[] { $"535 5.7.8 {line} is wrong", "535 hunter22?", $"535-no\r\nS: 535 {Base64("hunter22")}", $"you said {line}" })
        {
            SmtpTranscript transcript = new();

            SmtpConnectException e = await FailAsync("PLAIN", $"""
                C: AUTH PLAIN {line}
                S: {reply}
                """, Password("hunter22"), transcript);

            foreach (string text in new[] { e.ToString(), e.Reply?.ToString() ?? "", transcript.ToString() })
                Assert.False(text.Contains("hunter22", StringComparison.Ordinal) || text.Contains(line, StringComparison.Ordinal) || text.Contains(Base64("hunter22"), StringComparison.Ordinal), text);
        }
    }

    [Fact]
    public Task A_password_that_is_a_word_of_SMTP_hides_no_offer() => SignInAsync(4096, "PLAIN", $"""
        C: AUTH PLAIN {Base64("\0ann\0AUTH")}
        S: 235 ok
        """, Password("AUTH"));

    private static async Task SignInAsync(int chunk, string offers, string exchange, SmtpConnectionOptions options)
    {
        ReplayStream server = new($"{Greeting(offers)}\n{exchange}\nC: QUIT\nS: 221 bye", chunk);

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(server, options, null, default);

        Assert.True(connection.IsReusable);
        await connection.QuitAsync(default);
        Assert.True(server.IsFinished, "The whole transcript was said.");
    }

    private static async Task<SmtpConnectException> FailAsync(string offers, string exchange, SmtpConnectionOptions options, SmtpTranscript? transcript = null)
    {
        ReplayStream server = new($"{Greeting(offers)}\n{exchange}", 4096);

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(server, options, transcript, default));

        Assert.True(server.IsFinished, "The whole transcript was said.");
        return e;
    }

    private static string Greeting(string offers) => $"""
        S: 220 mx
        C: EHLO me.example.com
        S: 250-mx
        S: 250 AUTH {offers}
        """;

    private static SmtpConnectionOptions Password(string password) => Options("ann", password);

    private static SmtpConnectionOptions Bearer(string user) => Options(user, null, _ => ValueTask.FromResult(Token));

    private static SmtpConnectionOptions Options(string user, string? password, Func<CancellationToken, ValueTask<string>>? token = null) => new()
    {
        Host = "mx.example.net", Port = 25, LocalName = "me.example.com", TlsPolicy = SmtpTlsPolicy.None, AllowPlainTextCredentials = true,
        UserName = user, Password = password, AccessToken = token,
    };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
