using System.Net;
using System.Text.RegularExpressions;
using Mail.Core.Mailboxes.Providers;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Mail.Tests.Api.Mailboxes;

/// <summary>/webmail: who may read what in it, and what a letter may do there.</summary>
public sealed class WebInboxTests(PostgresFixture postgres)
{
    private const string Letter = """
        From: "<script>alert(1)</script>" <jo@example.org>
        To: contact@example.com
        Subject: <img src=x onerror=alert(1)>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/html; charset=utf-8

        <p>Hello</p><script>parent.document.body.remove()</script><img src="https://tracker.example/p.gif">
        --b
        Content-Type: text/html; name="evil.html"
        Content-Disposition: attachment; filename="evil.html"

        <script>alert(document.cookie)</script>
        --b--

        """;

    [Fact]
    public async Task The_password_opens_the_mailbox_and_nothing_else_does()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        (_, MailboxCredentials contact) = await scene.AddAsync("contact@example.com");
        (_, MailboxCredentials sales) = await scene.AddAsync("sales@example.com");
        using HttpClient browser = Browser(scene);

        foreach ((string address, string password) in new[] { ("contact@example.com", sales.Password), ("contact@example.com", ApiFixture.LiveKey), ("contact@example.com", ""), ("nobody@example.com", contact.Password), ("", contact.Password), ("contact@example.com", new string('x', 3000)) })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInAsync(browser, address, password)).StatusCode);
        Assert.Contains("Open your mailbox", await browser.GetStringAsync(new Uri("/webmail", UriKind.Relative)), StringComparison.Ordinal);

        HttpResponseMessage opened = await SignInAsync(browser, " Contact@example.com ", contact.Password);

        Assert.Equal((HttpStatusCode.SeeOther, "/webmail"), (opened.StatusCode, opened.Headers.Location!.ToString()));
        Assert.Matches("httponly", opened.Headers.GetValues("Set-Cookie").Single());
        Assert.Matches("samesite=strict", opened.Headers.GetValues("Set-Cookie").Single());
        Assert.Contains("Nothing has come yet", await browser.GetStringAsync(new Uri("/webmail", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_is_shown_in_a_frame_that_may_do_nothing()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        using HttpClient browser = await OpenAsync(scene);
        await scene.ReceiveAsync(Letter, "contact@example.com");

        string list = await browser.GetStringAsync(new Uri("/webmail", UriKind.Relative)), path = Regex.Match(list, "href=\"(/webmail/[0-9a-f-]{36})\" class=\"new\"").Groups[1].Value;
        string page = await browser.GetStringAsync(new Uri(path, UriKind.Relative));
        HttpResponseMessage frame = await browser.GetAsync(new Uri($"{path}/html", UriKind.Relative)), withImages = await browser.GetAsync(new Uri($"{path}/html?images=1", UriKind.Relative)), file = await browser.GetAsync(new Uri($"{path}/files/0", UriKind.Relative));

        Assert.All([list, page], html => Assert.DoesNotMatch("<script|<img", html));
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", page, StringComparison.Ordinal);
        Assert.Contains($"<iframe title=\"Message\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" src=\"{path}/html\">", page, StringComparison.Ordinal);
        string policy = frame.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'", policy, StringComparison.Ordinal);
        Assert.EndsWith("img-src data:", policy, StringComparison.Ordinal);
        Assert.EndsWith("img-src data: https:", withImages.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(("application/octet-stream", "attachment", "evil.html"), (file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.DispositionType, file.Content.Headers.ContentDisposition.FileName));
        Assert.DoesNotContain("class=\"new\"", await browser.GetStringAsync(new Uri("/webmail", UriKind.Relative)), StringComparison.Ordinal); // it was read
    }

    [Fact]
    public async Task A_mail_is_deleted_by_its_reader_and_by_nobody_else()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        using HttpClient browser = await OpenAsync(scene), stranger = await OpenAsync(scene, "sales@example.com"), nobody = Browser(scene);
        await scene.ReceiveAsync(Letter, "contact@example.com");
        string path = $"/webmail/{await scene.Api.ScalarAsync<Guid>("SELECT id FROM local_mails")}";

        foreach (string part in (string[])["", "/html", "/raw", "/files/0"]) Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(new Uri(path + part, UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync(new Uri($"{path}/delete", UriKind.Relative), null)).StatusCode);
        Assert.Contains("Open your mailbox", await (await nobody.PostAsync(new Uri($"{path}/delete", UriKind.Relative), null)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(new Uri($"{path}/files/7", UriKind.Relative))).StatusCode);
        Assert.Equal(1, await scene.Api.CountAsync("local_mails"));

        HttpResponseMessage deleted = await browser.PostAsync(new Uri($"{path}/delete", UriKind.Relative), null);

        Assert.Equal("/webmail?done=deleted", deleted.Headers.Location!.ToString());
        Assert.Equal((0, 0L), (await scene.Api.CountAsync("local_mails"), await scene.Api.ScalarAsync<long>("SELECT sum(bytes)::bigint FROM local_mailboxes")));
    }

    [Fact]
    public async Task A_new_password_closes_what_the_old_one_opened()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        (MailboxOrder order, MailboxCredentials credentials) = await scene.AddAsync("contact@example.com");
        using HttpClient browser = Browser(scene);
        await SignInAsync(browser, order.Address, credentials.Password);
        Assert.Contains("Nothing has come yet", await browser.GetStringAsync(new Uri("/webmail", UriKind.Relative)), StringComparison.Ordinal);

        await scene.Provider.IssueCredentialsAsync(order, order.Mark, CancellationToken.None);

        Assert.Contains("Open your mailbox", await browser.GetStringAsync(new Uri("/webmail", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Below_a_path_its_links_lead_there()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres, settings: ("BASE_URL", "https://example.com/mail/"));
        (_, MailboxCredentials credentials) = await scene.AddAsync("contact@example.com");
        using HttpClient browser = Browser(scene);

        Assert.Equal("https://example.com/mail/webmail", credentials.Webmail!.ToString());
        Assert.Contains("action=\"/mail/webmail/sign-in\"", await browser.GetStringAsync(new Uri("/webmail", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal("/mail/webmail", (await SignInAsync(browser, "contact@example.com", credentials.Password)).Headers.Location!.ToString());
        Assert.Contains("action=\"/mail/webmail/sign-out\"", await browser.GetStringAsync(new Uri("/webmail", UriKind.Relative)), StringComparison.Ordinal);
    }

    private static HttpClient Browser(LocalScene scene) => scene.Api.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private static async Task<HttpClient> OpenAsync(LocalScene scene, string address = "contact@example.com")
    {
        (_, MailboxCredentials credentials) = await scene.AddAsync(address);
        HttpClient browser = Browser(scene);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(browser, address, credentials.Password)).StatusCode);
        return browser;
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string address, string password)
    {
        using FormUrlEncodedContent form = new([new("address", address), new("password", password)]);
        return await browser.PostAsync(new Uri("/webmail/sign-in", UriKind.Relative), form);
    }
}
