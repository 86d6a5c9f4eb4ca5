using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Accounts;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>The life of an account as people live it: in a real browser, with mails that come out of the real inbox.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed partial class AccountStoryTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    private const string FirstPassword = "quiet river under stones", SecondPassword = "loud river over stones", ThirdPassword = "no river and no stones";

    private readonly HashSet<string> _read = [];
    private readonly string _colleague = $"colleague-{Guid.NewGuid():n}@example.net";

    [Fact]
    public async Task From_the_invitation_over_a_forgotten_password_to_this_was_not_me()
    {
        // An administrator invites a colleague, who opens an account by the link of the mail.
        await using BrowserWindow admin = await browser.OpenAsync(shared.Mail.ConsoleUrl);
        await admin.Page.GotoAsync("/team");
        await SignInAsync(admin.Page, RunningMail.AdminEmail, RunningMail.AdminPassword);
        await Expect(admin.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Team" })).ToBeVisibleAsync();
        await admin.Page.GetByLabel("Email address").FillAsync(_colleague);
        await admin.Page.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync("developer");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.List, new() { Name = "Invitations" })).ToContainTextAsync(_colleague);

        await using BrowserWindow old = await browser.OpenAsync(shared.Mail.ConsoleUrl);
        string invitation = LinkIn(await MailAsync("invites you to"), "/invitation#");
        await old.Page.GotoAsync(invitation);
        await old.Page.GetByLabel("Your name").FillAsync("Ada");
        await old.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(FirstPassword);
        await old.Page.GetByRole(AriaRole.Button, new() { Name = "Open my account" }).ClickAsync();
        await Expect(old.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Overview" })).ToBeVisibleAsync();

        // The second factor, by an authenticator app: this test.
        await old.Page.GotoAsync("/account");
        ILocator factor = old.Page.GetByRole(AriaRole.Region, new() { Name = "Two-step sign-in" });
        await factor.GetByLabel("Your password").FillAsync(FirstPassword);
        await factor.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        byte[] secret = FromBase32(await factor.GetByLabel("Key", new() { Exact = true }).InputValueAsync());
        long step = StepNow();
        await factor.GetByLabel("Code of the app").FillAsync(Totp.CodeAt(secret, step));
        await factor.GetByRole(AriaRole.Button, new() { Name = "Turn it on" }).ClickAsync();
        await factor.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }).ClickAsync();
        await Expect(factor).ToContainTextAsync("10 recovery codes are left.");

        // The password is forgotten; a code from the inbox sets another, and says so by mail.
        await using BrowserWindow next = await browser.OpenAsync(shared.Mail.ConsoleUrl);
        await next.Page.GotoAsync("/sign-in");
        await next.Page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await ResetAsync(next.Page, SecondPassword);
        JsonElement changed = await MailAsync("password was changed");

        // Whoever was signed in is out, and the old password opens nothing.
        await old.Page.ReloadAsync();
        await Expect(old.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Sign in" })).ToBeVisibleAsync();
        await SignInAsync(old.Page, _colleague, FirstPassword);
        await Expect(old.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("do not belong together");

        // The new one does, with the second factor.
        await next.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await SignInAsync(next.Page, _colleague, SecondPassword);
        await Expect(next.Page.GetByRole(AriaRole.Heading, new() { Name = "Second step" })).ToBeVisibleAsync();
        step = Math.Max(step + 1, StepNow()); // a code works once
        await next.Page.GetByLabel("Code", new() { Exact = true }).FillAsync(Totp.CodeAt(secret, step));
        await next.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(next.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Overview" })).ToBeVisibleAsync();

        // "This was not me", pressed on the page behind the link of the mail: everybody is out, and no password is left.
        await using BrowserWindow owner = await browser.OpenAsync(shared.Mail.ConsoleUrl);
        await owner.Page.GotoAsync(LinkIn(changed, "/a/"));
        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Name = "Was this not you?" })).ToBeVisibleAsync();
        await next.Page.ReloadAsync(); // looking changes nothing
        await Expect(next.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Overview" })).ToBeVisibleAsync();
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "This was not me: secure my account" }).ClickAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Name = "Your account is secured" })).ToBeVisibleAsync();
        await next.Page.ReloadAsync();
        await Expect(next.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Sign in" })).ToBeVisibleAsync();
        await SignInAsync(next.Page, _colleague, SecondPassword);
        await Expect(next.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("do not belong together");

        // The way back in leads over the mailbox, and the second factor still holds.
        await owner.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Continue") }).ClickAsync();
        await Expect(owner.Page.GetByText("Your account is secured")).ToBeVisibleAsync();
        await ResetAsync(owner.Page, ThirdPassword);
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await SignInAsync(owner.Page, _colleague, ThirdPassword);
        await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Name = "Second step" })).ToBeVisibleAsync();

        // The administrator sees who is in, and what was done.
        await admin.Page.ReloadAsync();
        await Expect(admin.Page.GetByRole(AriaRole.List, new() { Name = "Members" })).ToContainTextAsync(_colleague);
        foreach (BrowserWindow window in (BrowserWindow[])[admin, old, next, owner]) Assert.DoesNotContain(window.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    private static async Task SignInAsync(IPage page, string email, string password)
    {
        await page.GetByLabel("Email address").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    private async Task ResetAsync(IPage page, string password)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Forgot your password?" })).ToBeVisibleAsync();
        await page.GetByLabel("Email address").FillAsync(_colleague);
        await page.GetByRole(AriaRole.Button, new() { Name = "Mail a code" }).ClickAsync();
        await page.GetByLabel("Code from the mail").FillAsync(SixDigits().Match((await MailAsync("Reset your")).GetProperty("text").GetString()!).Value);
        await page.GetByLabel("New password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the new password" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your password is changed" })).ToBeVisibleAsync();
    }

    /// <summary>The next mail to the colleague that was not read yet.</summary>
    private async Task<JsonElement> MailAsync(string subject)
    {
        JsonElement found = await RunningMail.EventuallyAsync(
            async () => (await shared.Mail.Inbox.GetFromJsonAsync<JsonElement[]>(new Uri("/email", UriKind.Relative)))!.FirstOrDefault(mail =>
                mail.GetProperty("to").EnumerateArray().Any(to => to.GetProperty("address").GetString() == _colleague)
                && mail.GetProperty("subject").GetString()!.Contains(subject, StringComparison.Ordinal) && !_read.Contains(mail.GetProperty("id").GetString()!)),
            mail => mail.ValueKind is JsonValueKind.Object, TimeSpan.FromSeconds(30));
        _read.Add(found.GetProperty("id").GetString()!);
        return found;
    }

    private static string LinkIn(JsonElement mail, string path) =>
        Links().Matches(mail.GetProperty("text").GetString()!).Select(match => match.Value).First(link => link.Contains(path, StringComparison.Ordinal));

    private static long StepNow() => DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30;

    private static byte[] FromBase32(string text)
    {
        List<byte> octets = [];
        int bits = 0, held = 0;
        foreach (char c in text.Where(char.IsAsciiLetterOrDigit))
        {
            (bits, held) = ((bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), held + 5);
            if (held < 8) continue;
            octets.Add((byte)(bits >> (held - 8)));
            held -= 8;
            bits &= (1 << held) - 1;
        }

        return [.. octets];
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();

    [GeneratedRegex(@"https?://[^\s<>""')\]]+")]
    private static partial Regex Links();
}
