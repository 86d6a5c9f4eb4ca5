using System.Globalization;
using System.Xml.Linq;
using Mail.Core.Mailboxes.Providers.Http;
using Mail.Core.Relays.Http;

namespace Mail.Core.Mailboxes.Providers.Ses;

/// <param name="IsActive">Whether it opens anything at the moment.</param>
internal sealed record IamKey(string Id, bool IsActive);

/// <param name="Secret">Told once.</param>
internal sealed record IamNewKey(string Id, Secret Secret);

/// <summary>The calls of IAM's query API that mailboxes need (https://docs.aws.amazon.com/IAM/latest/APIReference).</summary>
internal sealed class IamApi(ProviderClient client, Uri root)
{
    private const string Version = "2010-05-08";

    public ProviderWords Words => client.Words;

    /// <returns>False when there was such a user.</returns>
    public async Task<ProviderOutcome<bool>> CreateUserAsync(string user, CancellationToken ct) =>
        Done(await CallAsync("CreateUser", "EntityAlreadyExists", ct, ("UserName", user), ("Tags.member.1.Key", SesMailboxes.Tag), ("Tags.member.1.Value", user)));

    /// <returns>False when there is no such user.</returns>
    public async Task<ProviderOutcome<bool>> HasUserAsync(string user, CancellationToken ct) => Done(await CallAsync("GetUser", "NoSuchEntity", ct, ("UserName", user)));

    public async Task<ProviderOutcome<bool>> PutPolicyAsync(string user, string name, string document, CancellationToken ct) =>
        Done(await CallAsync("PutUserPolicy", null, ct, ("UserName", user), ("PolicyName", name), ("PolicyDocument", document)));

    /// <returns>False when there was none.</returns>
    public async Task<ProviderOutcome<bool>> DeletePolicyAsync(string user, string name, CancellationToken ct) =>
        Done(await CallAsync("DeleteUserPolicy", "NoSuchEntity", ct, ("UserName", user), ("PolicyName", name)));

    /// <returns>False when there was none.</returns>
    public async Task<ProviderOutcome<bool>> DeleteUserAsync(string user, CancellationToken ct) => Done(await CallAsync("DeleteUser", "NoSuchEntity", ct, ("UserName", user)));

    /// <summary>None when there is no such user.</summary>
    public Task<ProviderOutcome<IReadOnlyList<IamKey>>> KeysAsync(string user, CancellationToken ct) => ProviderPages.AllAsync<IamKey>(
        async marker =>
        {
            (string, string)[] at = marker is null ? [] : [("Marker", marker)];
            ProviderOutcome<XElement?> answer = await CallAsync("ListAccessKeys", "NoSuchEntity", ct, [("UserName", user), .. at]);
            if (answer.Problem is { } problem) return problem;
            if (answer.Value is not { } result) return new ProviderPage<IamKey>([], null);
            IamKey[] keys = [.. result.Members("AccessKeyMetadata").Select(key => new IamKey(key.Child("AccessKeyId")?.Value ?? "", key.Child("Status")?.Value == "Active"))];
            return new ProviderPage<IamKey>(keys, result.Child("IsTruncated")?.Value == "true" ? result.Child("Marker")?.Value : null);
        },
        client.Words);

    public async Task<ProviderOutcome<IamNewKey>> CreateKeyAsync(string user, CancellationToken ct)
    {
        ProviderOutcome<XElement?> answer = await CallAsync("CreateAccessKey", null, ct, ("UserName", user));
        if (answer.Problem is { } problem) return problem;
        XElement? key = answer.Value!.Child("AccessKey");
        if (key?.Child("AccessKeyId")?.Value is not { Length: > 0 } id || key.Child("SecretAccessKey")?.Value is not { Length: > 0 } secret)
            return Words.Problem(ProviderProblems.Unreadable, "AWS made an access key and did not tell it.", "It is tried again by itself.", isTransient: true) with { IsUnknown = true };
        return new IamNewKey(id, new Secret(secret));
    }

    /// <returns>False when there was none.</returns>
    public async Task<ProviderOutcome<bool>> DeleteKeyAsync(string user, string key, CancellationToken ct) =>
        Done(await CallAsync("DeleteAccessKey", "NoSuchEntity", ct, ("UserName", user), ("AccessKeyId", key)));

    /// <returns>False when there is none.</returns>
    public async Task<ProviderOutcome<bool>> SetKeyAsync(string user, string key, bool isActive, CancellationToken ct) =>
        Done(await CallAsync("UpdateAccessKey", "NoSuchEntity", ct, ("UserName", user), ("AccessKeyId", key), ("Status", isActive ? "Active" : "Inactive")));

    /// <summary>Users that there are, and that there may be; nulls where the connection may not ask.</summary>
    public async Task<ProviderOutcome<(long? Users, long? Limit)>> UsersAsync(CancellationToken ct)
    {
        ProviderOutcome<XElement?> answer = await CallAsync("GetAccountSummary", "AccessDenied", ct);
        if (answer.Problem is { } problem) return problem;
        return answer.Value is { } summary ? (Number(summary, "Users"), Number(summary, "UsersQuota")) : (null, null);
    }

    private static ProviderOutcome<bool> Done(ProviderOutcome<XElement?> answer) => answer.Problem is { } problem ? problem : answer.Value is not null;

    private static long? Number(XElement summary, string name) => long.TryParse(
        summary.Child("SummaryMap")?.Elements().FirstOrDefault(entry => entry.Child("key")?.Value == name)?.Child("value")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <param name="absence">A code that is an answer: null is returned for it.</param>
    private async Task<ProviderOutcome<XElement?>> CallAsync(string action, string? absence, CancellationToken ct, params (string Name, string Value)[] fields)
    {
        ProviderCall call = ProviderCall.Form(root, [("Action", action), ("Version", Version), .. fields]);
        ProviderOutcome<ProviderReply> sent = await client.SendAsync(call, ct, 403, 404, 409);
        if (sent.Problem is { } problem) return problem;
        ProviderReply reply = sent.Value;
        if (!reply.IsSuccess)
        {
            if (absence is not null && AwsXml.Error(reply.Words)?.Code == absence) return (XElement?)null;
            return AwsProblems.Explain(reply, Words) ?? Words.ByStatus(reply, null, reply.Words);
        }

        if (AwsXml.Parse(reply.Words) is not { } answer || answer.Name.LocalName != $"{action}Response") return Words.Unreadable(reply);
        return answer.Child($"{action}Result") ?? answer;
    }
}
