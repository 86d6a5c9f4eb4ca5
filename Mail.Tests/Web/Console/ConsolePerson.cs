using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Mail.Core.Accounts;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>Somebody with an account of their own and a second factor, as it comes about: by an invitation, and by an authenticator app, which is this class.</summary>
internal sealed partial class ConsolePerson
{
    private const string Password = "quiet river under stones";

    private readonly RunningMail _mail;
    private byte[] _secret = [];
    private long _step;

    private ConsolePerson(RunningMail mail) => _mail = mail;

    public string Email { get; } = $"person-{Guid.NewGuid():n}@example.net";

    /// <summary>In this window the person is signed in, from now on.</summary>
    public static async Task<ConsolePerson> JoinAsync(RunningMail mail, BrowserWindow window, string role)
    {
        ConsolePerson person = new(mail);
        using HttpResponseMessage invited = await mail.Api.PostAsJsonAsync(new Uri("/members/invitations", UriKind.Relative), new { email = person.Email, role });
        Assert.True(invited.IsSuccessStatusCode, await invited.Content.ReadAsStringAsync());
        IPage page = window.Page;
        await page.GotoAsync(Links().Matches((await mail.MailForAsync(person.Email)).GetProperty("text").GetString()!).Select(match => match.Value).First(link => link.Contains("/invitation#", StringComparison.Ordinal)));
        await page.GetByLabel("Your name").FillAsync("Ada");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open my account" }).ClickAsync();
        await Expect(page.Locator("main#content")).ToBeVisibleAsync();
        return person;
    }

    /// <summary>On the page of the account, which stands open then.</summary>
    public async Task TurnSecondFactorOnAsync(IPage page)
    {
        await page.GotoAsync("/account");
        ILocator factor = page.GetByRole(AriaRole.Region, new() { Name = "Two-step sign-in" });
        await factor.GetByLabel("Your password").FillAsync(Password);
        await factor.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        _secret = FromBase32(await factor.GetByLabel("Key", new() { Exact = true }).InputValueAsync());
        await factor.GetByLabel("Code of the app").FillAsync(NextCode());
        await factor.GetByRole(AriaRole.Button, new() { Name = "Turn it on" }).ClickAsync();
        await factor.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }).ClickAsync();
        await Expect(factor).ToContainTextAsync("10 recovery codes are left.");
    }

    /// <summary>What the app shows; each code works once.</summary>
    public string NextCode()
    {
        _step = Math.Max(_step + 1, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
        return Totp.CodeAt(_secret, _step);
    }

    /// <summary>As if the person had come yesterday: whatever wants the second factor fresh asks for it.</summary>
    public async Task LetSecondFactorGrowOldAsync()
    {
        await using NpgsqlDataSource database = await _mail.OpenDatabaseAsync();
        await using NpgsqlCommand command = database.CreateCommand("UPDATE user_sessions SET two_factor_at = now() - interval '1 hour' WHERE user_id = (SELECT id FROM users WHERE email = $1)");
        command.Parameters.AddWithValue(Email);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

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

    [GeneratedRegex(@"https?://[^\s<>""')\]]+")]
    private static partial Regex Links();
}
