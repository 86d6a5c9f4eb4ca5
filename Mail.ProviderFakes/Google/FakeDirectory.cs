using System.Globalization;
using System.Text.Json;

namespace Mail.ProviderFakes.Google;

/// <summary>The Directory API, as much of it as mailboxes need: users, groups, members, domains.</summary>
internal sealed class FakeDirectory(FakeOrganisation organisation, FakeGoogleLogin login)
{
    public FakeAnswer? Handle(FakeRequest request, string[] path)
    {
        string scope = path switch
        {
            ["users", _, "signOut"] => "admin.directory.user.security",
            ["users", ..] => "admin.directory.user",
            ["groups", ..] => "admin.directory.group",
            _ => "admin.directory.domain.readonly",
        };
        if (login.Accept(request, scope, out FakeAnswer refusal) is not { } user) return refusal;
        if (user != FakeOrganisation.Admin) return GoogleFake.Error(403, "forbidden", "Not Authorized to access this resource/api", "PERMISSION_DENIED");
        if (!request.Body.IsEmpty && request.Header("Content-Type") != "application/json") throw new InvalidOperationException("A body is JSON.");
        return (request.Method, path) switch
        {
            ("GET", ["users"]) => Users(request),
            ("POST", ["users"]) => CreateUser(request.Json),
            ("GET", ["users", string key]) => FindUser(key) is { } found ? User(found, request) : NotFound("userKey"),
            ("PATCH", ["users", string key]) => FindUser(key) is { } found ? Settled(found) ?? ChangeUser(found, request.Json) ?? User(found, request) : NotFound("userKey"),
            ("DELETE", ["users", string key]) => FindUser(key) is { } found ? Settled(found) ?? Delete(found) : NotFound("userKey"),
            ("POST", ["users", string key, "signOut"]) => FindUser(key) is { } found ? SignOut(found) : NotFound("userKey"),
            ("GET", ["groups"]) => Groups(request),
            ("POST", ["groups"]) => CreateGroup(request.Json),
            ("GET", ["groups", string key]) => FindGroup(key) is { } found ? Group(found) : NotFound("groupKey"),
            ("DELETE", ["groups", string key]) => FindGroup(key) is { } found && organisation.Groups.Remove(found) ? FakeAnswer.Empty() : NotFound("groupKey"),
            ("POST", ["groups", string key, "members"]) => FindGroup(key) is { } found ? AddMember(found, request.Json) : NotFound("groupKey"),
            ("PUT", ["groups", string key, "members", string member]) => FindGroup(key) is { } found && found.Members.ContainsKey(member) ? SetMember(found, request.Json) : NotFound("memberKey"),
            ("GET", ["customer", "my_customer", "domains", string name]) => organisation.Domains.TryGetValue(name, out bool isVerified) ? FakeAnswer.Json(200, new { kind = "admin#directory#domain", domainName = name, isPrimary = false, verified = isVerified }) : GoogleFake.Error(404, "notFound", "Domain not found."),
            _ => null,
        };
    }

    private static FakeAnswer NotFound(string what) => GoogleFake.Error(404, "notFound", $"Resource Not Found: {what}");

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private FakeGoogleUser? FindUser(string key)
    {
        if (organisation.Users.FirstOrDefault(one => !one.IsDeleted && one.Is(key)) is not { } user) return null;
        if (key != user.Id || user.Hidden == 0) return user;
        user.Hidden--; // every look brings its day nearer
        return null;
    }

    private FakeGoogleGroup? FindGroup(string key) => organisation.Groups.FirstOrDefault(group => group.Id == key || group.Email == key);

    /// <returns>The refusal of a change that comes too early; else null.</returns>
    private static FakeAnswer? Settled(FakeGoogleUser user) => user.Incomplete-- > 0 ? GoogleFake.Error(412, "conditionNotMet", "User creation is not complete.") : null;

    private FakeAnswer CreateUser(JsonElement json)
    {
        if (Text(json, "primaryEmail") is not { } address || !json.TryGetProperty("name", out JsonElement name) || Text(json, "password") is null) return GoogleFake.Error(400, "required", "Missing required field: primaryEmail, name or password");
        if (Text(name, "givenName") is not { Length: > 0 and <= 60 } || Text(name, "familyName") is not { Length: > 0 and <= 60 }) return GoogleFake.Error(400, "invalid", "Invalid Given/Family Name: GivenName");
        if (!organisation.Owns(address)) return GoogleFake.Error(404, "notFound", "Domain not found.");
        if (organisation.IsUsed(address)) return GoogleFake.Error(409, "duplicate", "Entity already exists.");
        if (organisation.Users.Count(user => !user.IsDeleted) >= organisation.Licences) return GoogleFake.Error(412, "limitExceeded", "Domain user limit reached.");
        FakeGoogleUser made = new(organisation.NextId()) { PrimaryEmail = address, Hidden = organisation.HiddenReads, Incomplete = organisation.IncompleteChanges, MailboxReads = organisation.MailboxReads };
        if (ChangeUser(made, json) is { } refused) return refused;
        organisation.Users.Add(made);
        return FakeAnswer.Json(200, new { kind = "admin#directory#user", id = made.Id, primaryEmail = made.PrimaryEmail });
    }

    /// <returns>The refusal; null when all is well.</returns>
    private static FakeAnswer? ChangeUser(FakeGoogleUser user, JsonElement json)
    {
        foreach (JsonProperty property in json.EnumerateObject())
        {
            switch (property.Name)
            {
                case "primaryEmail" or "changePasswordAtNextLogin": break;
                case "name": user.FullName = Text(property.Value, "displayName") ?? $"{Text(property.Value, "givenName")} {Text(property.Value, "familyName")}"; break;
                case "password" when property.Value.GetString() is { Length: >= 8 and <= 100 } password && password.All(char.IsAscii): user.Password = password; break;
                case "password": return GoogleFake.Error(400, "invalid", "Invalid Password");
                case "orgUnitPath" when property.Value.GetString() is "/" or "/Mailboxes": user.OrgUnit = property.Value.GetString()!; break;
                case "orgUnitPath": return GoogleFake.Error(400, "invalid", "Invalid Input: INVALID_OU_ID");
                case "suspended": user.IsSuspended = property.Value.GetBoolean(); break;
                case "externalIds":
                    user.ExternalIds.Clear();
                    foreach (JsonElement id in property.Value.EnumerateArray())
                    {
                        // The schema types the list as anything: what an entry is stands in UserExternalId.
                        if (id.EnumerateObject().Any(one => one.Name is not ("type" or "customType" or "value")) || Text(id, "type") != "custom") throw new InvalidOperationException("No external id.");
                        user.ExternalIds.Add((Text(id, "customType")!, Text(id, "value")!));
                    }

                    break;
                default: return GoogleFake.Error(400, "invalid", $"Invalid Input: {property.Name}");
            }
        }

        return null;
    }

    private static FakeAnswer Delete(FakeGoogleUser user)
    {
        user.IsDeleted = true;
        return FakeAnswer.Empty();
    }

    private static FakeAnswer SignOut(FakeGoogleUser user)
    {
        user.SignOuts++;
        return FakeAnswer.Empty();
    }

    private static FakeAnswer User(FakeGoogleUser user, FakeRequest request)
    {
        if (!user.HasMailbox && user.MailboxReads-- <= 0) user.HasMailbox = true;
        Dictionary<string, object?> all = new()
        {
            ["kind"] = "admin#directory#user", ["id"] = user.Id, ["primaryEmail"] = user.PrimaryEmail, ["suspended"] = user.IsSuspended, ["isMailboxSetup"] = user.HasMailbox,
            ["externalIds"] = user.ExternalIds.Select(id => new { value = id.Value, type = "custom", customType = id.Type }),
        };
        if (user.ExternalIds.Count == 0) all.Remove("externalIds");
        string[]? fields = request.Query.GetValueOrDefault("fields")?.Split(',');
        return FakeAnswer.Json(200, all.Where(one => fields?.Contains(one.Key) != false).ToDictionary());
    }

    private FakeAnswer Users(FakeRequest request)
    {
        bool areDeleted = request.Query.GetValueOrDefault("showDeleted") == "true";
        if (request.Query.GetValueOrDefault("customer") != "my_customer" || !int.TryParse(request.Query["maxResults"], out int most) || most is < 1 or > 500) return GoogleFake.Error(400, "badRequest", "Bad Request");
        return Page(request, "users", [.. organisation.Users.Where(user => user.IsDeleted == areDeleted).Select(user => user.Id)]);
    }

    private FakeAnswer Groups(FakeRequest request)
    {
        if (request.Query.GetValueOrDefault("customer") != "my_customer" || !int.TryParse(request.Query["maxResults"], out int most) || most is < 1 or > 200) return GoogleFake.Error(400, "badRequest", "Bad Request");
        return Page(request, "groups", [.. organisation.Groups.Select(group => group.Id)]);
    }

    private FakeAnswer Page(FakeRequest request, string name, string[] ids)
    {
        int skip = request.Query.TryGetValue("pageToken", out string? token) ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        Dictionary<string, object> page = [];
        if (ids.Length > skip) page[name] = ids.Skip(skip).Take(organisation.PageSize).Select(id => new { id }); // an empty list is left out
        if (ids.Length > skip + organisation.PageSize) page["nextPageToken"] = (skip + organisation.PageSize).ToString(CultureInfo.InvariantCulture);
        return FakeAnswer.Json(200, page);
    }

    private FakeAnswer CreateGroup(JsonElement json)
    {
        if (Text(json, "email") is not { } address) return GoogleFake.Error(400, "required", "Missing required field: email");
        if (!organisation.Owns(address)) return GoogleFake.Error(404, "notFound", "Domain not found.");
        if (organisation.IsUsed(address)) return GoogleFake.Error(409, "duplicate", "Entity already exists.");
        FakeGoogleGroup made = new($"01{organisation.NextId()[10..]}", address, Text(json, "name") ?? address, Text(json, "description") ?? "");
        organisation.Groups.Add(made);
        return Group(made);
    }

    private static FakeAnswer Group(FakeGoogleGroup group) => FakeAnswer.Json(200, new { kind = "admin#directory#group", id = group.Id, email = group.Email, name = group.Name, description = group.Description });

    private static FakeAnswer AddMember(FakeGoogleGroup group, JsonElement json) =>
        group.Members.ContainsKey(Text(json, "email")!) ? GoogleFake.Error(409, "duplicate", "Member already exists.") : SetMember(group, json);

    private static FakeAnswer SetMember(FakeGoogleGroup group, JsonElement json)
    {
        if (Text(json, "role") is not ("MEMBER" or "MANAGER" or "OWNER") || Text(json, "delivery_settings") is not ("ALL_MAIL" or "DAILY" or "DIGEST" or "DISABLED" or "NONE")) return GoogleFake.Error(400, "invalid", "Invalid Input");
        group.Members[Text(json, "email")!] = Text(json, "delivery_settings")!;
        return FakeAnswer.Json(200, new { kind = "admin#directory#member", email = Text(json, "email"), role = Text(json, "role") });
    }
}
