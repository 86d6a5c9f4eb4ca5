using System.Text.Json;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Core.Accounts.Apps;

/// <summary>Something that happened to an account of an app's user.</summary>
/// <param name="Type">`new_sign_in`: the template `new-sign-in`, and what the app hears in `account.not_me`.</param>
/// <param name="NotMeUrl">The app's own page; null for ours.</param>
public sealed record AppAccountEvent(string Type, string Email, string? Name, string? Locale, AccountClient Client, DateTimeOffset At, string? NotMeUrl, Dictionary<string, JsonElement> Variables)
{
    /// <summary>Another kind of mail is a template of that name, and nothing else.</summary>
    public string Template => Type.Replace('_', '-');

    /// <summary>A welcome asks nobody whether it was them.</summary>
    public bool IsSecurity => Type != "welcome";
}

/// <summary>The mails of apps' accounts: from the project, by its own templates where it has published them, with a link "this was not me" that tells the app.</summary>
public sealed class AppAccountMail(ActionLinkStore links, MessageIntake intake)
{
    private const string LinkVariable = "not_me_url";

    /// <summary>Without a callback nobody would hear of "this was not me".</summary>
    public static Failure NotSetUp => new(FailureKind.Conflict, "accounts_not_set_up", "This project has no account settings: say where your app hears of its accounts with PUT /account-settings {\"callback_url\": \"https://...\"}. The sandbox has its own.");

    /// <returns>The mail's request, with a link that was made for it.</returns>
    public async Task<Result<EmailRequest>> PrepareAsync(MessageSender sender, AppAccountSettings? settings, AppAccountEvent about, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(about);
        Dictionary<string, JsonElement> variables = new(About(settings, about.Name));
        foreach ((string name, JsonElement value) in about.Variables) variables[name] = value;
        if (about.IsSecurity)
        {
            string? url = about.NotMeUrl;
            if (url is null)
            {
                if (settings is null) return NotSetUp;
                NewActionLink link = new(sender.ProjectId, AppNotMe.PurposeName, about.Email)
                {
                    IsOwn = true, IsTest = sender.IsTest, Locale = about.Locale, Metadata = JsonSerializer.SerializeToElement(new AppNotMeFacts(about.Type), AppAccountJson.Default.AppNotMeFacts),
                };
                Result<CreatedActionLink> made = await links.CreateAsync(link, null, ct); // one whose mail is refused is known to nobody
                if (!made.IsSuccess) return made.Failure;
                url = made.Value.Url;
            }

            (variables["at"], variables["ip"], variables["browser"], variables[LinkVariable]) =
                (PlatformMail.Time(about.At), PlatformMail.Text(about.Client.IpText), PlatformMail.Text(about.Client.Browser), PlatformMail.Text(url));
        }

        return Request(settings, about.Email, about.Template, variables, about.Locale, about.IsSecurity ? Lane.Critical : null, about.IsSecurity ? LinkVariable : null);
    }

    /// <returns>The answer to give.</returns>
    public async Task<Result<string>> SendAsync(MessageSender sender, AppAccountSettings? settings, AppAccountEvent about, IdempotencyRecord? key, CancellationToken ct)
    {
        Result<EmailRequest> request = await PrepareAsync(sender, settings, about, ct);
        return request.IsSuccess ? await intake.AcceptAsync(sender, request.Value, key, ct) : request.Failure;
    }

    /// <summary>What the settings say of the app, for every template.</summary>
    internal static Dictionary<string, JsonElement> About(AppAccountSettings? settings, string? name)
    {
        Dictionary<string, JsonElement> variables = [];
        foreach ((string variable, string? text) in new[] { ("name", name), ("app_name", settings?.AppName), ("app_url", settings?.AppUrl), ("support_email", settings?.SupportEmail), ("reset_url", settings?.ResetUrl) })
            if (text is not null) variables[variable] = PlatformMail.Text(text);
        return variables;
    }

    internal static EmailRequest Request(AppAccountSettings? settings, string email, string template, Dictionary<string, JsonElement> variables, string? locale, Lane? lane, string? secret) => new()
    {
        From = settings?.Sender, To = [email], Lane = lane?.Name(), Template = new TemplateRequest(template, variables, locale), SecretVariables = secret is null ? [] : [secret],
    };
}
