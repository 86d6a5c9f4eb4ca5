using System.Text.Json;

namespace Mail.ProviderFakes.Google;

/// <summary>Gmail's settings of the user whose token it is: in whose names one sends.</summary>
internal sealed class FakeGmail(FakeOrganisation organisation, FakeGoogleLogin login)
{
    public FakeAnswer? Handle(FakeRequest request, string[] path)
    {
        string scope = request.Method is "POST" or "DELETE" ? "gmail.settings.sharing" : "gmail.settings.basic";
        if (login.Accept(request, scope, out FakeAnswer refusal) is not { } address) return refusal;
        FakeGoogleUser user = organisation.Users.First(one => !one.IsDeleted && one.PrimaryEmail == address);
        if (!user.HasMailbox || user.IsSuspended) return GoogleFake.Error(400, "failedPrecondition", "Mail service not enabled", "FAILED_PRECONDITION");
        user.SendAs.TryAdd(address, new FakeSendAs(user.FullName, "accepted", IsPrimary: true));
        return (request.Method, path) switch
        {
            ("GET", [string email]) => user.SendAs.TryGetValue(email, out FakeSendAs? found) ? SendAs(email, found) : NotFound(),
            ("POST", []) => Create(user, request.Json),
            ("PATCH", [string email]) => user.SendAs.TryGetValue(email, out FakeSendAs? found) ? SendAs(email, user.SendAs[email] = found with { DisplayName = request.Json.GetProperty("displayName").GetString()! }) : NotFound(),
            ("DELETE", [string email]) => email != address && user.SendAs.Remove(email) ? FakeAnswer.Empty() : NotFound(),
            _ => null,
        };
    }

    private static FakeAnswer NotFound() => GoogleFake.Error(404, "notFound", "Not Found", "NOT_FOUND");

    private static FakeAnswer SendAs(string email, FakeSendAs one) => one.IsPrimary
        ? FakeAnswer.Json(200, new { sendAsEmail = email, displayName = one.DisplayName, replyToAddress = "", signature = "", isPrimary = true, isDefault = true })
        : FakeAnswer.Json(200, new { sendAsEmail = email, displayName = one.DisplayName, replyToAddress = "", signature = "", treatAsAlias = true, verificationStatus = one.Status });

    private FakeAnswer Create(FakeGoogleUser user, JsonElement json)
    {
        string email = json.GetProperty("sendAsEmail").GetString()!;
        if (user.SendAs.ContainsKey(email)) return GoogleFake.Error(409, "alreadyExists", "Requested entity already exists", "ALREADY_EXISTS");
        if (!organisation.IsUsed(email)) return GoogleFake.Error(400, "invalidArgument", "Invalid send-as address", "INVALID_ARGUMENT");
        return SendAs(email, user.SendAs[email] = new FakeSendAs(json.TryGetProperty("displayName", out JsonElement name) ? name.GetString()! : "", organisation.ConfirmsSendAs ? "pending" : "accepted", IsPrimary: false));
    }
}
